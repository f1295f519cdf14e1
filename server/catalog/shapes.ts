/** What the outside sees of merchants and products, and what it may say of them. */
import * as z from 'zod';
import { wireId } from '../kernel/ids.ts';
import { digits, type Money, moneyCodec, positiveDigits, timeCodec } from '../kernel/money.ts';
import { isMarket, pack } from '../markets/index.ts';
import { imageUrl } from './images.ts';
import { missingTraderData } from './merchants.ts';
import { available } from './products.ts';
import type { Merchant, Product } from './queries.ts';

export const text = (max: number) => z.string().trim().min(1).max(max);
const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullable()
    .default(null)
    .transform((value) => value || null);

export const merchantBody = z.strictObject({
  name: text(80),
  trader_name: optional(120),
  street: optional(120),
  postal_code: optional(20),
  city: optional(80),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  email: z.email().max(200).nullable().default(null),
  phone: optional(40),
  register: optional(120),
  vat_id: optional(40),
  shipping: digits.default(0n),
});

/** A shop as everybody sees it: the trader's data stand where the products are (DSA art. 31). */
export const merchantShape = z.object({
  merchant_id: wireId('merchant'),
  owner_id: wireId('person'),
  name: z.string(),
  market: z.string(),
  currency: z.string(),
  trader_name: z.string().nullable(),
  street: z.string().nullable(),
  postal_code: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  register: z.string().nullable(),
  vat_id: z.string().nullable(),
  shipping: moneyCodec,
  /** What must be known before anything is published. */
  missing: z.array(z.string()),
});

export const merchantOf = (merchant: Merchant): z.output<typeof merchantShape> => ({
  ...merchant,
  shipping: { amount: merchant.shipping_minor, currency: merchant.currency },
  missing: missingTraderData(merchant),
});

const variantText = {
  option_values: z.array(text(40)).max(3),
  sku: optional(60),
  /** Minor units of the shop's currency, tax included where the market's prices include it. */
  price: positiveDigits.refine((price) => price <= 100_000_000n, 'is too large'),
};

const productText = {
  title: text(120),
  description: z.string().trim().max(4_000).default(''),
  vat_class: z.enum(['standard', 'reduced', 'zero']),
  option_names: z.array(text(40)).max(3).default([]),
};

export const newProductBody = z.strictObject({
  ...productText,
  variants: z
    .array(z.strictObject({ ...variantText, stock: z.number().int().min(0).max(1_000_000) }))
    .min(1)
    .max(100),
});

export const productBody = z.strictObject({
  ...productText,
  variants: z
    .array(z.strictObject({ ...variantText, variant_id: wireId('variant').nullable() }))
    .min(1)
    .max(100),
});

export const stockBody = z.strictObject({
  change: z
    .number()
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .refine((change) => change !== 0, 'must not be 0'),
  reason: text(200).default('counted'),
});

export const productShape = z.object({
  product_id: wireId('product'),
  merchant_id: wireId('merchant'),
  merchant_name: z.string(),
  title: z.string(),
  description: z.string(),
  vat_class: z.enum(['standard', 'reduced', 'zero']),
  vat_bps: z.number().int(),
  option_names: z.array(z.string()),
  state: z.enum(['draft', 'published', 'unpublished']),
  shipping: moneyCodec,
  created_at: timeCodec,
  variants: z.array(
    z.object({
      variant_id: wireId('variant'),
      option_values: z.array(z.string()),
      sku: z.string().nullable(),
      price: moneyCodec,
      /** The lowest price of the 30 days before the last cut (§ 11 PAngV), or null. */
      prior_price: moneyCodec.nullable(),
      available: z.number().int(),
    }),
  ),
  images: z.array(
    z.object({
      position: z.number().int(),
      url: z.string(),
      small_url: z.string(),
      width: z.number(),
      height: z.number(),
    }),
  ),
});

export function productOf(
  product: Product,
  merchant: Merchant,
  prior: Map<string, bigint>,
): z.output<typeof productShape> {
  const money = (amount: bigint): Money => ({ amount, currency: merchant.currency });
  return {
    ...product,
    merchant_name: merchant.name,
    vat_bps: isMarket(merchant.market) ? pack(merchant.market).tax.rates_bps[product.vat_class] : 0,
    shipping: money(merchant.shipping_minor),
    variants: product.variants.map((variant) => {
      const before = prior.get(variant.variant_id);
      return {
        ...variant,
        price: money(variant.price_minor),
        prior_price: before !== undefined && before > variant.price_minor ? money(before) : null,
        available: available(variant),
      };
    }),
    images: product.images.map((image) => ({
      ...image,
      url: imageUrl(image.image_id, false),
      small_url: imageUrl(image.image_id, true),
    })),
  };
}
