import * as z from 'zod';
import { type EarningLine, listEarningDays, listEarningsOfDay } from '../gifts/index.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { digits, moneyCodec, signedDigits, signedMoneyCodec, timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { getEarnings } from './earnings.ts';

const earnings = z.object({
  balances: z.array(
    z.object({
      pending: moneyCodec.describe('Earned; paid out once payouts are open in your market'),
      available: moneyCodec,
      owed: moneyCodec.describe('To be netted against the next earnings'),
      netted: moneyCodec.describe('Was owed, and has been taken from later earnings'),
    }),
  ),
  waiting_coins: digits.describe('Coins of gifts whose hold is not over'),
  hold_days: z.int(),
  minimum: moneyCodec.describe('The least that is paid out'),
});

const parts = { total: signedMoneyCodec, vat: signedMoneyCodec, creator: signedMoneyCodec, platform: signedMoneyCodec };

const day = z.object({
  source: z.enum(['gifts']),
  day_on: z.iso.date(),
  gifts: z.int(),
  coins: signedDigits,
  ...parts,
});

const line = z.object({
  gift_id: wireId('gift').describe('Its receipt has the transfers'),
  gift: z.string(),
  count: z.int(),
  reason: z.enum(['settled', 'returned', 'charged_back']),
  booked_at: timeCodec,
  lot: z
    .object({ coins: digits, net: moneyCodec, vat: moneyCodec, from: digits, to: digits })
    .describe('Which coins of a purchase of how many coins for how much'),
  share: z.object({ share_id: z.string(), platform_bps: z.int() }),
  ...parts,
});

type Booked = { net_minor: bigint; vat_minor: bigint; creator_minor: bigint; platform_minor: bigint; currency: string };

function partsOf({ net_minor, vat_minor, creator_minor, platform_minor, currency }: Booked) {
  const money = (amount: bigint) => ({ amount, currency });
  return {
    total: money(net_minor + vat_minor),
    vat: money(vat_minor),
    creator: money(creator_minor),
    platform: money(platform_minor),
  };
}

function lineView(row: EarningLine): z.output<typeof line> {
  const money = (amount: bigint) => ({ amount, currency: row.currency });
  const { gift_id, gift, count, reason, booked_at, share_id, platform_bps, lot_coins, lot_from, lot_to } = row;
  const lot = { coins: lot_coins, net: money(row.lot_net), vat: money(row.lot_vat), from: lot_from, to: lot_to };
  return { gift_id, gift, count, reason, booked_at, lot, share: { share_id, platform_bps }, ...partsOf(row) };
}

export function mountPayoutRoutes(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/payouts/earnings',
      who: 'person',
      summary: 'What you earned, per currency',
      response: { 200: earnings },
    },
    async ({ me }) => getEarnings(ctx, me),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/payouts/earnings/days',
      who: 'person',
      summary: 'Earnings by source and day, the newest first',
      query: pageQuery,
      response: { 200: pageOf(day) },
    },
    async ({ me, query: { limit, after } }) => {
      const cursor = after === undefined ? null : (decodeCursor(ctx.config, after) as [string, string]);
      const rows = await listEarningDays(ctx.db, me.person_id, limit + 1, cursor);
      const page = toPage(ctx.config, rows, limit, (row) => [row.booked_on, row.currency]);
      const items = page.items.map((row) => {
        const { booked_on: day_on, coins, gifts } = row;
        return { source: 'gifts' as const, day_on, gifts: Number(gifts), coins, ...partsOf(row) };
      });
      return { ...page, items };
    },
  );

  route(
    app,
    {
      method: 'GET',
      url: '/payouts/earnings/days/:day_on',
      who: 'person',
      summary: 'The lines behind a day: purchases, shares, amounts, each with its gift',
      params: z.object({ day_on: z.iso.date() }),
      query: pageQuery,
      response: { 200: pageOf(line) },
    },
    async ({ me, params, query: { limit, after } }) => {
      type Cursor = [gift_id: string, reason: string, lot_id: string, lot_from: string];
      const cursor = after === undefined ? null : (decodeCursor(ctx.config, after) as Cursor);
      const rows = await listEarningsOfDay(ctx.db, me.person_id, params.day_on, limit + 1, cursor);
      const page = toPage(ctx.config, rows, limit, (row) => [
        row.gift_id,
        row.reason,
        row.lot_id,
        String(row.lot_from),
      ]);
      return { ...page, items: page.items.map(lineView) };
    },
  );
}
