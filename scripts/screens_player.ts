/** Somebody who prepares what is photographed: a session of the running server, and what is sent with it. */
import { randomUUID } from 'node:crypto';
import { readLoop } from '../server/demo/loop_file.ts';
import { moveSegment } from '../server/demo/loop_time.ts';

export interface Player {
  cookie: string;
  /** Sends JSON (or bytes) and reads the answer; throws what was refused. */
  // biome-ignore lint/suspicious/noExplicitAny: whoever photographs reads answers without types
  call(method: string, path: string, body?: unknown): Promise<any>;
}

export const playerOf = (url: string, cookie: string): Player => ({
  cookie,
  async call(method, path, body) {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        cookie,
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  },
});

const cookieOf = (response: Response): string => (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';

/** Enters through a door of the demo. */
export async function enter(url: string, door: string): Promise<Player> {
  const response = await fetch(`${url}/api/demo/doors/${door}`, { method: 'POST' });
  if (!response.ok) throw new Error(`the door ${door} answered ${response.status}`);
  return playerOf(url, cookieOf(response));
}

/** Somebody who was not here before, with a confirmed address. */
export async function signUp(url: string, name: string): Promise<Player> {
  const handle = `${name.toLowerCase()}.${randomUUID().slice(0, 6)}`;
  const body = {
    handle,
    name,
    email: `${handle}@example.test`,
    password: 'a quiet market',
    market: 'DE',
    locale: 'en',
  };
  const response = await fetch(`${url}/api/people`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ ...body, born_on: '1990-04-05' }),
  });
  if (!response.ok) throw new Error(`signing up answered ${response.status} ${await response.text()}`);
  const player = playerOf(url, cookieOf(response));
  const token = await mailed(url, handle, /verify-email[#?](?:token=)?(\S+)/);
  await player.call('POST', '/auth/verify-email', { token: decodeURIComponent(token) });
  return player;
}

/** What the newest mail to somebody says, read from the mailbox of the demo. */
export async function mailed(url: string, to: string, what: RegExp): Promise<string> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await fetch(`${url}/dev/mailbox`, { headers: { accept: 'application/json' } });
    const mails = (await answer.json()) as { recipient: string; body_text: string }[];
    for (const { recipient, body_text } of mails) {
      const found = recipient.startsWith(to) && what.exec(body_text)?.[1];
      if (found) return found;
    }
    await new Promise((resume) => setTimeout(resume, 250));
  }
  throw new Error(`no mail to ${to} says ${what}`);
}

export interface Air {
  room_id: string;
  /** No more segments; the room stays open until it is ended. */
  stop(): void;
}

/** Goes live with the demo's recording, sent as a camera would send it. */
export async function goLive(url: string, host: Player, title: string): Promise<Air> {
  const loop = readLoop();
  if (!loop) throw new Error('the demo has no recording');
  await endAll(host);
  const { room, stream_id, stream_key } = await host.call('POST', '/rooms', { title, language: 'en' });
  const run = `${url}/api/media/streams/${stream_id}/runs/${randomUUID()}`;
  const headers = { 'content-type': 'video/mp4', 'souk-stream-key': stream_key, 'souk-publisher': randomUUID() };
  const put = async (path: string, bytes: Buffer): Promise<{ next_seq: number }> => {
    const answer = await fetch(`${run}/${path}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
    return (await answer.json()) as { next_seq: number };
  };
  let { next_seq } = await put('init', loop.init);
  let stopped = false;
  const send = async (n: number): Promise<void> => {
    if (stopped) return;
    const { bytes, duration_s } = loop.segments[n % loop.segments.length] as (typeof loop.segments)[number];
    const later_s = Math.floor(n / loop.segments.length) * loop.duration_s;
    ({ next_seq } = await put(`segments/${next_seq}`, moveSegment(bytes, loop.tracks, later_s, n + 1)));
    setTimeout(() => void send(n + 1).catch(() => {}), duration_s * 1_000);
  };
  await send(0);
  return {
    room_id: room.room_id,
    stop: () => {
      stopped = true;
    },
  };
}

/** Ends what a visit that failed has left on air. */
export async function endAll(host: Player): Promise<void> {
  const { person } = await host.call('GET', '/people/me');
  const { items } = await host.call('GET', '/rooms?state=live&limit=50');
  for (const room of items) {
    if (room.host.person_id === person.person_id) await host.call('POST', `/rooms/${room.room_id}/end`);
  }
}

/** Says lines in a room and leaves. */
export async function chat(url: string, who: Player, room_id: string, lines: string[]): Promise<void> {
  const headers = { cookie: who.cookie };
  const Socket = WebSocket as unknown as new (url: string, options: object) => WebSocket;
  const socket = new Socket(`${url.replace('http', 'ws')}/api/rooms/${room_id}/socket`, { headers });
  await new Promise((resume, fail) => {
    socket.onopen = resume;
    socket.onerror = () => fail(new Error('the room has no socket'));
  });
  socket.send(JSON.stringify({ v: 1, type: 'hello' }));
  for (const text of lines) {
    await new Promise((resume) => setTimeout(resume, 1_200));
    socket.send(JSON.stringify({ v: 1, type: 'chat.send', key: randomUUID(), text }));
  }
  await new Promise((resume) => setTimeout(resume, 600));
  socket.close();
}
