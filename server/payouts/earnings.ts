/** What a person earned: balances per currency, and the lines behind them. */
import type { Context, Principal } from '../kernel/context.ts';
import type { Money } from '../kernel/money.ts';
import { accountId, balances } from '../ledger/index.ts';
import { pack } from '../markets/index.ts';
import { giftCoinsAccount } from '../wallet/index.ts';
import { findEarnedCurrencies, findNetted } from './queries.ts';

/** Kinds of accounts that hold an earner's money, on its way from earned to paid. */
const KINDS = ['payable.pending', 'payable.available', 'receivable'] as const;

export type EarnerBalance = { pending: Money; available: Money; owed: Money; netted: Money };
export type Earnings = {
  balances: EarnerBalance[];
  /** Coins of gifts whose hold is not over. */
  waiting_coins: bigint;
  hold_days: number;
  minimum: Money;
};

/** Balances in every currency in which the person ever earned; earnings stay in the currency of what paid for them. */
export async function getEarnings(ctx: Context, me: Principal): Promise<Earnings> {
  const rules = pack(me.market);
  const found = await findEarnedCurrencies(ctx.db, me.person_id);
  const currencies = found.length > 0 ? found : [rules.currency];
  const idOf = (kind: string, currency: string) => accountId(me.person_id, kind, currency);
  const netted = await findNetted(ctx.db, me.person_id);
  const waiting = giftCoinsAccount(me.person_id);
  const ids = currencies.flatMap((currency) => KINDS.map((kind) => idOf(kind, currency)));
  const held = await balances(ctx.db.q, [...ids, waiting]);
  const money = (kind: string, currency: string): Money => ({ amount: held.get(idOf(kind, currency)) ?? 0n, currency });
  return {
    balances: currencies.map((currency) => {
      const [pending, available, receivable] = KINDS.map((kind) => money(kind, currency)) as [Money, Money, Money];
      const owed = { amount: -receivable.amount, currency };
      return { pending, available, owed, netted: { amount: netted.get(currency) ?? 0n, currency } };
    }),
    waiting_coins: held.get(waiting) ?? 0n,
    hold_days: rules.payouts.gifts_hold_days,
    minimum: { amount: rules.payouts.minimum_minor, currency: rules.currency },
  };
}
