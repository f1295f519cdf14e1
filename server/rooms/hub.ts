/**
 * The live rooms of this process: who watches, what is told when. A room is opened by its first viewer, ticks at most
 * ten times a second and only while something happens, and is forgotten a minute after the last one left.
 */
import type { ClosingReason } from '@souk/sdk/live';
import type { Context } from '../kernel/context.ts';
import { deriveId, mintId, toWire } from '../kernel/ids.ts';
import { TIES_CHANGED, type TiesChanged } from '../people/index.ts';
import { readHidden, withoutPeople } from './hiding.ts';
import { countersFor, countViewers, freshRoom, type LiveRoom, welcomeOf } from './live_room.ts';
import { MUTED, type Muting, modesOf, ORDER_CHANGED, RULES_CHANGED, untilOnWire } from './order.ts';
import { findMute } from './order_queries.ts';
import { COUNTED, type Counted, type TellPeople, TOLD } from './ports.ts';
import { isStaff } from './power.ts';
import { roomRefusal } from './powers.ts';
import { addLikes, findRoom } from './queries.ts';
import { KEPT_MS, LINES_IN_SNAPSHOT } from './tape.ts';
import { cardsOf, eventOf, HAPPENED, type Happened, happeningOf, marked, orderOf } from './timeline.ts';
import { recentEvents } from './timeline_queries.ts';
import { hangUp, sendFramed, sendMessage, type Viewer } from './viewer.ts';

const TICK_MS = 100;
const SWEEP_MS = 1_000;
/** A frame at least this often, so that a viewer's page can tell silence from a dead line. */
const HEARTBEAT_MS = 15_000;
/** Beyond this a socket gets no more frames until it has caught up… */
const BUFFER_MAX = 256 * 1024;
const BUFFER_CALM = 32 * 1024;
/** …and beyond this it is closed. */
const SLOW_MS = 60_000;
const ENDED_CLOSES_MS = 2_000;

export class Hub {
  readonly #ctx: Context;
  readonly #rooms = new Map<string, Promise<LiveRoom | null>>();
  readonly #open = new Map<string, LiveRoom>();
  readonly #ends: (() => void)[];
  readonly #sweeper: NodeJS.Timeout;
  /** Counts blocks made and lifted, so that who enters meanwhile is looked at again. */
  #ties = 0;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.#ends = [
      ctx.bus.subscribe(HAPPENED, (said) => this.#happened(said as Happened)),
      ctx.bus.subscribe(COUNTED, (said) => this.#counted(said as Counted)),
      ctx.bus.subscribe(MUTED, (said) => this.#muted(said as Muting)),
      ctx.bus.subscribe(TOLD, (said) => this.#told(said as TellPeople)),
      ctx.bus.subscribe(ORDER_CHANGED, (said) => void this.#reorder(said as { host_id: string })),
      ctx.bus.subscribe(RULES_CHANGED, (said) => void this.#newModes(said as { host_id: string })),
      ctx.bus.subscribe(TIES_CHANGED, (said) => void this.#tied(said as TiesChanged)),
    ];
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
  }

  /** Viewers of a room in this process. */
  viewersOf(room_id: string): number {
    const room = this.#open.get(room_id);
    return room ? countViewers(room) : 0;
  }

  /** Lets a viewer in: welcome, then what they missed or the room as it stands. */
  async enter(viewer: Viewer, room_id: string, seen: { epoch?: string; seq?: number }): Promise<void> {
    const room = await this.#opened(room_id);
    if (!room) return hangUp(viewer, 'not_found', false);
    const muted = viewer.me ? await this.#mutedUntil(room, viewer.me.person_id) : null;
    await this.#readHidden(viewer);
    if (viewer.closed) return;
    if (this.#isHidden(viewer, room)) return hangUp(viewer, 'not_found', false);
    viewer.room = room;
    room.viewers.add(viewer);
    room.idle_since = null;
    this.#greet(viewer, room, muted);
    const missed = room.tape.catchUp(seen.epoch, seen.seq) ?? [room.tape.snapshot()];
    for (const bytes of missed) this.#show(viewer, bytes);
    if (room.tape.state === 'ended') hangUp(viewer, 'ended', false);
  }

  leave(viewer: Viewer): void {
    const { room } = viewer;
    viewer.room = null;
    if (!room?.viewers.delete(viewer)) return;
    if (room.viewers.size === 0) room.idle_since = performance.now();
  }

  like(room: LiveRoom, count: number): void {
    room.tapped += count;
    room.tape.count({ likes: room.likes + room.tapped });
    this.#schedule(room);
  }

  /** What waits is told, likes are written down, sockets are left to the server that closes them. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    for (const end of this.#ends) end();
    await Promise.all([...this.#open.values()].map((room) => this.#flush(room)));
    for (const room of this.#open.values()) clearTimeout(room.timer);
  }

  #opened(room_id: string): Promise<LiveRoom | null> {
    let opening = this.#rooms.get(room_id);
    if (!opening) {
      opening = this.#load(room_id);
      this.#rooms.set(room_id, opening);
      opening.then(
        (room) => (room ? this.#open.set(room_id, room) : this.#rooms.delete(room_id)),
        () => this.#rooms.delete(room_id),
      );
    }
    return opening;
  }

  async #load(room_id: string): Promise<LiveRoom | null> {
    const { pool } = this.#ctx.db;
    const since = new Date(this.#ctx.clock.now().getTime() - KEPT_MS);
    const room = await findRoom(pool, room_id);
    if (!room) return null;
    const [order, modes, rows] = await Promise.all([
      orderOf(pool, room.host_id),
      modesOf(this.#ctx, room.host_id),
      recentEvents(pool, room_id, LINES_IN_SNAPSHOT, since),
    ]);
    const happenings = rows.map(happeningOf);
    const cards = await cardsOf(this.#ctx, happenings);
    const events = happenings.map((one) => eventOf(one, cards)).filter((event) => event !== null);
    return freshRoom(
      room,
      order,
      modes,
      events.map((event) => marked(event, order)),
    );
  }

  #happened({ room_id, events }: Happened): void {
    // A room that is just being opened takes them afterwards; one that nobody watches here needs none.
    void this.#rooms.get(room_id)?.then((room) => {
      if (!room) return;
      room.tape.add(
        events.map((event) => marked(event, room.order)),
        this.#ctx.clock.now(),
      );
      this.#schedule(room);
    });
  }

  #counted(said: Counted): void {
    for (const room of this.#open.values()) {
      const counters = countersFor(room, said);
      if (!counters) continue;
      room.tape.count(counters);
      this.#schedule(room);
    }
  }

  #muted({ host_id, person_id, until }: Muting): void {
    for (const room of this.#of(host_id)) {
      for (const viewer of room.viewers) {
        if (viewer.me?.person_id === person_id) sendMessage(viewer, { v: 1, type: 'muted', until });
      }
    }
  }

  #told({ room_id, person_ids, message }: TellPeople): void {
    for (const viewer of this.#open.get(room_id)?.viewers ?? []) {
      if (person_ids.includes(viewer.me?.person_id ?? '')) sendMessage(viewer, message);
    }
  }

  #of(host_id: string): LiveRoom[] {
    return [...this.#open.values()].filter((room) => room.host_id === host_id);
  }

  async #reorder({ host_id }: { host_id: string }): Promise<void> {
    const order = await orderOf(this.#ctx.db.pool, host_id);
    for (const room of this.#of(host_id)) {
      room.order = order;
      for (const viewer of room.viewers) {
        if (viewer.me) this.#greet(viewer, room, await this.#mutedUntil(room, viewer.me.person_id));
      }
    }
  }

  async #newModes({ host_id }: { host_id: string }): Promise<void> {
    const modes = await modesOf(this.#ctx, host_id);
    const now = this.#ctx.clock.now();
    for (const room of this.#of(host_id)) {
      room.modes = modes;
      const id = toWire('event', deriveId('modes', mintId()));
      room.tape.add([{ id, at: now.toISOString(), type: 'modes', modes }], now);
      this.#schedule(room);
    }
  }

  /** A block was made or lifted: both forget each other, and the room of the one is none for the other. */
  async #tied({ one, other, blocked }: TiesChanged): Promise<void> {
    this.#ties += 1;
    for (const room of this.#open.values()) {
      for (const viewer of room.viewers) {
        const me = viewer.me?.person_id;
        if (me !== one && me !== other) continue;
        await this.#readHidden(viewer);
        if (this.#isHidden(viewer, room)) hangUp(viewer, 'not_found', false);
        const person_id = toWire('person', me === one ? other : one);
        if (blocked) sendMessage(viewer, { v: 1, type: 'hide', person_id });
      }
    }
  }

  async #readHidden(viewer: Viewer): Promise<void> {
    await readHidden(this.#ctx, viewer, () => this.#ties);
  }

  #isHidden(viewer: Viewer, room: LiveRoom): boolean {
    const blocked = viewer.hidden.has(room.order.host_id) && !isStaff(viewer.me?.roles ?? []);
    return blocked && roomRefusal('blocked', 'watch') !== null;
  }

  #show(viewer: Viewer, bytes: Buffer): void {
    sendFramed(viewer, withoutPeople(bytes, viewer.hidden));
  }

  async #mutedUntil({ host_id }: LiveRoom, person_id: string): Promise<string | null> {
    return untilOnWire(await findMute(this.#ctx.db.pool, host_id, person_id, this.#ctx.clock.now()));
  }

  #greet(viewer: Viewer, room: LiveRoom, muted_until: string | null): void {
    const staff = isStaff(viewer.me?.roles ?? []);
    sendMessage(viewer, welcomeOf(viewer, room, { staff, muted_until, now: this.#ctx.clock.now() }));
  }

  /** At once when the last tick is long enough ago, else when it will be. */
  #schedule(room: LiveRoom): void {
    if (room.timer || !room.tape.waits) return;
    const wait = Math.max(0, room.ticked_at + TICK_MS - performance.now());
    room.timer = setTimeout(() => this.#tick(room), wait);
  }

  #tick(room: LiveRoom): void {
    room.timer = undefined;
    room.ticked_at = performance.now();
    const bytes = room.tape.tick(this.#ctx.clock.now());
    for (const viewer of room.viewers) {
      if (viewer.lag) this.#catchUp(viewer, room);
      else if (viewer.socket.bufferedAmount > BUFFER_MAX) {
        viewer.lag = { seq: room.tape.seq - 1, since: this.#ctx.clock.now().getTime() };
      } else this.#show(viewer, bytes);
    }
    if (room.tape.state === 'ended') room.idle_since ??= performance.now();
  }

  #catchUp(viewer: Viewer, room: LiveRoom): void {
    if (!viewer.lag) return;
    if (viewer.socket.bufferedAmount <= BUFFER_CALM) {
      this.#show(viewer, room.tape.summary(viewer.lag.seq));
      viewer.lag = null;
    } else if (this.#ctx.clock.now().getTime() - viewer.lag.since > SLOW_MS) hangUp(viewer, 'slow', true);
  }

  #sweep(): void {
    const now = performance.now();
    for (const room of this.#open.values()) {
      room.tape.count({ viewers: countViewers(room) });
      for (const viewer of room.viewers) this.#catchUp(viewer, room);
      this.#flush(room).catch((error) => this.#ctx.log.warn({ error }, 'likes wait for the next second'));
      if (room.tape.waits) this.#schedule(room);
      else if (room.viewers.size > 0 && now - room.ticked_at > HEARTBEAT_MS) this.#tick(room);
      if (room.idle_since !== null) this.#retire(room, now - room.idle_since);
    }
  }

  #retire(room: LiveRoom, idle_ms: number): void {
    if (room.tape.state === 'ended' && idle_ms > ENDED_CLOSES_MS) this.#dismiss(room, 'ended');
    if (room.viewers.size > 0 || idle_ms < KEPT_MS) return;
    clearTimeout(room.timer);
    this.#open.delete(room.room_id);
    this.#rooms.delete(room.room_id);
  }

  #dismiss(room: LiveRoom, reason: ClosingReason): void {
    for (const viewer of room.viewers) hangUp(viewer, reason, false);
  }

  /** Writes likes and the peak down; a busy room costs one statement a second. */
  async #flush(room: LiveRoom): Promise<void> {
    const { tapped } = room;
    const viewers = countViewers(room);
    if (room.flushing || (tapped === 0 && viewers <= room.peak)) return;
    room.flushing = true;
    try {
      room.likes = await addLikes(this.#ctx.db.pool, room.room_id, tapped, viewers);
      room.tapped -= tapped;
      room.peak = Math.max(room.peak, viewers);
      room.tape.count({ likes: room.likes + room.tapped });
    } finally {
      room.flushing = false;
    }
  }
}
