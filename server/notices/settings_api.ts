import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { BOUNCES, deleteSuppression } from './bounce_queries.ts';
import { canonicalAddress } from './bounces.ts';
import { isZone } from './quiet.ts';
import { CATEGORIES, CHANNELS } from './registry.ts';
import { upsertSettings } from './setting_queries.ts';
import { choose, readSettings, unsubscribe } from './settings.ts';

const locale = z.enum(['de', 'en']);
const channel = z.enum(CHANNELS);
const clock = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a time like 22:00');
const DAY_MS = 86_400_000;

const settings = z.object({
  zone: z.string(),
  quiet: z.object({ from: clock, until: clock }).nullable(),
  mail: z.object({
    address: z.string(),
    /** Why mail to this address is not tried any more. */
    suppressed: z.object({ reason: z.enum(BOUNCES), detail: z.string(), since_at: timeCodec }).nullable(),
  }),
  notices: z.array(
    z.object({
      kind: z.string(),
      category: z.enum(CATEGORIES),
      name: z.string(),
      /** Why it cannot be switched off, where it cannot. */
      why: z.string().nullable(),
      channels: z.array(z.object({ channel, on: z.boolean(), mandatory: z.boolean() })),
    }),
  ),
});

export function mountSettings(app: App): void {
  const ctx = app.souk;
  const query = z.object({ locale: locale.optional() });
  route(
    app,
    {
      method: 'GET',
      url: '/notices/settings',
      who: 'person',
      summary: 'What one wants to be told, where, and when one wants quiet',
      query,
      response: { 200: settings },
    },
    ({ me, query: asked }) => readSettings(ctx, me, asked.locale ?? me.locale),
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/notices/settings/choices',
      who: 'person',
      while_suspended: true,
      summary: 'Switch notices on or off, each on each way by itself',
      query,
      body: z.object({
        choices: z
          .array(z.object({ kind: z.string().max(100), channel, wanted: z.boolean() }))
          .min(1)
          .max(200),
      }),
      response: { 200: settings },
      refusals: ['notice_unknown', 'notice_mandatory'],
    },
    async ({ me, body, query: asked }) => {
      await choose(ctx, me.person_id, body.choices);
      return readSettings(ctx, me, asked.locale ?? me.locale);
    },
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/notices/settings/quiet-hours',
      who: 'person',
      while_suspended: true,
      summary: 'Hours without push and without mail that can wait, in a time zone; null for none',
      query,
      body: z.object({
        zone: z.string().max(64).refine(isZone, 'must be a time zone'),
        quiet: z.object({ from: clock, until: clock }).nullable(),
      }),
      response: { 200: settings },
    },
    async ({ me, body: { zone, quiet }, query: asked }) => {
      const row = { zone, quiet_from: quiet?.from ?? null, quiet_until: quiet?.until ?? null };
      await upsertSettings(ctx.db.pool, me.person_id, row);
      return readSettings(ctx, me, asked.locale ?? me.locale);
    },
  );

  route(
    app,
    {
      method: 'DELETE',
      url: '/notices/settings/suppression',
      who: 'person',
      while_suspended: true,
      summary: 'Try mail to one’s own address again, after it came back; once a day',
      query,
      response: { 200: settings },
    },
    async ({ me, query: asked }) => {
      const { mail } = await readSettings(ctx, me, asked.locale ?? me.locale);
      if (mail.suppressed && !ctx.limiter.allow('mail_again', me.person_id, { limit: 1, window_ms: DAY_MS })) {
        throw new Refusal('too_many_requests', { retry_after_s: DAY_MS / 1_000 });
      }
      await deleteSuppression(ctx.db.pool, canonicalAddress(mail.address));
      return readSettings(ctx, me, asked.locale ?? me.locale);
    },
  );
}

/** The button of a mail program posts here, signed out (RFC 8058); a person who follows the link is asked. */
export function mountUnsubscribe(app: App): void {
  app.register(async (scope) => {
    const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];
    scope.addContentTypeParser(forms, { parseAs: 'string', bodyLimit: 1_000 }, (_request, _body, done) => done(null));
    const query = z.object({ token: z.string().max(500), locale: locale.optional() });
    scope.get('/api/notices/unsubscribe', { schema: { hide: true } }, async (request, reply) => {
      const { token } = request.query as { token?: string };
      // After the # it is not sent on; a link that is only looked at ends nothing.
      return reply.redirect(`${app.souk.config.public_url}/unsubscribe#${encodeURIComponent(token ?? '')}`, 303);
    });
    route(
      scope as unknown as App,
      {
        method: 'POST',
        url: '/notices/unsubscribe',
        who: 'anyone',
        key: 'none',
        summary: 'End mails of one kind by the link in each of them; needs no session',
        query,
        response: { 200: z.object({ name: z.string() }) },
        refusals: ['unsubscribe_invalid'],
      },
      async ({ query: asked }) => ({ name: await unsubscribe(app.souk, asked.token, asked.locale ?? 'en') }),
    );
  });
}
