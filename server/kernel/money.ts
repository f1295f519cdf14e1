/** Money: bigint minor units and an ISO 4217 currency. Never a float. */
import * as z from 'zod';

export interface Money {
  amount: bigint;
  currency: string;
}

export const money = (amount: bigint, currency: string): Money => ({ amount, currency });

const DIGITS = /^(0|[1-9][0-9]{0,18})$/;
const SIGNED = /^(0|-?[1-9][0-9]{0,18})$/;
const MAX = 2n ** 63n - 1n;

/** At most 19 digits in a string; a JSON number is refused, because it may have lost digits on its way. */
export const digits = z.codec(z.string().regex(DIGITS, 'must be a string of digits'), z.bigint().min(0n).max(MAX), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

export const positiveDigits = z.codec(
  z.string().regex(DIGITS, 'must be a string of digits'),
  z.bigint().min(1n).max(MAX),
  { decode: (text) => BigInt(text), encode: (value) => value.toString() },
);

/** For answers only: balances and differences may be negative. */
export const signedDigits = z.codec(z.string().regex(SIGNED), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');

/** `{amount: "1999", currency: "EUR"}` ↔ Money, not negative. */
export const moneyCodec = z.object({ amount: digits, currency: currencyCode });

/** The same where an amount may be negative (answers). */
export const signedMoneyCodec = z.object({ amount: signedDigits, currency: currencyCode });

/** RFC 3339 in UTC with milliseconds ↔ Date. */
export const timeCodec = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (at) => at.toISOString(),
});

/** `amount · rate`, rounded down, the rate in basis points. */
export const bps = (amount: bigint, rate_bps: number): bigint => (amount * BigInt(rate_bps)) / 10_000n;

/** The tax inside a gross amount, rounded half up: `g · r / (1 + r)`. */
export function taxWithin(gross: bigint, rate_bps: number): bigint {
  const rate = BigInt(rate_bps);
  const whole = 10_000n + rate;
  return (2n * gross * rate + whole) / (2n * whole);
}

/**
 * Splits a total by weights so that the parts add up to it exactly (largest remainder, ties to the first).
 * @param total minor units, not negative
 */
export function parts(total: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map((_, i) => (i === 0 ? total : 0n));
  const shares = weights.map((weight, at) => ({ at, floor: (total * weight) / sum, rest: (total * weight) % sum }));
  let left = total - shares.reduce((a, share) => a + share.floor, 0n);
  for (const share of shares.toSorted((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    share.floor += 1n;
    left -= 1n;
  }
  return shares.map((share) => share.floor);
}

/** How many decimals a currency has, from CLDR by way of Intl (2 for EUR, 0 for JPY, 3 for KWD). */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Money for a reader: `1,40 €`. Exact for every bigint, because Intl reads decimal strings exactly. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const decimals = decimalsOf(currency);
  const sign = amount < 0n ? '-' : '';
  const text = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const decimal = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(`${sign}${decimal}` as `${number}`);
}
