import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkInvariants } from '../ledger/index.ts';
import { clusterOfRun, TEMPLATE } from './cluster.ts';
import { ask } from './coins.ts';
import { admin, clientOf, type TestPerson } from './harness.ts';
import { type Cast, openCast, repeatAll, startLoad } from './load.ts';
import * as processes from './processes.ts';

const SECONDS = 60;
const DATABASE = 'two_processes';

/** Every other request of the same people goes to the other server. */
function across({ wish, ...cast }: Cast, urls: string[]): Cast {
  let sent = 0;
  const at = (url: string, who: TestPerson) => clientOf(url, who);
  return {
    ...cast,
    wish() {
      const next = wish();
      sent += 1;
      return { ...next, who: at(urls[sent % urls.length] as string, next.who) };
    },
  };
}

/** Looks around at all addresses until told to stop. @returns how often each status was answered */
function startReading(who: TestPerson, urls: string[]) {
  const paths = ['/wallet', '/gifts/catalog', '/people/me', `/people/@${who.handle}`, '/orders', '/notices', '/rooms'];
  const statuses = new Map<number, number>();
  let going = true;
  const line = async () => {
    for (let n = 0; going; n += 1) {
      const { status } = await ask(
        clientOf(urls[n % urls.length] as string, who),
        'GET',
        paths[n % paths.length] ?? '',
      );
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await sleep(30);
    }
  };
  const running = line();
  return {
    statuses,
    stop: () => {
      going = false;
      return running;
    },
  };
}

test(`I4: two servers on one database: ${SECONDS} s of gifts, orders and reading without a 5xx`, async (t) => {
  const cluster = clusterOfRun();
  await admin(cluster.admin_url, `create database ${DATABASE} template ${TEMPLATE} owner souk_owner`);
  const data_dir = processes.makeDataDir();
  const [DATABASE_URL, DATABASE_OWNER_URL] = [cluster.url('souk_app', DATABASE), cluster.url('souk_owner', DATABASE)];
  const env = { SOUK_DATA_DIR: data_dir, DATABASE_URL, DATABASE_OWNER_URL };
  const servers = await Promise.all([processes.startSouk(env), processes.startSouk(env)]);
  const urls = servers.map(({ url }) => url);
  const guest = await processes.visit(DATABASE_URL);
  t.after(async () => {
    await guest.close();
    for (const server of servers) assert.equal(await server.stop('SIGTERM'), 0, server.output());
    assert.deepEqual(processes.processesOf(data_dir), [], 'no process is left');
    await admin(cluster.admin_url, `drop database ${DATABASE} with (force)`);
    processes.removeDataDir(data_dir);
  });

  const casts = await Promise.all(urls.map((url) => openCast((options) => guest.person(url, options))));
  const load = startLoad(
    casts.map((cast) => across(cast, urls)),
    6,
    20,
  );
  const reading = startReading((casts[0] as Cast).giver, urls);
  await sleep(SECONDS * 1000);
  await Promise.all([load.stop(), reading.stop()]);
  for (const statuses of [load.statuses, reading.statuses]) {
    const failed = [...statuses].filter(([status]) => status === 0 || status >= 400);
    assert.deepEqual(failed, [], servers.map((server) => server.output()).join('\n'));
  }
  t.diagnostic(`${load.done.length} gifts and orders, ${reading.statuses.get(200)} pages read`);
  load.done.splice(200);
  assert.deepEqual(await repeatAll(load), [], 'either server answers a key with what the other did');
  assert.deepEqual(await checkInvariants(guest.ctx.db.q), []);
});
