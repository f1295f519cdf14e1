import { findMerchants, openStock, release, restock, type StockBook, saveStock } from '../catalog/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
import { post, type Transfer } from '../ledger/index.ts';
import { cancelPayment, findAttempts, refund } from '../payments/index.ts';
import { postCleared, postUnwound } from './postings.ts';
import {
  findLines,
  findOrders,
  listExpired,
  lockOrders,
  type Order,
  type OrderLine,
  type OrderState,
  updateOrders,
} from './queries.ts';
import { orderEvent, refundIdOf } from './settling.ts';

/** Who may look at an order: who bought it, and who sells it. Refuses `not_found` to everybody else. */
export async function getOrder(ctx: Context, me: Principal, order_id: string): Promise<Order> {
  const [order] = await findOrders(ctx.db.pool, [order_id]);
  if (!order || !(order.buyer_id === me.person_id || (await isSeller(ctx, me, order)))) throw new Refusal('not_found');
  return order;
}

export async function isSeller(ctx: Context, me: Principal, order: Pick<Order, 'merchant_id'>): Promise<boolean> {
  const [merchant] = await findMerchants(ctx.db.pool, [order.merchant_id]);
  return merchant?.owner_id === me.person_id;
}

/** What a verb does to an order that is locked, with its stock. */
interface Move {
  order: Order;
  lines: OrderLine[];
  stock: StockBook;
  at: Date;
}

interface Moved {
  order: Order;
  event: string;
  transfers?: Transfer[];
}

/**
 * One change of one order: refuses `order_state` from other states than `from`. Money that must go back is asked for
 * first, because payments' rows are locked before the catalog's and ours.
 */
async function moveOrder(
  tx: Tx,
  ctx: Context,
  seen: Order,
  from: OrderState[],
  pay_back: string | null,
  move: (now: Move) => Moved,
): Promise<Order> {
  if (!from.includes(seen.state)) throw new Refusal('order_state', { extra: { state: seen.state } });
  const { order_id } = seen;
  const at = ctx.clock.now();
  if (pay_back !== null) {
    const { attempt_id } = seen;
    await refund(tx, ctx, { refund_id: refundIdOf(order_id), attempt_id, amount: null, reason: pay_back });
  }
  const lines = (await findLines(tx.client, [order_id])).get(order_id) ?? [];
  const stock = await openStock(
    tx,
    lines.map((line) => line.variant_id),
  );
  const locked = (await lockOrders(tx, [order_id])).get(order_id);
  if (locked?.state !== seen.state) throw new Refusal('order_state', { extra: { state: locked?.state } });
  const { order, event, transfers = [] } = move({ order: locked, lines, stock, at });
  const stock_events = await saveStock(tx, stock);
  await updateOrders(tx, [order]);
  const posted = await post(tx, transfers, at);
  if (posted.some((verdict) => verdict.status === 'refused'))
    throw new Error(`order ${order_id}: ${event} was not posted`);
  await emit(tx, ctx, [orderEvent(event, order, lines), ...stock_events]);
  return order;
}

/** Before it is shipped, buyer and merchant may cancel; what was paid goes back whole. */
export async function cancelOrder(tx: Tx, ctx: Context, seen: Order, by: 'buyer' | 'merchant'): Promise<Order> {
  const reason = `cancelled_by_${by}`;
  const paid = seen.state === 'paid';
  const cancelled = await moveOrder(tx, ctx, seen, ['unpaid', 'paid'], paid ? reason : null, (now) => {
    if (paid) restock(now.stock, now.lines);
    else if (now.order.reserved_until !== null) release(now.stock, now.lines);
    const order: Order = { ...now.order, state: 'cancelled', reason, reserved_until: null, stock_taken: false };
    return { order: { ...order, closed_at: now.at }, event: 'order.cancelled' };
  });
  if (!paid) tx.after_commit.push(() => void closeAttempts(ctx, [cancelled.order_id]));
  return cancelled;
}

/** The goods have left: only now the money is the merchant's (order cleared, MONEY §3). */
export function shipOrder(tx: Tx, ctx: Context, seen: Order, tracking: string | null): Promise<Order> {
  return moveOrder(tx, ctx, seen, ['paid'], null, ({ order, lines, at }) => ({
    order: { ...order, state: 'shipped', tracking, shipped_at: at },
    event: 'order.shipped',
    transfers: postCleared(order, lines, at),
  }));
}

export function deliverOrder(tx: Tx, ctx: Context, seen: Order): Promise<Order> {
  return moveOrder(tx, ctx, seen, ['shipped'], null, ({ order, at }) => ({
    order: { ...order, state: 'delivered', delivered_at: at },
    event: 'order.delivered',
  }));
}

/** A full refund after shipping: all legs backwards, by line; the goods count as back in stock. */
export function refundOrder(tx: Tx, ctx: Context, seen: Order, reason: string): Promise<Order> {
  return moveOrder(tx, ctx, seen, ['shipped', 'delivered'], reason, ({ order, lines, stock, at }) => {
    restock(stock, lines);
    return {
      order: { ...order, state: 'refunded', reason, stock_taken: false, closed_at: at },
      event: 'order.refunded',
      transfers: postUnwound(order, lines, at),
    };
  });
}

/** Closes the references at the provider, so that nobody is charged for an order that is gone. */
async function closeAttempts(ctx: Context, order_ids: string[]): Promise<void> {
  const attempts = await findAttempts(ctx.db.pool, order_ids);
  await Promise.all(attempts.map((attempt) => cancelPayment(ctx, attempt)));
}

/**
 * Frees what was held for orders that nobody paid in time. A payment that arrives at the same moment wins or loses at
 * the order's row; run twice it does nothing twice (FAULTS B5).
 * @returns how many expired
 */
export async function expireReservations(ctx: Context, now: Date = ctx.clock.now(), limit = 500): Promise<number> {
  const due = await listExpired(ctx.db.pool, now, limit);
  if (due.length === 0) return 0;
  const expired = await inTx(ctx.db, (tx) => expire(tx, ctx, due, now));
  await closeAttempts(ctx, expired);
  return expired.length;
}

async function expire(tx: Tx, ctx: Context, ids: string[], now: Date): Promise<string[]> {
  const lines = await findLines(tx.client, ids);
  const stock = await openStock(
    tx,
    [...lines.values()].flat().map((line) => line.variant_id),
  );
  const orders = [...(await lockOrders(tx, ids)).values()].filter(
    (order) => order.reserved_until !== null && order.reserved_until <= now,
  );
  for (const order of orders) release(stock, lines.get(order.order_id) ?? []);
  const changed = orders.map(
    (order): Order => ({ ...order, state: 'cancelled', reason: 'expired', reserved_until: null, closed_at: now }),
  );
  const stock_events = await saveStock(tx, stock);
  await updateOrders(tx, changed);
  const told = changed.map((order) => orderEvent('order.cancelled', order, lines.get(order.order_id) ?? []));
  await emit(tx, ctx, [...told, ...stock_events]);
  return changed.map((order) => order.order_id);
}
