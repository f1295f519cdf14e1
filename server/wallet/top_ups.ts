/** Buying coins: what it costs, the payment, and the lot that comes of it. */
import { mustBeAllowed } from '../access/index.ts';
import type { RequestKey } from '../kernel/answer.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { deriveId, mintId } from '../kernel/ids.ts';
import { type Money, taxWithin } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { isOn, type MarketPack, minimumCoins, pack, priceOf, taxRate } from '../markets/index.ts';
import {
  type Attempt,
  type Effects,
  findAttempts,
  getMethod,
  mustBeAbleToPay,
  type Outcome,
  pspAccount,
  reserveAttempts,
  startPayment,
} from '../payments/index.ts';
import {
  coinsAccount,
  type Lot,
  postPurchase,
  postRefunded,
  postReversal,
  purchasedCoins,
  reversalOf,
} from './postings.ts';
import type { TopUp } from './queries.ts';
import * as queries from './queries.ts';
import { askToConfirm } from './refusals.ts';
import { type Half, passesHalf } from './spending.ts';
import { sumTopUps } from './spending_queries.ts';
import { getSpending } from './wallet.ts';
import './refusals.ts';

const TOP_UP_EXPIRES_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

export type Quote = {
  coins: bigint;
  total: Money;
  vat_minor: bigint;
  vat_bps: number;
  /** Coins that stay after the gift this was asked for. */
  remains: bigint;
  /** The provider's minimum made it more than was missing (FAULTS A29). */
  raised: boolean;
};

/**
 * What has to be bought so that `balance` covers `need`: the coins that are missing, or the provider's minimum charge,
 * and never a bundle. What remains may be returned within the market's withdrawal period. PURE.
 */
export function quoteFor(rules: MarketPack, need: bigint, balance: bigint): Quote {
  const missing = need > balance ? need - balance : 0n;
  const least = minimumCoins(rules);
  const raised = missing < least;
  const coins = raised ? least : missing;
  return { ...quoteOf(rules, coins), remains: balance + coins - need, raised };
}

/** The price of exactly so many coins. PURE. */
export function quoteOf(rules: MarketPack, coins: bigint): Quote {
  const total = priceOf(rules, coins);
  const vat_bps = taxRate(rules, rules.coins.tax_class);
  return { coins, total, vat_minor: taxWithin(total.amount, vat_bps), vat_bps, remains: coins, raised: false };
}

/** `confirmed`: the buyer knows that it takes them past half of what they may spend. */
export type TopUpOrder = { coins: bigint; total: Money; method_id: string; confirmed: boolean };

/**
 * Orders coins and asks for their payment. A repeated request is told how the top-up stands now.
 * Refuses `coins_off`, what `access` has against it, `top_up_too_small`, `top_up_too_large`, `price_changed`, `method_unknown`,
 * `spending_half` (unless confirmed), `key_reused`, and what payments has against trying again.
 * @param order `total` is what the person was shown; another price is refused, never charged
 */
export async function startTopUp(ctx: Context, me: Principal, order: TopUpOrder, key: RequestKey): Promise<TopUpState> {
  const known = await queries.findTopUpByKey(ctx.db, me.person_id, key.key);
  if (known) return replay(ctx, known, key);
  await mustBeAllowed(ctx, ctx.db.pool, me.person_id, 'top_up');
  const quote = checkOrder(me, order);
  const half = order.confirmed ? null : await halfOfTopUps(ctx, me, quote);
  if (half) throw askToConfirm(half.half, half.limit_minor, quote.total.currency);
  const method = await getMethod(ctx.db, me.person_id, order.method_id);
  const attempt = await inTx(ctx.db, async (tx) => {
    await mustBeAbleToPay(tx, ctx, { person_id: me.person_id, purpose: 'top_up' });
    const row = topUpRow(ctx, me, quote, key);
    const [reserved] = await reserveAttempts(tx, ctx, [attemptFor(row, method, ctx.clock.now())]);
    return (await queries.insertTopUp(tx, row)) ? (reserved as Attempt) : Promise.reject(new Twice());
  }).catch((error) => {
    if (error instanceof Twice) return null;
    throw error;
  });
  if (!attempt) return startTopUp(ctx, me, order, key);
  await startPayment(ctx, attempt);
  return getTopUp(ctx, me, attempt.thing_id);
}

/** Coins bought today and this month are held against the limits of gifts, only to ask: nothing is refused for good. */
async function halfOfTopUps(ctx: Context, me: Principal, quote: Quote): Promise<Half | null> {
  const rules = pack(me.market);
  const { row, limits } = await getSpending(ctx, me);
  const since = { zone: rules.zone, day_on: row.day_on, month_on: row.month_on };
  const before = await sumTopUps(ctx.db, me.person_id, quote.total.currency, since);
  const { amount } = quote.total;
  const after = { day_minor: before.day_minor + amount, month_minor: before.month_minor + amount };
  return passesHalf(before, after, limits);
}

/** Another request with the same key came first: roll back, then answer what it made. */
class Twice extends Error {}

function checkOrder(me: Principal, { coins, total }: TopUpOrder): Quote {
  const rules = pack(me.market);
  if (!isOn(rules, 'coins')) throw new Refusal('coins_off');
  const quote = quoteOf(rules, coins);
  if (coins < minimumCoins(rules)) {
    throw new Refusal('top_up_too_small', { extra: { minimum_coins: String(minimumCoins(rules)) } });
  }
  if (quote.total.amount > rules.coins.maximum_charge_minor) throw new Refusal('top_up_too_large');
  if (quote.total.amount !== total.amount || quote.total.currency !== total.currency) {
    const { amount, currency } = quote.total;
    throw new Refusal('price_changed', { extra: { total: { amount: String(amount), currency } } });
  }
  return quote;
}

function topUpRow(ctx: Context, me: Principal, quote: Quote, key: RequestKey): TopUp {
  return {
    top_up_id: mintId(),
    person_id: me.person_id,
    market: me.market,
    coins: quote.coins,
    total_minor: quote.total.amount,
    vat_minor: quote.vat_minor,
    vat_bps: quote.vat_bps,
    currency: quote.total.currency,
    state: 'unpaid',
    attempt_id: mintId(),
    request_key: key.key,
    body_hash: key.body_hash,
    created_at: ctx.clock.now(),
    closed_at: null,
  };
}

const attemptFor = (row: TopUp, method: Awaited<ReturnType<typeof getMethod>>, now: Date) => ({
  attempt_id: row.attempt_id,
  purpose: 'top_up',
  thing_id: row.top_up_id,
  person_id: row.person_id,
  method,
  amount: row.total_minor,
  currency: row.currency,
  expires_at: new Date(now.getTime() + TOP_UP_EXPIRES_MS),
});

async function replay(ctx: Context, known: TopUp, key: RequestKey): Promise<TopUpState> {
  if (known.body_hash !== key.body_hash) throw new Refusal('key_reused');
  return { ...(await stateOf(ctx, known)), replayed: true };
}

export type TopUpState = { top_up: TopUp; attempt: Attempt; lot: Lot | null; replayed: boolean };

/** A person's own top-up as it stands. Refuses `not_found`. */
export async function getTopUp(ctx: Context, me: Principal, top_up_id: string): Promise<TopUpState> {
  const top_up = await queries.findTopUp(ctx.db, top_up_id);
  if (top_up?.person_id !== me.person_id) throw new Refusal('not_found');
  return stateOf(ctx, top_up as TopUp);
}

async function stateOf(ctx: Context, top_up: TopUp): Promise<TopUpState> {
  const [attempt] = await findAttempts(ctx.db.pool, [top_up.top_up_id]);
  const lots = await queries.findLots(ctx.db.pool, [lotIdOf(top_up.top_up_id)]);
  return { top_up, attempt: attempt as Attempt, lot: lots.get(lotIdOf(top_up.top_up_id)) ?? null, replayed: false };
}

/** A top-up makes one lot, so the lot's id follows from it. */
export const lotIdOf = (top_up_id: string): string => deriveId('lot', top_up_id);

/** What payments tells: captured makes coins, reversed takes the purchase back, refunded ends a withdrawal. */
export async function onTopUpOutcome(tx: Tx, ctx: Context, outcomes: Outcome[]): Promise<Effects> {
  const at = ctx.clock.now();
  const of = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind);
  const bought = await openLots(tx, of('captured'), at);
  const failed = of('failed').map(({ attempt }) => attempt.thing_id);
  await queries.closeTopUps(tx, failed, 'failed', at);
  const reversed = await reverseLots(tx, of('reversed'), at);
  const refunded = of('refunded').filter((outcome) => outcome.refund_id !== null);
  await queries.markRefunded(
    tx,
    refunded.map(({ refund_id }) => refund_id as string),
    at,
  );
  return {
    transfers: [
      ...bought.transfers,
      ...reversed.transfers,
      ...refunded.flatMap((outcome) => refundedLegs(outcome, at)),
    ],
    events: [...bought.events, ...reversed.events],
    after: bought.after(tx),
  };
}

async function openLots(tx: Tx, captured: Outcome[], at: Date) {
  const top_ups = await queries.lockTopUps(
    tx,
    captured.map(({ attempt }) => attempt.thing_id),
  );
  const lots = captured.map(({ attempt }) => lotOf(top_ups.get(attempt.thing_id) as TopUp, attempt, at));
  await queries.closeTopUps(tx, [...top_ups.keys()], 'paid', at);
  await queries.insertLots(tx, lots);
  return {
    transfers: captured.flatMap(({ attempt }, i) =>
      postPurchase(lots[i] as Lot, pspAccount(attempt.provider, attempt.currency)),
    ),
    events: lots.map((lot) => ({
      type: 'coins.bought',
      actor: lot.person_id,
      subject: lot.lot_id,
      data: { coins: String(lot.coins), amount: String(lot.net_minor + lot.vat_minor), currency: lot.currency },
    })),
    after:
      (inside: Tx): Effects['after'] =>
      async (posted) => {
        const segments = lots.map((lot) => {
          const place = posted.get(purchasedCoins(lot.lot_id));
          if (!place || !('credit_from' in place)) throw new Error(`lot ${lot.lot_id} has no coins on the ledger`);
          const from_pos = place.credit_from;
          const account_id = coinsAccount(lot.person_id);
          return { account_id, from_pos, to_pos: from_pos + lot.coins, lot_id: lot.lot_id, lot_from: 0n };
        });
        await queries.insertSegments(inside, segments);
      },
  };
}

function lotOf(top_up: TopUp, attempt: Attempt, at: Date): Lot {
  const { top_up_id, person_id, market, currency, coins, vat_minor, vat_bps } = top_up;
  return {
    lot_id: lotIdOf(top_up_id),
    top_up_id,
    person_id,
    attempt_id: attempt.attempt_id,
    market,
    currency,
    coins,
    net_minor: top_up.total_minor - vat_minor,
    vat_minor,
    vat_bps,
    fee_minor: attempt.fee_minor,
    bought_at: at,
    withdraw_until: new Date(at.getTime() + pack(market).contract.withdrawal_days * DAY_MS),
    charged_back_at: null,
  };
}

/** The bank took the money back. What becomes of each coin is decided where coins are spent (`coins.charged_back`). */
async function reverseLots(tx: Tx, reversed: Outcome[], at: Date) {
  const lots = await queries.findLotsOfTopUps(
    tx,
    reversed.map(({ attempt }) => attempt.thing_id),
  );
  await queries.markChargedBack(
    tx,
    [...lots.values()].map((lot) => lot.lot_id),
    at,
  );
  const known = reversed.flatMap((outcome) => {
    const lot = lots.get(outcome.attempt.thing_id);
    return lot ? [{ ...outcome, lot }] : [];
  });
  return {
    transfers: known.flatMap(({ lot, amount, attempt }) =>
      postReversal(lot, amount, pspAccount(attempt.provider, attempt.currency), at),
    ),
    events: known.map(({ lot, amount }) => ({
      id: deriveId('event', reversalOf(lot.lot_id)),
      type: 'coins.charged_back',
      actor: null,
      subject: lot.lot_id,
      data: { amount: String(amount), currency: lot.currency },
    })),
  };
}

const refundedLegs = ({ attempt, amount, refund_id }: Outcome, at: Date) =>
  postRefunded(refund_id as string, amount, attempt.currency, pspAccount(attempt.provider, attempt.currency), at);
