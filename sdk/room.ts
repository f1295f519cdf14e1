/**
 * A viewer's connection to a live room, for the browser and for Node. It greets, resumes after a break where it left
 * off, drops doubles by event id, waits before it tries again (with jitter, so that a restarted server is not met by
 * everyone at once), and sends what was not yet acknowledged again under the same key.
 *
 * @example
 * const room = connectRoom({ url: 'wss://souk.example/api/rooms/room_01k…/socket', on: { events: show } });
 * const line = await room.request({ type: 'chat.send', text: 'Hello' });
 * room.close();
 */
import type {
  Ack,
  ClosingReason,
  Counters,
  Frame,
  RoomEvent,
  RoomProblem,
  ServerMessage,
  Signal,
  Snapshot,
  Summary,
  Told,
  Welcome,
} from './live.ts';
import { rememberIds, unseenPart } from './room_events.ts';

export type RoomStatus = 'connecting' | 'open' | 'reconnecting' | 'closed';

export interface RoomListeners {
  /** Only events not seen before, oldest first; `live` is false for those of a snapshot or a summary. */
  events?(events: RoomEvent[], live: boolean): void;
  /** The room as it stands; those of its events that you have not seen follow through `events`. */
  snapshot?(snapshot: Snapshot): void;
  counters?(counters: Counters): void;
  welcome?(welcome: Welcome): void;
  muted?(until: string | null): void;
  /** Nothing of this person is to be shown any more. */
  hide?(person_id: string): void;
  /** Something that only some people in the room are told. */
  told?(told: Told): void;
  /** Chat lines that this viewer will not get: the room is fast, or the connection slow. */
  leftOut?(count: number): void;
  status?(status: RoomStatus, reason: ClosingReason | null): void;
}

export interface RoomOptions {
  url: string;
  on: RoomListeners;
  /** Makes the socket; default `new WebSocket(url)`. In Node hand in one with the headers you need. */
  open?(url: string): RoomSocket;
  /** 0 ≤ x < 1; for tests. */
  random?(): number;
}

/** The part of a WebSocket that is used here: the browser's and the one of `ws` both have it. */
export interface RoomSocket {
  readyState: number;
  send(data: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

/** A message that is answered, without what the connection adds to it. */
export type RoomRequest =
  | { type: 'chat.send'; text: string; key?: string }
  | { type: 'caption.send'; text: string; language: 'de' | 'en'; media_at?: string; key?: string }
  | { type: 'gift.send'; gift: string; count: number; combo_id?: string; confirmed?: boolean; key?: string }
  | ({ type: 'cohost.signal'; to: string; key?: string } & Signal);

export interface RoomConnection {
  /**
   * Sends and waits for the answer, over as many reconnects as it takes within 30 s.
   * @throws RoomRefusal when the server says no, or when no answer came in time (`unanswered`: it may have happened;
   * ask again with the same `key` to find out, which never does it twice)
   */
  request(message: RoomRequest): Promise<Ack>;
  /** Taps of the heart; gathered for 300 ms, lost while there is no connection. */
  like(count?: number): void;
  /** Connects anew at once, after somebody signed in or out: who one is, is read at the handshake. */
  reconnect(): void;
  close(): void;
}

export class RoomRefusal extends Error {
  readonly problem: RoomProblem;
  constructor(problem: RoomProblem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const ANSWER_WITHIN_MS = 30_000;
/** The server sends at least every 15 s; three silences mean that the connection is dead. */
const SILENCE_MS = 45_000;
const LIKES_GATHER_MS = 300;
const MOST_LIKES = 50;
const REMEMBERED_EVENTS = 5_000;
const OPEN = 1;

export { pinAt, rememberIds, type Shown, shownAt, unseenPart } from './room_events.ts';

/** How long to wait before try `n` (from 0): full jitter over an exponential, never less than a quarter of it. */
export function backoffMs(n: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n);
  return ceiling * (0.25 + 0.75 * random());
}

type Timer = ReturnType<typeof setTimeout> | undefined;

interface Waiting {
  text: string;
  resolve(ack: Ack): void;
  reject(refusal: RoomRefusal): void;
  timer: Timer;
}

export const connectRoom = (options: RoomOptions): RoomConnection => new Connection(options);

class Connection implements RoomConnection {
  readonly #options: RoomOptions;
  readonly #on: RoomListeners;
  readonly #seen = rememberIds(REMEMBERED_EVENTS);
  readonly #waiting = new Map<string, Waiting>();
  #socket: RoomSocket | null = null;
  #last: { epoch: string; seq: number } | null = null;
  #tries = 0;
  /** Greeted by the server: before that nothing else may be said. */
  #open = false;
  #closed = false;
  #reason: ClosingReason | null = null;
  #likes = 0;
  #retryTimer: Timer;
  #silenceTimer: Timer;
  #likeTimer: Timer;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#on = options.on;
    this.#connect();
  }

  request(message: RoomRequest): Promise<Ack> {
    const key = message.key ?? crypto.randomUUID();
    const text = JSON.stringify({ v: 1, ...message, key });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(key), ANSWER_WITHIN_MS);
      this.#waiting.set(key, { text, resolve, reject, timer });
      if (this.#closed) this.#giveUp(key);
      else if (this.#welcomed()) this.#socket?.send(text);
    });
  }

  like(count = 1): void {
    this.#likes += count;
    this.#likeTimer ??= setTimeout(() => {
      const text = JSON.stringify({ v: 1, type: 'like', count: Math.min(MOST_LIKES, this.#likes) });
      if (this.#welcomed()) this.#socket?.send(text);
      this.#likes = 0;
      this.#likeTimer = undefined;
    }, LIKES_GATHER_MS);
  }

  reconnect(): void {
    if (this.#closed) return;
    clearTimeout(this.#retryTimer);
    this.#drop();
    this.#connect();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of [this.#retryTimer, this.#silenceTimer, this.#likeTimer]) clearTimeout(timer);
    for (const key of [...this.#waiting.keys()]) this.#giveUp(key);
    this.#drop();
    this.#on.status?.('closed', this.#reason);
  }

  #welcomed(): boolean {
    return this.#open && this.#socket?.readyState === OPEN;
  }

  #connect(): void {
    this.#on.status?.(this.#tries === 0 ? 'connecting' : 'reconnecting', this.#reason);
    const { url, open = (address: string) => new WebSocket(address) } = this.#options;
    const socket = open(url);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ v: 1, type: 'hello', ...this.#last }));
    socket.onmessage = (event: { data: unknown }) => {
      if (this.#socket === socket && typeof event.data === 'string') this.#receive(JSON.parse(event.data));
    };
    socket.onerror = () => undefined;
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost();
    };
    this.#heard();
  }

  /** Also called when nothing came for too long: the old socket may never report its end. */
  #lost(): void {
    clearTimeout(this.#silenceTimer);
    this.#drop();
    if (this.#closed) return;
    const wait = backoffMs(this.#tries++, this.#options.random ?? Math.random);
    this.#on.status?.('reconnecting', this.#reason);
    this.#retryTimer = setTimeout(() => this.#connect(), wait);
  }

  #drop(): void {
    const old = this.#socket;
    this.#socket = null;
    this.#open = false;
    old?.close();
  }

  #heard(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #receive(message: ServerMessage): void {
    this.#heard();
    if (message.type === 'welcome') this.#greeted(message);
    else if (message.type === 'snapshot') this.#startOver(message);
    else if (message.type === 'frame') this.#goOn(message, message.held_back, true);
    else if (message.type === 'summary') this.#goOn(message, message.left_out, false);
    else if (message.type === 'ack') this.#settle(message.key, (request) => request.resolve(message));
    else if (message.type === 'refused') this.#refused(message.key, message.problem);
    else if (message.type === 'muted') this.#on.muted?.(message.until);
    else if (message.type === 'hide') this.#on.hide?.(message.person_id);
    else if (message.type === 'cohost.signal' || message.type === 'cohosts.changed') this.#on.told?.(message);
    else if (message.type === 'closing') {
      this.#reason = message.reason;
      if (!message.retry) this.close();
    }
  }

  #greeted(welcome: Welcome): void {
    this.#open = true;
    this.#tries = 0;
    this.#reason = null;
    this.#on.status?.('open', null);
    this.#on.welcome?.(welcome);
    for (const { text } of this.#waiting.values()) this.#socket?.send(text);
  }

  #startOver(snapshot: Snapshot): void {
    this.#last = { epoch: snapshot.epoch, seq: snapshot.seq };
    this.#on.snapshot?.(snapshot);
    this.#tell(snapshot.events, snapshot.counters, false);
  }

  #goOn(message: Frame | Summary, leftOut: number | undefined, live: boolean): void {
    if (this.#last) this.#last.seq = message.seq;
    if (leftOut) this.#on.leftOut?.(leftOut);
    this.#tell(message.events, message.counters, live);
  }

  #tell(events: RoomEvent[], counters: Counters | undefined, live: boolean): void {
    const fresh = events.map((event) => unseenPart(event, this.#seen)).filter((event) => event !== null);
    if (fresh.length > 0) this.#on.events?.(fresh, live);
    if (counters) this.#on.counters?.(counters);
  }

  #settle(key: string, answer: (request: Waiting) => void): void {
    const request = this.#waiting.get(key);
    if (!request) return;
    this.#waiting.delete(key);
    clearTimeout(request.timer);
    answer(request);
  }

  #refused(key: string | null, problem: RoomProblem): void {
    if (key !== null) this.#settle(key, (request) => request.reject(new RoomRefusal(problem)));
  }

  #giveUp(key: string): void {
    this.#refused(key, { code: 'unanswered', title: 'No answer from the room', status: 0, money_moved: false });
  }
}
