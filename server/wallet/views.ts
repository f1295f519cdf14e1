/** How the wallet looks on the wire. */
import * as z from 'zod';
import type { Principal } from '../kernel/context.ts';
import { wireId } from '../kernel/ids.ts';
import { digits, moneyCodec, signedDigits, timeCodec } from '../kernel/money.ts';
import { pack } from '../markets/index.ts';
import { ATTEMPT_STATES } from '../payments/index.ts';
import { type PersonCard, personCard } from '../people/index.ts';
import type { Lot, Unspent } from './postings.ts';
import type { Withdrawal } from './queries.ts';
import type { Quote, TopUpState } from './top_ups.ts';
import { type Balance, MOVEMENT_KINDS, type Movement, type SpendingView } from './wallet.ts';

export const balanceShape = z.object({
  coins: digits,
  worth: moneyCodec.describe('What as many coins cost, tax included'),
});
export const balanceView = (balance: Balance): z.output<typeof balanceShape> => balance;

export const quoteShape = z.object({
  coins: digits.describe('Coins that would be bought'),
  total: moneyCodec.describe('To be paid, tax included'),
  vat: moneyCodec,
  vat_bps: z.int(),
  remains: digits.describe('Coins that stay afterwards; unspent ones can be returned'),
  raised: z.boolean().describe("Whether the provider's minimum charge made it more than was missing"),
  withdrawal_days: z.int(),
});

export function quoteView(me: Principal, quote: Quote): z.output<typeof quoteShape> {
  const { coins, total, vat_minor, vat_bps, remains, raised } = quote;
  const vat = { amount: vat_minor, currency: total.currency };
  return { coins, total, vat, vat_bps, remains, raised, withdrawal_days: pack(me.market).contract.withdrawal_days };
}

export const topUpShape = z.object({
  top_up_id: wireId('topup'),
  state: z.enum(['unpaid', 'paid', 'failed']),
  coins: digits,
  total: moneyCodec,
  created_at: timeCodec,
  payment: z.object({
    state: z.enum(ATTEMPT_STATES),
    decline_code: z.string().nullable(),
    action_url: z.string().nullable().describe('Where the payer confirms at their bank'),
  }),
  lot_id: wireId('lot').nullable().describe('The purchase, once it is paid'),
});

export function topUpView({ top_up, attempt, lot }: TopUpState): z.output<typeof topUpShape> {
  const { top_up_id, state, coins, total_minor, currency, created_at } = top_up;
  const { decline_code, action_url } = attempt;
  const payment = { state: attempt.state, decline_code, action_url };
  const total = { amount: total_minor, currency };
  return { top_up_id, state, coins, total, created_at, payment, lot_id: lot?.lot_id ?? null };
}

export const movementShape = z.object({
  at: timeCodec,
  kind: z.enum(MOVEMENT_KINDS),
  coins: signedDigits,
  balance: digits.describe('Coins after it'),
  gift_id: wireId('gift').nullable(),
  lot_id: wireId('lot').nullable(),
  person: personCard.nullable().describe('Whom the gift was for'),
});

export function movementView(
  { at, kind, coins, balance, ref, other }: Movement,
  people: ReadonlyMap<string, PersonCard>,
): z.output<typeof movementShape> {
  const is_gift = kind === 'gift_sent' || kind === 'gift_returned';
  const gift_id = is_gift ? ref : null;
  const lot_id = kind === 'bought' ? ref : null;
  const person = people.get(other) ?? null;
  return { at, kind: kind as (typeof MOVEMENT_KINDS)[number], coins, balance, gift_id, lot_id, person };
}

const limit = z.object({
  spent: moneyCodec,
  limit: moneyCodec.describe('In force'),
  own: moneyCodec.nullable().describe('Set by the person; null: the market’s'),
});
export const spendingShape = z.object({
  day: limit,
  month: limit,
  wider: z
    .object({ from_at: timeCodec, day: moneyCodec.nullable(), month: moneyCodec.nullable() })
    .nullable()
    .describe('Limits that will hold from then on'),
});

export function spendingView({ row, limits, spent, rules }: SpendingView): z.output<typeof spendingShape> {
  const money = (amount: bigint) => ({ amount, currency: rules.currency });
  const maybe = (amount: bigint | null) => (amount === null ? null : money(amount));
  const day = { spent: money(spent.day_minor), limit: money(limits.day_minor), own: maybe(row.day_limit_minor) };
  const month = {
    spent: money(spent.month_minor),
    limit: money(limits.month_minor),
    own: maybe(row.month_limit_minor),
  };
  const { wider_from } = row;
  const wider = wider_from && {
    from_at: wider_from,
    day: maybe(row.wider_day_limit_minor),
    month: maybe(row.wider_month_limit_minor),
  };
  return { day, month, wider };
}

export const lotShape = z.object({
  lot_id: wireId('lot'),
  coins: digits,
  total: moneyCodec,
  bought_at: timeCodec,
  charged_back: z.boolean(),
  unspent: digits,
  refund: moneyCodec.describe('What the unspent coins were paid with'),
  withdraw_until: timeCodec,
  withdrawable: z.boolean(),
});

export function lotView(lot: Lot, unspent: Unspent, now: Date): z.output<typeof lotShape> {
  const { lot_id, coins, currency, net_minor, vat_minor, bought_at, withdraw_until, charged_back_at } = lot;
  return {
    lot_id,
    coins,
    total: { amount: net_minor + vat_minor, currency },
    bought_at,
    charged_back: charged_back_at !== null,
    unspent: unspent.coins,
    refund: { amount: unspent.net_minor + unspent.vat_minor, currency },
    withdraw_until,
    withdrawable: unspent.coins > 0n && now <= withdraw_until && charged_back_at === null,
  };
}

const text = z.object({ de: z.string(), en: z.string() });
export const receiptShape = z.object({
  number: z.string(),
  seller: z.object({ name: z.string(), address: z.string() }),
  buyer: z.object({ name: z.string(), handle: z.string() }),
  issued_at: timeCodec,
  coins: digits,
  net: moneyCodec,
  vat: moneyCodec,
  vat_bps: z.int(),
  total: moneyCodec,
  tax_name: text,
  note: text,
});

/** The instance, as its operator described it; its name stands in while the legal one is not filled in. */
type Seller = { name: string; legal_name: string; legal_address: string };

/** A receipt of a purchase of coins, with what § 33 UStDV asks of one up to 250 EUR. */
export function receiptView(seller: Seller, me: Principal, lot: Lot): z.output<typeof receiptShape> {
  const { name, legal_name, legal_address } = seller;
  const { tax } = pack(lot.market);
  const money = (amount: bigint) => ({ amount, currency: lot.currency });
  return {
    number: receiptNumber(lot),
    seller: { name: legal_name || name, address: legal_address },
    buyer: { name: me.name, handle: me.handle },
    issued_at: lot.bought_at,
    coins: lot.coins,
    net: money(lot.net_minor),
    vat: money(lot.vat_minor),
    vat_bps: lot.vat_bps,
    total: money(lot.net_minor + lot.vat_minor),
    tax_name: tax.name,
    note: tax.receipt_note,
  };
}

/** Unique because the id is; readable because people read it out. */
const receiptNumber = ({ market, lot_id }: Lot): string =>
  `${market}-C-${lot_id.replaceAll('-', '').slice(0, 16).toUpperCase()}`;

export const withdrawalShape = z.object({
  withdrawal_id: wireId('withdrawal'),
  lot_id: wireId('lot'),
  coins: digits,
  amount: moneyCodec,
  state: z.enum(['refunding', 'refunded']),
  withdrawn_at: timeCodec,
  refunded_at: timeCodec.nullable(),
});

export function withdrawalView(row: Withdrawal): z.output<typeof withdrawalShape> {
  const { withdrawal_id, lot_id, coins, net_minor, vat_minor, currency, state, withdrawn_at, refunded_at } = row;
  const amount = { amount: net_minor + vat_minor, currency };
  return { withdrawal_id, lot_id, coins, amount, state, withdrawn_at, refunded_at };
}
