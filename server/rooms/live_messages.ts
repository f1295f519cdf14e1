/** What is told of lives: that one begins, that a planned one moved or was cancelled. To each person once. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { toWire } from '../kernel/ids.ts';
import { declareNotices, type Notice, type Told } from '../notices/index.ts';
import { followersOf } from '../people/index.ts';
import { findRoom } from './queries.ts';
import * as queries from './schedule_queries.ts';

const PAGE = 1_000;
/** A live that began so long ago is no news on a lock screen. */
const USEFUL_MS = 30 * 60_000;

/** What every message about a room that began says; null where it is over before anybody was told. */
async function beginningOf(ctx: Context, event: Event): Promise<Omit<Told, 'person_id'> | null> {
  const room = await findRoom(ctx.db.pool, event.subject);
  if (!room) return null;
  const link = `/live/${toWire('room', room.room_id)}`;
  return { actor_id: room.host_id, params: { title: room.title }, link };
}

const remindedBy = async (ctx: Context, { data }: Event): Promise<string[]> =>
  data.schedule_id ? queries.remindedOf(ctx.db.pool, data.schedule_id as string) : [];

/** Followers; not who asked to be reminded, because they get the message below. */
async function* followersToTell(ctx: Context, event: Event): AsyncIterable<Told[]> {
  const beginning = await beginningOf(ctx, event);
  if (!beginning?.actor_id) return;
  const reminded = new Set(await remindedBy(ctx, event));
  for (let page: string[] | null = null; page === null || page.length === PAGE; ) {
    page = await followersOf(ctx.db.pool, beginning.actor_id, page?.at(-1) ?? null, PAGE);
    yield page.filter((person_id) => !reminded.has(person_id)).map((person_id) => ({ person_id, ...beginning }));
  }
}

const started: Notice = {
  kind: 'live.started',
  category: 'live',
  channels: { app: 'on', push: 'on', mail: 'off' },
  useful_ms: USEFUL_MS,
  on: { event: 'room.announced', wide: true, tell: followersToTell },
  example: { title: 'Teapots by hand' },
};

const reminder: Notice = {
  kind: 'live.reminder',
  category: 'live',
  channels: { app: 'on', push: 'on', mail: 'on' },
  urgent: true,
  useful_ms: USEFUL_MS,
  on: {
    event: 'room.announced',
    wide: true,
    async tell(ctx, event) {
      const beginning = await beginningOf(ctx, event);
      return beginning ? (await remindedBy(ctx, event)).map((person_id) => ({ person_id, ...beginning })) : [];
    },
  },
  example: { title: 'Teapots by hand' },
};

/** To who asked to be reminded of a plan. */
const ofPlan = (event: string, kind: string): Notice => ({
  kind,
  category: 'live',
  channels: { app: 'on', push: 'on', mail: 'on' },
  on: {
    event,
    wide: true,
    async tell(ctx, { subject, data }) {
      const schedule = await queries.findSchedule(ctx.db.pool, subject);
      if (!schedule) return [];
      const { host_id: actor_id, title } = schedule;
      const params = { title, starts: { time: data.starts_at as string } };
      const link = `/schedules/${toWire('schedule', subject)}`;
      const reminded = await queries.remindedOf(ctx.db.pool, subject);
      return reminded.map((person_id) => ({ person_id, actor_id, params, link }));
    },
  },
  example: { title: 'Teapots by hand', starts: { time: '2026-11-24T18:00:00.000Z' } },
});

/** Hangs the messages about lives into the notices room. */
export const tellOfLives = (ctx: Context): void =>
  declareNotices(ctx, [
    started,
    reminder,
    ofPlan('schedule.moved', 'live.moved'),
    ofPlan('schedule.cancelled', 'live.cancelled'),
  ]);
