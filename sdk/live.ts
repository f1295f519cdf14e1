/**
 * The live-room protocol: what a viewer's WebSocket at `/api/rooms/:id/socket` says and hears. Types only.
 *
 * Each message is one JSON text frame `{ v: 1, type, … }`. Both sides ignore types and fields they do not know, so
 * fields and types may be added; a change of meaning raises `v`. Times are RFC 3339 UTC with milliseconds, ids are
 * TypeIDs (`room_…`), counts are numbers, money never appears here.
 *
 * Order of a session: the viewer says `hello`; the server answers `welcome`, then either the frames missed since the
 * `(epoch, seq)` named in the hello, or a `snapshot` when it cannot know what was missed; from then on `frame`s.
 * An event may arrive twice (after a reconnect, in a frame and in an acknowledgement): drop doubles by its `id`.
 */

import type { Told } from './live_cohost.ts';
import type { Counters } from './live_counters.ts';
import type { TalkEvent } from './live_talk.ts';

export type * from './live_client.ts';
export type * from './live_cohost.ts';
export type * from './live_counters.ts';
export type * from './live_talk.ts';

export type Version = 1;

// ---- server → viewer ---------------------------------------------------------------------------------------------

export type ServerMessage = Welcome | Snapshot | Frame | Summary | Ack | Refused | Muted | Hide | Closing | Told;

/** Who the server takes you for, and its clock (for countdowns: money follows the server's time). */
export interface Welcome {
  v: Version;
  type: 'welcome';
  person_id: string | null;
  role: Role;
  /** Until when you may not write; a time beyond any live (year 9999) where no end is set. */
  muted_until: string | null;
  /** What the host has set for the chat. Hosts, moderators and staff write past it. */
  modes: ChatModes;
  now: string;
}

export interface ChatModes {
  /** Seconds between two lines of one person; 0 is off. */
  slow_s: number;
  /** Only those who have followed for so many seconds; null is off, 0 any follower. */
  followers_for_s: number | null;
  /** Only accounts at least so many seconds old; 0 is off. */
  min_account_age_s: number;
  subscribers_only: boolean;
  links_refused: boolean;
}

export type Role = 'viewer' | 'moderator' | 'host';

/** The room as it stands after `seq`, for whoever is new or missed more than the server remembers. */
export interface Snapshot {
  v: Version;
  type: 'snapshot';
  epoch: string;
  seq: number;
  state: RoomState;
  end_reason: string | null;
  /** Oldest first: the last 50 lines, 100 gifts of the last 60 s at most, pins of the last 60 s and the one before. */
  events: RoomEvent[];
  counters: Counters;
}

export type RoomState = 'preparing' | 'live' | 'ended';

/** One tick for everyone in the room: at most ten a second, at least one every 15 s (with no events, a heartbeat). */
export interface Frame {
  v: Version;
  type: 'frame';
  seq: number;
  at: string;
  events: RoomEvent[];
  /** Only what changed since the last frame. */
  counters?: Counters;
  /** Chat lines of this tick that the room's limit of 20 a second kept back. */
  held_back?: number;
}

/**
 * What a connection too slow to take every frame missed since the last one it took, up to and including `seq`: gifts,
 * pins and the newest 50 lines. `left_out` lines are not told (and gifts, where more than 500 were missed).
 */
export interface Summary {
  v: Version;
  type: 'summary';
  seq: number;
  events: RoomEvent[];
  counters: Counters;
  left_out: number;
}

/** The answer to a message with this `key`: what the HTTP route of the same name would have answered. */
export interface Ack {
  v: Version;
  type: 'ack';
  key: string;
  status: number;
  body: unknown;
}

/** Nothing happened. `problem` is the problem document (RFC 9457) that the HTTP route would have answered. */
export interface Refused {
  v: Version;
  type: 'refused';
  key: string | null;
  problem: RoomProblem;
}

export interface RoomProblem {
  code: string;
  title: string;
  status: number;
  detail?: string;
  money_moved: boolean;
  [extra: string]: unknown;
}

/** You alone: since now you may not write until then (year 9999: no end is set); null lifts it. */
export interface Muted {
  v: Version;
  type: 'muted';
  until: string | null;
}

/** You alone: forget what this person said and gave; nothing more of them will come. */
export interface Hide {
  v: Version;
  type: 'hide';
  person_id: string;
}

/**
 * The server closes the connection after this. Reconnect (with back-off and jitter) only when `retry` says so, and
 * whenever a connection ends without it.
 */
export interface Closing {
  v: Version;
  type: 'closing';
  reason: ClosingReason;
  retry: boolean;
}

export type ClosingReason =
  | 'ended' // the room is over
  | 'signed_out' // this session ended; come back as a visitor
  | 'suspended' // this person may not be here
  | 'slow' // took nothing for 60 s
  | 'flood' // too many or malformed messages
  | 'too_many' // too many connections of one person or address
  | 'no_hello' // said nothing in the first seconds
  | 'unavailable' // a part of the house did not answer; come back in a moment
  | 'not_found'; // there is no such room

// ---- what happens in a room --------------------------------------------------------------------------------------

export type RoomEvent =
  | Line
  | LineDeleted
  | Gift
  | GiftReturned
  | Pin
  | Unpin
  | Purchase
  | ModesChanged
  | GoalReached
  | WentLive
  | Ended
  | TalkEvent;

export interface Happened {
  /** Unique for ever, the same wherever this event appears. */
  id: string;
  at: string;
}

export interface Line extends Happened {
  type: 'chat';
  by: PersonCard;
  text: string;
}

/** A moderator or its author took a line away: forget it. */
export interface LineDeleted extends Happened {
  type: 'chat.deleted';
  line_id: string;
}

/** `parts` names the flushes when several of one combo were joined in this tick; `count` is their sum. */
export interface Gift extends Happened {
  type: 'gift';
  by: PersonCard;
  gift: string;
  count: number;
  combo_id: string | null;
  parts?: { id: string; count: number }[];
}

/** A gift was undone: take its banner away. `gift_id` is the id of a gift or of one of its parts. */
export interface GiftReturned extends Happened {
  type: 'gift.returned';
  gift_id: string;
}

/** Shown to each viewer when their picture reaches `media_at`; so is the unpin. */
export interface Pin extends Happened {
  type: 'pin';
  thing: ThingRef;
  media_at: string;
}

export interface Unpin extends Happened {
  type: 'unpin';
  media_at: string;
}

export interface ThingRef {
  type: 'product';
  id: string;
}

/** Somebody bought this. Who did is nobody's business. */
export interface Purchase extends Happened {
  type: 'purchase';
  thing: ThingRef;
}

/** A goal is full; told once. */
export interface GoalReached extends Happened {
  type: 'goal.reached';
  goal_id: string;
  title: string;
}

/** The host or a moderator set other rules for the chat. */
export interface ModesChanged extends Happened {
  type: 'modes';
  modes: ChatModes;
}

export interface WentLive extends Happened {
  type: 'live';
}

export interface Ended extends Happened {
  type: 'ended';
  reason: EndReason;
  /** The host sends the viewers on to this room; they may stay. */
  to_room_id?: string;
}

export type EndReason = 'host' | 'host_gone' | 'moderation';

export interface PersonCard {
  person_id: string;
  handle: string;
  name: string;
  avatar_url: string | null;
  /** Absent for an ordinary viewer. */
  role?: 'host' | 'moderator';
}
