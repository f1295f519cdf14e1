/** A person's wallet: accounts, balance, history, limits. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import type { Money } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { balances, type Line, type NewAccount, openAccounts, ownersOf, transfersOf } from '../ledger/index.ts';
import { type MarketPack, marketCodes, pack, priceOf } from '../markets/index.ts';
import { cardOf, findPeople, type PersonCard, type Remainder } from '../people/index.ts';
import { coinsAccount } from './postings.ts';
import './refusals.ts';
import { current, type Limits, limitsOf, noSpending, type OwnLimits, type Spending, withLimits } from './spending.ts';
import { findSpending, insertSpending, lockSpending, updateSpending } from './spending_queries.ts';

/** House accounts that buying, giving and settling coins touch in a market. */
export function houseAccounts(rules: MarketPack): NewAccount[] {
  const house = (kind: string, asset: string): NewAccount => ({ owner: null, kind, asset, floor: null });
  const rates = new Set(Object.values(rules.tax.rates_bps));
  return [
    house('coins.issued', 'COIN'),
    house(`deferred:${rules.market}`, rules.currency),
    house('coin_clearing', rules.currency),
    ...[...rates].map((rate) => house(`tax:${rules.market}:${rate}`, rules.currency)),
  ];
}

/** Opens the house's accounts of every market: once, when the house opens. */
export const openHouseAccounts = (ctx: Context): Promise<void> =>
  inTx(ctx.db, (tx) =>
    openAccounts(
      tx,
      marketCodes.flatMap((code) => houseAccounts(pack(code))),
      ctx.clock.now(),
    ),
  );

/** Opens a person's wallet; again is harmless. */
export async function openWallet(tx: Tx, person: { person_id: string; market: string }, at: Date): Promise<void> {
  const owner = person.person_id;
  const coins = ['coins', 'gift_coins'].map((kind) => ({ owner, kind, asset: 'COIN', floor: 0n }));
  await insertSpending(tx, noSpending(owner, pack(person.market), at));
  await openAccounts(tx, coins, at);
}

/** Opens wallets of people who came before wallets were opened at sign-up. */
export async function openWallets(ctx: Context, person_ids: string[]): Promise<void> {
  const people = await findPeople(ctx.db.pool, person_ids);
  for (const person of people) await inTx(ctx.db, (tx) => openWallet(tx, person, ctx.clock.now()));
}

/** Coins are somebody's money: they are paid back before an account ends. */
export async function remainsOf(tx: Tx, person_id: string): Promise<Remainder[]> {
  const account = coinsAccount(person_id);
  return ((await balances(tx.q, [account])).get(account) ?? 0n) > 0n ? ['coins'] : [];
}

export type Balance = { coins: bigint; worth: Money };

/** Coins, and what as many would cost now: a coin has one price. */
export async function getBalance(ctx: Context, me: Principal): Promise<Balance> {
  const account = coinsAccount(me.person_id);
  const coins = (await balances(ctx.db.q, [account])).get(account) ?? 0n;
  return { coins, worth: priceOf(pack(me.market), coins) };
}

/** One change of the balance. A withdrawal burns the line and issues the rest again: shown as the one change it is. */
export type Movement = {
  seq: bigint;
  at: Date;
  kind: string;
  coins: bigint;
  balance: bigint;
  ref: string;
  /** The account on the other side. */
  other: string;
};

/**
 * A person's coins, newest first, all of it.
 * @param before the `seq` of the last movement seen
 */
export async function listMovements(ctx: Context, me: Principal, limit: number, before?: bigint): Promise<Movement[]> {
  const account = coinsAccount(me.person_id);
  // Two lines of a group may be one movement, so at most twice as many lines make the page.
  const lines = await transfersOf(ctx.db.q, account, { limit: 2 * limit, ...(before !== undefined && { before }) });
  return movementsOf(account, lines).slice(0, limit);
}

/** Whom gifts among these movements went to, or came back from, by the account on the other side. */
export async function peopleOf(ctx: Context, movements: readonly Movement[]): Promise<Map<string, PersonCard>> {
  const gifts = movements.filter(({ kind }) => kind.startsWith('gift_'));
  const owners = await ownersOf(ctx.db.q, [...new Set(gifts.map(({ other }) => other))]);
  const people = await findPeople(ctx.db.pool, [...new Set(owners.values())]);
  const cards = new Map(people.map((person) => [person.person_id, cardOf(person)]));
  const found = new Map<string, PersonCard>();
  for (const [account, owner] of owners) {
    const card = cards.get(owner);
    if (card) found.set(account, card);
  }
  return found;
}

/** PURE: lines of one group next to each other become one movement. `lines` are the newest first. */
export function movementsOf(account: string, lines: readonly Line[]): Movement[] {
  const movements: (Movement & { group_id: string | null })[] = [];
  for (const line of lines) {
    const spends = line.debit === account;
    const last = movements.at(-1);
    const coins = spends ? -line.amount : line.amount;
    if (last && line.group_id !== null && last.group_id === line.group_id) {
      last.coins += coins;
      last.seq = line.seq;
      continue;
    }
    const balance = spends ? line.debit_balance : line.credit_balance;
    const kind = KINDS[line.code] ?? line.code;
    const { seq, event_at: at, ref, group_id } = line;
    movements.push({ seq, at, kind, coins, balance, ref, other: spends ? line.credit : line.debit, group_id });
  }
  return movements.map(({ group_id, ...movement }) => movement);
}

/** What a person calls it. */
const KINDS: Record<string, string> = {
  'top_up.coins': 'bought',
  'gift.sent': 'gift_sent',
  'gift.returned': 'gift_returned',
  'withdrawal.burn': 'withdrawn',
  'withdrawal.reissue': 'withdrawn',
  'chargeback.burn': 'charged_back',
  'chargeback.reissue': 'charged_back',
};
export const MOVEMENT_KINDS = ['bought', 'gift_sent', 'gift_returned', 'withdrawn', 'charged_back'] as const;

export type SpendingView = {
  row: Spending;
  limits: Limits;
  spent: { day_minor: bigint; month_minor: bigint };
  rules: MarketPack;
};

/** What a person gave today and this month, and what they may. */
export async function getSpending(ctx: Context, me: Principal): Promise<SpendingView> {
  const [rules, now] = [pack(me.market), ctx.clock.now()];
  const found = await findSpending(ctx.db, me.person_id);
  return viewOf(current(found ?? noSpending(me.person_id, rules, now), rules, now), rules);
}

const viewOf = (row: Spending, rules: MarketPack): SpendingView => ({
  row,
  rules,
  limits: limitsOf(row, rules),
  spent: { day_minor: priceOf(rules, row.day_coins).amount, month_minor: priceOf(rules, row.month_coins).amount },
});

/** Sets own limits: narrower at once, wider after the market's time. Refuses `limit_currency`. */
export async function setLimits(
  ctx: Context,
  me: Principal,
  wanted: { day: Money | null; month: Money | null },
): Promise<SpendingView> {
  const [rules, now] = [pack(me.market), ctx.clock.now()];
  const own: OwnLimits = {
    day_limit_minor: minorOf(wanted.day, rules),
    month_limit_minor: minorOf(wanted.month, rules),
  };
  return inTx(ctx.db, async (tx) => {
    await insertSpending(tx, noSpending(me.person_id, rules, now));
    const before = (await lockSpending(tx, [me.person_id])).get(me.person_id) as Spending;
    const row = withLimits(before, own, rules, now);
    await updateSpending(tx, [row]);
    return viewOf(row, rules);
  });
}

function minorOf(limit: Money | null, rules: MarketPack): bigint | null {
  if (limit !== null && limit.currency !== rules.currency) throw new Refusal('limit_currency');
  return limit?.amount ?? null;
}

/** The most a person may give in a day, in minor units of their market. */
export const dayLimitOf = async (ctx: Context, me: Principal): Promise<bigint> =>
  (await getSpending(ctx, me)).limits.day_minor;
