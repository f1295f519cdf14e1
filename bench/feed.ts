/**
 * Pages of 20 of For You, from 100,000 videos, over HTTP: people with tastes, follows and a history ask
 * for page after page, each stored with its reasons. First as fast as it goes, then as many a second as the goal wants.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeApp, createApp, createContext } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { countCoWatches, refreshCreators, refreshStandings } from '../server/feed/jobs.ts';
import type { Context } from '../server/kernel/context.ts';
import type { FeedLoaded, FeedOrder } from './feed_load.ts';
import { seedTown } from './feed_seed.ts';
import { benchCluster, cpuOf, type Goal, median, type Scenario } from './scenario.ts';

const VIDEOS = 100_000;
const VIEWERS = 500;
const ROUNDS = 3;
const SECONDS = 6;
const CALM = 100;

export const scenario: Scenario = {
  name: 'feed',
  async run() {
    const { cluster, close } = await benchCluster();
    const data_dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
    const config = readConfig({ SOUK_DATA_DIR: data_dir, SOUK_LOG: 'error', PORT: '0' }, ['--no-demo']);
    const ctx = createContext(config, cluster.url('souk_app'));
    const app = await createApp(ctx);
    try {
      await app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.server.address() as AddressInfo;
      const viewers = await seedTown(ctx, VIDEOS, VIEWERS);
      await standings(ctx);
      const order = { port, viewers, connections: 16 };
      await load({ ...order, seconds: 3 });
      const fast: FeedLoaded[] = [];
      for (let n = 0; n < ROUNDS; n += 1) fast.push(await round(order, cluster.pid() ?? 0));
      const calm: FeedLoaded[] = [];
      for (let n = 0; n < ROUNDS; n += 1) calm.push(await round({ ...order, rate: CALM }, cluster.pid() ?? 0));
      return [
        { what: 'pages of 20', reached: median(fast.map(({ pages }) => pages / SECONDS)), goal: 500, unit: '/s' },
        {
          what: `p99 at ${CALM} a second`,
          reached: median(calm.map(({ p99 }) => p99)),
          goal: 30,
          unit: ' ms',
          lower: true,
        },
      ] satisfies Goal[];
    } finally {
      await closeApp(app);
      await close();
      rmSync(data_dir, { recursive: true, force: true });
    }
  },
};

async function standings(ctx: Context): Promise<void> {
  const begun = performance.now();
  await refreshStandings(ctx);
  await refreshCreators(ctx);
  await countCoWatches(ctx);
  console.log(`standings and co-watching of ${VIDEOS} videos: ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
}

async function load(order: FeedOrder): Promise<FeedLoaded> {
  const child = fork(join(import.meta.dirname, 'feed_load.ts'));
  const loaded = await new Promise<FeedLoaded>((resolve) => {
    child.once('message', (message) => resolve(message as FeedLoaded));
    child.send(order);
  });
  child.kill();
  if (loaded.failed > 0) throw new Error(`${loaded.failed} pages failed`);
  return loaded;
}

async function round(order: Omit<FeedOrder, 'seconds'>, postgres: number): Promise<FeedLoaded> {
  const before = [process.cpuUsage(), cpuOf(postgres)] as const;
  const loaded = await load({ ...order, seconds: SECONDS });
  const { user, system } = process.cpuUsage(before[0]);
  const [server, database] = [(user + system) / 1e6, cpuOf(postgres) - before[1]];
  const each = (seconds: number) => ((seconds / loaded.pages) * 1_000).toFixed(2);
  console.log(
    `${order.rate ? `${order.rate} a second` : 'as fast as it goes'}: ${(loaded.pages / SECONDS).toFixed(0)} pages/s of ${(loaded.items / loaded.pages).toFixed(1)}, p50 ${loaded.p50.toFixed(1)} ms, p99 ${loaded.p99.toFixed(1)} ms, CPU a page: server ${each(server)} ms, PostgreSQL ${each(database)} ms`,
  );
  return loaded;
}
