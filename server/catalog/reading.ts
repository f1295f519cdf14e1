import type * as z from 'zod';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, type Page, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { pack } from '../markets/index.ts';
import { blockedPairs } from '../people/index.ts';
import { findPriorPrices } from './offer_queries.ts';
import { findMerchants, findProducts, listProductIds, type Merchant, type ProductState } from './queries.ts';
import { productOf, type productShape } from './shapes.ts';

export type ProductView = z.output<typeof productShape>;

/** Products as people see them, in the order asked for; unknown ids are left out. */
export async function viewProducts(ctx: Context, product_ids: string[]): Promise<ProductView[]> {
  const products = await findProducts(ctx.db.pool, product_ids);
  const merchants = await findMerchants(ctx.db.pool, [...new Set(products.map((product) => product.merchant_id))]);
  const variant_ids = products.flatMap((product) => product.variants.map((variant) => variant.variant_id));
  const days = merchants[0] ? pack(merchants[0].market).contract.prior_price_days : 0;
  const prior = await findPriorPrices(ctx.db.pool, variant_ids, days, ctx.clock.now());
  const views = new Map(
    products.map((product) => {
      const merchant = merchants.find((shop) => shop.merchant_id === product.merchant_id)!;
      return [product.product_id, productOf(product, merchant, prior)];
    }),
  );
  return product_ids.flatMap((id) => views.get(id) ?? []);
}

/** A published product, or any state of one's own; none of who shares a block with the reader. Refuses `not_found`. */
export async function getProduct(ctx: Context, product_id: string, person_id: string | null): Promise<ProductView> {
  const [product] = await viewProducts(ctx, [product_id]);
  if (!product) throw new Refusal('not_found');
  if (person_id === null && product.state === 'published') return product;
  const [merchant] = await findMerchants(ctx.db.pool, [product.merchant_id]);
  if (person_id !== null && merchant && merchant.owner_id !== person_id) {
    const [blocked] = await blockedPairs(ctx.db.pool, [[person_id, merchant.owner_id]]);
    if (blocked) throw new Refusal('not_found');
  }
  if (product.state === 'published') return product;
  if (merchant?.owner_id !== person_id) throw new Refusal('not_found');
  return product;
}

/** Products of one shop, or of all, as this reader may see them, the newest first. @param page `q`: part of the title */
export async function listProducts(
  ctx: Context,
  merchant: Merchant | null,
  states: ProductState[],
  page: { limit: number; after?: string | undefined; q?: string | undefined },
  viewer_id: string | null,
): Promise<Page<ProductView>> {
  const cursor = page.after === undefined ? null : decodeCursor(ctx.config, page.after);
  const after = cursor && { created_at: String(cursor[0]), id: String(cursor[1]) };
  const limit = page.limit + 1;
  const search = page.q ?? null;
  const merchant_id = merchant?.merchant_id ?? null;
  const ids = await listProductIds(ctx.db.pool, { merchant_id, states, search, after, limit, viewer_id });
  const views = await viewProducts(ctx, ids);
  return toPage(ctx.config, views, page.limit, (view) => [view.created_at.toISOString(), view.product_id]);
}
