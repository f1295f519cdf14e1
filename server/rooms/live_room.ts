/** A live room as a process holds it while somebody watches. */
import type { ChatModes, Counters, RoomEvent, Welcome } from '@souk/sdk/live';
import { mintId, toWire } from '../kernel/ids.ts';
import { awayOf } from './away.ts';
import type { Counted } from './ports.ts';
import type { Room } from './queries.ts';
import { Tape } from './tape.ts';
import type { Order } from './timeline.ts';
import type { Viewer } from './viewer.ts';

export interface LiveRoom {
  room_id: string;
  host_id: string;
  tape: Tape;
  order: Order;
  modes: ChatModes;
  viewers: Set<Viewer>;
  /** Likes in the database, and those tapped here since. */
  likes: number;
  tapped: number;
  /** The most viewers the database knows of. */
  peak: number;
  flushing: boolean;
  ticked_at: number;
  timer: NodeJS.Timeout | undefined;
  /** When it was left or ended. */
  idle_since: number | null;
}

export function freshRoom(room: Room, order: Order, modes: ChatModes, events: RoomEvent[]): LiveRoom {
  const { room_id, host_id, state, end_reason } = room;
  const likes = Number(room.likes);
  const tape = new Tape(toWire('event', mintId()), { state, end_reason, likes, events });
  tape.count({ away: awayOf(room) });
  const rest = { tapped: 0, peak: room.viewers_peak, flushing: false, ticked_at: 0, timer: undefined };
  return { room_id, host_id, tape, order, modes, viewers: new Set(), likes, ...rest, idle_since: performance.now() };
}

/** A person with two windows is one viewer; the host is none. */
export function countViewers(room: LiveRoom): number {
  const people = new Set<string>();
  let visitors = 0;
  for (const { me } of room.viewers) {
    if (!me) visitors += 1;
    else if (me.person_id !== room.host_id) people.add(me.person_id);
  }
  return visitors + people.size;
}

/** @param staff the house's own moderators have the powers of named ones */
export function welcomeOf(
  viewer: Viewer,
  { order, modes }: LiveRoom,
  { staff, muted_until, now }: { staff: boolean; muted_until: string | null; now: Date },
): Welcome {
  const person_id = viewer.me && toWire('person', viewer.me.person_id);
  const moderates = person_id !== null && (staff || order.moderators.has(person_id));
  const role = person_id === order.host_id ? 'host' : moderates ? 'moderator' : 'viewer';
  return { v: 1, type: 'welcome', person_id, role, muted_until, modes, now: now.toISOString() };
}

/** What of latest values concerns a room: its own, and those of things pinned there. */
export function countersFor(room: LiveRoom, said: Counted): Counters | null {
  if ('counters' in said) return said.room_id === room.room_id ? said.counters : null;
  const { thing, stock } = said;
  return room.tape.pinned(thing.type, thing.id) ? { stock: { [thing.id]: stock } } : null;
}
