/** Passkeys (WebAuthn): signing in without a password, with what unlocks the device. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { type Auth, ask } from './auth.ts';
import { handCookies, headersOf, PER_ADDRESS } from './auth_limits.ts';
import * as queries from './security_queries.ts';
import { findMe, meShape } from './shapes.ts';

type Assertion = NonNullable<Parameters<Auth['api']['verifyPasskeyAuthentication']>[0]>['body']['response'];

const done = z.object({ done: z.literal(true) });
/** As the browser's WebAuthn API takes and gives them (JSON forms of WebAuthn level 3). */
const options = z.object({ options: z.record(z.string(), z.unknown()) });
const response = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length < 20_000, 'is too long');
const passkey = z.object({
  passkey_id: wireId('passkey'),
  name: z.string().nullable(),
  created_at: timeCodec,
});

export function mountPasskeys(app: App, auth: Auth): void {
  mountSigningIn(app, auth);
  mountKeeping(app, auth);
}

function mountSigningIn(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/auth/passkey-options',
      who: 'anyone',
      key: 'none',
      summary: 'What the browser needs to sign in with a passkey; sets a cookie for five minutes',
      rate: PER_ADDRESS,
      response: { 200: options },
    },
    async ({ req, reply }) => {
      const answer = auth.api.generatePasskeyAuthenticationOptions({ headers: headersOf(req), returnHeaders: true });
      const { headers, response } = await ask(answer);
      handCookies(reply, headers);
      return { options: { ...response } };
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/auth/passkey',
      who: 'anyone',
      key: 'none',
      summary: 'Sign in with what the passkey answered; sets the session cookie',
      rate: PER_ADDRESS,
      body: z.object({ response }),
      response: { 200: z.object({ person: meShape }) },
      refusals: ['passkey_refused'],
    },
    async ({ body, req, reply }) => {
      // Its shape is checked there; here it is only held to a size.
      const assertion = body.response as unknown as Assertion;
      const asked = { body: { response: assertion }, headers: headersOf(req), returnHeaders: true as const };
      const { headers, response } = await ask(auth.api.verifyPasskeyAuthentication(asked));
      const person = await findMe(ctx, { person_id: response.user.id });
      if (!person) throw new Refusal('passkey_refused');
      handCookies(reply, headers);
      return { person };
    },
  );
}

function mountKeeping(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/people/me/security',
      who: 'person',
      summary: 'How one signs in: the second factor and the passkeys',
      response: { 200: z.object({ second_factor: z.boolean(), passkeys: z.array(passkey) }) },
    },
    ({ me }) => queries.findSecurity(ctx.db.pool, me.person_id),
  );
  route(
    app,
    {
      method: 'POST',
      url: '/people/me/passkeys/options',
      who: 'person',
      key: 'none',
      summary: 'What the browser needs to make a passkey. Refuses a session that is older than a day',
      response: { 200: options },
      refusals: ['sign_in_again'],
    },
    async ({ me, req, reply }) => {
      const query = { name: `@${me.handle}` };
      const asked = { query, headers: headersOf(req), returnHeaders: true as const };
      const { headers, response } = await ask(auth.api.generatePasskeyRegistrationOptions(asked));
      handCookies(reply, headers);
      return { options: { ...response } };
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/people/me/passkeys',
      who: 'person',
      key: 'none',
      summary: 'Keep the passkey that the browser made',
      body: z.object({ response, name: z.string().trim().min(1).max(60) }),
      response: { 200: done },
      refusals: ['sign_in_again', 'passkey_refused'],
    },
    async ({ body, req }) => {
      await ask(auth.api.verifyPasskeyRegistration({ body, headers: headersOf(req) }));
      return { done: true } as const;
    },
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/people/me/passkeys/:passkey_id',
      who: 'person',
      summary: 'Forget a passkey',
      params: z.object({ passkey_id: wireId('passkey') }),
      response: { 200: done },
    },
    async ({ me, params }) => {
      if (!(await queries.deletePasskey(ctx.db.pool, me.person_id, params.passkey_id))) throw new Refusal('not_found');
      return { done: true } as const;
    },
  );
}
