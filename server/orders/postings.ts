/** Every way in which an order moves money. PURE. */
import { accountId, type Transfer, transferId } from '../ledger/index.ts';
import { pspAccount } from '../payments/index.ts';

/** What a posting needs to know of an order. */
export interface OrderFacts {
  order_id: string;
  merchant_id: string;
  market: string;
  currency: string;
  shipping_minor: bigint;
  total_minor: bigint;
  fee_vat_bps: number;
}

export interface LineFacts {
  line: number;
  total_minor: bigint;
  fee_minor: bigint;
  fee_vat_minor: bigint;
}

/** Paid and not yet shipped: nobody's earnings yet. */
export const clearingAccount = (currency: string): string => accountId(null, 'order_clearing', currency);
export const revenueAccount = (currency: string): string => accountId(null, 'revenue:orders', currency);
export const taxAccount = (market: string, rate_bps: number, currency: string): string =>
  accountId(null, `tax:${market}:${rate_bps}`, currency);
export const pendingAccount = (merchant_id: string, currency: string): string =>
  accountId(merchant_id, 'payable.pending', currency);

/** Order paid: psp → order_clearing, the whole. */
export function postPaid(order: OrderFacts, provider: string, at: Date): Transfer {
  return {
    transfer_id: transferId(order.order_id, 'paid'),
    debit: pspAccount(provider, order.currency),
    credit: clearingAccount(order.currency),
    amount: order.total_minor,
    code: 'order.paid',
    ref: order.order_id,
    event_at: at,
  };
}

interface Leg {
  leg: string;
  n: number;
  to: string;
  amount: bigint;
}

/** What becomes of the money when goods leave: by line to the merchant, the platform's fee and the VAT on it. */
function legsOf(order: OrderFacts, lines: LineFacts[]): Leg[] {
  const pending = pendingAccount(order.merchant_id, order.currency);
  const revenue = revenueAccount(order.currency);
  const tax = taxAccount(order.market, order.fee_vat_bps, order.currency);
  const legs = lines.flatMap(({ line: n, total_minor, fee_minor, fee_vat_minor }): Leg[] => [
    { leg: 'merchant', n, to: pending, amount: total_minor - fee_minor - fee_vat_minor },
    { leg: 'fee', n, to: revenue, amount: fee_minor },
    { leg: 'fee_vat', n, to: tax, amount: fee_vat_minor },
  ]);
  legs.push({ leg: 'shipping', n: 0, to: pending, amount: order.shipping_minor });
  return legs.filter((leg) => leg.amount > 0n);
}

/** Order cleared: order_clearing → payable.pending (merchant), revenue:orders, tax. The goods' VAT is the merchant's. */
export function postCleared(order: OrderFacts, lines: LineFacts[], at: Date): Transfer[] {
  return legsOf(order, lines).map(({ leg, n, to, amount }) => ({
    transfer_id: transferId(order.order_id, `cleared.${leg}`, n),
    debit: clearingAccount(order.currency),
    credit: to,
    amount,
    code: `order.cleared.${leg}`,
    ref: order.order_id,
    group_id: transferId(order.order_id, 'cleared'),
    event_at: at,
  }));
}

/** A cleared order unwound: the same legs backwards, by line, into order_clearing. */
export function postUnwound(order: OrderFacts, lines: LineFacts[], at: Date): Transfer[] {
  return legsOf(order, lines).map(({ leg, n, to, amount }) => ({
    transfer_id: transferId(order.order_id, `unwound.${leg}`, n),
    debit: to,
    credit: clearingAccount(order.currency),
    amount,
    code: `order.unwound.${leg}`,
    ref: order.order_id,
    group_id: transferId(order.order_id, 'unwound'),
    event_at: at,
  }));
}

/**
 * Money gone back to the buyer: order_clearing → psp.
 * @param source the refund, or the attempt that the bank took back
 */
export function postPaidBack(
  order: OrderFacts,
  provider: string,
  source: { id: string; amount: bigint; code: 'order.refunded' | 'order.reversed' },
  at: Date,
): Transfer {
  return {
    transfer_id: transferId(source.id, 'paid_back'),
    debit: clearingAccount(order.currency),
    credit: pspAccount(provider, order.currency),
    amount: source.amount,
    code: source.code,
    ref: order.order_id,
    event_at: at,
  };
}
