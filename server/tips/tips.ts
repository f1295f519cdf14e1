/** Cash tips: what one costs, its payment, and what becomes of it. */
import { mustBeAllowed } from '../access/index.ts';
import type { RequestKey } from '../kernel/answer.ts';
import { dayIn } from '../kernel/clock.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { type Money, taxWithin } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { isOn, type MarketPack, pack, taxRate } from '../markets/index.ts';
import {
  type Attempt,
  findAttempts,
  getMethod,
  mustBeAbleToPay,
  reserveAttempts,
  startPayment,
} from '../payments/index.ts';
import { findPeople, type Person } from '../people/index.ts';
import { findRoom } from '../rooms/index.ts';
import { lockSpending } from '../wallet/index.ts';
import type { Tip } from './queries.ts';
import * as queries from './queries.ts';
import './refusals.ts';

const EXPIRES_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

export type Quote = { amount: Money; fee: Money; fee_vat_minor: bigint; vat_bps: number; total: Money };

/** What a tip costs: all of the amount is the creator's, the fee comes on top, tax included. PURE. */
export function quoteOf(rules: MarketPack, amount: bigint): Quote {
  const { fee, tax_class } = rules.tips;
  const money = (minor: bigint): Money => ({ amount: minor, currency: rules.currency });
  // The provider's share of what it charges, rounded up: never less than it costs.
  const fee_minor = fee.fixed_minor + (amount * BigInt(fee.bps) + 9_999n) / 10_000n;
  const vat_bps = taxRate(rules, tax_class);
  const fee_vat_minor = taxWithin(fee_minor, vat_bps);
  return { amount: money(amount), fee: money(fee_minor), fee_vat_minor, vat_bps, total: money(amount + fee_minor) };
}

/** Refuses `tip_too_small`, `tip_too_large`. */
export function checkAmount(rules: MarketPack, amount: bigint): void {
  const { minimum_minor, maximum_minor } = rules.tips;
  const said = (minor: bigint) => ({ extra: { limit: { amount: String(minor), currency: rules.currency } } });
  if (amount < minimum_minor) throw new Refusal('tip_too_small', said(minimum_minor));
  if (amount > maximum_minor) throw new Refusal('tip_too_large', said(maximum_minor));
}

/** To whom a tip goes and what it is for. */
export type Subject = { kind: 'person' | 'room' | 'video'; id: string };

export type TipOrder = { subject: Subject; amount: Money; total: Money; method_id: string };

/**
 * Gives a tip at the total that was shown. A repeated request is told how the tip stands now.
 * Refuses `tips_off`, `tip_to_self`, `tip_receiver_unknown`, what `access` has against either end, `tip_too_small`,
 * `tip_too_large`, `tip_limit`, `price_changed`, `method_unknown`, `key_reused`.
 */
export async function giveTip(ctx: Context, me: Principal, order: TipOrder, key: RequestKey): Promise<TipState> {
  const known = await queries.findTipByKey(ctx.db.pool, me.person_id, key.key);
  if (known) return replay(ctx, known, key);
  const receiver = await receiverOf(ctx, order.subject);
  if (receiver.person_id === me.person_id) throw new Refusal('tip_to_self');
  const thing = order.subject.kind === 'room' ? { thing_id: order.subject.id } : {};
  await mustBeAllowed(ctx, ctx.db.pool, me.person_id, 'send_gifts', { with: receiver.person_id, ...thing });
  const quote = checkOrder(me, receiver, order);
  const method = await getMethod(ctx.db, me.person_id, order.method_id);
  const row = rowOf(ctx, me, receiver, order.subject, quote, key);
  const attempt = await inTx(ctx.db, async (tx) => {
    await mustBeAbleToPay(tx, ctx, { person_id: me.person_id, purpose: 'tip' });
    const draft = { attempt_id: row.attempt_id, purpose: 'tip', thing_id: row.tip_id, person_id: me.person_id };
    const expires_at = new Date(row.created_at.getTime() + EXPIRES_MS);
    const { amount, currency } = quote.total;
    const [reserved] = await reserveAttempts(tx, ctx, [{ ...draft, method, amount, currency, expires_at }]);
    await checkDay(tx, me, row);
    return (await queries.insertTip(tx, row)) ? (reserved as Attempt) : Promise.reject(new Twice());
  }).catch((error) => {
    if (error instanceof Twice) return null;
    throw error;
  });
  if (!attempt) return giveTip(ctx, me, order, key);
  await startPayment(ctx, attempt);
  return getTip(ctx, me, row.tip_id);
}

/** Another request with the same key came first: roll back, then answer what it made. */
class Twice extends Error {}

async function receiverOf(ctx: Context, { kind, id }: Subject): Promise<Person> {
  const room = kind === 'room' ? await findRoom(ctx.db.pool, id) : null;
  if (kind === 'room' && room?.state !== 'live') throw new Refusal('tip_receiver_unknown');
  // There are no videos yet: a tip for one finds nobody.
  const person_id = room?.host_id ?? (kind === 'person' ? id : null);
  const [person] = person_id === null ? [] : await findPeople(ctx.db.pool, [person_id]);
  if (!person) throw new Refusal('tip_receiver_unknown');
  return person;
}

function checkOrder(me: Principal, receiver: Person, { amount, total }: TipOrder): Quote {
  const rules = pack(me.market);
  if (!isOn(rules, 'tips') || !isOn(pack(receiver.market), 'tips')) throw new Refusal('tips_off');
  checkAmount(rules, amount.amount);
  const quote = quoteOf(rules, amount.amount);
  const same = total.amount === quote.total.amount && total.currency === rules.currency;
  if (!same || amount.currency !== rules.currency) {
    const { amount, currency } = quote.total;
    throw new Refusal('price_changed', { extra: { total: { amount: String(amount), currency } } });
  }
  return quote;
}

/** The caps of a day in the payer's zone, under the lock of their spending. */
async function checkDay(tx: Tx, me: Principal, tip: Tip): Promise<void> {
  const rules = pack(me.market);
  await lockSpending(tx, [me.person_id]);
  const today = dayIn(tip.created_at, rules.zone);
  // A day has at most 25 hours; what was given on an earlier date is sorted out by its date.
  const since = startOfDay(tip.created_at, today, rules.zone);
  const given = await queries.sumSince(tx, me.person_id, since);
  const over = given.minor + tip.amount_minor > rules.tips.day_minor || given.count >= BigInt(rules.tips.day_count);
  if (!over) return;
  const amount = { amount: String(rules.tips.day_minor), currency: rules.currency };
  throw new Refusal('tip_limit', { extra: { amount, count: rules.tips.day_count } });
}

/** The first quarter of an hour of a date in a zone: offsets are whole quarters. PURE. */
export function startOfDay(now: Date, today: string, zone: string): Date {
  const quarter = 15 * 60_000;
  let at = Math.floor(now.getTime() / quarter) * quarter;
  const earliest = at - DAY_MS - 3_600_000;
  while (at > earliest && dayIn(new Date(at - quarter), zone) === today) at -= quarter;
  return new Date(at);
}

function rowOf(ctx: Context, me: Principal, receiver: Person, subject: Subject, quote: Quote, key: RequestKey): Tip {
  return {
    tip_id: mintId(),
    sender_id: me.person_id,
    receiver_id: receiver.person_id,
    subject_kind: subject.kind,
    subject_id: subject.kind === 'person' ? null : subject.id,
    market: me.market,
    currency: quote.amount.currency,
    amount_minor: quote.amount.amount,
    fee_minor: quote.fee.amount,
    fee_vat_minor: quote.fee_vat_minor,
    vat_bps: quote.vat_bps,
    state: 'unpaid',
    attempt_id: mintId(),
    request_key: key.key,
    body_hash: key.body_hash,
    created_at: ctx.clock.now(),
    paid_at: null,
    closed_at: null,
  };
}

async function replay(ctx: Context, known: Tip, key: RequestKey): Promise<TipState> {
  if (known.body_hash !== key.body_hash) throw new Refusal('key_reused');
  return { ...(await stateOf(ctx, known)), replayed: true };
}

export type TipState = { tip: Tip; attempt: Attempt; replayed: boolean };

/** A tip as it stands, for who gave and who received it, and finance. Refuses `not_found`. */
export async function getTip(ctx: Context, me: Principal, tip_id: string): Promise<TipState> {
  const tip = await queries.findTip(ctx.db.pool, tip_id);
  const reads = me.roles.includes('finance') || me.roles.includes('operator');
  const concerns = tip?.sender_id === me.person_id || (tip?.receiver_id === me.person_id && tip.paid_at !== null);
  if (!tip || !(reads || concerns)) throw new Refusal('not_found');
  return stateOf(ctx, tip);
}

async function stateOf(ctx: Context, tip: Tip): Promise<TipState> {
  const [attempt] = await findAttempts(ctx.db.pool, [tip.tip_id]);
  return { tip, attempt: attempt as Attempt, replayed: false };
}
