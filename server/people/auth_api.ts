/** Signing in and out: better-auth behind routes of the house, so that shape, limits and problems are the same everywhere. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { type Auth, ask } from './auth.ts';
import { mailPerson } from './mails.ts';
import { canonicalEmail, refuseGuessable } from './people.ts';
import { email, findMe, meShape, password } from './shapes.ts';

/** Sign-in attempts for one account, from wherever they come; the routes' own limits hold per address. */
const PER_ACCOUNT = { limit: 10, window_ms: 600_000 };
const MAILS_PER_ACCOUNT = { limit: 4, window_ms: 3_600_000 };
const PER_ADDRESS = { max: 30, timeWindow: 600_000 };
/** An answer about a mailbox takes this long whether we know it or not (FAULTS D11). */
const EVEN_MS = 150;

const headersOf = (req: FastifyRequest): Headers => {
  const headers = new Headers({ 'x-souk-address': req.ip });
  if (req.headers.cookie) headers.set('cookie', req.headers.cookie);
  if (req.headers['user-agent']) headers.set('user-agent', req.headers['user-agent'].slice(0, 300));
  return headers;
};

const handCookies = (reply: FastifyReply, headers: Headers): void => {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
};

const evenly = async (work: Promise<unknown>): Promise<void> => {
  await Promise.all([work, new Promise((resume) => setTimeout(resume, EVEN_MS))]);
};

const token = z.string().min(1).max(1_000);
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

const limited = ({ limiter }: Context, bucket: string, account: string, rate = PER_ACCOUNT): boolean =>
  !limiter.allow(`auth.${bucket}`, account, rate);

export function mountAuth(app: App, auth: Auth): void {
  mountSignIn(app, auth);
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
      summary: 'Sign in with e-mail address and password; sets the session cookie',
      rate: PER_ADDRESS,
      body: z.object({ email, password }),
      response: { 200: z.object({ person: meShape }) },
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
      const person = await findMe(ctx, { person_id: response.user.id });
      if (!person) throw new Refusal('credentials_wrong');
      handCookies(reply, headers);
      return { person };
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

function mountReset(app: App, auth: Auth): void {
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

function mountChange(app: App, auth: Auth): void {
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
