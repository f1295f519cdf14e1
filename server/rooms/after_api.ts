/** Routes of what follows a live: its summary, its replay, the hand-over to another one. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { digits, moneyCodec, timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { isWelcome, setWelcome } from './after_queries.ts';
import { handOver, listTargets } from './handover.ts';
import type { Hub } from './hub.ts';
import { deleteReplay } from './replays.ts';
import { roomCard, roomParams, shapeAll } from './shapes.ts';
import { summarise } from './summary.ts';

export function mountAfter(app: App, hub: Hub): void {
  mountSummary(app, hub);
  mountReplay(app);
  mountHandover(app, hub);
}

const summaryShape = z.object({
  room: roomCard,
  /** How long one step lasts. */
  step_s: z.int(),
  /** From beginning to end, at most 120. Viewers are the most at once, the rest adds up to the totals. */
  steps: z.array(
    z.object({
      at: timeCodec,
      viewers: z.int(),
      gifts: z.int(),
      sales: z.int(),
      followers: z.int(),
      lines: z.int(),
    }),
  ),
  totals: z.object({
    watched_s: z.int(),
    viewers_average: z.int(),
    viewers_peak: z.int(),
    likes: z.int(),
    lines: z.int(),
    /** New ones who still follow. */
    followers: z.int(),
    /** Pieces, without what was taken back. */
    gifts: z.int(),
    gift_coins: digits,
    /** Different people who gave. */
    supporters: z.int(),
    sales: z.int(),
    /** Goods of paid orders, before postage, by currency. */
    revenue: z.array(moneyCodec),
    buyers: z.int(),
  }),
});

function mountSummary(app: App, hub: Hub): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/:room_id/summary',
      who: 'person',
      summary: 'What came of one’s own live, step by step',
      params: roomParams,
      response: { 200: summaryShape },
      refusals: ['not_your_room'],
    },
    async ({ me, params: { room_id } }) => {
      const { room, ...rest } = await summarise(ctx, me, room_id);
      const [card] = await shapeAll(ctx, hub, me, [room]);
      if (!card) throw new Refusal('not_found');
      return { ...rest, room: card };
    },
  );
}

function mountReplay(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'DELETE',
      url: '/rooms/:room_id/replay',
      who: 'person',
      summary: 'Delete the recording of one’s own live, with its chat; its summary stays',
      params: roomParams,
      response: { 200: z.object({ done: z.literal(true) }) },
      refusals: ['not_your_room', 'room_not_over'],
    },
    async ({ me, params: { room_id } }) => {
      await deleteReplay(ctx, me, room_id);
      return { done: true } as const;
    },
  );
}

const welcome = z.object({ welcome: z.boolean() });

function mountHandover(app: App, hub: Hub): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/handovers',
      who: 'person',
      summary: 'Lives that would take one’s viewers at the end, and whether one takes others’',
      response: { 200: welcome.extend({ items: z.array(roomCard) }) },
    },
    async ({ me }) => {
      const [mine, rooms] = await Promise.all([isWelcome(ctx.db.pool, me.person_id), listTargets(ctx, me)]);
      return { welcome: mine, items: await shapeAll(ctx, hub, me, rooms) };
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/rooms/handovers',
      who: 'person',
      summary: 'Say whether other hosts may hand their viewers over to one’s lives',
      body: welcome,
      response: { 200: welcome },
    },
    async ({ me, body }) => {
      await setWelcome(ctx.db.pool, me.person_id, body.welcome, ctx.clock.now());
      return body;
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/rooms/:room_id/handover',
      who: 'person',
      summary: 'End one’s own live and send its viewers to another one',
      params: roomParams,
      body: z.object({ to_room_id: wireId('room') }),
      response: { 200: roomCard },
      refusals: ['not_your_room', 'room_not_live', 'handover_unwelcome', 'handover_loop'],
    },
    async ({ me, params: { room_id }, body: { to_room_id } }) => {
      const [card] = await shapeAll(ctx, hub, me, [await handOver(ctx, me, room_id, to_room_id)]);
      if (!card) throw new Refusal('not_found');
      return card;
    },
  );
}
