/** What came of a live, for its host: from the records themselves, minute by minute. */
import type { Context, Principal } from '../kernel/context.ts';
import { followsByMinute } from '../people/index.ts';
import * as queries from './after_queries.ts';
import type { Hub } from './hub.ts';
import { type Earned, summaryParts } from './ports.ts';
import { mustHavePower } from './power.ts';
import { getRoom } from './rooms.ts';

const MINUTE_MS = 60_000;
/** More points than this no chart shows. */
const MOST_POINTS = 120;

/** Counts who watches each live: the most at once within the minute, in this process. */
export async function sampleViewers(ctx: Context, hub: Pick<Hub, 'viewersOf'>): Promise<void> {
  const rooms = await queries.liveRoomIds(ctx.db.pool);
  const samples = rooms.map((room_id) => ({ room_id, viewers: hub.viewersOf(room_id) }));
  await queries.addSamples(ctx.db.pool, samples, minuteOf(ctx.clock.now()));
}

const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);

interface Counted {
  minute_at: Date;
  n: number;
}

/**
 * PURE: minutes joined to at most 120 steps from beginning to end. What came before or after counts to the first or
 * last step, so that every column adds up to its total.
 * @param join how minutes of one step become one number
 */
export function inSteps(
  minutes: Counted[],
  { from, to }: { from: Date; to: Date },
  join: (a: number, b: number) => number,
): number[] {
  const { step_ms, steps, first } = gridOf(from, to);
  const values = Array.from({ length: steps }, () => 0);
  for (const { minute_at, n } of minutes) {
    const at = Math.floor((minute_at.getTime() - first) / step_ms);
    const step = Math.min(steps - 1, Math.max(0, at));
    values[step] = join(values[step] ?? 0, n);
  }
  return values;
}

/** PURE: the steps of a live: whole minutes, at most 120. */
export function gridOf(from: Date, to: Date): { step_ms: number; steps: number; first: number } {
  const first = minuteOf(from).getTime();
  const minutes = Math.max(1, Math.floor((to.getTime() - first) / MINUTE_MS) + 1);
  const step_ms = Math.ceil(minutes / MOST_POINTS) * MINUTE_MS;
  return { step_ms, steps: Math.ceil((minutes * MINUTE_MS) / step_ms), first };
}

const sum = (a: number, b: number): number => a + b;
const total = (values: Counted[]): number => values.reduce((all, { n }) => all + n, 0);

/** Refuses `not_your_room` to everybody but the host. A running live can be looked at too. */
export async function summarise(ctx: Context, me: Principal, room_id: string) {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'end');
  const from = room.started_at ?? room.created_at;
  const to = room.ended_at ?? ctx.clock.now();
  const { pool } = ctx.db;
  const [viewers, lines, followers, parts] = await Promise.all([
    queries.samplesOf(pool, room_id),
    queries.linesByMinute(pool, room_id),
    followsByMinute(pool, room.host_id, from, to),
    Promise.all([...summaryParts(ctx)].map(async ([name, part]) => [name, await part(pool, room_id)] as const)),
  ]);
  const earned = new Map<string, Earned>(parts);
  const none: Earned = { minutes: [], coins: null, money: [], people: 0 };
  const { gifts = none, sales = none } = Object.fromEntries(earned);
  const { step_ms, steps, first } = gridOf(from, to);
  const columns = {
    viewers: inSteps(viewers, { from, to }, Math.max),
    gifts: inSteps(gifts.minutes, { from, to }, sum),
    sales: inSteps(sales.minutes, { from, to }, sum),
    followers: inSteps(followers, { from, to }, sum),
    lines: inSteps(lines, { from, to }, sum),
  };
  return {
    room,
    step_s: step_ms / 1_000,
    steps: Array.from({ length: steps }, (_, i) => ({
      at: new Date(first + i * step_ms),
      viewers: columns.viewers[i] ?? 0,
      gifts: columns.gifts[i] ?? 0,
      sales: columns.sales[i] ?? 0,
      followers: columns.followers[i] ?? 0,
      lines: columns.lines[i] ?? 0,
    })),
    totals: {
      watched_s: Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000)),
      viewers_average: viewers.length === 0 ? 0 : Math.round(total(viewers) / viewers.length),
      viewers_peak: room.viewers_peak,
      likes: Number(room.likes),
      lines: total(lines),
      followers: total(followers),
      gifts: total(gifts.minutes),
      gift_coins: gifts.coins ?? 0n,
      supporters: gifts.people,
      sales: total(sales.minutes),
      revenue: sales.money,
      buyers: sales.people,
    },
  };
}
