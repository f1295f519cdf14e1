import './refusals.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { type NewAccount, openAccounts } from '../ledger/index.ts';
import { marketCodes, pack } from '../markets/index.ts';
import { onErasure } from '../people/index.ts';
import { mountPaymentRoutes, mountProviderRoutes } from './api.ts';
import { closeDesk, sandboxOf, webhookSecret } from './desk.ts';
import { definePaymentJobs } from './jobs.ts';
import { forgetMethods } from './method_queries.ts';
import { hasOpenAttempts } from './queries.ts';
import { mountRefunds } from './refund_api.ts';
import './refusals.ts';

/** The house accounts that every payment of a currency touches. */
const paymentAccounts = (currency: string): NewAccount[] => [
  { owner: null, kind: 'psp:sandbox', asset: currency, floor: null },
  { owner: null, kind: 'psp_cost', asset: currency, floor: null },
];

export async function mountPayments(app: App): Promise<void> {
  const ctx = app.souk;
  mountPaymentRoutes(app);
  mountRefunds(app);
  await mountProviderRoutes(app);
  definePaymentJobs(ctx);
  onErasure(ctx, {
    remainders: async (tx, person_id) => ((await hasOpenAttempts(tx, person_id)) ? ['payments'] : []),
    forget: (tx, person_id) => forgetMethods(tx, person_id, ctx.clock.now()),
  });
  app.addHook('onReady', async () => {
    const currencies = new Set(marketCodes.map((market) => pack(market).currency));
    await inTx(ctx.db, (tx) => openAccounts(tx, [...currencies].flatMap(paymentAccounts), ctx.clock.now()));
  });
  app.addHook('onListen', async () => {
    const url = `${app.listeningOrigin}/api/payments/webhooks/sandbox`;
    await sandboxOf(ctx).listen({ url, secret: webhookSecret(ctx) });
  });
  app.addHook('onClose', () => closeDesk(ctx));
}
