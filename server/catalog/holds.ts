/** Products taken off sale by moderation. Orders that were placed before go on. */
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import * as queries from './hold_queries.ts';
import { findMerchants, findProducts } from './queries.ts';

/** A product and who sells it, or null. */
export async function findProduct(
  q: Pick<Tx['client'], 'query'>,
  product_id: string,
): Promise<{ title: string; owner_id: string } | null> {
  const [product] = await findProducts(q as Tx['client'], [product_id]);
  const [merchant] = product ? await findMerchants(q as Tx['client'], [product.merchant_id]) : [];
  return product && merchant ? { title: product.title, owner_id: merchant.owner_id } : null;
}

/** Takes a product off sale in the caller's transaction; its merchant cannot publish it until it is released. */
export async function holdProduct(tx: Tx, ctx: Context, product_id: string, by: string): Promise<void> {
  if (!(await queries.setHeld(tx, product_id, ctx.clock.now()))) return;
  await emit(tx, ctx, [{ type: 'product.held', actor: by, subject: product_id, data: {} }]);
}

/** Its merchant may publish it again. */
export const releaseProduct = (tx: Tx, product_id: string): Promise<void> => queries.clearHeld(tx, product_id);
