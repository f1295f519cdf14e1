import './refusals.ts';
import { inTx } from '../kernel/db.ts';
import type { Event } from '../kernel/events.ts';
import type { App } from '../kernel/http.ts';
import { deriveId, toWire } from '../kernel/ids.ts';
import { type NewAccount, openAccounts } from '../ledger/index.ts';
import { marketCodes, pack } from '../markets/index.ts';
import { onOutcome } from '../payments/index.ts';
import './invariants.ts';
import { onErasure } from '../people/index.ts';
import { defineSummary, type Shown, show } from '../rooms/index.ts';
import { mountAddresses } from './address_api.ts';
import { findOpenBusiness, forgetAddresses } from './address_queries.ts';
import { mountOrderRoutes } from './api.ts';
import { tellOfOrders } from './messages.ts';
import { expireReservations } from './orders.ts';
import { salesIn } from './room_queries.ts';
import { mountSellerOrderRoutes } from './seller_api.ts';
import { settleOrders } from './settling.ts';

/** Everybody in the room sees that something was bought; who bought it is nobody's business. */
const purchaseOf = ({ id, at, data }: Event): Shown[] => {
  const { room_id, product_ids } = data as { room_id: string | null; product_ids: string[] };
  if (room_id === null) return [];
  return product_ids.map((product_id, n) => ({
    happening: {
      event_id: n === 0 ? id : deriveId(id, n),
      room_id,
      person_id: null,
      happened_at: new Date(at),
      what: { type: 'purchase', thing: { type: 'product', id: toWire('product', product_id) } },
    },
  }));
};

/** The house accounts that orders of a market touch. */
function houseAccounts(market: (typeof marketCodes)[number]): NewAccount[] {
  const { currency: asset, tax } = pack(market);
  const kinds = ['order_clearing', 'revenue:orders', `tax:${market}:${tax.rates_bps.standard}`];
  return kinds.map((kind) => ({ owner: null, kind, asset, floor: null }));
}

export function mountOrders(app: App): void {
  const ctx = app.souk;
  onOutcome('order', settleOrders);
  show(ctx, 'order.paid', purchaseOf);
  tellOfOrders(ctx);
  defineSummary(ctx, 'sales', salesIn);
  onErasure(ctx, { remainders: findOpenBusiness, forget: forgetAddresses });
  mountAddresses(app);
  mountOrderRoutes(app);
  mountSellerOrderRoutes(app);
  ctx.jobs.cron('orders.expire', '* * * * *', () => expireReservations(ctx));
  app.addHook('onReady', () =>
    inTx(ctx.db, (tx) => openAccounts(tx, marketCodes.flatMap(houseAccounts), ctx.clock.now())),
  );
}
