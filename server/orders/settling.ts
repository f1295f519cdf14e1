import { openStock, release, reserve, restock, type StockBook, saveStock, sell, shortOf } from '../catalog/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { NewEvent } from '../kernel/events.ts';
import { deriveId } from '../kernel/ids.ts';
import type { Transfer } from '../ledger/index.ts';
import type { Effects, Outcome } from '../payments/index.ts';
import { postPaid, postPaidBack, postUnwound } from './postings.ts';
import { findLines, lockOrders, type Order, type OrderLine, updateOrders } from './queries.ts';

/** The refund of an order: there is one, so asking twice is asking once. */
export const refundIdOf = (order_id: string): string => deriveId('refund', order_id);

/** What payments tells of orders: the one place where an order becomes paid, fails, or loses its money. */
export async function settleOrders(tx: Tx, ctx: Context, outcomes: Outcome[]): Promise<Effects> {
  const at = ctx.clock.now();
  const ids = outcomes.map((outcome) => outcome.attempt.thing_id);
  const lines = await findLines(tx.client, ids);
  const stock = await openStock(
    tx,
    [...lines.values()].flat().map((line) => line.variant_id),
  );
  const orders = await lockOrders(tx, ids);
  const told: Told = { at, stock, transfers: [], events: [], refund_due: [] };
  const changed = outcomes.map((outcome) => {
    const order = orders.get(outcome.attempt.thing_id);
    if (!order) throw new Error(`attempt ${outcome.attempt.attempt_id} pays for an order that is not there`);
    return STEPS[outcome.kind](told, order, lines.get(order.order_id) ?? [], outcome);
  });
  const stock_events = await saveStock(tx, stock);
  await updateOrders(tx, changed);
  const { transfers, events, refund_due } = told;
  return { transfers, events: [...events, ...stock_events], refund_due };
}

interface Told {
  at: Date;
  stock: StockBook;
  transfers: Transfer[];
  events: NewEvent[];
  refund_due: NonNullable<Effects['refund_due']>;
}

type Step = (told: Told, order: Order, lines: OrderLine[], outcome: Outcome) => Order;

const STEPS: Record<Outcome['kind'], Step> = {
  captured,
  failed,
  refunded,
  reversed,
};

/**
 * Money came in. Held units are sold; where the reservation ran out meanwhile they are taken again if they are still
 * there, otherwise the money goes back: an order is never paid without its stock (FAULTS B4, I6).
 */
function captured(told: Told, order: Order, lines: OrderLine[], { attempt }: Outcome): Order {
  const { at, stock } = told;
  told.transfers.push(postPaid(order, attempt.provider, at));
  const held = order.reserved_until !== null;
  const lapsed = order.state === 'cancelled' && order.reason === 'expired';
  if (held || (lapsed && !shortOf(stock, lines))) {
    if (!held) reserve(stock, lines);
    sell(stock, lines);
    const paid: Order = { ...order, state: 'paid', reason: null, reserved_until: null, stock_taken: true };
    told.events.push(orderEvent('order.paid', order, lines));
    return { ...paid, paid_at: at, closed_at: null };
  }
  const { order_id } = order;
  const reason = lapsed ? 'sold_out' : (order.reason ?? 'sold_out');
  told.refund_due.push({ attempt_id: attempt.attempt_id, refund_id: refundIdOf(order_id), reason });
  return { ...order, state: 'cancelled', reason, paid_at: at, closed_at: at };
}

/** It never will come in: what was held is free again. */
function failed(told: Told, order: Order, lines: OrderLine[], { attempt }: Outcome): Order {
  if (order.state !== 'unpaid') return order;
  if (order.reserved_until !== null) release(told.stock, lines);
  const reason = attempt.state === 'declined' ? 'payment_declined' : 'expired';
  told.events.push(orderEvent('order.cancelled', order, lines));
  return { ...order, state: 'cancelled', reason, reserved_until: null, closed_at: told.at };
}

function refunded(told: Told, order: Order, _lines: OrderLine[], { attempt, amount, refund_id }: Outcome): Order {
  const source = { id: refund_id!, amount, code: 'order.refunded' } as const;
  told.transfers.push(postPaidBack(order, attempt.provider, source, told.at));
  return { ...order, refunded_at: told.at };
}

/** The bank took it back. What was cleared is unwound; goods that had not left go back into stock. */
function reversed(told: Told, order: Order, lines: OrderLine[], { attempt, amount }: Outcome): Order {
  const { at } = told;
  const left = order.state === 'shipped' || order.state === 'delivered';
  if (left) told.transfers.push(...postUnwound(order, lines, at));
  if (order.state === 'paid') restock(told.stock, lines);
  const source = { id: attempt.attempt_id, amount, code: 'order.reversed' } as const;
  if (amount > 0n) told.transfers.push(postPaidBack(order, attempt.provider, source, at));
  if (order.state === 'cancelled' || order.state === 'refunded') return { ...order, refunded_at: at };
  told.events.push(orderEvent('order.refunded', order, lines));
  const stock_taken = order.state !== 'paid' && order.stock_taken;
  return { ...order, state: 'refunded', reason: 'chargeback', stock_taken, closed_at: at, refunded_at: at };
}

/** Ids and amounts only. */
export function orderEvent(type: string, order: Order, lines: OrderLine[]): NewEvent {
  return {
    type,
    actor: order.buyer_id,
    subject: order.order_id,
    data: {
      merchant_id: order.merchant_id,
      room_id: order.room_id,
      amount: String(order.total_minor),
      currency: order.currency,
      units: lines.reduce((sum, line) => sum + line.quantity, 0),
      product_ids: [...new Set(lines.map((line) => line.product_id))],
    },
  };
}
