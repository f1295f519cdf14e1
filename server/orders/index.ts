/** The door of orders: quote, checkout, and an order's life until it is delivered or unwound. */
import './refusals.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { type NewAccount, openAccounts } from '../ledger/index.ts';
import { marketCodes, pack } from '../markets/index.ts';
import { onOutcome } from '../payments/index.ts';
import './invariants.ts';
import { mountOrderRoutes } from './api.ts';
import { expireReservations } from './orders.ts';
import { mountSellerOrderRoutes } from './seller_api.ts';
import { settleOrders } from './settling.ts';

export { RESERVED_MS } from './checkout.ts';
export { expireReservations } from './orders.ts';

/** The house accounts that orders of a market touch. */
function houseAccounts(market: (typeof marketCodes)[number]): NewAccount[] {
  const { currency: asset, tax } = pack(market);
  const kinds = ['order_clearing', 'revenue:orders', `tax:${market}:${tax.rates_bps.standard}`];
  return kinds.map((kind) => ({ owner: null, kind, asset, floor: null }));
}

export function mountOrders(app: App): void {
  const ctx = app.souk;
  onOutcome('order', settleOrders);
  mountOrderRoutes(app);
  mountSellerOrderRoutes(app);
  ctx.jobs.cron('orders.expire', '* * * * *', () => expireReservations(ctx));
  app.addHook('onReady', () =>
    inTx(ctx.db, (tx) => openAccounts(tx, marketCodes.flatMap(houseAccounts), ctx.clock.now())),
  );
}
