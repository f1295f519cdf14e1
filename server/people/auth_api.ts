/** Signing in and out: better-auth behind routes of the house, so that shape, limits and problems are as everywhere. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { type Auth, ask } from './auth.ts';
import { handCookies, headersOf, limited, MAILS_PER_ACCOUNT, PER_ADDRESS } from './auth_limits.ts';
import { mailPerson } from './mails.ts';
import { mountPasskeys } from './passkey_api.ts';
import { mountChange, mountReset } from './password_api.ts';
import { canonicalEmail } from './people.ts';
import { mountSecondFactor } from './second_factor_api.ts';
import { email, findMe, meShape, password } from './shapes.ts';

const token = z.string().min(1).max(1_000);
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountAuth(app: App, auth: Auth): void {
  mountSignIn(app, auth);
  mountSecondFactor(app, auth);
  mountPasskeys(app, auth);
  mountVerification(app, auth);
  mountReset(app, auth);
  mountChange(app, auth);
}

function mountSignIn(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/auth/sign-in',
      who: 'anyone',
      key: 'none',
      summary: 'Sign in with e-mail address and password; sets the session cookie, or asks for the second factor',
      rate: PER_ADDRESS,
      body: z.object({ email, password }),
      response: {
        200: z.object({
          /** Null while the second factor is missing. */
          person: meShape.nullable(),
          second_factor: z.boolean(),
        }),
      },
      refusals: ['credentials_wrong', 'email_invalid'],
    },
    async ({ body, req, reply }) => {
      const address = canonicalEmail(body.email);
      if (limited(ctx, 'sign_in', address)) throw new Refusal('too_many_requests', { retry_after_s: 60 });
      const answer = auth.api.signInEmail({
        body: { email: address, password: body.password },
        headers: headersOf(req),
        returnHeaders: true,
      });
      const { headers, response } = await ask(answer);
      handCookies(reply, headers);
      if ('twoFactorRedirect' in response) return { person: null, second_factor: true };
      const person = await findMe(ctx, { person_id: response.user.id });
      if (!person) throw new Refusal('credentials_wrong');
      return { person, second_factor: false };
    },
  );

  route(
    app,
    {
      method: 'POST',
      url: '/auth/sign-out',
      who: 'anyone',
      key: 'none',
      summary: 'End this session at once',
      response: { 200: done },
    },
    async ({ req, reply }) => {
      const { headers } = await ask(auth.api.signOut({ headers: headersOf(req), returnHeaders: true }));
      handCookies(reply, headers);
      return DONE;
    },
  );
}

function mountVerification(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/auth/verify-email',
      who: 'anyone',
      key: 'none',
      summary: 'Prove an e-mail address with the token of the mail; again is no error',
      rate: PER_ADDRESS,
      body: z.object({ token }),
      response: { 200: done },
      refusals: ['token_invalid'],
    },
    async ({ body }) => {
      await ask(auth.api.verifyEmail({ query: { token: body.token } }));
      return DONE;
    },
  );

  route(
    app,
    {
      method: 'POST',
      url: '/auth/verification-mail',
      who: 'person',
      key: 'none',
      summary: 'Send the mail to verify the address once more',
      rate: PER_ADDRESS,
      response: { 200: done },
    },
    async ({ me }) => {
      if (me.email_verified) return DONE;
      if (limited(ctx, 'verify', me.person_id, MAILS_PER_ACCOUNT)) {
        throw new Refusal('too_many_requests', { retry_after_s: 900 });
      }
      await mailPerson(ctx, me.person_id, { kind: 'verify' });
      return DONE;
    },
  );
}
