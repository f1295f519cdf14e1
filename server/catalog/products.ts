import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { TaxClass } from '../markets/index.ts';
import { isHeld } from './hold_queries.ts';
import { missingTraderData } from './merchants.ts';
import {
  findProducts,
  insertProduct,
  insertVariants,
  type Merchant,
  type Product,
  type ProductState,
  removeVariants,
  updatePrices,
  updateProduct,
  updateVariantTexts,
  type Variant,
} from './queries.ts';
import { insertStockChange } from './stock_queries.ts';

export interface VariantDraft {
  option_values: string[];
  sku: string | null;
  price: bigint;
}

export interface ProductDraft {
  title: string;
  description: string;
  vat_class: TaxClass;
  option_names: string[];
}

const MOST_VARIANTS = 100;

/** Creates a draft with its variants and the units in stock. Refuses `options_invalid`. */
export async function createProduct(
  tx: Tx,
  ctx: Context,
  merchant: Merchant,
  draft: ProductDraft & { variants: (VariantDraft & { stock: number })[] },
): Promise<Product> {
  checkOptions(draft.option_names, draft.variants);
  const at = ctx.clock.now();
  const product_id = mintId();
  await insertProduct(tx, { ...draft, product_id, merchant_id: merchant.merchant_id, at });
  const variants = draft.variants.map((variant, position) => ({
    ...newVariant(variant, merchant, position),
    on_hand: variant.stock,
  }));
  await insertVariants(tx, product_id, variants, at);
  for (const { variant_id, on_hand } of variants) {
    if (on_hand === 0) continue;
    const [change_id, person_id] = [mintId(), merchant.owner_id];
    await insertStockChange(tx, { change_id, variant_id, change: on_hand, reason: 'opening stock', person_id, at });
  }
  return getOwnProduct(tx, merchant, product_id);
}

const newVariant = (draft: VariantDraft, merchant: Merchant, position: number) => ({
  variant_id: mintId(),
  position,
  option_values: draft.option_values,
  sku: draft.sku,
  price_minor: draft.price,
  currency: merchant.currency,
  on_hand: 0,
});

function checkOptions(names: string[], variants: VariantDraft[]): void {
  const seen = new Set(variants.map((variant) => JSON.stringify(variant.option_values)));
  const fits = variants.every((variant) => variant.option_values.length === names.length);
  if (!fits || seen.size !== variants.length || new Set(names).size !== names.length)
    throw new Refusal('options_invalid');
  if (variants.length === 0 || variants.length > MOST_VARIANTS) throw new Refusal('options_invalid');
}

/**
 * Replaces what a product says, and its variants: those with an id are changed, those without are new, those left out
 * are no longer sold. A changed price is one more line of the price history.
 */
export async function changeProduct(
  tx: Tx,
  ctx: Context,
  merchant: Merchant,
  product_id: string,
  draft: ProductDraft & { variants: (VariantDraft & { variant_id: string | null })[] },
): Promise<Product> {
  checkOptions(draft.option_names, draft.variants);
  const before = await getOwnProduct(tx, merchant, product_id);
  const at = ctx.clock.now();
  const known = new Map(before.variants.map((variant) => [variant.variant_id, variant]));
  const kept = draft.variants.flatMap((variant, position) => {
    const was = variant.variant_id === null ? undefined : known.get(variant.variant_id);
    if (variant.variant_id !== null && !was) throw new Refusal('not_found');
    return was ? [{ ...newVariant(variant, merchant, position), variant_id: was.variant_id, was }] : [];
  });
  const added = draft.variants.flatMap((variant, position) =>
    variant.variant_id === null ? [newVariant(variant, merchant, position)] : [],
  );
  const left = before.variants.filter((variant) => !kept.some(({ variant_id }) => variant_id === variant.variant_id));
  await updateProduct(tx, { ...draft, product_id, at });
  await updateVariantTexts(tx, kept);
  await updatePrices(
    tx,
    kept.filter((variant) => variant.was.price_minor !== variant.price_minor),
    at,
  );
  await insertVariants(tx, product_id, added, at);
  await removeVariants(
    tx,
    left.map((variant) => variant.variant_id),
    at,
  );
  await emit(tx, ctx, [productChanged(merchant, product_id)]);
  return getOwnProduct(tx, merchant, product_id);
}

const productChanged = (merchant: Merchant, product_id: string) => ({
  type: 'product.changed',
  actor: merchant.owner_id,
  subject: product_id,
  data: { merchant_id: merchant.merchant_id },
});

/**
 * Puts a product up for sale or takes it down.
 * Refuses `trader_data_missing` (naming the fields), `product_incomplete`, and `product_held` by moderation.
 */
export async function setPublished(
  tx: Tx,
  ctx: Context,
  merchant: Merchant,
  product_id: string,
  published: boolean,
): Promise<Product> {
  const product = await getOwnProduct(tx, merchant, product_id);
  if (published) {
    const missing = missingTraderData(merchant);
    if (missing.length > 0) throw new Refusal('trader_data_missing', { extra: { missing } });
    if (product.variants.length === 0) throw new Refusal('product_incomplete');
    if (await isHeld(tx, product_id)) throw new Refusal('product_held');
  }
  const state: ProductState = published ? 'published' : product.state === 'draft' ? 'draft' : 'unpublished';
  await updateProduct(tx, { ...product, state, at: ctx.clock.now() });
  await emit(tx, ctx, [productChanged(merchant, product_id)]);
  return { ...product, state };
}

/** A product of this shop, in any state. Refuses `not_found`. */
export async function getOwnProduct(tx: Pick<Tx, 'client'>, merchant: Merchant, product_id: string): Promise<Product> {
  const [product] = await findProducts(tx.client, [product_id]);
  if (product?.merchant_id !== merchant.merchant_id) throw new Refusal('not_found');
  return product;
}

/** Units that a buyer can take now. */
export const available = (variant: Pick<Variant, 'on_hand' | 'reserved'>): number => variant.on_hand - variant.reserved;

/** A variant of this shop's product. Refuses `not_found`. */
export async function getOwnVariant(
  tx: Tx,
  merchant: Merchant,
  ids: { product_id: string; variant_id: string },
): Promise<Variant> {
  const { variants } = await getOwnProduct(tx, merchant, ids.product_id);
  const variant = variants.find(({ variant_id }) => variant_id === ids.variant_id);
  if (!variant) throw new Refusal('not_found');
  return variant;
}
