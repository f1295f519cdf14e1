import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { route } from '../kernel/route.ts';
import { findLegalPage, findSettings, LEGAL_PAGES, setLegalPage, setSettings } from './instance.ts';
import { mountInvites } from './invites_api.ts';
import { mountOembed } from './oembed_api.ts';

const settings = z.object({
  name: z.string().trim().min(1).max(60),
  registration: z.enum(['open', 'invite', 'closed']),
  /** The seller on receipts. */
  legal_name: z.string().trim().max(120).default(''),
  legal_address: z.string().trim().max(300).default(''),
});
const pageParams = z.object({ page: z.enum(LEGAL_PAGES) });
const locale = z.enum(['de', 'en']);
const done = z.object({ done: z.literal(true) });

export function mountInstance(app: App): void {
  const ctx = app.souk;
  mountOembed(app);
  route(
    app,
    {
      method: 'GET',
      url: '/instance',
      who: 'anyone',
      summary: 'What everyone may know of this instance',
      /** `sandbox`: the payment provider moves no real money; every page says so. */
      response: { 200: settings.extend({ demo: z.boolean(), sandbox: z.boolean() }) },
    },
    async () => ({
      ...(await findSettings(ctx.db.pool)),
      demo: ctx.config.demo,
      sandbox: ctx.config.payments === 'sandbox',
    }),
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/instance',
      who: 'operator',
      summary: 'Name the instance, open or close it for new people, or take them by invitation',
      body: settings,
      response: { 200: done },
    },
    async ({ body }) => {
      await setSettings(ctx, body);
      return { done: true } as const;
    },
  );
  mountLegal(app);
  mountInvites(app);
}

function mountLegal(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/instance/legal/:page',
      who: 'anyone',
      summary: 'A legal page; `filled` is false until the operator has written it',
      params: pageParams,
      query: z.object({ locale: locale.default('en') }),
      response: { 200: z.object({ page: z.enum(LEGAL_PAGES), filled: z.boolean(), body_text: z.string() }) },
    },
    async ({ params, query }) => findLegalPage(ctx, params.page, query.locale),
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/instance/legal/:page',
      who: 'operator',
      summary: 'Write a legal page',
      params: pageParams,
      body: z.object({ locale, body_text: z.string().trim().min(1).max(50_000) }),
      response: { 200: done },
    },
    async ({ params, body }) => {
      await setLegalPage(ctx, params.page, body.locale, body.body_text);
      return { done: true } as const;
    },
  );
}
