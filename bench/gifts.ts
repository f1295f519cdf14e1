/**
 * Acknowledged, durable gifts a second through room sockets, against TPC-B-like transactions of the same PostgreSQL
 * through the same driver, interleaved. The load is a process of its own on the same cores.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type pg from 'pg';
import { closeApp, createApp, createContext } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import type { Context } from '../server/kernel/context.ts';
import { createPool } from '../server/kernel/db.ts';
import { checkInvariants } from '../server/ledger/index.ts';
import type { LoadOrder, LoadResult, LoadRound } from './gifts_load.ts';
import { seedGivers } from './gifts_seed.ts';
import { benchCluster, cpuOf, type Goal, median, type Scenario } from './scenario.ts';

/** A person may send twenty gifts a second: more people than the goal needs, so that nobody is refused. */
const GIVERS = 480;
const ROOMS = 80;
const WINDOW = 4;
const ROUNDS = 3;
const SECONDS = 6;
const TPCB_CONNECTIONS = 16;
/** As the baseline of the goals: 5,000,000 accounts, more than the shared buffers hold. */
const SCALE = 50;

export const scenario: Scenario = {
  name: 'gifts',
  async run() {
    const { cluster, close } = await benchCluster();
    const config = readConfig(
      { PORT: '0', SOUK_LOG: 'error', SOUK_DATA_DIR: `/tmp/souk-bench-gifts-${process.pid}` },
      [],
    );
    const ctx = createContext({ ...config, demo: false }, cluster.url('souk_app'));
    const app = await createApp(ctx);
    const load = fork(join(import.meta.dirname, 'gifts_load.ts'));
    const tpcb = createPool(cluster.url('souk_owner'), TPCB_CONNECTIONS, 'bench tpc-b');
    try {
      const url = await app.listen({ port: 0, host: '127.0.0.1' });
      ctx.relay.start();
      await fillTpcb(tpcb);
      const order: LoadOrder = { url, people: await seedGivers(ctx, GIVERS, ROOMS) };
      await ask<string>(load, order);
      return await measure(ctx, load, tpcb, cluster.pid() ?? 0);
    } finally {
      load.kill();
      await tpcb.end();
      await closeApp(app);
      await close();
    }
  },
};

/** A rate, and what one costs in CPU time of all processes: a figure that other work on the machine does not change. */
type Costed = { rate: number; cpu_us: number };

async function measure(ctx: Context, load: ChildProcess, tpcb: pg.Pool, postgres: number): Promise<Goal[]> {
  const base: Costed[] = [];
  const gifts: (LoadResult & Costed)[] = [];
  const before = { ...ctx.batchers.stats().gifts };
  for (let round = 0; round < ROUNDS; round += 1) {
    base.push(await tpcbRate(tpcb, postgres));
    gifts.push(await watched(`${WINDOW} unanswered on each of ${GIVERS} sockets`, load, postgres, { window: WINDOW }));
  }
  const { items = 0, batches = 1, statements = 0 } = ctx.batchers.stats().gifts ?? before;
  const [tps, rate] = [median(base.map((one) => one.rate)), median(gifts.map((one) => one.rate))];
  const calm = await watched('70 % of that, as it comes', load, postgres, { rate: 0.7 * rate });
  console.log(
    `TPC-B-like, ${TPCB_CONNECTIONS} connections, scale ${SCALE}: ${tps.toFixed(0)}/s (${base.map((one) => one.rate.toFixed(0)).join(', ')})`,
  );
  const [a_gift, a_transaction] = [gifts, base].map((all) => median(all.map((one) => one.cpu_us)));
  console.log(
    `CPU of all processes: ${a_gift?.toFixed(0)} us a gift, ${a_transaction?.toFixed(0)} us a TPC-B-like transaction`,
  );
  console.log(`mean batch ${Math.round(items / batches)}, ${(statements / items).toFixed(4)} statements a gift`);
  const faults = await checkInvariants(ctx.db.q);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return [
    { what: 'acknowledged gifts to TPC-B', reached: rate / tps, goal: 3, unit: 'x' },
    { what: 'p99 at 70 %', reached: calm.p99, goal: 250, unit: ' ms', lower: true },
  ];
}

async function watched(what: string, load: ChildProcess, postgres: number, round: Omit<LoadRound, 'seconds'>) {
  const cpu = [process.cpuUsage(), cpuOf(postgres)] as const;
  const start = performance.now();
  const result = await ask<LoadResult>(load, { ...round, seconds: SECONDS });
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu[0]);
  const server = ((user + system) / 1e6 / seconds).toFixed(2);
  const database_s = cpuOf(postgres) - cpu[1];
  const database = (database_s / seconds).toFixed(2);
  const all_s = (user + system) / 1e6 + database_s + result.cpu * seconds;
  console.log(
    `${what}: ${result.rate.toFixed(0)} gifts/s, p50 ${result.p50.toFixed(0)} ms, p99 ${result.p99.toFixed(0)} ms, ` +
      `${result.refused} refused; CPU server ${server}, PostgreSQL ${database}, load ${result.cpu.toFixed(2)}`,
  );
  if (result.refused > 0) throw new Error('a gift of the bench was refused');
  return { ...result, cpu_us: (all_s * 1e6) / (result.rate * seconds) };
}

const ask = <T>(load: ChildProcess, message: LoadOrder | LoadRound): Promise<T> =>
  new Promise((resolve, reject) => {
    load.once('message', (answer) => resolve(answer as T));
    load.once('exit', () => reject(new Error('the load ended')));
    load.send(message);
  });

/** pgbench's tables at its scale; the history has no index, as there. */
async function fillTpcb(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  await client.query('set statement_timeout = 0');
  await client.query(`create schema tpcb;
    create table tpcb.branches (bid int primary key, balance int not null) with (fillfactor = 100);
    create table tpcb.tellers (tid int primary key, bid int not null, balance int not null);
    create table tpcb.accounts (aid int primary key, bid int not null, balance int not null, filler char(84) not null);
    create table tpcb.history (tid int, bid int, aid int, delta int, at timestamptz);
    insert into tpcb.branches select b, 0 from generate_series(1, ${SCALE}) b;
    insert into tpcb.tellers select t, (t - 1) / 10 + 1, 0 from generate_series(1, ${SCALE * 10}) t;
    insert into tpcb.accounts select a, (a - 1) / 100000 + 1, 0, '' from generate_series(1, ${SCALE * 100_000}) a`);
  await client.query('vacuum analyze');
  client.release();
}

/** The seven statements of pgbench's built-in script, prepared, on as many connections as serve best here. */
async function tpcbRate(pool: pg.Pool, postgres: number): Promise<Costed> {
  const cpu = [process.cpuUsage(), cpuOf(postgres)] as const;
  const until = performance.now() + SECONDS * 1_000;
  const done = await Promise.all(Array.from({ length: TPCB_CONNECTIONS }, () => tpcbClient(pool, until)));
  const { user, system } = process.cpuUsage(cpu[0]);
  const transactions = done.reduce((a, b) => a + b, 0);
  const cpu_s = (user + system) / 1e6 + cpuOf(postgres) - cpu[1];
  return { rate: transactions / SECONDS, cpu_us: (cpu_s * 1e6) / transactions };
}

const TPCB = {
  debit: 'update tpcb.accounts set balance = balance + $2 where aid = $1',
  read: 'select balance from tpcb.accounts where aid = $1',
  teller: 'update tpcb.tellers set balance = balance + $2 where tid = $1',
  branch: 'update tpcb.branches set balance = balance + $2 where bid = $1',
  history: 'insert into tpcb.history (tid, bid, aid, delta, at) values ($1, $2, $3, $4, current_timestamp)',
};

async function tpcbClient(pool: pg.Pool, until: number): Promise<number> {
  const client = await pool.connect();
  const any = (n: number) => 1 + Math.floor(Math.random() * n);
  const run = (name: keyof typeof TPCB, values: number[]) => client.query({ name, text: TPCB[name], values });
  let done = 0;
  for (; performance.now() < until; done += 1) {
    const [aid, tid, bid, delta] = [any(SCALE * 100_000), any(SCALE * 10), any(SCALE), any(10_000) - 5_000];
    await client.query('begin');
    await run('debit', [aid, delta]);
    await run('read', [aid]);
    await run('teller', [tid, delta]);
    await run('branch', [bid, delta]);
    await run('history', [tid, bid, aid, delta]);
    await client.query('commit');
  }
  client.release();
  return done;
}
