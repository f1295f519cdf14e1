/** A host who is away for a moment says so: viewers see a card instead of a picture that hangs. */
import type { Context, Principal } from '../kernel/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { tellCounters } from './ports.ts';
import { mustHavePower } from './power.ts';
import type { Room } from './queries.ts';
import * as queries from './queries.ts';
import { getRoom } from './rooms.ts';

/** What viewers are told; null: the host is there. */
export const awayOf = ({ away_since }: Pick<Room, 'away_since'>) =>
  away_since && { since: away_since.toISOString(), ends_at: new Date(away_since.getTime() + STAYS_MS).toISOString() };

/** A live without a picture ends after a minute (`stream.silent`). */
const STAYS_MS = 60_000;

/** Saying it again changes nothing. Refuses `not_your_room`, `room_not_live`. */
export async function setAway(ctx: Context, me: Principal, room_id: string, away: boolean): Promise<void> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'end');
  if (room.state !== 'live') throw new Refusal('room_not_live');
  await tellAway(ctx, room_id, away ? (room.away_since ?? ctx.clock.now()) : null);
}

/** The picture is back, whatever the page managed to say. */
export async function backWithPicture(ctx: Context, stream_id: string): Promise<void> {
  const room = await queries.findRoomOfStream(ctx.db.pool, stream_id);
  if (room?.away_since) await tellAway(ctx, room.room_id, null);
}

async function tellAway(ctx: Context, room_id: string, away_since: Date | null): Promise<void> {
  await queries.setAwaySince(ctx.db.pool, room_id, away_since);
  tellCounters(ctx, room_id, { away: awayOf({ away_since }) });
}
