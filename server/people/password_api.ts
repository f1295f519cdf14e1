import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { type Auth, ask } from './auth.ts';
import { evenly, handCookies, headersOf, limited, MAILS_PER_ACCOUNT, PER_ADDRESS } from './auth_limits.ts';
import { canonicalEmail, refuseGuessable } from './people.ts';
import { email, password } from './shapes.ts';

const token = z.string().min(1).max(1_000);
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountReset(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/auth/reset-mail',
      who: 'anyone',
      key: 'none',
      summary: 'Ask for a mail to set a new password; the answer does not tell whether the address is known',
      rate: PER_ADDRESS,
      body: z.object({ email }),
      response: { 200: done },
      refusals: ['email_invalid'],
    },
    async ({ body }) => {
      const address = canonicalEmail(body.email);
      const silent = limited(ctx, 'reset', address, MAILS_PER_ACCOUNT);
      await evenly(silent ? Promise.resolve() : ask(auth.api.requestPasswordReset({ body: { email: address } })));
      return DONE;
    },
  );

  route(
    app,
    {
      method: 'POST',
      url: '/auth/reset-password',
      who: 'anyone',
      key: 'none',
      summary: 'Set a new password with the token of the mail; every session ends',
      rate: PER_ADDRESS,
      body: z.object({ token, password }),
      response: { 200: done },
      refusals: ['token_invalid', 'password_weak'],
    },
    async ({ body }) => {
      refuseGuessable(body.password, []);
      await ask(auth.api.resetPassword({ body: { token: body.token, newPassword: body.password } }));
      return DONE;
    },
  );
}

export function mountChange(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/auth/change-password',
      who: 'person',
      key: 'none',
      summary: 'Change the password; every other session ends, this one gets a new cookie',
      rate: PER_ADDRESS,
      body: z.object({ current_password: password, password }),
      response: { 200: done },
      refusals: ['password_wrong', 'password_weak'],
    },
    async ({ me, body, req, reply }) => {
      if (limited(ctx, 'change', me.person_id)) throw new Refusal('too_many_requests', { retry_after_s: 60 });
      refuseGuessable(body.password, [me.handle]);
      const answer = auth.api.changePassword({
        body: { currentPassword: body.current_password, newPassword: body.password, revokeOtherSessions: true },
        headers: headersOf(req),
        returnHeaders: true,
      });
      handCookies(reply, (await ask(answer)).headers);
      return DONE;
    },
  );
}
