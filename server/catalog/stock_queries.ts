import type { Tx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { sqlArray } from '../kernel/sql_array.ts';

export interface Stock {
  variant_id: string;
  product_id: string;
  on_hand: number;
  reserved: number;
  sold: number;
}

export async function lockStock(tx: Tx, variant_ids: Iterable<string>): Promise<Stock[]> {
  const { rows } = await tx.client.query<Stock>({
    name: 'stock_lock',
    text: `select s.variant_id, v.product_id, on_hand, reserved, sold from stock s join variants v using (variant_id)
           where s.variant_id = any($1::uuid[]) order by s.variant_id for no key update of s`,
    values: [inLockOrder(tx, 'catalog', 'stock', variant_ids)],
  });
  return rows;
}

export async function writeStock(tx: Tx, rows: Stock[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query({
    name: 'stock_write',
    text: `update stock set on_hand = h, reserved = r, sold = s
           from unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) as rows (v, h, r, s) where variant_id = v`,
    values: [
      sqlArray(rows, (row) => row.variant_id),
      sqlArray(rows, (row) => row.on_hand),
      sqlArray(rows, (row) => row.reserved),
      sqlArray(rows, (row) => row.sold),
    ],
  });
}

export async function insertStockChange(
  tx: Tx,
  row: { change_id: string; variant_id: string; change: number; reason: string; person_id: string; at: Date },
): Promise<void> {
  await tx.client.query(
    `insert into stock_changes (change_id, variant_id, change, reason, person_id, changed_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [row.change_id, row.variant_id, row.change, row.reason, row.person_id, row.at],
  );
}

/** How many units of each product can be bought, over all its variants. */
export async function sumLeft(tx: Tx, product_ids: string[]): Promise<{ product_id: string; units: bigint }[]> {
  const { rows } = await tx.client.query<{ product_id: string; units: bigint }>({
    name: 'stock_left',
    text: `select v.product_id, sum(on_hand - reserved) as units from variants v join stock s using (variant_id)
           where v.product_id = any($1::uuid[]) and removed_at is null group by v.product_id`,
    values: [sqlArray(product_ids, (id) => id)],
  });
  return rows;
}
