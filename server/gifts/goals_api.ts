import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { positiveDigits } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { findOpenRoom, findRoom } from '../rooms/index.ts';
import { findSettings, saveSettings } from './goal_queries.ts';
import { endGoal, goalsOf, setGoal } from './goals.ts';
import { momentumOf, tellMomentum } from './room_momentum.ts';

export const goalShape = z.object({
  goal_id: z.string(),
  room_id: z.string().nullable().describe('Null: on the profile'),
  title: z.string(),
  unit: z.enum(['coins', 'money']),
  currency: z.string().nullable(),
  target: z.string(),
  progress: z.string().describe('Counts back what is taken back or returned'),
  reached: z.boolean().describe('Once reached it stays so'),
});
export const momentumShape = z
  .object({
    level: z.int(),
    supporters: z.int(),
    until: z.string().describe('RFC 3339: gone by then without anyone new'),
  })
  .nullable();

export const settingsShape = z.strictObject({
  momentum_in_my_rooms: z.boolean(),
  momentum_for_me: z.boolean().describe('Show me momentum, and count me in it'),
  gallery_shown: z.boolean().describe('My profile shows which gifts I received'),
  named_as_supporter: z.boolean().describe('I may be named where I gave in public'),
});

export function mountGoals(app: App): void {
  mountGoalRoutes(app);
  mountSettings(app);
}

function mountGoalRoutes(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/gifts/goals/:person_id',
      who: 'anyone',
      summary: 'Open goals of a creator',
      params: z.object({ person_id: wireId('person') }),
      response: { 200: z.object({ items: z.array(goalShape) }) },
    },
    async ({ params }) => ({ items: await goalsOf(ctx, params.person_id) }),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/gifts/rooms/:room_id',
      who: 'anyone',
      summary: 'What a live room shows beside its gifts: goals and momentum',
      params: z.object({ room_id: wireId('room') }),
      response: { 200: z.object({ goals: z.array(goalShape), momentum: momentumShape }) },
    },
    async ({ params }) => {
      const room = await findRoom(ctx.db.pool, params.room_id);
      if (!room) throw new Refusal('not_found');
      const [goals, momentum] = await Promise.all([goalsOf(ctx, room.host_id), momentumOf(ctx, room)]);
      return { goals, momentum };
    },
  );

  const response = { 201: z.object({ goal_id: wireId('goal') }) };
  route(
    app,
    {
      method: 'POST',
      url: '/gifts/goals',
      who: 'person',
      key: 'required',
      summary: 'Set a goal in coins or money, for a room of yours or your profile; the one that stood there ends',
      body: z.strictObject({
        room_id: wireId('room').optional(),
        title: z.string().trim().min(1).max(80),
        unit: z.enum(['coins', 'money']),
        target: positiveDigits.describe('Coins, or minor units of your market’s currency'),
      }),
      response,
      refusals: MAY_REFUSALS,
    },
    async ({ me, body, key }) =>
      keyed(ctx, key, response, (tx) => setGoal(tx, ctx, me, { ...body, room_id: body.room_id ?? null })),
  );

  route(
    app,
    {
      method: 'DELETE',
      url: '/gifts/goals',
      who: 'person',
      summary: 'End the goal of a room of yours, or of your profile',
      query: z.strictObject({ room_id: wireId('room').optional() }),
      response: { 200: z.object({}) },
    },
    async ({ me, query }) => {
      await endGoal(ctx, me, query.room_id ?? null);
      return {};
    },
  );
}

function mountSettings(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/gifts/settings', who: 'person' as const, response: { 200: settingsShape } };
  route(app, { ...spec, method: 'GET', summary: 'What you want around gifts' }, async ({ me }) =>
    findSettings(ctx.db.pool, me.person_id),
  );
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      summary: 'Say what you want around gifts: momentum, gallery, being named',
      body: settingsShape,
    },
    async ({ me, body }) => {
      await saveSettings(ctx.db.pool, me.person_id, body);
      const room = await findOpenRoom(ctx.db.pool, me.person_id);
      if (room) await tellMomentum(ctx, [room.room_id]);
      return body;
    },
  );
}
