import type { Money } from '../kernel/money.ts';
import { taxWithin } from '../kernel/money.ts';
import { type MarketPack, priceOf, shareInForce, taxRate } from '../markets/index.ts';

/** How a gift shows: a chip beside the chat, a banner over it, or the whole stage. */
export type GiftClass = 'chip' | 'banner' | 'stage';

export type CatalogGift = { gift: string; class: GiftClass; coins: bigint };

/** The gifts of the house, cheapest first. Codes are for ever: rows and replays name them. */
export const catalog: readonly CatalogGift[] = [
  { gift: 'rose', class: 'chip', coins: 1n },
  { gift: 'clover', class: 'chip', coins: 2n },
  { gift: 'applause', class: 'chip', coins: 5n },
  { gift: 'star', class: 'chip', coins: 10n },
  { gift: 'balloon', class: 'chip', coins: 15n },
  { gift: 'coffee', class: 'chip', coins: 25n },
  { gift: 'paper_plane', class: 'chip', coins: 40n },
  { gift: 'sunflower', class: 'chip', coins: 60n },
  { gift: 'diamond', class: 'banner', coins: 100n },
  { gift: 'bouquet', class: 'banner', coins: 150n },
  { gift: 'fireflies', class: 'banner', coins: 200n },
  { gift: 'lantern', class: 'banner', coins: 300n },
  { gift: 'butterfly', class: 'banner', coins: 400n },
  { gift: 'carousel', class: 'banner', coins: 500n },
  { gift: 'lighthouse', class: 'banner', coins: 700n },
  { gift: 'fireworks', class: 'stage', coins: 1_000n },
  { gift: 'comet', class: 'stage', coins: 1_500n },
  { gift: 'whale', class: 'stage', coins: 2_000n },
  { gift: 'voyage', class: 'stage', coins: 3_000n },
  { gift: 'aurora', class: 'stage', coins: 5_000n },
  { gift: 'universe', class: 'stage', coins: 7_000n },
];

/** How long a gift can be taken back, from the server's moment of sending (MISSION 16). */
export const UNDO_MS = 10_000;

const by_code = new Map(catalog.map((one) => [one.gift, one]));

export const findGift = (gift: string): CatalogGift | null => by_code.get(gift) ?? null;

/** Where each part of a price goes; adds up to the price. */
export type PriceSplit = { price: Money; vat_minor: bigint; creator_minor: bigint; platform_minor: bigint };

/**
 * How the price of so many coins is shared: 1.00 EUR = 0.16 VAT + 0.42 creator + 0.42 platform. What a gift really
 * came to, cent by cent, follows from the lots that paid for it and is shown on its receipt.
 */
export const splitOfPrice = (payer: MarketPack, earner: MarketPack, coins: bigint, at: Date): PriceSplit =>
  splitOfMoney(payer, earner, priceOf(payer, coins), at);

/** The same for any amount: a hundred cents show the share more plainly than the one cent of a Rose. */
export function splitOfMoney(payer: MarketPack, earner: MarketPack, price: Money, at: Date): PriceSplit {
  const vat_minor = taxWithin(price.amount, taxRate(payer, payer.coins.tax_class));
  const net = price.amount - vat_minor;
  const platform_minor = (net * BigInt(shareInForce(earner, 'gifts', at).platform_bps)) / 10_000n;
  return { price, vat_minor, creator_minor: net - platform_minor, platform_minor };
}
