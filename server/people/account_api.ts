/** What touches the account as a whole: another address, and its end. The password is asked for each time. */
import * as z from 'zod';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { type Auth, ask } from './auth.ts';
import { headersOf, limited, MAILS_PER_ACCOUNT, PER_ADDRESS } from './auth_limits.ts';
import { askForEmail, changeEmail } from './email_change.ts';
import { eraseSelf, REMAINDERS, remaindersOf } from './erasure.ts';
import { email, password } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountAccount(app: App, auth: Auth): void {
  mountEmail(app, auth);
  mountEnd(app, auth);
}

/** Refuses `password_wrong`. */
async function checkPassword(app: App, auth: Auth, person_id: string, password: string, headers: Headers) {
  if (limited(app.souk, 'password', person_id)) throw new Refusal('too_many_requests', { retry_after_s: 60 });
  await ask(auth.api.verifyPassword({ body: { password }, headers }));
}

function mountEmail(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/people/me/email',
      who: 'person',
      key: 'none',
      summary: 'Ask for another e-mail address: a link goes to the new one, and the old one is told once it changed',
      rate: PER_ADDRESS,
      body: z.object({ email, password }),
      response: { 200: done },
      refusals: ['password_wrong', 'email_invalid', 'email_same'],
    },
    async ({ me, body, req }) => {
      await checkPassword(app, auth, me.person_id, body.password, headersOf(req));
      if (limited(ctx, 'email', me.person_id, MAILS_PER_ACCOUNT)) {
        throw new Refusal('too_many_requests', { retry_after_s: 900 });
      }
      await askForEmail(ctx, me, body.email);
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/auth/change-email',
      who: 'anyone',
      key: 'none',
      summary: 'Change the e-mail address with the token of the mail',
      rate: PER_ADDRESS,
      body: z.object({ token: z.string().min(1).max(200) }),
      response: { 200: done },
      refusals: ['token_invalid', 'email_taken'],
    },
    async ({ body }) => {
      await changeEmail(ctx, body.token);
      return DONE;
    },
  );
}

function mountEnd(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/people/me/remainders',
      who: 'person',
      summary: 'What must be settled before the own account can be deleted',
      response: { 200: z.object({ left: z.array(z.enum(REMAINDERS)) }) },
    },
    async ({ me }) => ({ left: await inTx(ctx.db, (tx) => remaindersOf(ctx, tx, me.person_id)) }),
  );
  route(
    app,
    {
      method: 'POST',
      url: '/people/me/delete',
      who: 'person',
      key: 'none',
      summary: 'Delete the own account, for good',
      while_suspended: true,
      rate: PER_ADDRESS,
      body: z.object({ password }),
      response: { 200: done },
      refusals: ['password_wrong', 'account_not_empty', 'last_operator'],
    },
    async ({ me, body, req }) => {
      await checkPassword(app, auth, me.person_id, body.password, headersOf(req));
      await eraseSelf(ctx, me);
      return DONE;
    },
  );
}
