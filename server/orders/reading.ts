import { findMerchants, findOffers, firstPictures } from '../catalog/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { decodeCursor, type Page, toPage } from '../kernel/paging.ts';
import { HOME_MARKET, pack } from '../markets/index.ts';
import { type Attempt, findAttempts } from '../payments/index.ts';
import { blockedPairs } from '../people/index.ts';
import { type Quote, quote, type Wish } from './pricing.ts';
import { findLines, type ListAsk, listOrders, type Order } from './queries.ts';
import { type OrderView, orderOf } from './shapes.ts';

/** Orders as buyer or seller see them, in the order given. */
export async function viewOrders(ctx: Context, orders: Order[], as: 'buyer' | 'seller'): Promise<OrderView[]> {
  const { pool } = ctx.db;
  const ids = orders.map((order) => order.order_id);
  const [lines, attempts, merchants] = await Promise.all([
    findLines(pool, ids),
    findAttempts(pool, ids),
    findMerchants(pool, [...new Set(orders.map((order) => order.merchant_id))]),
  ]);
  const product_ids = [...lines.values()].flat().map(({ product_id }) => product_id);
  const pictures = await firstPictures(pool, product_ids);
  return orders.map((order) => {
    const attempt = attempts.find(({ attempt_id }) => attempt_id === order.attempt_id) as Attempt;
    const merchant = merchants.find(({ merchant_id }) => merchant_id === order.merchant_id);
    return orderOf(order, lines.get(order.order_id) ?? [], merchant, pictures, attempt, as);
  });
}

export async function viewOrder(ctx: Context, order: Order, as: 'buyer' | 'seller'): Promise<OrderView> {
  const [view] = await viewOrders(ctx, [order], as);
  return view!;
}

export async function listOrderPage(
  ctx: Context,
  owner: Pick<ListAsk, 'owner' | 'id'>,
  page: { limit: number; after?: string | undefined },
): Promise<Page<OrderView>> {
  const cursor = page.after === undefined ? null : decodeCursor(ctx.config, page.after);
  const after = cursor && { created_at: String(cursor[0]), id: String(cursor[1]) };
  const orders = await listOrders(ctx.db.pool, { ...owner, after, limit: page.limit + 1 });
  const views = await viewOrders(ctx, orders, owner.owner === 'buyer_id' ? 'buyer' : 'seller');
  return toPage(ctx.config, views, page.limit, (view) => [view.created_at.toISOString(), view.order_id]);
}

/** What these lines cost now, and whether they can be had. Signed-out visitors see the prices of the shop's market. */
export async function quoteNow(
  ctx: Context,
  me: Principal | null,
  wishes: Wish[],
): Promise<{ quoted: Quote; short: { variant_id: string; available: number } | null }> {
  const found = await findOffers(ctx.db.pool, [...new Set(wishes.map((wish) => wish.variant_id))]);
  const [seller] = found.map((offer) => offer.owner_id);
  const pair: [string, string][] = me && seller ? [[me.person_id, seller]] : [];
  const [blocked = false] = await blockedPairs(ctx.db.pool, pair);
  const offers = new Map(blocked ? [] : found.map((offer) => [offer.variant_id, offer]));
  const market = me?.market ?? found[0]?.merchant_market ?? HOME_MARKET;
  const quoted = quote(pack(market), wishes, offers, ctx.clock.now());
  const wanted = Map.groupBy(wishes, (wish) => wish.variant_id);
  for (const [variant_id, same] of wanted) {
    const offer = offers.get(variant_id)!;
    const available = offer.on_hand - offer.reserved;
    if (same.reduce((sum, wish) => sum + wish.quantity, 0) > available)
      return { quoted, short: { variant_id, available } };
  }
  return { quoted, short: null };
}
