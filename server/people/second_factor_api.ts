/** The second factor: codes of an authenticator app, and ten to write down in case the phone is lost. */
import qrcode from 'qrcode';
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { type Auth, ask } from './auth.ts';
import { handCookies, headersOf, limited, PER_ADDRESS } from './auth_limits.ts';
import { findMe, meShape, password } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
/** Six digits of the app, or one of the ten (`aB3dE-fG7hI`). */
const code = z.string().trim().min(6).max(20);
const isOfApp = (text: string): boolean => /^\d{6}$/.test(text);

export function mountSecondFactor(app: App, auth: Auth): void {
  mountSignInStep(app, auth);
  mountSetting(app, auth);
}

function mountSignInStep(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/auth/second-factor',
      who: 'anyone',
      key: 'none',
      summary: 'Second step of signing in: a code of the authenticator app, or one of the codes written down',
      rate: PER_ADDRESS,
      body: z.object({ code, trust_device: z.boolean().default(false) }),
      response: { 200: z.object({ person: meShape }) },
      refusals: ['code_wrong', 'sign_in_again', 'second_factor_off', 'second_factor_locked'],
    },
    async ({ body, req, reply }) => {
      const asked = { headers: headersOf(req), returnHeaders: true as const };
      const { headers, response } = isOfApp(body.code)
        ? await ask(auth.api.verifyTOTP({ body: { code: body.code, trustDevice: body.trust_device }, ...asked }))
        : await ask(auth.api.verifyBackupCode({ body: { code: body.code, trustDevice: body.trust_device }, ...asked }));
      const person = await findMe(ctx, { person_id: response.user.id });
      if (!person) throw new Refusal('sign_in_again');
      handCookies(reply, headers);
      return { person };
    },
  );
}

function mountSetting(app: App, auth: Auth): void {
  const ctx = app.souk;
  const mayTry = (person_id: string) => {
    if (limited(ctx, 'second_factor', person_id)) throw new Refusal('too_many_requests', { retry_after_s: 60 });
  };
  route(
    app,
    {
      method: 'POST',
      url: '/people/me/second-factor',
      who: 'person',
      key: 'none',
      summary: 'Begin a second factor: the address for the authenticator app, and ten codes to write down, shown once',
      rate: PER_ADDRESS,
      body: z.object({ password }),
      response: {
        200: z.object({
          app_url: z.string(),
          /** The same as an SVG, to be photographed. */
          app_qr: z.string(),
          codes: z.array(z.string()),
        }),
      },
      refusals: ['password_wrong', 'second_factor_on'],
    },
    async ({ me, body, req }) => {
      mayTry(me.person_id);
      const begun = await ask(auth.api.enableTwoFactor({ body: { password: body.password }, headers: headersOf(req) }));
      if (begun.method !== 'totp') throw new Refusal('internal_error');
      const app_qr = await qrcode.toString(begun.totpURI, { type: 'svg', margin: 2 });
      return { app_url: begun.totpURI, app_qr, codes: begun.backupCodes };
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/people/me/second-factor/confirm',
      who: 'person',
      key: 'none',
      summary: 'Switch the second factor on with the first code of the app; the session gets a new cookie',
      rate: PER_ADDRESS,
      body: z.object({ code: z.string().regex(/^\d{6}$/) }),
      response: { 200: done },
      refusals: ['code_wrong', 'second_factor_off'],
    },
    async ({ me, body, req, reply }) => {
      mayTry(me.person_id);
      const answer = auth.api.verifyTOTP({ body: { code: body.code }, headers: headersOf(req), returnHeaders: true });
      handCookies(reply, (await ask(answer)).headers);
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/people/me/second-factor/end',
      who: 'person',
      key: 'none',
      summary: 'Switch the second factor off; the session gets a new cookie',
      rate: PER_ADDRESS,
      body: z.object({ password }),
      response: { 200: done },
      refusals: ['password_wrong'],
    },
    async ({ me, body, req, reply }) => {
      mayTry(me.person_id);
      const asked = { body: { password: body.password }, headers: headersOf(req), returnHeaders: true as const };
      handCookies(reply, (await ask(auth.api.disableTwoFactor(asked))).headers);
      return DONE;
    },
  );
}
