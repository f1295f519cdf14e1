/** The momentum of live rooms: reckoned from the gifts, told as a latest value. */
import type { MomentumState } from '@souk/sdk/live';
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { findRoom, type Room, tellCounters } from '../rooms/index.ts';
import * as queries from './goal_queries.ts';
import { isNews, readFrom, reckonMomentum, type Still } from './momentum.ts';

/** What rooms showed when last reckoned: most gifts of a running room are of people who count already. */
const stills = new WeakMap<Context, Map<string, Still>>();
const ROOMS_KEPT = 10_000;

function stillsOf(ctx: Context): Map<string, Still> {
  const known = stills.get(ctx) ?? new Map<string, Still>();
  if (known.size > ROOMS_KEPT) known.clear();
  stills.set(ctx, known);
  return known;
}

/** What a room shows of its momentum now; null while nothing runs or its host wants none. */
export async function momentumOf(ctx: Context, room: Room): Promise<MomentumState | null> {
  const { pool } = ctx.db;
  const at = ctx.clock.now();
  const wanted = await queries.findSettings(pool, room.host_id);
  if (!wanted.momentum_in_my_rooms || room.state !== 'live') return null;
  const { counts_from, since } = readFrom(await queries.findRun(pool, room.room_id), at);
  const given = await queries.givenInRoom(pool, room.host_id, room.room_id, since);
  const { now, run, still } = reckonMomentum(given, counts_from, at);
  if (run) await queries.saveRun(pool, room.room_id, run);
  stillsOf(ctx).set(room.room_id, still);
  return now && { level: now.level, supporters: now.supporters, until: now.until.toISOString() };
}

/** Tells rooms their momentum. */
export async function tellMomentum(ctx: Context, room_ids: Iterable<string>): Promise<void> {
  for (const room_id of new Set(room_ids)) {
    const room = await findRoom(ctx.db.pool, room_id);
    if (room) tellCounters(ctx, room_id, { momentum: await momentumOf(ctx, room) });
  }
}

/**
 * Tells rooms after these events of gifts, unless they change nothing there. Reckoned anew for every gift, eighty busy
 * rooms read 65 old gifts for each new one, and PostgreSQL spent half of its time on it.
 */
export function tellMomentumAfter(ctx: Context, events: readonly Event[]): void {
  const known = stillsOf(ctx);
  const rooms = new Set<string>();
  for (const { type, actor, at, data } of events) {
    const room_id = data.room_id as string | null | undefined;
    if (!room_id || rooms.has(room_id)) continue;
    const still = known.get(room_id);
    const gift = { sender_id: actor ?? '', sent_at: new Date(at) };
    if (type !== 'gift.sent' || still === undefined || isNews(still, gift)) rooms.add(room_id);
  }
  for (const room_id of rooms) known.delete(room_id);
  tellSoon(ctx, rooms);
}

/** A room hears of its momentum so much later: it is reckoned from all gifts of some minutes, not anew for each. */
const SOON_MS = 500;
const due = new WeakMap<Context, Set<string>>();

/** A moment later, once however many gifts come: a latest value, told anew by the next that changes it. */
function tellSoon(ctx: Context, room_ids: Iterable<string>): void {
  const waiting = due.get(ctx) ?? new Set();
  due.set(ctx, waiting);
  const is_set = waiting.size > 0;
  for (const room_id of room_ids) waiting.add(room_id);
  if (is_set || waiting.size === 0) return;
  const tell = () => {
    due.delete(ctx);
    tellMomentum(ctx, waiting).catch((error) => ctx.log.warn({ error }, 'momentum is told with the next gift'));
  };
  setTimeout(tell, SOON_MS).unref();
}
