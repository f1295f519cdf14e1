/** A live room for tests: a host with an encoder, and viewers who remember what their socket heard. */
import type { ClientMessage, RoomEvent, ServerMessage } from '@souk/sdk/live';
import WebSocket from 'ws';
import { fromWire } from '../kernel/ids.ts';
import type { House } from './harness.ts';
import { type Encoder, encoderFor } from './publish.ts';

export interface Someone {
  person_id: string;
  cookie: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface TestRoom {
  /** On the wire. */
  id: string;
  room_id: string;
  encoder: Encoder;
}

/** Sends JSON as a person and reads the answer. */
export async function call<T = Record<string, never>>(who: Someone, method: string, path: string, body?: object) {
  const headers = body && { 'content-type': 'application/json' };
  const response = await who.fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as T };
}

type Opened = { room: { room_id: string }; stream_id: string; stream_key: string };

/** Opens a room and sends its first second of picture. */
export async function goLive(house: House, host: Someone, title = 'A room'): Promise<TestRoom> {
  const { status, body } = await call<Opened>(host, 'POST', '/api/rooms', { title, language: 'en' });
  if (status !== 201) throw new Error(`no room: ${JSON.stringify(body)}`);
  const encoder = encoderFor(house, fromWire('stream', body.stream_id), body.stream_key);
  await encoder.open();
  await encoder.send();
  await house.drain();
  return { id: body.room.room_id, room_id: fromWire('room', body.room.room_id), encoder };
}

export interface Watcher {
  socket: WebSocket;
  heard: ServerMessage[];
  say(message: Omit<ClientMessage, 'v'> | Record<string, unknown>): void;
  /** The first message, heard already or not, that fits. */
  until<T extends ServerMessage = ServerMessage>(
    fits: (message: ServerMessage) => boolean,
    within_ms?: number,
  ): Promise<T>;
  /** Says something with a key and waits for its answer. */
  ask(message: Record<string, unknown> & { type: string }): Promise<ServerMessage & { type: 'ack' | 'refused' }>;
  /** Everything that happened, in the order in which it was told. */
  events(): RoomEvent[];
  closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

export const textOf = (event: RoomEvent) => (event.type === 'chat' ? event.text : null);

let keys = 0;

/** Opens a socket without a word. */
export function knock(house: House, id: string, headers: Record<string, string> = {}, localAddress?: string): Watcher {
  const url = `${house.url.replace('http', 'ws')}/api/rooms/${id}/socket`;
  const socket = new WebSocket(url, { headers, ...(localAddress && { localAddress }) });
  const heard: ServerMessage[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    heard.push(JSON.parse(data.toString()));
    for (const look of waiting) look();
  });
  socket.on('error', () => {});
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  const watcher: Watcher = {
    socket,
    heard,
    closed,
    say: (message) => socket.send(JSON.stringify({ v: 1, ...message })),
    until: (fits, within_ms = 30_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`not heard within ${within_ms} ms; last: ${JSON.stringify(heard.slice(-3))}`));
        }, within_ms);
        const look = () => {
          const found = heard.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found as never);
        };
        waiting.add(look);
        look();
      }),
    ask(message) {
      const key = (message.key as string | undefined) ?? `test-key-${keys++}`;
      watcher.say({ ...message, key });
      return watcher.until((said) => (said.type === 'ack' || said.type === 'refused') && said.key === key);
    },
    events: () => heard.flatMap((message) => ('events' in message ? message.events : [])),
    close: () => socket.close(),
  };
  return watcher;
}

/** Opens a socket, says hello and waits for the room as it stands. Signed out without a person. */
export async function watch(house: House, id: string, person?: Pick<Someone, 'cookie'>): Promise<Watcher> {
  const watcher = knock(house, id, person && { cookie: person.cookie });
  await new Promise((resolve, reject) => {
    watcher.socket.once('open', resolve);
    watcher.socket.once('error', reject);
  });
  watcher.say({ type: 'hello' });
  await watcher.until((message) => message.type === 'snapshot' || message.type === 'closing');
  return watcher;
}
