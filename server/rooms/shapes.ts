/** How rooms look on the wire. */
import * as z from 'zod';
import { type Label, labelShape, labelsOf } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { HOME_MARKET, liveProviders } from '../markets/index.ts';
import { cardOf, findPeople, type Person, personCard } from '../people/index.ts';
import type { Hub } from './hub.ts';
import { thingRef } from './messages.ts';
import type { Room } from './queries.ts';

export const roomParams = z.object({ room_id: wireId('room') });

export const roomCard = z.object({
  room_id: wireId('room'),
  host: personCard,
  title: z.string(),
  language: z.string(),
  state: z.enum(['preparing', 'live', 'ended']),
  /** A recording that this demo instance plays as if it were live. */
  is_demo: z.boolean(),
  /** Watching now; of an ended room the most at once. */
  viewers: z.int(),
  likes: z.int(),
  started_at: timeCodec.nullable(),
  ended_at: timeCodec.nullable(),
  end_reason: z.enum(['host', 'host_gone', 'moderation']).nullable(),
  /** A still from the live. */
  poster_url: z.string().nullable(),
  /** What it says about itself in the words of the reader's market: commercial where something was sold in it. */
  labels: z.array(labelShape),
});

export const roomPage = roomCard.extend({
  stream: z.object({
    stream_id: wireId('stream'),
    state: z.enum(['waiting', 'live', 'silent', 'ended']),
    /** An HLS playlist. */
    live_url: z.string(),
    provider: z.enum(liveProviders),
    /** What remains to be watched once it ended, in order. */
    replay: z.array(z.object({ url: z.string(), starts_at: timeCodec, duration_ms: z.int() })),
    /** Media time of the newest picture. */
    edge_at: timeCodec.nullable(),
  }),
  /** By the server's time; what a viewer sees follows their own picture. */
  pinned: thingRef.nullable(),
  /** Where its host sent the viewers at the end. */
  handed_to: wireId('room').nullable(),
});

/** Where a room's still is found, outside /api because it is a file; null without one, and where a moderator ended it. */
const posterUrl = ({ room_id, poster, end_reason }: Room): string | null =>
  poster && end_reason !== 'moderation' ? `/room-posters/${room_id}.webp?v=${poster.slice(0, 36)}` : null;

interface Around {
  host: Person;
  labels: Label[];
}

function shapeOne(hub: Hub, room: Room, { host, labels }: Around): z.output<typeof roomCard> {
  const viewers = room.state === 'ended' ? room.viewers_peak : hub.viewersOf(room.room_id);
  return { ...room, host: cardOf(host), viewers, likes: Number(room.likes), poster_url: posterUrl(room), labels };
}

/** Rooms of people who are still here, labelled in the words of the reader's market. */
export async function shapeAll(ctx: Context, hub: Hub, viewer: Pick<Principal, 'market'> | null, found: Room[]) {
  const [hosts, labels] = await Promise.all([
    findPeople(ctx.db.pool, [...new Set(found.map((room) => room.host_id))]),
    labelsOfRooms(ctx, viewer, found),
  ]);
  const byId = new Map(hosts.map((host) => [host.person_id, host]));
  return found.flatMap((room) => {
    const host = byId.get(room.host_id);
    return host ? [shapeOne(hub, room, { host, labels: labels.get(room.room_id) ?? [] })] : [];
  });
}

async function labelsOfRooms(ctx: Context, viewer: Pick<Principal, 'market'> | null, found: Room[]) {
  const market = viewer?.market ?? HOME_MARKET;
  const [over, open] = [found.filter(({ state }) => state === 'ended'), found.filter(({ state }) => state !== 'ended')];
  const ask = (rooms: Room[], surface: 'live' | 'replay') =>
    labelsOf(ctx, ctx.db.pool, { kind: 'room', ids: rooms.map(({ room_id }) => room_id), market, surface });
  return new Map([...(await ask(open, 'live')), ...(await ask(over, 'replay'))]);
}
