/**
 * One live room with 5,000 viewers, 10 ticks, 200 chat lines and 100 gifts a second. The server, PostgreSQL and the
 * viewers are processes of their own; what counts is the server's share of a core, delivery, and memory a viewer.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Heard } from './room_load.ts';
import type { Opened } from './room_server.ts';
import { benchCluster, cpuOf, median, quantile, type Scenario } from './scenario.ts';

const VIEWERS = Number(process.env.SOUK_BENCH_VIEWERS ?? 5_000);
const WARM = 1_000;
const WRITERS = 200;
/** What a room says in a second at most. */
const TICKS = 10;
const SETTLES_MS = 5_000;
const ROUND_MS = 10_000;
/** How long it is measured: 40 s, or so many minutes for what grows slowly. */
const MINUTES = Number(process.env.SOUK_BENCH_MINUTES ?? 0);
const ROUNDS = Math.max(4, Math.round((MINUTES * 60_000) / ROUND_MS));
/** Rounds that the table shows. */
const SHOWN = 10;

export const scenario: Scenario = {
  name: 'room',
  async run() {
    const { cluster, close } = await benchCluster();
    const data_dir = mkdtempSync(join(tmpdir(), 'souk-bench-room-'));
    const url = cluster.url('souk_app');
    const server = start('room_server.ts', [url, data_dir, String(WRITERS)], ['--expose-gc']);
    const opened = await told<Opened>(server);
    const load = start('room_load.ts', []);
    try {
      return await measure(server, load, opened, cluster.pid() ?? 0);
    } finally {
      load.send({ stop: true });
      server.send('stop');
      await new Promise((done) => server.once('exit', done));
      rmSync(data_dir, { recursive: true, force: true });
      await close();
    }
  },
};

async function measure(server: ChildProcess, load: ChildProcess, opened: Opened, postgres: number) {
  const pids = { server: server.pid as number, load: load.pid as number, postgres };
  // The first thousand also warm the process up; what each one after them costs is what counts.
  await ask(load, { join: { opened, viewers: WARM } });
  await sleep(SETTLES_MS);
  const empty = await ask<{ rss: number }>(server, 'memory');
  const began = Date.now();
  await ask(load, { join: { opened, viewers: VIEWERS - WARM } });
  console.log(`${VIEWERS} viewers joined in ${((Date.now() - began) / 1_000).toFixed(1)} s`);
  await sleep(SETTLES_MS);
  const joined = await ask<{ rss: number }>(server, 'memory');
  const a_viewer = (joined.rss - empty.rss) / (VIEWERS - WARM) / 1_000;

  load.send({ write: true });
  server.send('give');
  await sleep(SETTLES_MS);
  await ask(load, { take: true });
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(load, server, pids));
  const middle = rounds.toSorted((a, b) => a.tick_p99 - b.tick_p99)[ROUNDS >> 1] as Round;
  // From what a delivery costs: a machine that is busy otherwise makes fewer ticks, not cheaper ones.
  const a_core = rounds.map((round) => (VIEWERS * round.ticks_a_s) / TICKS / round.cpu.server);
  const every = Math.ceil(ROUNDS / SHOWN);
  const shown = rounds.filter((_, i) => i % every === 0 || i === ROUNDS - 1);
  console.table(shown.map(({ cpu, ...rest }) => ({ ...rest, ...cpu })));
  console.log(
    `memory: ${(empty.rss / 1e6).toFixed(0)} MB with ${WARM}, ${(joined.rss / 1e6).toFixed(0)} MB with ${VIEWERS}`,
  );
  return [
    { what: 'viewers a core at 10 ticks/s', reached: median(a_core), goal: 5_000 },
    { what: 'delivery p99, tick to viewer', reached: middle.tick_p99, goal: 200, unit: ' ms', lower: true },
    { what: 'memory a viewer', reached: a_viewer, goal: 12, unit: ' kB', lower: true },
    {
      what: 'memory at the end to memory at the first round',
      reached: (rounds.at(-1) as Round).rss_mb / (rounds[0] as Round).rss_mb,
      goal: 1.1,
      lower: true,
    },
    { what: 'viewers lost', reached: rounds.reduce((sum, round) => sum + round.lost, 0), goal: 0, lower: true },
  ];
}

type Round = Awaited<ReturnType<typeof oneRound>>;

async function oneRound(
  load: ChildProcess,
  server: ChildProcess,
  pids: Record<'server' | 'load' | 'postgres', number>,
) {
  const used = () => Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuOf(pid)]));
  const before = used();
  const began = performance.now();
  await sleep(ROUND_MS);
  const heard = await ask<Heard>(load, { take: true });
  const seconds = (performance.now() - began) / 1_000;
  const after = used();
  const share = (name: string) => Number((((after[name] ?? 0) - (before[name] ?? 0)) / seconds).toFixed(2));
  const { rss } = await ask<{ rss: number }>(server, 'memory');
  const readers = Math.ceil(VIEWERS / 20);
  return {
    ticks_a_s: Number((heard.frames / readers / seconds).toFixed(1)),
    lines_a_s: Number((heard.lines / readers / seconds).toFixed(1)),
    gift_events_a_s: Number((heard.gifts / readers / seconds).toFixed(1)),
    kB_a_s: Number((heard.bytes / readers / seconds / 1_000).toFixed(1)),
    tick_p50: quantile(heard.from_tick, 0.5),
    tick_p99: quantile(heard.from_tick, 0.99),
    line_p50: quantile(heard.from_line, 0.5),
    line_p99: quantile(heard.from_line, 0.99),
    lost: heard.lost,
    rss_mb: Math.round(rss / 1e6),
    cpu: { server: share('server'), load: share('load'), postgres: share('postgres') },
  };
}

function start(file: string, args: string[], execArgv: string[] = []): ChildProcess {
  return fork(resolve(import.meta.dirname, file), args, { execArgv, serialization: 'advanced' });
}

const told = <T>(child: ChildProcess): Promise<T> =>
  new Promise((done, failed) => {
    const ended = (code: number | null) => failed(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      done(message as T);
    });
  });

function ask<T>(child: ChildProcess, message: object | string): Promise<T> {
  const answer = told<T>(child);
  child.send(message);
  return answer;
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
