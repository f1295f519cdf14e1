/** Routes of purchases of coins: what is left of each, receipts, and the return of unspent coins. */
import * as z from 'zod';
import { findSettings } from '../instance/index.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { digits, moneyCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import type { Unspent } from './postings.ts';
import * as queries from './queries.ts';
import * as views from './views.ts';
import { withdraw, withdrawable } from './withdrawals.ts';

const WITHDRAW_REFUSALS = ['nothing_to_withdraw', 'withdrawal_over', 'withdrawal_changed'];
const lotParams = z.object({ lot_id: wireId('lot') });
const NOTHING: Unspent = { taken: [], kept: [], coins: 0n, net_minor: 0n, vat_minor: 0n };

export function mountLots(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/wallet/lots',
      who: 'person',
      summary: 'Your purchases of coins, the newest first, and what of each can be returned',
      query: pageQuery,
      response: { 200: pageOf(views.lotShape) },
    },
    async ({ me, query: { limit, after } }) => {
      const cursor = after === undefined ? null : (decodeCursor(ctx.config, after) as [string, string]);
      const lots = await queries.listLots(ctx.db, me.person_id, limit + 1, cursor);
      const unspent = await withdrawable(ctx, me.person_id, lots);
      const page = toPage(ctx.config, lots, limit, (lot) => [lot.bought_at.toISOString(), lot.lot_id]);
      const now = ctx.clock.now();
      return { ...page, items: page.items.map((lot) => views.lotView(lot, unspent.get(lot.lot_id) ?? NOTHING, now)) };
    },
  );

  route(
    app,
    {
      method: 'GET',
      url: '/wallet/receipts/:lot_id',
      who: 'person',
      summary: 'The receipt of a purchase of coins, with its tax',
      params: lotParams,
      response: { 200: views.receiptShape },
    },
    async ({ me, params }) => {
      const lot = (await queries.findLots(ctx.db.pool, [params.lot_id])).get(params.lot_id);
      if (lot?.person_id !== me.person_id) throw new Refusal('not_found');
      const seller = await findSettings(ctx.db.pool);
      return views.receiptView(seller, me, lot as NonNullable<typeof lot>);
    },
  );

  const shown = z.strictObject({ coins: digits, amount: moneyCodec });
  const response = { 201: views.withdrawalShape };
  route(
    app,
    {
      method: 'POST',
      url: '/wallet/lots/:lot_id/withdrawal',
      who: 'person',
      key: 'required',
      summary: 'Return the unspent coins of a purchase for what they were paid with',
      params: lotParams,
      body: shown,
      response,
      refusals: WITHDRAW_REFUSALS,
      while_suspended: true,
    },
    ({ me, params, body, key }) =>
      keyed(ctx, key, response, async (tx) => views.withdrawalView(await withdraw(tx, ctx, me, params.lot_id, body))),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/wallet/withdrawals/:withdrawal_id',
      who: 'person',
      summary: 'A return of coins: the receipt of what was withdrawn and when',
      params: z.object({ withdrawal_id: wireId('withdrawal') }),
      response: { 200: views.withdrawalShape },
    },
    async ({ me, params }) => {
      const row = await queries.findWithdrawal(ctx.db, params.withdrawal_id);
      if (row?.person_id !== me.person_id) throw new Refusal('not_found');
      return views.withdrawalView(row as NonNullable<typeof row>);
    },
  );
}
