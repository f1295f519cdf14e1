/**
 * What a person may spend on gifts (docs/wallet.md): PURE. One row a person, judged for every gift under its lock, so
 * that two gifts of one batch count together. Amounts are kept in coins, since cents would round every single Rose, and
 * compared in money, since limits are in money.
 */
import { dayIn } from '../kernel/clock.ts';
import { type MarketPack, priceOf } from '../markets/index.ts';

export type Spending = {
  person_id: string;
  /** The day and the first day of the month, in the payer's zone, that the counters speak of. */
  day_on: string;
  day_coins: bigint;
  month_on: string;
  month_coins: bigint;
  /** Own limits in the market's currency; null: the market's. */
  day_limit_minor: bigint | null;
  month_limit_minor: bigint | null;
  wider_day_limit_minor: bigint | null;
  wider_month_limit_minor: bigint | null;
  /** From when the wider limits hold; null: none waits. */
  wider_from: Date | null;
};

export type OwnLimits = { day_limit_minor: bigint | null; month_limit_minor: bigint | null };
export type Limits = { day_minor: bigint; month_minor: bigint };

/** Nothing spent, no own limits. */
export function noSpending(person_id: string, rules: MarketPack, now: Date): Spending {
  const day_on = dayIn(now, rules.zone);
  return {
    person_id,
    day_on,
    day_coins: 0n,
    month_on: monthOf(day_on),
    month_coins: 0n,
    day_limit_minor: null,
    month_limit_minor: null,
    wider_day_limit_minor: null,
    wider_month_limit_minor: null,
    wider_from: null,
  };
}

const monthOf = (day_on: string): string => `${day_on.slice(0, 7)}-01`;

/** The row as it stands now: counters of past days forgotten, a wider limit taken over once its time has come. */
export function current(row: Spending, rules: MarketPack, now: Date): Spending {
  const day_on = dayIn(now, rules.zone);
  const month_on = monthOf(day_on);
  const due = row.wider_from !== null && row.wider_from <= now;
  return {
    ...row,
    day_on,
    day_coins: row.day_on === day_on ? row.day_coins : 0n,
    month_on,
    month_coins: row.month_on === month_on ? row.month_coins : 0n,
    ...(due && {
      day_limit_minor: row.wider_day_limit_minor,
      month_limit_minor: row.wider_month_limit_minor,
      ...nothingWaits,
    }),
  };
}

const nothingWaits = { wider_day_limit_minor: null, wider_month_limit_minor: null, wider_from: null };

/** The limits in force; `row` must be current. */
export const limitsOf = (row: OwnLimits, rules: MarketPack): Limits => ({
  day_minor: row.day_limit_minor ?? rules.spending.gifts_day_minor,
  month_minor: row.month_limit_minor ?? rules.spending.gifts_month_minor,
});

/** `was`: the row before it, as it stood now. */
export type Spent = { row: Spending; was: Spending } | { over: 'day' | 'month'; limit_minor: bigint };

/** Counts a gift of so many coins, or says which limit it would break. */
export function spend(before: Spending, coins: bigint, rules: MarketPack, now: Date): Spent {
  const row = current(before, rules, now);
  const limits = limitsOf(row, rules);
  const after = { ...row, day_coins: row.day_coins + coins, month_coins: row.month_coins + coins };
  if (priceOf(rules, after.day_coins).amount > limits.day_minor) return { over: 'day', limit_minor: limits.day_minor };
  if (priceOf(rules, after.month_coins).amount > limits.month_minor) {
    return { over: 'month', limit_minor: limits.month_minor };
  }
  return { row: after, was: row };
}

/** What a person is asked to confirm: it takes them past half of a limit. */
export type Half = { half: 'day' | 'month'; limit_minor: bigint };

/**
 * Whether an amount leads from at most half of a limit to more than it: asked once on the way there, not before and
 * not after (the caps of RULES §5 ask at half of the day's and of the month's).
 */
export function passesHalf(before: Limits, after: Limits, limits: Limits): Half | null {
  const passes = (from: bigint, to: bigint, limit: bigint) => 2n * from <= limit && 2n * to > limit;
  const { day_minor, month_minor } = limits;
  if (passes(before.day_minor, after.day_minor, day_minor)) return { half: 'day', limit_minor: day_minor };
  if (passes(before.month_minor, after.month_minor, month_minor)) return { half: 'month', limit_minor: month_minor };
  return null;
}

/** What was spent on gifts, as money; `row` must be current. */
export const spentOf = ({ day_coins, month_coins }: Spending, rules: MarketPack): Limits => ({
  day_minor: priceOf(rules, day_coins).amount,
  month_minor: priceOf(rules, month_coins).amount,
});

/** Whether a gift that `spend` lets through must be confirmed. */
export const halfOfGifts = ({ was, row }: { was: Spending; row: Spending }, rules: MarketPack): Half | null =>
  passesHalf(spentOf(was, rules), spentOf(row, rules), limitsOf(row, rules));

/** Counts a gift back that was taken back: on the day and in the month it was given, where they still run. */
export function unspend(before: Spending, coins: bigint, given_at: Date, rules: MarketPack, now: Date): Spending {
  const row = current(before, rules, now);
  const given_on = dayIn(given_at, rules.zone);
  const less = (counted: bigint) => (counted > coins ? counted - coins : 0n);
  return {
    ...row,
    day_coins: given_on === row.day_on ? less(row.day_coins) : row.day_coins,
    month_coins: monthOf(given_on) === row.month_on ? less(row.month_coins) : row.month_coins,
  };
}

/**
 * Sets own limits. What gets narrower holds at once; what gets wider waits for the market's loosening time, and a
 * wait that had begun for something wider still begins anew.
 */
export function withLimits(before: Spending, wanted: OwnLimits, rules: MarketPack, now: Date): Spending {
  const row = current(before, rules, now);
  const [is, wants] = [limitsOf(row, rules), limitsOf(wanted, rules)];
  const day_widens = wants.day_minor > is.day_minor;
  const month_widens = wants.month_minor > is.month_minor;
  const at_once = {
    ...row,
    day_limit_minor: day_widens ? row.day_limit_minor : wanted.day_limit_minor,
    month_limit_minor: month_widens ? row.month_limit_minor : wanted.month_limit_minor,
  };
  if (!day_widens && !month_widens) return { ...at_once, ...nothingWaits };
  return {
    ...at_once,
    wider_day_limit_minor: wanted.day_limit_minor,
    wider_month_limit_minor: wanted.month_limit_minor,
    wider_from: new Date(now.getTime() + rules.spending.loosening_hours * 3_600_000),
  };
}
