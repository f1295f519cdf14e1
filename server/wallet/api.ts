import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { Json } from '../kernel/answer.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { digits, moneyCodec, positiveDigits } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { pack } from '../markets/index.ts';
import type { Unspent } from './postings.ts';
import * as queries from './queries.ts';
import { getTopUp, quoteFor, quoteOf, startTopUp } from './top_ups.ts';
import * as views from './views.ts';
import { getBalance, getSpending, listMovements, setLimits } from './wallet.ts';
import { withdraw, withdrawable } from './withdrawals.ts';

const TOP_UP_REFUSALS = [
  'coins_off',
  'top_up_too_small',
  'top_up_too_large',
  'price_changed',
  'method_unknown',
  ...MAY_REFUSALS,
];
const WITHDRAW_REFUSALS = ['nothing_to_withdraw', 'withdrawal_over', 'withdrawal_changed'];
const lotParams = z.object({ lot_id: wireId('lot') });

export function mountWalletRoutes(app: App): void {
  mountBalance(app);
  mountTopUps(app);
  mountLots(app);
}

function mountBalance(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/wallet',
      who: 'person',
      summary: 'Your coins, and what as many cost',
      response: { 200: views.balanceShape },
    },
    async ({ me }) => views.balanceView(await getBalance(ctx, me)),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/wallet/history',
      who: 'person',
      summary: 'Every change of your coins, the newest first',
      query: pageQuery,
      response: { 200: pageOf(views.movementShape) },
    },
    async ({ me, query: { limit, after } }) => {
      const [before] = after === undefined ? [] : decodeCursor(ctx.config, after);
      const rows = await listMovements(ctx, me, limit + 1, before === undefined ? undefined : BigInt(before));
      const page = toPage(ctx.config, rows, limit, (row) => [String(row.seq)]);
      return { ...page, items: page.items.map(views.movementView) };
    },
  );

  route(
    app,
    {
      method: 'GET',
      url: '/wallet/limits',
      who: 'person',
      summary: 'What you gave in gifts today and this month, and your limits',
      response: { 200: views.spendingShape },
    },
    async ({ me }) => views.spendingView(await getSpending(ctx, me)),
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/wallet/limits',
      who: 'person',
      summary: 'Set your own limits: narrower at once, wider after a day',
      body: z.strictObject({ day: moneyCodec.nullable(), month: moneyCodec.nullable() }),
      response: { 200: views.spendingShape },
      refusals: ['limit_currency'],
      while_suspended: true,
    },
    async ({ me, body }) => views.spendingView(await setLimits(ctx, me, body)),
  );
}

function mountTopUps(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/wallet/quote',
      who: 'person',
      summary: 'What a top-up costs: `coins` exactly, or what is missing to `need`',
      query: z.strictObject({ coins: positiveDigits.optional(), need: positiveDigits.optional() }),
      response: { 200: views.quoteShape },
      refusals: ['invalid_request'],
    },
    async ({ me, query: { coins, need } }) => {
      if ((coins === undefined) === (need === undefined)) {
        throw new Refusal('invalid_request', { detail: 'Say either `coins` or `need`.' });
      }
      const rules = pack(me.market);
      if (coins !== undefined) return views.quoteView(me, quoteOf(rules, coins));
      const balance = await getBalance(ctx, me);
      return views.quoteView(me, quoteFor(rules, need as bigint, balance.coins));
    },
  );

  const body = z.strictObject({ coins: positiveDigits, total: moneyCodec, method_id: wireId('method') });
  route(
    app,
    {
      method: 'POST',
      url: '/wallet/top-ups',
      who: 'person',
      key: 'required',
      summary: 'Buy coins at the total you were shown. 202 while the payment is still under way',
      body,
      response: { 201: views.topUpShape },
      refusals: TOP_UP_REFUSALS,
    },
    async ({ me, body, key }) => {
      const state = await startTopUp(ctx, me, body, key);
      const status = state.top_up.state === 'unpaid' ? 202 : 201;
      return { status, body: z.encode(views.topUpShape, views.topUpView(state)) as Json, replayed: state.replayed };
    },
  );

  route(
    app,
    {
      method: 'GET',
      url: '/wallet/top-ups/:top_up_id',
      who: 'person',
      summary: 'A top-up of yours as it stands',
      params: z.object({ top_up_id: wireId('topup') }),
      response: { 200: views.topUpShape },
    },
    async ({ me, params }) => views.topUpView(await getTopUp(ctx, me, params.top_up_id)),
  );
}

const NOTHING: Unspent = { taken: [], kept: [], coins: 0n, net_minor: 0n, vat_minor: 0n };

function mountLots(app: App): void {
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
      return views.receiptView(ctx, me, lot as NonNullable<typeof lot>);
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
