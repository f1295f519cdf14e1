/** The room's socket: handshake, limits, and one message after the other into the hands that answer it. */
import type { RoomProblem } from '@souk/sdk/live';
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import * as z from 'zod';
import { hashOf } from '../kernel/answer.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { refusalOfMachine } from '../kernel/db_errors.ts';
import type { App } from '../kernel/http.ts';
import { fromWire } from '../kernel/ids.ts';
import { problemOf, Refusal } from '../kernel/refusal.ts';
import { PERSON_CHANGED, type PersonChanged, SESSION_ENDED, type SessionEnded } from '../people/index.ts';
import type { Hub } from './hub.ts';
import { envelope, hello, like, messageKey } from './messages.ts';
import { handlerOf, type MessageSpec } from './ports.ts';
import { forgetRequest, hangUp, sendMessage, type Viewer } from './viewer.ts';

const MESSAGE_MAX = 4_096;
/** Messages of one socket: so many at once, and so many a second in the long run (FAULTS F2). */
const BURST = 200;
const A_SECOND = 100;
const STRIKES = 10;
const HELLO_WITHIN_MS = 10_000;
const PING_EVERY_S = 30;
const SOCKETS_OF_PERSON = 20;
/** Many people may share one address. */
const SOCKETS_OF_ADDRESS = 500;
const LIKES = { limit: 100, window_ms: 2_000 };

/** The sockets of this process. */
export class Sockets {
  readonly #ctx: Context;
  readonly #hub: Hub;
  readonly #viewers = new Set<Viewer>();
  readonly #by_principal = new Map<string, Set<Viewer>>();
  readonly #ends: (() => void)[];
  readonly #pinger: NodeJS.Timeout;
  #second = 0;
  #slot = 0;

  constructor(ctx: Context, hub: Hub) {
    this.#ctx = ctx;
    this.#hub = hub;
    this.#ends = [
      ctx.bus.subscribe(SESSION_ENDED, (said) => this.#signedOut(said as SessionEnded)),
      ctx.bus.subscribe(PERSON_CHANGED, (said) => this.#changed(said as PersonChanged)),
    ];
    this.#pinger = setInterval(() => this.#ping(), 1_000);
  }

  close(): void {
    clearInterval(this.#pinger);
    for (const end of this.#ends) end();
  }

  /** Takes an open socket. Listens before anything is awaited: nothing that arrives meanwhile is lost. */
  accept(socket: WebSocket, room_id: string, cookie: string | undefined, address: string): void {
    const viewer: Viewer = {
      socket,
      slot: this.#slot++ % PING_EVERY_S,
      cookie,
      opened_at: performance.now(),
      counted_as: address,
      me: null,
      room: null,
      hidden: new Set(),
      turn: Promise.resolve(),
      waiting: 0,
      tokens: BURST,
      counted_at: performance.now(),
      strikes: 0,
      lag: null,
      alive: true,
      closed: false,
    };
    forgetRequest(viewer);
    this.#viewers.add(viewer);
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer, binary: boolean) => this.#heard(viewer, room_id, data, binary));
    socket.on('pong', () => {
      viewer.alive = true;
    });
    socket.on('close', () => this.#gone(viewer));
    this.#inTurn(viewer, () => this.#identify(viewer));
  }

  async #identify(viewer: Viewer): Promise<void> {
    viewer.me = await this.#ctx.authenticate(viewer.cookie);
    if (viewer.me) viewer.counted_as = viewer.me.person_id;
    if (viewer.socket.readyState !== viewer.socket.OPEN) return;
    const same = this.#by_principal.get(viewer.counted_as) ?? new Set();
    const most = viewer.me ? SOCKETS_OF_PERSON : SOCKETS_OF_ADDRESS;
    if (same.size >= most) return hangUp(viewer, 'too_many', false);
    if (this.#isSuspended(viewer.me)) return hangUp(viewer, 'suspended', false);
    this.#by_principal.set(viewer.counted_as, same.add(viewer));
  }

  #gone(viewer: Viewer): void {
    viewer.closed = true;
    this.#hub.leave(viewer);
    this.#viewers.delete(viewer);
    const same = this.#by_principal.get(viewer.counted_as);
    if (same?.delete(viewer) && same.size === 0) this.#by_principal.delete(viewer.counted_as);
  }

  #heard(viewer: Viewer, room_id: string, data: Buffer, binary: boolean): void {
    if (viewer.closed) return;
    const message = binary ? null : this.#read(data);
    if (!message) viewer.strikes += 1;
    const floods = !this.#affords(viewer) || viewer.waiting > BURST || viewer.strikes > STRIKES;
    if (floods) hangUp(viewer, 'flood', false);
    else if (message) this.#inTurn(viewer, () => this.#take(viewer, room_id, message));
  }

  #read(data: Buffer): Message | null {
    const message = parse(data);
    const most = (message && handlerOf(this.#ctx, message.type)?.max_bytes) ?? MESSAGE_MAX;
    return data.length > most ? null : message;
  }

  /** Messages of one sender keep their order (FAULTS F3): each is taken after the one before was handed on. */
  #inTurn(viewer: Viewer, run: () => Promise<void>): void {
    viewer.waiting += 1;
    viewer.turn = viewer.turn
      .then(() => (viewer.closed ? undefined : run()))
      .catch((error) => this.#failed(viewer, error))
      .finally(() => {
        viewer.waiting -= 1;
      });
  }

  /** Without an answer a viewer would wait for ever: they come back in a moment, and catch up. */
  #failed(viewer: Viewer, error: unknown): void {
    if (!refusalOfMachine(error)) this.#ctx.log.error({ error }, 'a message of a room failed');
    hangUp(viewer, 'unavailable', true);
  }

  #affords(viewer: Viewer): boolean {
    const now = performance.now();
    viewer.tokens = Math.min(BURST, viewer.tokens + ((now - viewer.counted_at) / 1_000) * A_SECOND);
    viewer.counted_at = now;
    viewer.tokens -= 1;
    return viewer.tokens >= 0;
  }

  async #take(viewer: Viewer, room_id: string, message: Message): Promise<void> {
    if (message.type === 'hello') {
      const seen = hello.safeParse(message);
      if (!viewer.room) await this.#hub.enter(viewer, room_id, seen.success ? seen.data : {});
      return;
    }
    if (!viewer.room) return;
    if (message.type === 'like') return this.#like(viewer, message);
    const handler = handlerOf(this.#ctx, message.type);
    if (!handler) return;
    try {
      // Read again for each message, at most a second old (FAULTS D5).
      const me = await this.#ctx.authenticate(viewer.cookie);
      if (this.#isSuspended(me)) return hangUp(viewer, 'suspended', false);
      void this.#answer(viewer, handler, me, message);
    } catch (error) {
      this.#refuse(viewer, message, error);
    }
  }

  async #like(viewer: Viewer, message: Message): Promise<void> {
    const { room } = viewer;
    const me = await this.#ctx.authenticate(viewer.cookie);
    const { data } = like.safeParse(message);
    if (!me || !data || room?.tape.state !== 'live') return;
    if (this.#ctx.limiter.allow('rooms.like', me.person_id, LIKES)) this.#hub.like(room, data.count);
  }

  async #answer(viewer: Viewer, handler: MessageSpec<z.ZodType>, me: Principal | null, message: Message) {
    const key = messageKey.safeParse(message.key).data ?? null;
    try {
      if (!me) throw new Refusal('sign_in_required');
      if (key === null) throw new Refusal('key_required');
      const { status, body } = await this.#handle(viewer, handler, me, message, key);
      sendMessage(viewer, { v: 1, type: 'ack', key, status, body });
    } catch (error) {
      this.#refuse(viewer, message, error);
    }
  }

  #refuse(viewer: Viewer, message: Message, error: unknown): void {
    const known = error instanceof Refusal ? error : refusalOfMachine(error);
    if (!known) this.#ctx.log.error({ error, type: message.type }, 'a bug in a room');
    const problem = problemOf(known ?? new Refusal('internal_error')) as unknown as RoomProblem;
    sendMessage(viewer, { v: 1, type: 'refused', key: messageKey.safeParse(message.key).data ?? null, problem });
  }

  #handle(viewer: Viewer, handler: MessageSpec<z.ZodType>, me: Principal, message: Message, key: string) {
    const { room } = viewer;
    if (room?.tape.state !== 'live') throw new Refusal('room_not_live');
    if (!this.#ctx.limiter.allow(`rooms.${message.type}`, me.person_id, handler.rate)) {
      throw new Refusal('too_many_requests');
    }
    const parsed = handler.schema.safeParse(message);
    if (!parsed.success) {
      const errors = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
      throw new Refusal('invalid_request', { errors });
    }
    const { v: _, key: __, ...body } = message;
    const route = `SOCKET ${message.type}`;
    const { room_id, host_id, order } = room;
    return handler.handle({
      me,
      room: { room_id, host_id, order },
      message: parsed.data,
      key: { principal: me.person_id, route, key, body_hash: hashOf([room_id, body]) },
    });
  }

  #isSuspended(me: Principal | null): boolean {
    return me?.suspended_until != null && me.suspended_until > this.#ctx.clock.now();
  }

  #signedOut({ person_id, session_id }: SessionEnded): void {
    for (const viewer of this.#by_principal.get(person_id) ?? []) {
      if (!session_id || viewer.me?.session_id === session_id) hangUp(viewer, 'signed_out', true);
    }
  }

  #changed({ person_id }: PersonChanged): void {
    for (const viewer of this.#by_principal.get(person_id) ?? []) {
      this.#inTurn(viewer, async () => {
        const me = await this.#ctx.authenticate(viewer.cookie);
        if (!me) return hangUp(viewer, 'signed_out', true);
        if (this.#isSuspended(me)) return hangUp(viewer, 'suspended', false);
        viewer.me = me;
      });
    }
  }

  /** A thirtieth of all each second, so that pings never come in a wave. Who missed one is gone (FAULTS F1). */
  #ping(): void {
    this.#second = (this.#second + 1) % PING_EVERY_S;
    const now = performance.now();
    for (const viewer of this.#viewers) {
      if (!viewer.room && now - viewer.opened_at > HELLO_WITHIN_MS) hangUp(viewer, 'no_hello', true);
      if (viewer.slot !== this.#second) continue;
      if (!viewer.alive) viewer.socket.terminate();
      viewer.alive = false;
      if (viewer.socket.readyState === viewer.socket.OPEN) viewer.socket.ping();
    }
  }
}

type Message = z.output<typeof envelope>;

function parse(data: Buffer): Message | null {
  try {
    return envelope.parse(JSON.parse(data.toString()));
  } catch {
    return null;
  }
}

const roomParams = z.object({ room_id: z.string() });

/** Origin was checked before (kernel/walls.ts): another site cannot open this with a visitor's cookie (FAULTS D7). */
export function mountSocket(app: App, hub: Hub): void {
  const sockets = new Sockets(app.souk, hub);
  app.addHook('onClose', () => sockets.close());
  app.get('/api/rooms/:room_id/socket', { websocket: true }, (socket: WebSocket, request: FastifyRequest) => {
    const { room_id } = roomParams.parse(request.params);
    sockets.accept(socket, uuidOf(room_id), request.headers.cookie, request.ip);
  });
}

/** An id that is none finds no room, like one that nobody has. */
function uuidOf(room_id: string): string {
  try {
    return fromWire('room', room_id);
  } catch {
    return '00000000-0000-0000-0000-000000000000';
  }
}
