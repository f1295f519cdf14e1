/** The overlay: what a host shows of their live in OBS. Its address shows gifts, goals and sales, and nothing else. */
import { createHash, randomBytes } from 'node:crypto';
import type { GoalState, MomentumState, RoomEvent } from '@souk/sdk/live';
import type { Context, Principal } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findOpenRoom, recentIn } from '../rooms/index.ts';
import { deleteOverlay, findOverlay, findOverlayOwner, saveOverlay } from './gallery_queries.ts';
import { goalsOf } from './goals.ts';
import { momentumOf } from './room_momentum.ts';

/** 192 bits: nobody guesses it. */
const SECRET_BYTES = 24;
/** How far back an overlay that opens shows what happened. */
const SHOWN_MS = 60_000;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Makes a new address; the one before is dead with the commit. @returns the secret, which is shown this once */
export async function rotateOverlay(ctx: Context, me: Principal): Promise<{ secret: string; made_at: Date }> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const made_at = ctx.clock.now();
  await saveOverlay(ctx.db.pool, me.person_id, hashOf(secret), made_at);
  return { secret, made_at };
}

export const overlayOf = async (ctx: Context, me: Principal): Promise<{ made_at: Date | null }> => ({
  made_at: await findOverlay(ctx.db.pool, me.person_id),
});

export const endOverlay = (ctx: Context, me: Principal): Promise<void> => deleteOverlay(ctx.db.pool, me.person_id);

export type OverlayFeed = {
  live: boolean;
  /** Gifts and sales of the last minute, the oldest first. */
  events: Extract<RoomEvent, { type: 'gift' | 'purchase' }>[];
  goals: GoalState[];
  momentum: MomentumState | null;
};

/** What the overlay shows now. Asked about once a second, so a dead address goes dark within one. Refuses `not_found`. */
export async function readOverlay(ctx: Context, secret: string): Promise<OverlayFeed> {
  const owner_id = await findOverlayOwner(ctx.db.pool, hashOf(secret));
  if (owner_id === null) throw new Refusal('not_found');
  const room = await findOpenRoom(ctx.db.pool, owner_id);
  const goals = await goalsOf(ctx, owner_id);
  if (!room) return { live: false, events: [], goals: goals.filter((goal) => goal.room_id === null), momentum: null };
  const since = new Date(ctx.clock.now().getTime() - SHOWN_MS);
  const [events, momentum] = await Promise.all([recentIn(ctx, room.room_id, since), momentumOf(ctx, room)]);
  const here = toWire('room', room.room_id);
  return {
    live: room.state === 'live',
    events: events.filter((event) => event.type === 'gift' || event.type === 'purchase'),
    goals: goals.filter((goal) => goal.room_id === null || goal.room_id === here),
    momentum,
  };
}
