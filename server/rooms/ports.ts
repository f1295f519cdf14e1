/**
 * What rooms below hang into a room, filled once by app.ts: messages that they answer (`gift.send`), and events of
 * theirs that a room shows (`gift.sent`). Rooms itself imports none of them.
 */
import type { Counters, ThingRef, Told } from '@souk/sdk/live';
import type * as z from 'zod';
import type { RequestKey } from '../kernel/answer.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import type { Money } from '../kernel/money.ts';
import type { Rate } from '../kernel/rate.ts';
import type { Asks } from './queries.ts';
import { type Happening, keepInTimeline, type Order, stillTrue, tellRooms } from './timeline.ts';

/** A message of a signed-in person in an open room. */
export interface Said<M> {
  me: Principal;
  /** `order`: who keeps it, in wire form. */
  room: { room_id: string; host_id: string; order: Order };
  message: M;
  /** As the Idempotency-Key of the HTTP route of the same name; `key.key` is what the viewer's page sent. */
  key: RequestKey;
}

export interface MessageSpec<S extends z.ZodType> {
  /** What the message holds beside `v`, `type` and `key`. */
  schema: S;
  /** How many a person may send. */
  rate: Rate;
  /** Where a message may be longer than the 4 kB of all others; at most 16 kB. */
  max_bytes?: number;
  /**
   * Answers with a status and a body in wire form; throws Refusals. It is called in the order in which a person's
   * messages came, without waiting for the one before: hand the item to a batcher before the first `await`.
   */
  handle(said: Said<z.output<S>>): Promise<{ status: number; body: unknown }>;
}

const handlers = new WeakMap<Context, Map<string, MessageSpec<z.ZodType>>>();

/** Answers messages of a type on every room's socket. One handler a type. */
export function onMessage<S extends z.ZodType>(ctx: Context, type: string, spec: MessageSpec<S>): void {
  const known = handlers.get(ctx) ?? new Map();
  if (known.has(type)) throw new Error(`room messages of type ${type} are answered twice`);
  handlers.set(ctx, known.set(type, spec));
}

export const handlerOf = (ctx: Context, type: string) => handlers.get(ctx)?.get(type);

/** How an event of another room looks in live rooms. */
export type Shown =
  /** Shown to all and, but for what is taken back, kept for the replay. */
  | { happening: Happening }
  /** The latest value, wherever this thing is pinned. */
  | { thing: ThingRef; stock: number };

/** On the bus: latest values of things, for the rooms where they are pinned, and of rooms. */
export const COUNTED = 'rooms.counted';
export type Counted = Extract<Shown, { thing: ThingRef }> | Valued;
export interface Valued {
  room_id: string;
  counters: Pick<Counters, 'goals' | 'momentum' | 'battle' | 'away'>;
}

/**
 * Shows events of a type in live rooms. `toRooms` is pure and quick; an event that concerns no room gives nothing.
 * @example
 * show(ctx, 'gift.sent', ({ subject, actor, at, data }) => data.room_id ? [{ happening: {
 *   event_id: subject, room_id: data.room_id, person_id: actor, happened_at: new Date(at),
 *   what: { type: 'gift', gift: data.gift, count: data.count, combo_id: data.combo_id } } }] : []);
 */
export function show(ctx: Context, event_type: string, toRooms: (event: Event) => Shown[]): void {
  ctx.relay.on(event_type, 'rooms', async (events) => {
    const shown = events.flatMap(toRooms);
    const happenings = shown.flatMap((one) => ('happening' in one ? [one.happening] : []));
    const fresh = await keepInTimeline(ctx.db.pool, happenings);
    await tellRooms(ctx, await stillTrue(ctx.db.pool, happenings, fresh));
    for (const one of shown) if ('thing' in one) ctx.bus.publish(COUNTED, one satisfies Counted);
  });
}

/** Of these pairs of host and person: does the person subscribe to the host? In their order. */
export type Subscribers = (q: Asks, pairs: [host_id: string, person_id: string][]) => Promise<boolean[]>;
const subscribers = new WeakMap<Context, Subscribers>();

/** A port: the room that sells subscriptions says who has one. Until then nobody has, and no host can ask for it. */
export const defineSubscribers = (ctx: Context, source: Subscribers): unknown => subscribers.set(ctx, source);

export const subscribersKnown = (ctx: Context): boolean => subscribers.has(ctx);

export const areSubscribers: (ctx: Context, ...asked: Parameters<Subscribers>) => Promise<boolean[]> = async (
  ctx,
  q,
  pairs,
) => (await subscribers.get(ctx)?.(q, pairs)) ?? pairs.map(() => false);

/** Tells a room the latest values of what rooms below count for it. Call it after the commit. */
export function tellCounters(ctx: Context, room_id: string, counters: Valued['counters']): void {
  ctx.bus.publish(COUNTED, { room_id, counters } satisfies Counted);
}

/** On the bus: something for these people alone, on the sockets they have in a room. */
export const TOLD = 'rooms.told';
export interface TellPeople {
  room_id: string;
  person_ids: readonly string[];
  message: Told;
}

/** Tells people something that nobody else in the room hears. Call it after the commit. */
export function tellPeople(ctx: Pick<Context, 'bus'>, told: TellPeople): void {
  ctx.bus.publish(TOLD, told satisfies TellPeople);
}

/** What came to a live by one of its sources: gifts, sales. Only what still stands. */
export interface Earned {
  /** How many, by minute. */
  minutes: { minute_at: Date; n: number }[];
  coins: bigint | null;
  money: Money[];
  /** How many different people. */
  people: number;
}
export type SummaryPart = (q: Asks, room_id: string) => Promise<Earned>;
const parts = new WeakMap<Context, Map<'gifts' | 'sales', SummaryPart>>();

/** A port: rooms below say what a live brought, for the summary of its host. */
export function defineSummary(ctx: Context, name: 'gifts' | 'sales', part: SummaryPart): void {
  parts.set(ctx, new Map([...(parts.get(ctx) ?? []), [name, part]]));
}

export const summaryParts = (ctx: Context): Map<string, SummaryPart> => parts.get(ctx) ?? new Map();
