import { ageOn, dayIn } from '../kernel/clock.ts';
import type { Money } from '../kernel/money.ts';
import { DE } from './packs/de.ts';
import { US } from './packs/us.ts';
import {
  type AgedAction,
  type Feature,
  type MarketCode,
  type MarketPack,
  marketCodes,
  type ShareDocument,
  type ShareSource,
  type TaxClass,
} from './shape.ts';

const packs: Record<MarketCode, MarketPack> = { DE, US };

export function isMarket(code: string): code is MarketCode {
  return (marketCodes as readonly string[]).includes(code);
}

/** The rules of a market. An unknown code is a bug of the caller: what comes from outside is checked with `isMarket`. */
export function pack(market: string): MarketPack {
  if (!isMarket(market)) throw new Error(`no market pack for ${market}`);
  return packs[market];
}

/** Whether a feature takes new business in this market (a pilot counts as on for who was let into it). */
export function isOn(rules: MarketPack, feature: Feature): boolean {
  const { state } = rules.features[feature];
  return state === 'on' || state === 'pilot';
}

/** Whether someone born on this day may do this today, by the calendar of the market's zone. Unknown birth date: no. */
export function oldEnough(rules: MarketPack, action: AgedAction, born_on: string | null, now: Date): boolean {
  const least = rules.ages[action];
  if (least === 0) return true;
  return born_on !== null && ageOn(born_on, now, rules.zone) >= least;
}

/** What so many coins cost, tax included, in the market's currency: half a minor unit rounds up. */
export function priceOf(rules: MarketPack, coins: bigint): Money {
  const { minor, coins: per } = rules.coins.price;
  return { amount: (2n * coins * minor + per) / (2n * per), currency: rules.currency };
}

/** The fewest coins the payment provider can charge for. */
export function minimumCoins(rules: MarketPack): bigint {
  const { price, minimum_charge_minor } = rules.coins;
  let coins = (minimum_charge_minor * price.coins) / price.minor;
  while (priceOf(rules, coins).amount < minimum_charge_minor) coins += 1n;
  return coins;
}

export function taxRate(rules: MarketPack, tax_class: TaxClass): number {
  return rules.tax.rates_bps[tax_class];
}

/** The share document in force for a source of earnings at a moment: the youngest that has begun in the market's zone. */
export function shareInForce(rules: MarketPack, source: ShareSource, at: Date): ShareDocument {
  const today = dayIn(at, rules.zone);
  const begun = rules.shares.filter((share) => share.source === source && share.from_on <= today);
  const youngest = begun.toSorted((a, b) => (a.from_on < b.from_on ? 1 : -1))[0];
  if (!youngest) throw new Error(`market ${rules.market} has no share document for ${source} on ${today}`);
  return youngest;
}
