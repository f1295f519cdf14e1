/** What an order costs, and who gets what of it. PURE: the server alone reckons prices (FAULTS A9). */
import type { Offer } from '../catalog/index.ts';
import { bps, parts, taxWithin } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type MarketPack, shareInForce, taxRate } from '../markets/index.ts';

/** What a buyer asks for. */
export interface Wish {
  variant_id: string;
  quantity: number;
}

export interface QuotedLine {
  line: number;
  product_id: string;
  variant_id: string;
  title: string;
  option_values: string[];
  quantity: number;
  price_minor: bigint;
  total_minor: bigint;
  vat_bps: number;
  vat_minor: bigint;
  fee_minor: bigint;
  fee_vat_minor: bigint;
}

/** Amounts in minor units. VAT is contained in the total. */
export interface Quote {
  merchant_id: string;
  currency: string;
  lines: QuotedLine[];
  goods_minor: bigint;
  shipping_minor: bigint;
  vat_minor: bigint;
  total_minor: bigint;
  fee_bps: number;
  fee_minor: bigint;
  fee_vat_bps: number;
  fee_vat_minor: bigint;
}

/**
 * Reckons an order from what the catalog says now.
 * @param rules the payer's market
 * Refuses `not_for_sale`, `several_merchants`, `not_sold_here`.
 */
export function quote(rules: MarketPack, wishes: Wish[], offers: ReadonlyMap<string, Offer>, at: Date): Quote {
  const found = wishes.map((wish) => offerFor(wish, offers));
  const [{ offer: first } = { offer: undefined }] = found;
  if (!first) throw new Refusal('not_for_sale');
  if (found.some(({ offer }) => offer.merchant_id !== first.merchant_id)) throw new Refusal('several_merchants');
  if (first.merchant_market !== rules.market || first.currency !== rules.currency) throw new Refusal('not_sold_here');
  const fee_bps = feeRate(rules, first.merchant_since, at);
  const fee_vat_bps = taxRate(rules, 'standard');
  const lines = found.map(({ wish, offer }, line) => quoteLine(rules, wish, offer, { line, fee_bps, fee_vat_bps }));
  const goods_minor = sum(lines, (line) => line.total_minor);
  const shipping_minor = first.shipping_minor;
  return {
    merchant_id: first.merchant_id,
    currency: first.currency,
    lines,
    goods_minor,
    shipping_minor,
    vat_minor: sum(lines, (line) => line.vat_minor) + shippingVat(lines, shipping_minor),
    total_minor: goods_minor + shipping_minor,
    fee_bps,
    fee_minor: sum(lines, (line) => line.fee_minor),
    fee_vat_bps,
    fee_vat_minor: sum(lines, (line) => line.fee_vat_minor),
  };
}

function offerFor(wish: Wish, offers: ReadonlyMap<string, Offer>): { wish: Wish; offer: Offer } {
  const offer = offers.get(wish.variant_id);
  if (!offer) throw new Refusal('not_for_sale');
  return { wish, offer };
}

function quoteLine(
  rules: MarketPack,
  { quantity }: Wish,
  offer: Offer,
  { line, fee_bps, fee_vat_bps }: { line: number; fee_bps: number; fee_vat_bps: number },
): QuotedLine {
  const total_minor = offer.price_minor * BigInt(quantity);
  const vat_bps = taxRate(rules, offer.vat_class);
  const fee_minor = bps(total_minor, fee_bps);
  return {
    line,
    product_id: offer.product_id,
    variant_id: offer.variant_id,
    title: offer.title,
    option_values: offer.option_values,
    quantity,
    price_minor: offer.price_minor,
    total_minor,
    vat_bps,
    vat_minor: taxWithin(total_minor, vat_bps),
    fee_minor,
    fee_vat_minor: bps(fee_minor, fee_vat_bps),
  };
}

/** Postage shares the fate of the goods: it is taxed in proportion to them (Abschn. 3.10 UStAE). */
function shippingVat(lines: QuotedLine[], shipping_minor: bigint): bigint {
  const shares = parts(
    shipping_minor,
    lines.map((line) => line.total_minor),
  );
  return shares.reduce((vat, share, i) => vat + taxWithin(share, lines[i]!.vat_bps), 0n);
}

const DAY_MS = 86_400_000;

/** The platform's fee on the goods: lower in a shop's first days. */
function feeRate(rules: MarketPack, merchant_since: Date, at: Date): number {
  const young = at.getTime() - merchant_since.getTime() < rules.sellers.new_seller_days * DAY_MS;
  return young ? rules.sellers.new_seller_fee_bps : shareInForce(rules, 'orders', at).platform_bps;
}

const sum = <T>(rows: T[], amount: (row: T) => bigint): bigint => rows.reduce((total, row) => total + amount(row), 0n);
