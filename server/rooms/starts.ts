/** A room begins: who shall be told of it, and what becomes of the plan it stands on. */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import type { NewEvent } from '../kernel/events.ts';
import { occurrenceAfter } from './occurrences.ts';
import type { Room } from './queries.ts';
import * as queries from './schedule_queries.ts';

/** A host who begins anew within this time does not call everybody again. */
const AGAIN_MS = 30 * 60_000;
/** A host may still begin this long after the planned time; then it has passed. */
export const LATE_MS = 2 * 3_600_000;
const SWEEP = 100;

/**
 * A room went live. @returns the event by which people are told, or none: of one of a plan's times they are told once,
 * of lives without a plan once in half an hour, of a demo's recording never
 */
export async function announce(ctx: Context, tx: Tx, room: Room): Promise<NewEvent[]> {
  if (room.is_demo) return [];
  const { room_id, host_id } = room;
  const now = ctx.clock.now();
  const start = await queries.findStart(tx.client, room_id);
  if (start?.schedule_id && start.occurs_at) {
    const schedule = await queries.lockSchedule(tx, start.schedule_id);
    if (await queries.wasAnnounced(tx, start.schedule_id, start.occurs_at)) return [];
    if (schedule) await moveOn(tx, schedule, start.occurs_at, now);
    await queries.setAnnounced(tx, room_id, now);
  } else {
    const last = await queries.lastAnnouncedAt(tx, host_id);
    if (start || (last && now.getTime() - last.getTime() < AGAIN_MS)) return [];
    const unplanned = { schedule_id: null, occurs_at: null, opened_at: now, announced_at: now };
    await queries.insertStart(tx, { room_id, host_id, ...unplanned });
  }
  const data = { schedule_id: start?.schedule_id ?? null };
  return [{ type: 'room.announced', actor: host_id, subject: room_id, data }];
}

/** This time took place, or passed: the plan moves on to its next one, or is over. */
export async function moveOn(tx: Tx, schedule: queries.Schedule, occurs_at: Date, now: Date): Promise<void> {
  if (schedule.state !== 'planned' || schedule.starts_at.getTime() !== occurs_at.getTime()) return;
  const next = occurrenceAfter(schedule, occurs_at > now ? occurs_at : now);
  const is: queries.Schedule = next ? { ...schedule, starts_at: next } : { ...schedule, state: 'over' };
  await queries.updateSchedule(tx, { ...is, updated_at: now });
}

/** Moves plans on whose host did not come. @returns how many */
export async function passMissed(ctx: Context, now: Date): Promise<number> {
  return inTx(ctx.db, async (tx) => {
    const passed = await queries.lockPassed(tx, new Date(now.getTime() - LATE_MS), SWEEP);
    for (const schedule of passed) await moveOn(tx, schedule, schedule.starts_at, now);
    return passed.length;
  });
}
