import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { Json } from '../kernel/answer.ts';
import type { App } from '../kernel/http.ts';
import { fromWire, wireId } from '../kernel/ids.ts';
import { moneyCodec, positiveDigits, timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { isOn, pack } from '../markets/index.ts';
import { ATTEMPT_STATES, VELOCITY_REFUSALS } from '../payments/index.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import { listTipsOf, type Tip } from './queries.ts';
import { tipRefusals } from './refusals.ts';
import { checkAmount, getTip, giveTip, quoteOf, type Subject, type TipState } from './tips.ts';

const KINDS = ['person', 'room', 'video'] as const;
const quote = z.object({
  amount: moneyCodec.describe('All of it is the creator’s'),
  fee: moneyCodec.describe('On top, tax included'),
  total: moneyCodec,
});
const tipShape = quote.extend({
  tip_id: wireId('tip'),
  state: z.enum(['unpaid', 'paid', 'failed', 'reversed']),
  created_at: timeCodec,
  payment: z.object({
    state: z.enum(ATTEMPT_STATES),
    decline_code: z.string().nullable(),
    action_url: z.string().nullable().describe('Where the payer confirms at their bank'),
  }),
});

const moneyOf = (tip: Tip) => {
  const money = (amount: bigint) => ({ amount, currency: tip.currency });
  return { amount: money(tip.amount_minor), fee: money(tip.fee_minor), total: money(tip.amount_minor + tip.fee_minor) };
};

function tipView({ tip, attempt }: TipState): z.output<typeof tipShape> {
  const { state, decline_code, action_url } = attempt;
  const payment = { state, decline_code, action_url };
  return { tip_id: tip.tip_id, state: tip.state, created_at: tip.created_at, payment, ...moneyOf(tip) };
}

/** `person_…`, `room_…` or `video_…`, as its kind says. */
function subjectOf({ kind, id }: { kind: Subject['kind']; id: string }): Subject {
  try {
    return { kind, id: fromWire(kind, id) };
  } catch {
    throw new Refusal('invalid_request', { errors: [{ path: 'body.subject.id', message: `must be a ${kind}_…` }] });
  }
}

export function mountTipRoutes(app: App): void {
  mountGiving(app);
  mountReading(app);
}

function mountGiving(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/tips/quote',
      who: 'person',
      summary: 'What a tip costs: all of it goes to the creator, the fee comes on top',
      query: z.strictObject({ amount: positiveDigits.describe('Minor units of your market’s currency') }),
      response: { 200: quote },
      refusals: ['tips_off', 'tip_too_small', 'tip_too_large'],
    },
    async ({ me, query }) => {
      const rules = pack(me.market);
      if (!isOn(rules, 'tips')) throw new Refusal('tips_off');
      checkAmount(rules, query.amount);
      return quoteOf(rules, query.amount);
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/tips',
      who: 'person',
      key: 'required',
      summary: 'Tip a creator at the total you were shown. 202 while the payment is still under way',
      body: z.strictObject({
        subject: z.strictObject({ kind: z.enum(KINDS), id: z.string().max(60) }).describe('Whom, or for what'),
        amount: moneyCodec,
        total: moneyCodec.describe('Amount and fee'),
        method_id: wireId('method'),
      }),
      response: { 201: tipShape },
      refusals: [...Object.keys(tipRefusals), ...MAY_REFUSALS, ...VELOCITY_REFUSALS, 'price_changed', 'method_unknown'],
    },
    async ({ me, body, key }) => {
      const state = await giveTip(ctx, me, { ...body, subject: subjectOf(body.subject) }, key);
      const status = state.tip.state === 'unpaid' ? 202 : 201;
      return { status, body: z.encode(tipShape, tipView(state)) as Json, replayed: state.replayed };
    },
  );
}

function mountReading(app: App): void {
  const ctx = app.souk;
  const received = z.object({
    tip_id: wireId('tip'),
    amount: moneyCodec,
    state: z.enum(['paid', 'reversed']),
    paid_at: timeCodec,
    sender: personCard.nullable(),
  });
  route(
    app,
    {
      method: 'GET',
      url: '/tips/received',
      who: 'person',
      summary: 'Tips you received, the newest first: each a line of your earnings',
      query: pageQuery,
      response: { 200: pageOf(received) },
    },
    async ({ me, query: { limit, after } }) => {
      const cursor = after === undefined ? null : (decodeCursor(ctx.config, after) as [string, string]);
      const rows = await listTipsOf(ctx.db.pool, me.person_id, limit + 1, cursor);
      const page = toPage(ctx.config, rows, limit, (row) => [(row.paid_at as Date).toISOString(), row.tip_id]);
      const people = await findPeople(ctx.db.pool, [...new Set(page.items.map((tip) => tip.sender_id))]);
      const cards = new Map(people.map((person) => [person.person_id, cardOf(person)]));
      const items = page.items.map((tip) => ({
        tip_id: tip.tip_id,
        amount: moneyOf(tip).amount,
        state: tip.state as 'paid' | 'reversed',
        paid_at: tip.paid_at as Date,
        sender: cards.get(tip.sender_id) ?? null,
      }));
      return { ...page, items };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/tips/:tip_id',
      who: 'person',
      summary: 'A tip as it stands, for who gave and who received it',
      params: z.object({ tip_id: wireId('tip') }),
      response: { 200: tipShape },
    },
    async ({ me, params }) => tipView(await getTip(ctx, me, params.tip_id)),
  );
}
