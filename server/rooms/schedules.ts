/** Planned lives: a time on the host's wall, a page, reminders, and the room that opens from them. */
import type { ThingRef } from '@souk/sdk/live';
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { blockedPairs } from '../people/index.ts';
import { firstOccurrence, isLocalTime, isZone, type Plan } from './occurrences.ts';
import type { Room } from './queries.ts';
import { startRoom } from './rooms.ts';
import * as queries from './schedule_queries.ts';
import { LATE_MS } from './starts.ts';

type Schedule = queries.Schedule;

export interface Wish extends Plan {
  title: string;
  about: string;
  language: string;
  things: ThingRef[];
}

const HOUR_MS = 3_600_000;
/** A host may open their room this long before the planned time. */
export const EARLY_MS = HOUR_MS;
const FARTHEST_MS = 366 * 24 * HOUR_MS;
const MOST_PLANNED = 50;

/** When it takes place. Refuses `zone_unknown`, `schedule_in_past`, `schedule_too_far`. */
function timeOf(wish: Plan, now: Date): Date {
  if (!isZone(wish.zone)) throw new Refusal('zone_unknown');
  if (!isLocalTime(wish.local_time)) throw new Refusal('invalid_request', { detail: '`local_time` is no time' });
  const starts_at = firstOccurrence(wish);
  if (starts_at <= now) throw new Refusal('schedule_in_past');
  if (starts_at.getTime() - now.getTime() > FARTHEST_MS) throw new Refusal('schedule_too_far');
  return starts_at;
}

/** Plans a live. Refuses what going live would, and what `timeOf` does. */
export async function createSchedule(ctx: Context, tx: Tx, me: Principal, wish: Wish): Promise<Schedule> {
  await mustBeAllowed(ctx, tx.client, me.person_id, 'go_live');
  const now = ctx.clock.now();
  const starts_at = timeOf(wish, now);
  if ((await queries.countPlanned(tx, me.person_id)) >= MOST_PLANNED) throw new Refusal('too_many_schedules');
  const fixed = { schedule_id: mintId(), host_id: me.person_id, picture: null, created_at: now };
  const schedule: Schedule = { ...wish, ...fixed, starts_at, state: 'planned', revision: 0, updated_at: now };
  await queries.insertSchedule(tx, schedule);
  return schedule;
}

/** A plan as its viewer may see it. Refuses `not_found`, also where a block stands between them. */
export async function getSchedule(ctx: Context, schedule_id: string, viewer: Principal | null): Promise<Schedule> {
  const schedule = await queries.findSchedule(ctx.db.pool, schedule_id);
  if (!schedule) throw new Refusal('not_found');
  if (viewer) {
    const [blocked] = await blockedPairs(ctx.db.pool, [[viewer.person_id, schedule.host_id]]);
    if (blocked) throw new Refusal('not_found');
  }
  return schedule;
}

/** Changes a plan; who asked to be reminded hears of another time. Refuses `schedule_closed`. */
export async function editSchedule(ctx: Context, me: Principal, schedule_id: string, wish: Wish): Promise<Schedule> {
  return inTx(ctx.db, async (tx) => {
    const was = await lockOwn(tx, me, schedule_id);
    const now = ctx.clock.now();
    const same = was.local_time === wish.local_time && was.zone === wish.zone && was.repeat === wish.repeat;
    const starts_at = same ? was.starts_at : timeOf(wish, now);
    const is: Schedule = { ...was, ...wish, starts_at, revision: was.revision + 1, updated_at: now };
    await queries.updateSchedule(tx, is);
    if (starts_at.getTime() !== was.starts_at.getTime()) await say(ctx, tx, 'schedule.moved', is);
    return is;
  });
}

/** Cancels it; who asked to be reminded is told. Twice is once. */
export async function cancelSchedule(ctx: Context, me: Principal, schedule_id: string): Promise<Schedule> {
  return inTx(ctx.db, async (tx) => {
    const was = await queries.lockSchedule(tx, schedule_id);
    if (was?.host_id !== me.person_id) throw new Refusal('not_found');
    if (was.state === 'cancelled') return was;
    if (was.state !== 'planned') throw new Refusal('schedule_closed');
    const is: Schedule = { ...was, state: 'cancelled', revision: was.revision + 1, updated_at: ctx.clock.now() };
    await queries.updateSchedule(tx, is);
    await say(ctx, tx, 'schedule.cancelled', is);
    return is;
  });
}

/** A host leaves for good: their plans are cancelled, who asked for them is told, and they ask for nothing more. */
export async function cancelPlansOf(ctx: Context, tx: Tx, person_id: string): Promise<void> {
  const plans = await queries.cancelPlans(tx, person_id, ctx.clock.now());
  await queries.forgetReminders(tx, person_id);
  const pictures = plans.flatMap(({ picture }) => picture ?? []);
  tx.after_commit.push(() => {
    for (const picture of pictures) void ctx.storage.delete(`schedule-pictures/${picture}`).catch(() => undefined);
  });
  const eventOf = ({ schedule_id, host_id, starts_at }: Schedule) => ({
    type: 'schedule.cancelled',
    actor: host_id,
    subject: schedule_id,
    data: { starts_at: starts_at.toISOString() },
  });
  await emit(tx, ctx, plans.map(eventOf));
}

/** @returns the picture that was there before */
export async function setPicture(
  ctx: Context,
  me: Principal,
  schedule_id: string,
  picture: string | null,
): Promise<{ was: string | null; schedule: Schedule }> {
  return inTx(ctx.db, async (tx) => {
    const was = await lockOwn(tx, me, schedule_id);
    const schedule = { ...was, picture, updated_at: ctx.clock.now() };
    await queries.updateSchedule(tx, schedule);
    return { was: was.picture, schedule };
  });
}

/** Asks to be told when it begins, or asks no more. Refuses `schedule_closed` for what will not take place. */
export async function remind(ctx: Context, me: Principal, schedule_id: string, wanted: boolean): Promise<Schedule> {
  const schedule = await getSchedule(ctx, schedule_id, me);
  if (!wanted) await queries.deleteReminder(ctx.db.pool, schedule_id, me.person_id);
  else if (schedule.state !== 'planned') throw new Refusal('schedule_closed');
  else await queries.insertReminder(ctx.db.pool, schedule_id, me.person_id, ctx.clock.now());
  return schedule;
}

/**
 * Opens the room of a plan. A host whose first try broke off opens another for the same time; nobody is told twice.
 * Refuses `schedule_not_due`, `schedule_closed`, and what opening a room does.
 */
export function startFromSchedule(
  ctx: Context,
  me: Principal,
  schedule_id: string,
): Promise<{ room: Room; stream_key: string }> {
  const open = async (tx: Tx, room_id: string) => {
    const schedule = await lockOwn(tx, me, schedule_id, true);
    const now = ctx.clock.now();
    const occurs_at = await dueTime(tx, schedule, now);
    if (!occurs_at) throw new Refusal(schedule.state === 'planned' ? 'schedule_not_due' : 'schedule_closed');
    const start = { room_id, host_id: me.person_id, schedule_id, occurs_at, opened_at: now, announced_at: null };
    await queries.insertStart(tx, start);
  };
  return openFrom(ctx, me, schedule_id, open);
}

async function openFrom(
  ctx: Context,
  me: Principal,
  schedule_id: string,
  also: (tx: Tx, room_id: string) => Promise<void>,
): Promise<{ room: Room; stream_key: string }> {
  const schedule = await queries.findSchedule(ctx.db.pool, schedule_id);
  if (schedule?.host_id !== me.person_id) throw new Refusal('not_found');
  const { title, language } = schedule;
  return startRoom(ctx, me.person_id, { title, language, also });
}

/** The plan's time that may begin now: the next one, or the last once more. */
async function dueTime(tx: Tx, schedule: Schedule, now: Date): Promise<Date | null> {
  const isDue = (at: Date) => now.getTime() >= at.getTime() - EARLY_MS && now.getTime() <= at.getTime() + LATE_MS;
  if (schedule.state === 'planned' && isDue(schedule.starts_at)) return schedule.starts_at;
  const last = await queries.findStartOf(tx.client, schedule.schedule_id);
  return last?.occurs_at && isDue(last.occurs_at) ? last.occurs_at : null;
}

async function lockOwn(tx: Tx, me: Principal, schedule_id: string, closed = false): Promise<Schedule> {
  const schedule = await queries.lockSchedule(tx, schedule_id);
  if (schedule?.host_id !== me.person_id) throw new Refusal('not_found');
  if (schedule.state === 'cancelled' || (schedule.state !== 'planned' && !closed)) throw new Refusal('schedule_closed');
  return schedule;
}

const say = (ctx: Context, tx: Tx, type: string, { schedule_id, host_id, starts_at }: Schedule) =>
  emit(tx, ctx, [{ type, actor: host_id, subject: schedule_id, data: { starts_at: starts_at.toISOString() } }]);
