/** All SQL of products that moderation has taken off sale. */
import type { Tx } from '../kernel/db.ts';

/** @returns false where there is no such product */
export async function setHeld(tx: Tx, product_id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `update products set held_at = coalesce(held_at, $2), changed_at = $2,
       state = case state when 'published' then 'unpublished' else state end where product_id = $1`,
    [product_id, at],
  );
  return rowCount === 1;
}

export async function clearHeld(tx: Tx, product_id: string): Promise<void> {
  await tx.client.query('update products set held_at = null where product_id = $1', [product_id]);
}

export async function isHeld(tx: Tx, product_id: string): Promise<boolean> {
  const { rows } = await tx.client.query('select from products where product_id = $1 and held_at is not null', [
    product_id,
  ]);
  return rows.length === 1;
}
