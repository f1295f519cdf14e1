/** Going live, ending, pinning. Keeping order is in order.ts. */
import type { EndReason, ThingRef } from '@souk/sdk/live';
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { HOME_MARKET } from '../markets/index.ts';
import { checkSource, createStream, endStream, mediaTimeAt, rotateKey } from '../media/index.ts';
import { findPeople } from '../people/index.ts';
import { mustHavePower } from './power.ts';
import type { Room } from './queries.ts';
import './refusals.ts';
import * as queries from './queries.ts';
import { announce } from './starts.ts';
import { type Happening, keepInTimeline, tellRooms } from './timeline.ts';
import { findPinned } from './timeline_queries.ts';

/** The room, whoever asks. Refuses `not_found`. */
export async function getRoom(ctx: Context, room_id: string): Promise<Room> {
  const room = await queries.findRoom(ctx.db.pool, room_id);
  if (!room) throw new Refusal('not_found');
  return room;
}

export interface NewRoom {
  title: string;
  language: string;
  /** A recording that a demo instance plays: marked as one wherever it is shown. */
  is_demo?: boolean;
  /** An HLS playlist elsewhere, in place of what is sent to the house. */
  playlist_url?: string;
  /** Runs in the transaction that opens it. */
  also?: (tx: Tx, room_id: string) => Promise<void>;
}

/**
 * Opens a room and its stream; it is live with the first segment. The key is in the answer and nowhere else.
 * Refuses `room_open` while the host has another, what access has against going live, and what media has against the
 * playlist.
 */
export async function startRoom(
  ctx: Context,
  host_id: string,
  { title, language, is_demo = false, playlist_url, also }: NewRoom,
): Promise<{ room: Room; stream_key: string }> {
  await mustBeAllowed(ctx, ctx.db.pool, host_id, 'go_live');
  const from = { provider: playlist_url ? 'external_hls' : 'own', source: playlist_url ?? null } as const;
  const [host] = await findPeople(ctx.db.pool, [host_id]);
  await checkSource(ctx, host?.market ?? HOME_MARKET, from);
  const room_id = mintId();
  const stream_key = await inTx(ctx.db, async (tx) => {
    const open = await queries.findOpenRoom(tx.client, host_id);
    if (open) throw roomOpen(open.room_id);
    const { stream_id, key } = await createStream(tx, ctx, { owner_id: host_id, ...from });
    const created_at = ctx.clock.now();
    const room = { room_id, host_id, title, language, stream_id, is_demo, created_at };
    if (!(await queries.insertRoom(tx, room))) throw new Refusal('room_open');
    await also?.(tx, room_id);
    return key;
  });
  return { room: await getRoom(ctx, room_id), stream_key };
}

const roomOpen = (room_id: string) => new Refusal('room_open', { extra: { room_id: toWire('room', room_id) } });

/** Another key for a host who goes on in the same room, from this page or another. The old one ends. */
export async function renewStreamKey(ctx: Context, me: Principal, room_id: string): Promise<string> {
  const room = await getOwnRoom(ctx, me, room_id, 'end');
  if (room.state === 'ended') throw new Refusal('room_not_live');
  return inTx(ctx.db, (tx) => rotateKey(tx, room.stream_id, me.person_id));
}

/** The first segment arrived: from now on the room is listed, and who waits in it is told. */
export async function goLive(ctx: Context, stream_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const room = await queries.lockRoomOfStream(tx, stream_id);
    if (room?.state !== 'preparing') return;
    await queries.setLive(tx, room.room_id, ctx.clock.now());
    const live = { type: 'room.live', actor: room.host_id, subject: room.room_id, data: {} };
    await emit(tx, ctx, [live, ...(await announce(ctx, tx, room))]);
  });
}

/**
 * Ends a room and its stream in the caller's transaction; every viewer sees it within a second. Ending twice is
 * ending once.
 * @param by who ended it: the host, a moderator, or null where the host did not come back
 * @param to_room_id where its viewers are sent
 * @returns whether it was open
 */
export async function endRoom(
  ctx: Context,
  tx: Tx,
  room_id: string,
  { reason, by, to_room_id = null }: { reason: EndReason; by: string | null; to_room_id?: string | null },
): Promise<boolean> {
  const room = await queries.lockRoom(tx, room_id);
  if (!room) throw new Refusal('not_found');
  if (room.state === 'ended') return false;
  await queries.setEnded(tx, room_id, reason, ctx.clock.now());
  await endStream(tx, ctx, room.stream_id);
  const data = { reason, host_id: room.host_id, ...(to_room_id && { to_room_id }) };
  await emit(tx, ctx, [{ type: 'room.ended', actor: by, subject: room_id, data }]);
  return true;
}

/** The host ends their room. */
export async function endOwnRoom(ctx: Context, me: Principal, room_id: string): Promise<Room> {
  await getOwnRoom(ctx, me, room_id, 'end');
  await inTx(ctx.db, (tx) => endRoom(ctx, tx, room_id, { reason: 'host', by: me.person_id }));
  return getRoom(ctx, room_id);
}

/** The stream ended by itself: its host did not come back, or ended it elsewhere. */
export async function endRoomOfStream(ctx: Context, stream_id: string, reason: 'host' | 'host_gone'): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const room = await queries.lockRoomOfStream(tx, stream_id);
    if (room) await endRoom(ctx, tx, room.room_id, { reason, by: null });
  });
}

/**
 * Pins a thing in place of the one before, or with null takes it away. It shows for each viewer when their picture
 * reaches `media_at`, which the host's page stamps with its encoder's time; media holds it to ±10 s of the edge.
 */
export async function pinThing(
  ctx: Context,
  me: Principal,
  room_id: string,
  { thing, media_at }: { thing: ThingRef | null; media_at: Date | null },
): Promise<void> {
  const room = await getOwnRoom(ctx, me, room_id, 'pin');
  if (room.state !== 'live') throw new Refusal('room_not_live');
  const shown_at = await mediaTimeAt(ctx, room.stream_id, media_at);
  const pinned = await inTx(ctx.db, async (tx) => {
    await queries.lockRoom(tx, room_id);
    if (isPinned(await findPinned(tx.client, room_id), thing)) return null;
    const happening: Happening = {
      event_id: mintId(),
      room_id,
      person_id: null,
      happened_at: ctx.clock.now(),
      media_at: shown_at,
      what: thing ? { type: 'pin', thing } : { type: 'unpin' },
    };
    await keepInTimeline(tx.client, [happening]);
    return happening;
  });
  if (pinned) await tellRooms(ctx, [pinned]);
}

/** PUT is idempotent: what is pinned already stays pinned since then. */
function isPinned(pinned: { data: Record<string, unknown> } | null, thing: ThingRef | null): boolean {
  if (!pinned || !thing) return pinned === null && thing === null;
  const { type, id } = pinned.data.thing as ThingRef;
  return type === thing.type && id === thing.id;
}

async function getOwnRoom(ctx: Context, me: Principal, room_id: string, deed: 'pin' | 'end'): Promise<Room> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, deed);
  return room;
}

/** The room as this reader may see it: to whom shares a block with the host there is none. Refuses `not_found`. */
export async function getRoomFor(ctx: Context, me: Principal | null, room_id: string): Promise<Room> {
  const room = await getRoom(ctx, room_id);
  if (me) await mustHavePower(ctx, me, room.host_id, 'watch');
  return room;
}
