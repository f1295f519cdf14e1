/**
 * Segment requests a second with the entitlement checked on every byte against unchecked, and the server's CPU per live
 * stream. The load is a process of its own; the two kinds of requests take turns, median of the rounds.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeApp, createApp, createContext } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { inTx } from '../server/kernel/db.ts';
import type { App } from '../server/kernel/http.ts';
import { toWire } from '../server/kernel/ids.ts';
import { createStream } from '../server/media/index.ts';
import { createPerson, mintSession } from '../server/people/index.ts';
import { makeInit, makeSegment } from '../server/test/media.ts';
import type { Order } from './media_load.ts';
import { benchCluster, type Goal, median, type Scenario } from './scenario.ts';

const ROUNDS = 3;
const ROUND_MS = 5_000;
const CONNECTIONS = 32;
const STREAMS = 10;
const STREAM_S = 10;
/** Bytes of noise a frame: a segment of about 125 kB, 1 Mbit/s. */
const NOISE = 1_200;

export const scenario: Scenario = {
  name: 'media',
  async run() {
    const { cluster, close } = await benchCluster();
    const env = { PORT: '0', SOUK_DATA_DIR: `/tmp/souk-bench-media-${process.pid}`, SOUK_LOG: 'error' };
    const app = await createApp(createContext(readConfig(env, ['--no-demo']), cluster.url('souk_app')));
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    try {
      return await measure(app, url);
    } finally {
      await closeApp(app);
      await close();
    }
  },
};

async function measure(app: App, url: string): Promise<Goal[]> {
  const { owner_id, cookie } = await somebody(app);
  const cpu = await ingestCost(app, owner_id);
  const open = await recorded(app, url, owner_id, false);
  const guarded = await recorded(app, url, owner_id, true);
  const rounds: { unchecked: Load[]; checked: Load[] } = { unchecked: [], checked: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.unchecked.push(await load({ urls: open, cookie, connections: CONNECTIONS, ms: ROUND_MS }));
    rounds.checked.push(await load({ urls: guarded, cookie, connections: CONNECTIONS, ms: ROUND_MS }));
  }
  const tell = (name: string, loads: Load[]) => {
    const middle = { rate: median(loads.map(({ rate }) => rate)), cpu_us: median(loads.map(({ cpu_us }) => cpu_us)) };
    process.stdout.write(`${name}: ${Math.round(middle.rate)}/s, ${Math.round(middle.cpu_us)} µs of CPU each\n`);
    return middle;
  };
  process.stdout.write(`segments of 125 kB, ${CONNECTIONS} connections\n`);
  const unchecked = tell('unchecked', rounds.unchecked);
  const checked = tell('checked', rounds.checked);
  // By CPU, which other work on the machine does not touch.
  const dearer = (checked.cpu_us / unchecked.cpu_us - 1) * 100;
  process.stdout.write(`${STREAMS} streams of 1 Mbit/s: ${cpu.toFixed(2)} % of a core each\n`);
  return [
    { what: 'segments_checked', reached: checked.rate, goal: 2_000, unit: '/s' },
    { what: 'check_costs', reached: dearer, goal: 10, unit: '%', lower: true },
    { what: 'cpu_per_stream', reached: cpu, goal: 1, unit: '% of a core', lower: true },
  ];
}

async function somebody(app: App): Promise<{ owner_id: string; cookie: string }> {
  const owner_id = await inTx(app.souk.db, (tx) =>
    createPerson(app.souk, tx, {
      ...{ handle: 'bench', name: 'Bench', email: 'bench@example.test', email_verified: true, password_hash: null },
      ...{ market: 'DE', locale: 'en', born_on: '1990-01-01' },
    }),
  );
  return { owner_id, cookie: await mintSession(app.souk, owner_id) };
}

async function publisher(app: App, owner_id: string, is_protected: boolean) {
  const made = await inTx(app.souk.db, (tx) => createStream(tx, app.souk, { owner_id, is_protected }));
  const stream = toWire('stream', made.stream_id);
  const base = `/api/media/streams/${stream}/runs/${randomUUID()}`;
  const headers = { 'content-type': 'video/mp4', 'souk-stream-key': made.key, 'souk-publisher': randomUUID() };
  const put = async (path: string, payload: Buffer) => {
    const { statusCode, body } = await app.inject({ method: 'PUT', url: `${base}/${path}`, headers, payload });
    if (statusCode !== 200) throw new Error(body);
  };
  await put('init', makeInit());
  return { stream, send: (n: number) => put(`segments/${n}`, makeSegment(n, 1, undefined, NOISE)) };
}

/** The server's CPU in percent of a core, for a stream that sends a segment a second. */
async function ingestCost(app: App, owner_id: string): Promise<number> {
  const streams = await Promise.all(Array.from({ length: STREAMS }, () => publisher(app, owner_id, false)));
  const began = performance.now();
  const before = process.cpuUsage();
  for (let n = 0; n < STREAM_S; n += 1) {
    await Promise.all(streams.map(({ send }) => send(n)));
    await sleep(Math.max(0, began + (n + 1) * 1_000 - performance.now()));
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1_000 / (performance.now() - began) / STREAMS) * 100;
}

async function recorded(app: App, url: string, owner_id: string, is_protected: boolean): Promise<string[]> {
  const { stream, send } = await publisher(app, owner_id, is_protected);
  for (let n = 0; n < 10; n += 1) await send(n);
  return Array.from({ length: 10 }, (_, n) => `${url}/media/streams/${stream}/seg-${n}.m4s`);
}

interface Load {
  rate: number;
  /** The server's CPU a request, in microseconds. */
  cpu_us: number;
}

async function load(order: Order): Promise<Load> {
  const child = fork(join(import.meta.dirname, 'media_load.ts'));
  const before = process.cpuUsage();
  const told = await new Promise<{ answered: number; failed: number }>((resolve) => {
    child.once('message', (message) => resolve(message as { answered: number; failed: number }));
    child.send(order);
  });
  child.kill();
  if (told.failed > 0) throw new Error(`${told.failed} requests failed`);
  const { user, system } = process.cpuUsage(before);
  return { rate: told.answered / (order.ms / 1_000), cpu_us: (user + system) / told.answered };
}
