/**
 * Watch events a second, accepted and added up: players, half of them signed in, report over HTTP what they played of
 * 10,000 videos of which a few are watched by most. Afterwards the sums must be what was accepted.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeApp, createApp, createContext } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import type { Context } from '../server/kernel/context.ts';
import { inTx } from '../server/kernel/db.ts';
import { mintId, toWire } from '../server/kernel/ids.ts';
import { encodeCursor } from '../server/kernel/paging.ts';
import { createPerson, mintSession } from '../server/people/index.ts';
import { seedVideos } from '../server/test/videos.ts';
import { benchCluster, cpuOf, type Goal, median, type Scenario } from './scenario.ts';
import type { WatchLoaded, WatchOrder } from './watch_load.ts';

const VIDEOS = 10_000;
const PLAYERS = 64;
const EVENTS = 50;
const ROUNDS = 3;
const SECONDS = 6;

export const scenario: Scenario = {
  name: 'watch',
  async run() {
    const { cluster, close } = await benchCluster();
    const data_dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
    const config = readConfig({ SOUK_DATA_DIR: data_dir, SOUK_LOG: 'error', PORT: '0' }, ['--no-demo']);
    const ctx = createContext(config, cluster.url('souk_app'));
    const app = await createApp(ctx);
    try {
      await app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.server.address() as AddressInfo;
      const order = { port, ...(await seed(ctx)), events: EVENTS };
      await load({ ...order, seconds: 2 });
      const rounds = [];
      for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round(order, cluster.pid() ?? 0));
      await checkSums(ctx);
      const { items = 0, batches = 1, statements = 0 } = ctx.batchers.stats().watch ?? {};
      console.log(
        `mean batch ${(items / batches).toFixed(1)} reports, ${(statements / items).toFixed(2)} statements each`,
      );
      return [{ what: 'events accepted', reached: median(rounds), goal: 10_000, unit: '/s' }] satisfies Goal[];
    } finally {
      await closeApp(app);
      await close();
      rmSync(data_dir, { recursive: true, force: true });
    }
  },
};

async function seed(ctx: Context): Promise<Pick<WatchOrder, 'players' | 'videos'>> {
  const people: string[] = [];
  for (let n = 0; n < PLAYERS; n += 1) {
    const who = { handle: `bench_${n}`, name: 'Bench', email: `bench_${n}@example.test`, email_verified: true };
    const rest = { password_hash: null, market: 'DE', locale: 'en', born_on: '1990-01-01' } as const;
    people.push(await inTx(ctx.db, (tx) => createPerson(ctx, tx, { ...who, ...rest })));
  }
  const wanted = Array.from({ length: VIDEOS }, (_, n) => ({ person_id: people[n % PLAYERS] as string }));
  const videos = (await seedVideos(ctx, wanted)).map((id) => toWire('video', id));
  await ctx.db.pool.query('analyze');
  const players = await Promise.all(
    people.map(async (person_id, n) => ({
      // Begun long ago, so that what they claim to have played can be true.
      visit: encodeCursor(ctx.config, ['visit', mintId(), Date.now() - 11 * 3_600_000]),
      cookie: n % 2 === 0 ? await mintSession(ctx, person_id) : null,
    })),
  );
  return { players, videos };
}

async function load(order: WatchOrder): Promise<WatchLoaded> {
  const child = fork(join(import.meta.dirname, 'watch_load.ts'));
  const loaded = await new Promise<WatchLoaded>((resolve) => {
    child.once('message', (message) => resolve(message as WatchLoaded));
    child.send(order);
  });
  child.kill();
  if (loaded.failed > 0) throw new Error(`${loaded.failed} reports failed`);
  total += loaded.accepted;
  return loaded;
}

let total = 0;

async function round(order: Omit<WatchOrder, 'seconds'>, postgres: number): Promise<number> {
  const before = [process.cpuUsage(), cpuOf(postgres)] as const;
  const { accepted, p50, p99 } = await load({ ...order, seconds: SECONDS });
  const { user, system } = process.cpuUsage(before[0]);
  const [server, database] = [(user + system) / 1e6 / SECONDS, (cpuOf(postgres) - before[1]) / SECONDS];
  const rate = accepted / SECONDS;
  console.log(
    `${PLAYERS} players, ${EVENTS} events a report: ${rate.toFixed(0)} events/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, cores: server ${server.toFixed(2)}, PostgreSQL ${database.toFixed(2)}`,
  );
  return rate;
}

/** What the tables say against each other: nothing is lost between a watch, its session, its hour and its views. */
async function checkSums(ctx: Context): Promise<void> {
  const { rows } = await ctx.db.pool.query<{ watches: bigint; sessions: bigint; hours: bigint; views: bigint[] }>(
    `select (select sum(watched_ms)::bigint from watches) as watches,
       (select sum(watched_ms)::bigint from playback_sessions) as sessions,
       (select sum(watched_ms)::bigint from video_hours) as hours,
       array[(select sum(views)::bigint from video_counts), (select sum(views)::bigint from video_hours)] as views`,
  );
  const { watches, sessions, hours, views } = rows[0] ?? {};
  if (watches !== sessions || sessions !== hours || String(views?.[0]) !== String(views?.[1])) {
    throw new Error(`sums differ: ${watches} ${sessions} ${hours} ${views}`);
  }
  console.log(`${total} events accepted; the sums of watches, sessions, hours and views agree`);
}
