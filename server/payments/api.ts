import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { sandboxOf, webhookSecret } from './desk.ts';
import { addSandboxCard, deleteMethod, listMethods } from './methods.ts';
import { NoAnswer } from './provider.ts';
import { SANDBOX_CARDS, sandboxCardNames } from './sandbox_cards.ts';
import { verifyWebhook } from './standard_webhooks.ts';
import { receiveWebhook } from './webhooks.ts';

const method = z.object({
  method_id: wireId('method'),
  provider: z.string(),
  brand: z.string(),
  last4: z.string(),
  created_at: timeCodec,
});

const demoCard = z.object({ card: z.enum(sandboxCardNames), brand: z.string(), last4: z.string() });

export function mountPaymentRoutes(app: App): void {
  const ctx = app.souk;

  route(
    app,
    {
      method: 'GET',
      url: '/payment-methods',
      who: 'person',
      summary: 'Your stored ways to pay, the newest first',
      response: { 200: z.object({ items: z.array(method), demo_cards: z.array(demoCard) }) },
    },
    async ({ me }) => ({
      items: await listMethods(ctx.db, me.person_id),
      demo_cards: sandboxCardNames.map((card) => ({ card, ...SANDBOX_CARDS[card] })),
    }),
  );

  route(
    app,
    {
      method: 'POST',
      url: '/payment-methods',
      who: 'person',
      key: 'required',
      summary: 'Store a demo card of the sandbox. No real money moves with it',
      body: z.strictObject({ card: z.enum(sandboxCardNames) }),
      response: { 201: method },
      refusals: ['methods_full', 'methods_often'],
    },
    ({ me, body, key }) => keyed(ctx, key, { 201: method }, (tx) => addSandboxCard(tx, ctx, me.person_id, body.card)),
  );

  route(
    app,
    {
      method: 'DELETE',
      url: '/payment-methods/:method_id',
      who: 'person',
      summary: 'Forget a way to pay',
      params: z.object({ method_id: wireId('method') }),
      response: { 200: z.object({}) },
    },
    async ({ me, params }) => {
      await deleteMethod(ctx, me.person_id, params.method_id);
      return {};
    },
  );
}

const MAX_EVENT = 65_536;

/** What the provider calls: bytes first, words only after the signature was verified (FAULTS C2). */
export async function mountProviderRoutes(app: App): Promise<void> {
  const ctx = app.souk;
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_EVENT }, (_req, body, done) =>
      done(null, body),
    );

    scope.post('/api/payments/webhooks/sandbox', { schema: { hide: true } }, async (req, reply) => {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const verified = verifyWebhook([webhookSecret(ctx)], req.headers, body, ctx.clock.now());
      if ('fault' in verified) throw new Refusal('webhook_refused', { detail: verified.fault });
      await receiveWebhook(ctx, verified.id, body.toString('utf8'));
      return reply.code(204).send();
    });

    scope.route<{ Params: { page: string } }>({
      method: ['GET', 'POST'],
      url: '/sandbox/bank/:page',
      schema: { hide: true },
      handler: async (req, reply) => {
        const body = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
        const path = `/sandbox/bank/${encodeURIComponent(req.params.page)}`;
        const method = req.method === 'POST' ? 'POST' : 'GET';
        const page = await sandboxOf(ctx)
          .bankPage(method, path, body, req.headers['accept-language'] ?? 'en')
          .catch((error) => {
            throw error instanceof NoAnswer ? new Refusal('unavailable') : error;
          });
        return (
          reply
            .code(page.status)
            .header('content-security-policy', BANK_PAGE_POLICY)
            // Under `no-referrer` a browser would post the form with `Origin: null`, which is refused.
            .header('referrer-policy', 'same-origin')
            .header('cache-control', 'no-store')
            .type('text/html; charset=utf-8')
            .send(page.text)
        );
      },
    });
  });
}

/** The page has no script, and its style stands in it. */
const BANK_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
