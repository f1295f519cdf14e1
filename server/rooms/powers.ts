/**
 * PURE: who may do what in a live room. One table and one question; docs/rooms.md shows it, and a test does every cell.
 */

/** What somebody is in a room. Each is tried in this order: staff that a host has muted is still staff. */
export const STANDINGS = ['host', 'staff', 'blocked', 'muted', 'moderator', 'viewer'] as const;
export type RoomStanding = (typeof STANDINGS)[number];

export interface StandingFacts {
  hosts: boolean;
  /** The house's own moderators and its operator. */
  staff: boolean;
  /** Between them and the host, either way. */
  blocked: boolean;
  muted: boolean;
  moderates: boolean;
}

export function standingOf(facts: StandingFacts): RoomStanding {
  if (facts.hosts) return 'host';
  if (facts.staff) return 'staff';
  if (facts.blocked) return 'blocked';
  if (facts.muted) return 'muted';
  return facts.moderates ? 'moderator' : 'viewer';
}

type Row = Record<RoomStanding, string | null>;

/** Those who keep order may, everybody else is told so. */
const ORDER = {
  host: null,
  staff: null,
  moderator: null,
  viewer: 'not_a_moderator',
  muted: 'not_a_moderator',
  blocked: 'not_found',
} satisfies Row;
const HOST = {
  host: null,
  staff: 'not_your_room',
  moderator: 'not_your_room',
  viewer: 'not_your_room',
  muted: 'not_your_room',
  blocked: 'not_found',
} satisfies Row;
const ALL = { host: null, staff: null, moderator: null, viewer: null, muted: null, blocked: 'not_found' } satisfies Row;

/** For each deed null, or the code of the refusal. To the blocked the room does not exist. */
const POWERS = {
  watch: ALL,
  like: ALL,
  write: { ...ALL, muted: 'muted', blocked: 'blocked' },
  /** Modes, the link filter and block words do not hold for those who keep order. */
  write_past_modes: { ...ORDER, blocked: 'blocked' },
  remove_own_line: ALL,
  remove_line_of_viewer: ORDER,
  // Nobody keeps order over those who keep it with them.
  remove_line_of_moderator: { ...ORDER, moderator: 'forbidden' },
  remove_line_of_host: { ...ORDER, moderator: 'forbidden' },
  mute_viewer: ORDER,
  mute_moderator: { ...ORDER, moderator: 'forbidden' },
  mute_host: { ...ORDER, host: 'forbidden', staff: 'forbidden', moderator: 'forbidden' },
  see_mutes: ORDER,
  set_chat_rules: ORDER,
  /** Polls, the pinned message, captions, what becomes of questions. */
  lead: ORDER,
  pin: HOST,
  /** Ask a viewer into the picture, take them in, let them go. */
  invite_cohost: HOST,
  /** Ask to be taken into the picture. */
  ask_to_join: { ...ALL, host: 'cohost_refused', muted: 'muted' },
  end: HOST,
} satisfies Record<string, Row>;

export type RoomDeed = keyof typeof POWERS;
export const DEEDS = Object.keys(POWERS) as RoomDeed[];

/** @returns null, or the code of the refusal */
export const roomRefusal = (standing: RoomStanding, deed: RoomDeed): string | null => POWERS[deed][standing];

/** Over whom a deed is done: the host and the house's staff are out of reach for a mute. */
export type Over = 'host' | 'moderator' | 'viewer';
