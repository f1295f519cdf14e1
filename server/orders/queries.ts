import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';
import { againOn } from '../kernel/db_errors.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { QuotedLine } from './pricing.ts';

type Asks = Pick<pg.Pool | pg.PoolClient, 'query'>;

export const ORDER_STATES = ['unpaid', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface ShipTo {
  name: string;
  street: string;
  postal_code: string;
  city: string;
  country: string;
}

export interface Order {
  order_id: string;
  buyer_id: string;
  merchant_id: string;
  room_id: string | null;
  market: string;
  currency: string;
  goods_minor: bigint;
  shipping_minor: bigint;
  vat_minor: bigint;
  total_minor: bigint;
  fee_bps: number;
  fee_minor: bigint;
  fee_vat_bps: number;
  fee_vat_minor: bigint;
  ship_to: ShipTo;
  state: OrderState;
  reason: string | null;
  attempt_id: string;
  reserved_until: Date | null;
  stock_taken: boolean;
  tracking: string | null;
  request_key: string;
  body_hash: string;
  created_at: Date;
  paid_at: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  closed_at: Date | null;
  refunded_at: Date | null;
}

export type OrderLine = QuotedLine & { order_id: string };

/** Bigints as digits: PostgreSQL reads them exactly. */
const json = (rows: unknown[]): string =>
  JSON.stringify(rows, (_name, value) => (typeof value === 'bigint' ? value.toString() : value));

/** Whole rows by one JSON parameter each: one statement for a batch of any size, 30 columns without 30 arrays. */
export async function insertOrders(tx: Tx, orders: Order[], lines: OrderLine[]): Promise<void> {
  const rows = tx.client.query({
    name: 'orders_insert',
    text: 'insert into orders select * from json_populate_recordset(null::orders, $1)',
    values: [json(orders)],
  });
  await rows.catch((error) => {
    throw againOn('orders_buyer_id_request_key_key', error);
  });
  await tx.client.query({
    name: 'order_lines_insert',
    text: 'insert into order_lines select * from json_populate_recordset(null::order_lines, $1)',
    values: [json(lines)],
  });
}

/** Orders that these requests have made already. */
export async function findByKeys(client: Asks, keys: { buyer_id: string; key: string }[]): Promise<Order[]> {
  const { rows } = await client.query<Order>({
    name: 'orders_by_key',
    text: `select o.* from unnest($1::uuid[], $2::text[]) as k (b, q) join orders o on o.buyer_id = b and o.request_key = q`,
    values: [keys.map(({ buyer_id }) => buyer_id), keys.map(({ key }) => key)],
  });
  return rows;
}

export async function findOrders(client: Asks, ids: string[]): Promise<Order[]> {
  const { rows } = await client.query<Order>('select * from orders where order_id = any($1::uuid[])', [ids]);
  return rows;
}

export async function lockOrders(tx: Tx, ids: string[]): Promise<Map<string, Order>> {
  const { rows } = await tx.client.query<Order>({
    name: 'orders_lock',
    text: 'select * from orders where order_id = any($1::uuid[]) order by order_id for no key update',
    values: [inLockOrder(tx, 'orders', 'orders', ids)],
  });
  return new Map(rows.map((row) => [row.order_id, row]));
}

/** Lines never change, so they are read without a lock. */
export async function findLines(client: Asks, order_ids: string[]): Promise<Map<string, OrderLine[]>> {
  const { rows } = await client.query<OrderLine>({
    name: 'order_lines_find',
    text: 'select * from order_lines where order_id = any($1::uuid[]) order by order_id, line',
    values: [order_ids],
  });
  return Map.groupBy(rows, (row) => row.order_id);
}

/** Writes what moves in the life of an order. */
export async function updateOrders(tx: Tx, rows: Order[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query({
    name: 'orders_update',
    text: `update orders set state = s, reason = r, reserved_until = u, stock_taken = k, tracking = t, paid_at = p,
        shipped_at = h, delivered_at = d, closed_at = c, refunded_at = b
      from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::boolean[], $6::text[], $7::timestamptz[],
        $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[])
        as rows (o, s, r, u, k, t, p, h, d, c, b) where order_id = o`,
    values: [
      sqlArray(rows, (row) => row.order_id),
      sqlArray(rows, (row) => row.state),
      sqlArray(rows, (row) => row.reason),
      sqlArray(rows, (row) => row.reserved_until),
      sqlArray(rows, (row) => String(row.stock_taken)),
      sqlArray(rows, (row) => row.tracking),
      sqlArray(rows, (row) => row.paid_at),
      sqlArray(rows, (row) => row.shipped_at),
      sqlArray(rows, (row) => row.delivered_at),
      sqlArray(rows, (row) => row.closed_at),
      sqlArray(rows, (row) => row.refunded_at),
    ],
  });
}

export interface ListAsk {
  owner: 'buyer_id' | 'merchant_id';
  id: string;
  after: { created_at: string; id: string } | null;
  limit: number;
}

/** The newest first. */
export async function listOrders(client: Asks, ask: ListAsk): Promise<Order[]> {
  const { rows } = await client.query<Order>(
    `select * from orders where ${ask.owner} = $1 and ($2::timestamptz is null or (created_at, order_id) < ($2, $3::uuid))
     order by created_at desc, order_id desc limit $4`,
    [ask.id, ask.after?.created_at ?? null, ask.after?.id ?? null, ask.limit],
  );
  return rows;
}

/** Orders whose reservation has run out. */
export async function listExpired(client: Asks, now: Date, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    'select order_id from orders where reserved_until <= $1 order by reserved_until limit $2',
    [now, limit],
  );
  return rows.map((row) => row.order_id);
}
