/**
 * PURE: what a room says, tick by tick. Events go in as they happen; out come frames, each numbered and serialised
 * once for everyone, and what those need who come later: the frames since, a summary, a snapshot. No I/O, no clock.
 */
import type { Counters, Frame, Gift, Line, RoomEvent, RoomState, Snapshot, Summary } from '@souk/sdk/live';
import { Cues } from './cues.ts';
import { framed } from './framing.ts';

/** How long a frame can be asked for again, and how far back a newcomer sees gifts and pins. */
export const KEPT_MS = 60_000;
export const LINES_IN_SNAPSHOT = 50;
/** Ordinary viewers' chat lines that reach everyone; the host's and the moderators' always do. */
export const LINES_A_SECOND = 20;
/** In a storm of gifts a snapshot or summary holds the newest ones only: nobody's screen shows more. */
export const GIFTS_KEPT = 500;
const GIFTS_IN_SNAPSHOT = 100;
/** More than this to catch up on is told as one summary. */
const CATCH_UP_BYTES = 128_000;
const REMEMBERED_IDS = 5_000;

interface Kept {
  seq: number;
  at: number;
  frame: Frame;
  bytes: Buffer;
}

/** What was known of the room before this process opened it. */
export interface Past {
  state: RoomState;
  end_reason: string | null;
  likes: number;
  /** Lines, gifts, pins and unpins, oldest first. */
  events: RoomEvent[];
}

export class Tape {
  readonly epoch: string;
  state: RoomState;
  end_reason: string | null;
  seq = 0;
  #frames: Kept[] = [];
  #lines: Line[] = [];
  #gifts: Gift[] = [];
  readonly #cues = new Cues();
  #counters: Counters;
  #pending: RoomEvent[] = [];
  #changed: Counters = {};
  #held_back = 0;
  readonly #known = new Set<string>();
  /** Tokens of the chat budget, and when they were counted. */
  #budget = LINES_A_SECOND;
  #budget_at = 0;
  #snapshot: { seq: number; bytes: Buffer } | null = null;

  constructor(epoch: string, past: Past) {
    this.epoch = epoch;
    this.state = past.state;
    this.end_reason = past.end_reason;
    this.#counters = { viewers: 0, likes: past.likes };
    for (const event of past.events) if (this.#isNew(event)) this.#keep(event);
  }

  /** Takes events for the next frame; doubles (the relay hands on at least once) are dropped. */
  add(events: RoomEvent[], now: Date): void {
    for (const event of events) {
      if (!this.#isNew(event)) continue;
      if (event.type === 'chat' && !event.by.role && !this.#affords(now)) this.#held_back += 1;
      else this.#pending.push(event);
    }
  }

  /** Latest values; what does not differ is not said again. */
  count(counters: Counters): void {
    const { stock, goals, momentum, battle, away, ...rest } = counters;
    if (goals !== undefined) this.#value('goals', goals);
    if (momentum !== undefined) this.#value('momentum', momentum);
    if (battle !== undefined) this.#value('battle', battle);
    if (away !== undefined) this.#value('away', away);
    for (const [name, value] of Object.entries(rest) as ['viewers' | 'likes', number][]) {
      if (this.#counters[name] === value) continue;
      this.#counters[name] = value;
      this.#changed[name] = value;
    }
    for (const [thing, units] of Object.entries(stock ?? {})) {
      if (this.#counters.stock?.[thing] === units) continue;
      this.#counters.stock = { ...this.#counters.stock, [thing]: units };
      this.#changed.stock = { ...this.#changed.stock, [thing]: units };
    }
  }

  #value<K extends 'goals' | 'momentum' | 'battle' | 'away'>(name: K, value: Counters[K]): void {
    if (JSON.stringify(this.#counters[name] ?? null) === JSON.stringify(value)) return;
    this.#counters[name] = value;
    this.#changed[name] = value;
  }

  get counters(): Counters {
    return this.#counters;
  }

  /** Whether a tick would say something. */
  get waits(): boolean {
    return this.#pending.length > 0 || this.#held_back > 0 || Object.keys(this.#changed).length > 0;
  }

  /** Ids of the things pinned now or within the last minute: whose stock this room shows. */
  pinned(type: string, id: string): boolean {
    return this.#cues.pinned(type, id);
  }

  /** Closes the tick. @returns the frame for everyone, serialised */
  tick(now: Date): Buffer {
    const events = joinCombos(this.#pending);
    const frame: Frame = {
      v: 1,
      type: 'frame',
      seq: ++this.seq,
      at: now.toISOString(),
      events,
      ...(Object.keys(this.#changed).length > 0 && { counters: this.#changed }),
      ...(this.#held_back > 0 && { held_back: this.#held_back }),
    };
    for (const event of events) this.#keep(event);
    this.#pending = [];
    this.#changed = {};
    this.#held_back = 0;
    const bytes = encode(frame);
    this.#frames.push({ seq: frame.seq, at: now.getTime(), frame, bytes });
    this.#forget(now);
    return bytes;
  }

  /**
   * What someone needs who took the frame `seq` last: the frames after it, or one summary of them where they are many.
   * Null when they are not all here any more or belong to another epoch: a snapshot is needed.
   */
  catchUp(epoch: string | undefined, seq: number | undefined): Buffer[] | null {
    if (epoch !== this.epoch || seq === undefined || seq > this.seq) return null;
    if (seq === this.seq) return [];
    if ((this.#frames[0]?.seq ?? Number.POSITIVE_INFINITY) > seq + 1) return null;
    const missed = this.#frames.filter((kept) => kept.seq > seq).map((kept) => kept.bytes);
    const size = missed.reduce((sum, bytes) => sum + bytes.length, 0);
    return size > CATCH_UP_BYTES ? [this.summary(seq)] : missed;
  }

  /** The room as it stands; made once a frame however many ask (FAULTS F4). */
  snapshot(): Buffer {
    if (this.#snapshot?.seq !== this.seq) this.#snapshot = { seq: this.seq, bytes: encode(this.#standing()) };
    return this.#snapshot.bytes;
  }

  #standing(): Snapshot {
    const gifts = joinCombos(this.#gifts.slice(-GIFTS_IN_SNAPSHOT));
    const lines = this.#lines.slice(-LINES_IN_SNAPSHOT);
    const events = [...lines, ...gifts, ...this.#cues.all].sort((a, b) => (a.at < b.at ? -1 : 1));
    const { epoch, seq, state, end_reason } = this;
    return { v: 1, type: 'snapshot', epoch, seq, state, end_reason, events, counters: this.#counters };
  }

  /** What someone missed who took the frame `seq` last and then was too slow for those after it. */
  summary(seq: number): Buffer {
    const missed = this.#frames.filter((kept) => kept.seq > seq).map((kept) => kept.frame);
    const all = missed.flatMap((frame) => frame.events);
    const events = newest(newest(all, 'chat', LINES_IN_SNAPSHOT), 'gift', GIFTS_KEPT);
    const held_back = missed.reduce((sum, frame) => sum + (frame.held_back ?? 0), 0);
    return encode({
      v: 1,
      type: 'summary',
      seq: this.seq,
      events: joinCombos(events),
      counters: this.#counters,
      left_out: all.length - events.length + held_back,
    });
  }

  #isNew(event: RoomEvent): boolean {
    if (this.#known.has(event.id)) return false;
    this.#known.add(event.id);
    if (this.#known.size > REMEMBERED_IDS) this.#known.delete(this.#known.values().next().value as string);
    return true;
  }

  #affords(now: Date): boolean {
    const passed = now.getTime() - this.#budget_at;
    this.#budget = Math.min(LINES_A_SECOND, this.#budget + (passed * LINES_A_SECOND) / 1_000);
    this.#budget_at = now.getTime();
    if (this.#budget < 1) return false;
    this.#budget -= 1;
    return true;
  }

  #keep(event: RoomEvent): void {
    if (this.#cues.keep(event)) return;
    if (event.type === 'chat') this.#lines.push(event);
    else if (event.type === 'gift') this.#gifts.push(event);
    else if (event.type === 'chat.deleted') this.#lines = this.#lines.filter((line) => line.id !== event.line_id);
    else if (event.type === 'gift.returned') this.#gifts = this.#gifts.flatMap((gift) => without(gift, event.gift_id));
    else if (event.type === 'live') this.state = 'live';
    else if (event.type === 'ended') {
      this.state = 'ended';
      this.end_reason = event.reason;
    }
    if (this.#lines.length > 2 * LINES_IN_SNAPSHOT) this.#lines = this.#lines.slice(-LINES_IN_SNAPSHOT);
    if (this.#gifts.length > 2 * GIFTS_KEPT) this.#gifts = this.#gifts.slice(-GIFTS_KEPT);
  }

  #forget(now: Date): void {
    const oldest = now.getTime() - KEPT_MS;
    const first = this.#frames.findIndex((kept) => kept.at >= oldest);
    // In blocks: cutting one off at every tick would copy the whole ring ten times a second.
    if (first > 64) this.#frames = this.#frames.slice(first);
    const since = new Date(oldest).toISOString();
    if (this.#gifts[0] && this.#gifts[0].at < since) this.#gifts = this.#gifts.filter((gift) => gift.at >= since);
    this.#cues.forget(since);
  }
}

const encode = (message: Frame | Snapshot | Summary): Buffer => framed(Buffer.from(JSON.stringify(message)));

/** The gifts of one combo as one event, where the first of them stood. Everything else stays in its order. */
export function joinCombos(events: RoomEvent[]): RoomEvent[] {
  const joined = new Map<string, Gift>();
  const result: RoomEvent[] = [];
  for (const event of events) {
    if (event.type !== 'gift' || event.combo_id === null) {
      result.push(event);
      continue;
    }
    const combo = `${event.by.person_id} ${event.combo_id} ${event.gift}`;
    const first = joined.get(combo);
    if (!first) {
      const copy = { ...event };
      joined.set(combo, copy);
      result.push(copy);
      continue;
    }
    first.parts = [...partsOf(first), ...partsOf(event)];
    first.count += event.count;
  }
  return result;
}

const partsOf = (gift: Gift) => gift.parts ?? [{ id: gift.id, count: gift.count }];

/** Without all but the last `most` events of a type. */
function newest(events: RoomEvent[], type: RoomEvent['type'], most: number): RoomEvent[] {
  let surplus = events.filter((event) => event.type === type).length - most;
  return events.filter((event) => event.type !== type || surplus-- <= 0);
}

/** A gift without the part that was returned; nothing when none is left. */
function without(gift: Gift, gift_id: string): Gift[] {
  const parts = partsOf(gift).filter((part) => part.id !== gift_id);
  if (parts.length === partsOf(gift).length) return [gift];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return parts.length === 0 ? [] : [{ ...gift, parts, count }];
}
