import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { Json } from '../kernel/answer.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { moneyCodec, positiveDigits } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { pack } from '../markets/index.ts';
import { VELOCITY_REFUSALS } from '../payments/index.ts';
import { mountLots } from './lots_api.ts';
import { getTopUp, quoteFor, quoteOf, startTopUp } from './top_ups.ts';
import * as views from './views.ts';
import { getBalance, getSpending, listMovements, peopleOf, setLimits } from './wallet.ts';

const TOP_UP_REFUSALS = [
  'coins_off',
  'top_up_too_small',
  'top_up_too_large',
  'spending_half',
  'price_changed',
  'method_unknown',
  ...MAY_REFUSALS,
  ...VELOCITY_REFUSALS,
];

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
      const people = await peopleOf(ctx, page.items);
      return { ...page, items: page.items.map((movement) => views.movementView(movement, people)) };
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

  const body = z.strictObject({
    coins: positiveDigits,
    total: moneyCodec,
    method_id: wireId('method'),
    confirmed: z.boolean().default(false).describe('Buy although it goes past half of the spending limit'),
  });
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
