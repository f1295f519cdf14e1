/** The viewers of the `room` scenario, in a process of their own: most only take bytes, one in twenty reads what they say. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import WebSocket from 'ws';
import type { Opened } from './room_server.ts';

export interface Heard {
  /** Milliseconds from the tick, and from the writing of a line, to a viewer who reads. */
  from_tick: number[];
  from_line: number[];
  frames: number;
  bytes: number;
  lines: number;
  gifts: number;
  lost: number;
}

const VIEWERS_AN_ADDRESS = 400;
const READS_ONE_IN = 20;
const JOINS_AT_ONCE = 100;
const LINE_EVERY_MS = 1_000;

const fresh = (): Heard => ({ from_tick: [], from_line: [], frames: 0, bytes: 0, lines: 0, gifts: 0, lost: 0 });
let heard = fresh();
let opened: Opened;
const sockets: (WebSocket | Socket)[] = [];

process.on(
  'message',
  (asked: { join?: { opened: Opened; viewers: number }; write?: true; take?: true; stop?: true }) => {
    if (asked.join) {
      opened = asked.join.opened;
      void join(asked.join.viewers).then(() => process.send?.({ joined: sockets.length }));
    }
    if (asked.write) write();
    if (asked.take) {
      process.send?.(heard);
      heard = fresh();
    }
    if (asked.stop) process.exit(0);
  },
);

async function join(viewers: number): Promise<void> {
  const before = sockets.length;
  for (let from = before; from < before + viewers; from += JOINS_AT_ONCE) {
    const some = Array.from({ length: Math.min(JOINS_AT_ONCE, before + viewers - from) }, (_, i) => from + i);
    await Promise.all(some.map((i) => (i % READS_ONE_IN === 0 ? read(i) : take(i))));
  }
}

const addressOf = (i: number) => `127.0.1.${1 + Math.floor(i / VIEWERS_AN_ADDRESS)}`;

/** A viewer who parses every frame. */
function read(i: number, headers: Record<string, string> = {}): Promise<WebSocket> {
  const url = `${opened.url.replace('http', 'ws')}/api/rooms/${opened.room}/socket`;
  const socket = new WebSocket(url, { localAddress: addressOf(i), perMessageDeflate: false, headers });
  sockets.push(socket);
  socket.on('message', (data: Buffer) => hear(JSON.parse(data.toString()), data.length));
  socket.on('close', () => {
    heard.lost += 1;
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      socket.send('{"v":1,"type":"hello"}');
      resolve(socket);
    });
  });
}

function hear(message: { type: string; at: string; events: { type: string; at: string }[] }, bytes: number): void {
  heard.bytes += bytes;
  if (message.type !== 'frame') return;
  const now = Date.now();
  heard.frames += 1;
  heard.from_tick.push(now - Date.parse(message.at));
  for (const event of message.events) {
    if (event.type === 'gift') heard.gifts += 1;
    if (event.type !== 'chat') continue;
    heard.lines += 1;
    heard.from_line.push(now - Date.parse(event.at));
  }
}

const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const PONG_EVERY_MS = 12_000;
const HELLO = Buffer.from('{"v":1,"type":"hello"}');

/** A viewer who only takes the bytes: the load must not cost more than the server. */
function take(i: number): Promise<void> {
  const { hostname, port, host } = new URL(opened.url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress: addressOf(i) });
    sockets.push(socket);
    socket.on('error', reject);
    socket.on('close', () => {
      heard.lost += 1;
    });
    socket.once('data', () => {
      // A masked text frame; a mask of zeros changes nothing.
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | HELLO.length, 0, 0, 0, 0]), HELLO]));
      socket.resume();
      socket.on('data', () => {});
      // Pings are not read, so pongs are sent unasked: else the server takes the viewer for gone.
      setInterval(() => socket.write(PONG), PONG_EVERY_MS).unref();
      resolve();
    });
    socket.write(
      `GET /api/rooms/${opened.room}/socket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
  });
}

/** Everyone who writes sends a line a second, each at another moment of it. */
async function write(): Promise<void> {
  const { writers } = opened;
  for (const [i, cookie] of writers.entries()) {
    const socket = await read(i, { cookie });
    socket.removeAllListeners('message');
    let n = 0;
    const line = () =>
      socket.send(
        JSON.stringify({ v: 1, type: 'chat.send', key: `bench-${i}-${n++}`, text: `This is line ${n} of many` }),
      );
    setTimeout(() => setInterval(line, LINE_EVERY_MS), (i / writers.length) * LINE_EVERY_MS);
  }
}
