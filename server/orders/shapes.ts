/** What the outside says of an order, and what it sees. */
import * as z from 'zod';
import type { Merchant } from '../catalog/index.ts';
import { wireId } from '../kernel/ids.ts';
import { moneyCodec, timeCodec } from '../kernel/money.ts';
import { marketCodes } from '../markets/index.ts';
import { ATTEMPT_STATES, type Attempt } from '../payments/index.ts';
import type { Quote } from './pricing.ts';
import { ORDER_STATES, type Order, type OrderLine } from './queries.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

export const addressBody = z.strictObject({
  name: text(120),
  street: text(120),
  postal_code: text(20),
  city: text(80),
  country: z.enum(marketCodes),
});

export const addressShape = z.object({
  address_id: wireId('address'),
  name: z.string(),
  street: z.string(),
  postal_code: z.string(),
  city: z.string(),
  country: z.string(),
});

const wishes = z
  .array(z.strictObject({ variant_id: wireId('variant'), quantity: z.number().int().min(1).max(20) }))
  .min(1)
  .max(20);

/** A client that sends prices, taxes or rates is refused by the shape (FAULTS A9). */
export const quoteBody = z.strictObject({ lines: wishes });

export const checkoutBody = z.strictObject({
  lines: wishes,
  address_id: wireId('address'),
  method_id: wireId('method'),
  /** The total that the buyer was shown. Another one is answered with 409 and the new total. */
  expected_total: moneyCodec,
  /** The live room it is bought in. */
  room_id: wireId('room').nullable().default(null),
});

const lineShape = z.object({
  product_id: wireId('product'),
  variant_id: wireId('variant'),
  title: z.string(),
  option_values: z.array(z.string()),
  quantity: z.number().int(),
  price: moneyCodec,
  total: moneyCodec,
  vat_bps: z.number().int(),
});

const sums = {
  lines: z.array(lineShape),
  goods: moneyCodec,
  shipping: moneyCodec,
  /** Contained in the total. */
  vat: moneyCodec,
  total: moneyCodec,
};

export const quoteShape = z.object({
  merchant_id: wireId('merchant'),
  ...sums,
  /** The first variant of which there is not enough, or null. */
  short: z.object({ variant_id: wireId('variant'), available: z.number().int() }).nullable(),
});

export const orderShape = z.object({
  order_id: wireId('order'),
  merchant_id: wireId('merchant'),
  merchant_name: z.string(),
  room_id: wireId('room').nullable(),
  state: z.enum(ORDER_STATES),
  /** Why it was cancelled or refunded. */
  reason: z.string().nullable(),
  ...sums,
  lines: z.array(lineShape.extend({ image_url: z.string().nullable() })),
  ship_to: z.object({
    name: z.string(),
    street: z.string(),
    postal_code: z.string(),
    city: z.string(),
    country: z.string(),
  }),
  tracking: z.string().nullable(),
  payment: z.object({
    state: z.enum(ATTEMPT_STATES),
    decline_code: z.string().nullable(),
    /** Where the buyer confirms at the bank; only while `requires_action`. */
    action_url: z.string().nullable(),
  }),
  reserved_until: timeCodec.nullable(),
  created_at: timeCodec,
  paid_at: timeCodec.nullable(),
  shipped_at: timeCodec.nullable(),
  delivered_at: timeCodec.nullable(),
  refunded_at: timeCodec.nullable(),
  /** What the shop gets when it ships; only the shop sees it. */
  earning: z.object({ fee: moneyCodec, fee_vat: moneyCodec, net: moneyCodec }).nullable(),
});

export type OrderView = z.output<typeof orderShape>;

const sumsOf = (of: Omit<Quote, 'fee_bps' | 'fee_vat_bps' | 'lines' | 'merchant_id'>, lines: Quote['lines']) => {
  const money = (amount: bigint) => ({ amount, currency: of.currency });
  return {
    lines: lines.map((line) => ({ ...line, price: money(line.price_minor), total: money(line.total_minor) })),
    goods: money(of.goods_minor),
    shipping: money(of.shipping_minor),
    vat: money(of.vat_minor),
    total: money(of.total_minor),
  };
};

export const quoteOf = (
  quoted: Quote,
  short: { variant_id: string; available: number } | null,
): z.output<typeof quoteShape> => ({ merchant_id: quoted.merchant_id, ...sumsOf(quoted, quoted.lines), short });

/** @param as the seller also sees what the order earns */
export function orderOf(
  order: Order,
  lines: OrderLine[],
  merchant: Merchant | undefined,
  pictures: ReadonlyMap<string, string>,
  attempt: Pick<Attempt, 'state' | 'decline_code' | 'action_url'>,
  as: 'buyer' | 'seller',
): OrderView {
  const money = (amount: bigint) => ({ amount, currency: order.currency });
  const net = order.total_minor - order.fee_minor - order.fee_vat_minor;
  const sums = sumsOf(order, lines);
  return {
    ...order,
    ...sums,
    lines: sums.lines.map((line) => ({ ...line, image_url: pictures.get(line.product_id) ?? null })),
    merchant_name: merchant?.name ?? '',
    payment: attempt,
    earning:
      as === 'seller' ? { fee: money(order.fee_minor), fee_vat: money(order.fee_vat_minor), net: money(net) } : null,
  };
}
