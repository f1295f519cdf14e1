/** How gifts look on the wire. */
import * as z from 'zod';
import type { Json } from '../kernel/answer.ts';
import { toWire, wireId } from '../kernel/ids.ts';
import { digits, moneyCodec, timeCodec } from '../kernel/money.ts';
import { HOME_MARKET, type MarketPack, pack } from '../markets/index.ts';
import { personCard } from '../people/index.ts';
import { catalog, type PriceSplit, splitOfMoney, splitOfPrice, UNDO_MS } from './catalog.ts';
import type { Gift } from './queries.ts';

/** What sending answers; written by hand because it is encoded for every gift. */
export const giftShape = z.object({
  gift_id: wireId('gift'),
  gift: z.string(),
  count: z.int(),
  coins: digits,
  receiver_id: wireId('person'),
  room_id: wireId('room').nullable(),
  combo_id: z.uuid().nullable(),
  sent_at: timeCodec,
  undo_until: timeCodec.describe('Until then it can be taken back'),
  balance: digits.describe('Your coins after it'),
});

export function giftAnswer(row: Gift, balance: bigint): Json {
  return {
    gift_id: toWire('gift', row.gift_id),
    gift: row.gift,
    count: row.count,
    coins: String(row.coins),
    receiver_id: toWire('person', row.receiver_id),
    room_id: row.room_id && toWire('room', row.room_id),
    combo_id: row.combo_id,
    sent_at: row.sent_at.toISOString(),
    undo_until: new Date(row.sent_at.getTime() + UNDO_MS).toISOString(),
    balance: String(balance),
  };
}

const split = {
  total: moneyCodec.describe('What it costs, tax included: the sum of the three parts'),
  vat: moneyCodec,
  creator: moneyCodec,
  platform: moneyCodec,
};

export const catalogShape = z.object({
  hundred: z.object(split).describe('The same split for a hundred minor units: 1.00 = VAT + creator + platform'),
  items: z.array(
    z.object({
      gift: z.string(),
      class: z.enum(['chip', 'banner', 'stage']),
      coins: digits,
      ...split,
      offered: z.boolean().describe('Whether it fits the daily limit at all'),
    }),
  ),
});

function splitView({ price, vat_minor, creator_minor, platform_minor }: PriceSplit) {
  const money = (amount: bigint) => ({ amount, currency: price.currency });
  return { total: price, vat: money(vat_minor), creator: money(creator_minor), platform: money(platform_minor) };
}

/** @param day_minor the daily limit in force for who looks */
export function catalogView(payer: MarketPack, earner: MarketPack, day_minor: bigint, at: Date) {
  const hundred = splitOfMoney(payer, earner, { amount: 100n, currency: payer.currency }, at);
  const items = catalog.map(({ gift, class: shown, coins }) => {
    const split = splitOfPrice(payer, earner, coins, at);
    return { gift, class: shown, coins, ...splitView(split), offered: split.price.amount <= day_minor };
  });
  return { hundred: splitView(hundred), items };
}

export const receiptShape = z.object({
  gift_id: wireId('gift'),
  gift: z.string(),
  count: z.int(),
  coins: digits,
  state: z.enum(['sent', 'settled', 'returned', 'reversed']),
  sent_at: timeCodec,
  settle_at: timeCodec.describe('When its hold ends'),
  closed_at: timeCodec.nullable(),
  sender: personCard.nullable(),
  receiver: personCard.nullable(),
  room_id: wireId('room').nullable(),
  share: z.object({ share_id: z.string(), platform_bps: z.int() }),
  splits: z.array(z.object(split)).describe('One a currency of the purchases that paid for it'),
  parts: z
    .array(
      z.object({
        lot: z.object({ lot_id: wireId('lot'), coins: digits, net: moneyCodec, vat: moneyCodec }),
        lot_from: digits.describe('Coins [lot_from, lot_to) of that purchase'),
        lot_to: digits,
        ...split,
      }),
    )
    .describe('The stretches of purchases that paid for it, with all that is needed to compute it again'),
  transfers: z.array(
    z.object({
      transfer_id: wireId('transfer'),
      seq: digits,
      code: z.string(),
      debit: z.string().describe('Kind of the account it leaves'),
      credit: z.string(),
      amount: digits,
      asset: z.string(),
      at: timeCodec,
    }),
  ),
});
export type Receipt = z.output<typeof receiptShape>;

/** The rules of whose market a price is shown in: one's own, or the default one for who is signed out. */
export const payerOf = (me: { market: string } | null): MarketPack => pack(me?.market ?? HOME_MARKET);
