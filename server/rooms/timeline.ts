/** The timeline: facts as the database keeps them, and events as a room shows them. */
import type { EndReason, PersonCard, RoomEvent, ThingRef } from '@souk/sdk/live';
import type { Context } from '../kernel/context.ts';
import { type Prefix, toWire } from '../kernel/ids.ts';
import { cardOf, findPeople, PERSON_CHANGED, type PersonChanged } from '../people/index.ts';
import { moderatorsOf } from './order_queries.ts';
import type { Asks } from './queries.ts';
import {
  deleteEvents,
  findTakenBack,
  insertEvents,
  insertTakenBack,
  recentShown,
  type TimelineRow,
} from './timeline_queries.ts';

/** Something that happened in a room; ids are uuids, `event_id` the same wherever and however often it is told. */
export interface Happening {
  event_id: string;
  room_id: string;
  /** Who did it, where that is shown. */
  person_id: string | null;
  happened_at: Date;
  /** When it shows, in the picture's time. Left out: at once. */
  media_at?: Date;
  what: What;
}

export type What =
  | { type: 'chat'; text: string }
  | { type: 'chat.deleted'; line_id: string }
  | { type: 'gift'; gift: string; count: number; combo_id: string | null }
  | { type: 'gift.returned'; gift_id: string }
  | { type: 'goal.reached'; goal_id: string; title: string }
  | { type: 'pin'; thing: ThingRef }
  | { type: 'unpin' }
  | { type: 'purchase'; thing: ThingRef }
  | { type: 'poll'; poll_id: string; question: string; options: string[]; closes_at: string }
  | { type: 'poll.counted'; poll_id: string; votes: number[] }
  | { type: 'poll.closed'; poll_id: string; question: string; options: string[]; votes: number[] }
  | { type: 'note'; text: string | null }
  | { type: 'caption'; text: string; language: string }
  | { type: 'question'; question_id: string; text: string; votes: number; state: 'open' | 'answered' | 'removed' }
  | { type: 'question.voted'; votes: Record<string, number> }
  | { type: 'cohost'; here: boolean }
  | { type: 'live' }
  | { type: 'ended'; reason: EndReason; to_room_id?: string };

const PREFIX_OF: Record<What['type'], Prefix> = {
  chat: 'line',
  'chat.deleted': 'event',
  gift: 'gift',
  'gift.returned': 'event',
  'goal.reached': 'event',
  pin: 'pin',
  unpin: 'pin',
  purchase: 'event',
  poll: 'event',
  'poll.counted': 'event',
  'poll.closed': 'event',
  note: 'event',
  caption: 'event',
  question: 'event',
  'question.voted': 'event',
  cohost: 'event',
  live: 'event',
  ended: 'event',
};

/** What shows at media time. */
type Cue = Extract<What, { type: 'pin' | 'unpin' | 'poll' | 'poll.closed' | 'note' | 'caption' }>;
const CUES = new Set<string>(['pin', 'unpin', 'poll', 'poll.closed', 'note', 'caption'] satisfies Cue['type'][]);
const isCue = (what: What): what is Cue => CUES.has(what.type);

/** What is nothing without the person who did it. */
type OfPerson = Extract<What, { type: 'chat' | 'gift' | 'question' | 'cohost' }>;
const OF_PEOPLE = new Set<string>(['chat', 'gift', 'question', 'cohost'] satisfies OfPerson['type'][]);
const isOfPerson = (what: What): what is OfPerson => OF_PEOPLE.has(what.type);

/** The wire form. @returns null where the person who did it has been erased */
export function eventOf(happening: Happening, cards: Map<string, PersonCard>): RoomEvent | null {
  const { what, happened_at, media_at = happened_at } = happening;
  const happened = { id: toWire(PREFIX_OF[what.type], happening.event_id), at: happened_at.toISOString() };
  if (isCue(what)) return { ...happened, ...what, media_at: media_at.toISOString() };
  if (what.type === 'chat.deleted') return { ...happened, type: what.type, line_id: toWire('line', what.line_id) };
  if (what.type === 'gift.returned') return { ...happened, type: what.type, gift_id: toWire('gift', what.gift_id) };
  if (!isOfPerson(what)) return { ...happened, ...what };
  const by = cards.get(happening.person_id ?? '');
  if (!by) return null;
  if (what.type === 'chat' || what.type === 'gift') return { ...happened, ...what, by };
  return { ...happened, ...what, by, media_at: media_at.toISOString() };
}

const KEPT = new Set<string>(['chat', 'gift', 'purchase', 'cohost', ...CUES]);
/** A replay shows questions where they were answered. */
const isKept = (what: What): boolean => (what.type === 'question' ? what.state === 'answered' : KEPT.has(what.type));

function rowOf({ what, media_at, ...happening }: Happening): TimelineRow {
  const { type, ...data } = what;
  return { ...happening, type: type as TimelineRow['type'], data, media_at: media_at ?? happening.happened_at };
}

export const happeningOf = ({ type, data, ...row }: TimelineRow): Happening => ({
  ...row,
  what: { type, ...data } as What,
});

/** Writes what a replay needs; what was taken back leaves it. Doubles change nothing. @returns the ids that are new */
export async function keepInTimeline(q: Asks, happenings: Happening[], by: string | null = null): Promise<Set<string>> {
  const rows = happenings.filter(({ what }) => isKept(what)).map(rowOf);
  const fresh = await insertEvents(q, rows);
  for (const { what, happened_at, room_id, person_id } of happenings) {
    if (what.type === 'gift.returned') {
      const row = { event_id: what.gift_id, room_id, person_id, type: 'gift' as const, data: {}, happened_at };
      await insertTakenBack(q, [{ ...row, media_at: happened_at }]);
      await deleteEvents(q, [what.gift_id], null, happened_at);
    }
    if (what.type === 'chat.deleted') await deleteEvents(q, [what.line_id], by, happened_at);
  }
  return fresh;
}

/** Without gifts that were returned before they could be told. @param fresh what `keepInTimeline` said is new */
export async function stillTrue(q: Asks, happenings: Happening[], fresh: Set<string>): Promise<Happening[]> {
  const doubtful = happenings.filter(({ what, event_id }) => what.type === 'gift' && !fresh.has(event_id));
  if (doubtful.length === 0) return happenings;
  const gone = await findTakenBack(
    q,
    doubtful.map(({ event_id }) => event_id),
  );
  return happenings.filter(({ event_id }) => !gone.has(event_id));
}

/** On the bus: events of a room, in wire form, for every process that has viewers of it. */
export const HAPPENED = 'rooms.happened';

export interface Happened {
  room_id: string;
  events: RoomEvent[];
}

const telling = new WeakMap<Context, Promise<void>>();

/**
 * Tells every process what happened, in the order of the calls: what needs somebody's card read first is not overtaken
 * by what comes after it. Call it after the commit.
 */
export function tellRooms(ctx: Context, happenings: Happening[]): Promise<void> {
  const before = telling.get(ctx);
  const told = Promise.all([cardsOf(ctx, happenings), before]).then(([cards]) => publish(ctx, happenings, cards));
  telling.set(
    ctx,
    told.catch(() => {}),
  );
  return told;
}

function publish(ctx: Context, happenings: Happening[], cards: Map<string, PersonCard>): void {
  for (const [room_id, same] of Map.groupBy(happenings, (happening) => happening.room_id)) {
    const events = same.map((happening) => eventOf(happening, cards)).filter((event) => event !== null);
    ctx.bus.publish(HAPPENED, { room_id, events } satisfies Happened);
  }
}

const CARDS_KEPT = 20_000;
const kept = new WeakMap<Context, Map<string, PersonCard>>();

function keptCards(ctx: Context): Map<string, PersonCard> {
  let cards = kept.get(ctx);
  if (!cards) {
    const made = new Map<string, PersonCard>();
    ctx.bus.subscribe(PERSON_CHANGED, (changed) => made.delete((changed as PersonChanged).person_id));
    kept.set(ctx, made);
    cards = made;
  }
  return cards;
}

/** The cards of the people in these happenings, by their id. Cached until the person changes. */
export async function cardsOf(
  ctx: Context,
  happenings: { person_id: string | null }[],
): Promise<Map<string, PersonCard>> {
  const cards = keptCards(ctx);
  const wanted = new Set(happenings.map(({ person_id }) => person_id).filter((id) => id !== null));
  if (cards.size > CARDS_KEPT) cards.clear();
  const missing = [...wanted].filter((id) => !cards.has(id));
  for (const person of await findPeople(ctx.db.pool, missing)) {
    const { person_id, handle, name, avatar_url } = cardOf(person);
    cards.set(person_id, { person_id: toWire('person', person_id), handle, name, avatar_url });
  }
  return cards;
}

/** Who keeps order in a room, in wire form. */
export interface Order {
  host_id: string;
  moderators: Set<string>;
}

export async function orderOf(q: Asks, host_id: string): Promise<Order> {
  const moderators = await moderatorsOf(q, host_id);
  return { host_id: toWire('person', host_id), moderators: new Set(moderators.map((id) => toWire('person', id))) };
}

/** The event with its author marked as host or moderator. */
export function marked(event: RoomEvent, order: Order): RoomEvent {
  if (event.type !== 'chat' && event.type !== 'gift') return event;
  const { person_id } = event.by;
  const role = person_id === order.host_id ? 'host' : order.moderators.has(person_id) ? 'moderator' : undefined;
  return role ? { ...event, by: { ...event.by, role } } : event;
}

/** Gifts and purchases of a room since then, the oldest first, without what was taken back. */
export async function recentIn(ctx: Context, room_id: string, since: Date): Promise<RoomEvent[]> {
  const happenings = (await recentShown(ctx.db.pool, room_id, since, 100)).map(happeningOf);
  const cards = await cardsOf(ctx, happenings);
  return happenings.map((one) => eventOf(one, cards)).filter((event) => event !== null);
}
