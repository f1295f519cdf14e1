/**
 * The embedded PostgreSQL: the real server, started for Souk and stopped by it. It outlives a crash of ours and is
 * adopted by the next start; several processes on one data folder share it, and the last to leave stops it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CannotStart } from './cannot_start.ts';
import { initCluster, runningPid, SLEEP_MS, START_S, startCluster, stopCluster } from './postgres_cluster.ts';
import { databaseUser, findBinaries, makeHome, type SystemUser } from './postgres_home.ts';

export type Role = 'postgres' | 'souk_owner' | 'souk_app';

export interface Cluster {
  /** The address of a database for one of the cluster's three roles; `database` is `souk` unless said otherwise. */
  url(role: Role, database?: string): string;
  /** The process id of the postmaster, to kill it in tests. */
  pid(): number | null;
  /** Stops PostgreSQL, unless another process of this data folder still uses it. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  data_dir: string;
  /** False for a cluster of tests, which nobody misses after a crash. */
  fsync?: boolean;
  /** Told what an operator should know, one line at a time. */
  say?: (line: string) => void;
}

/** Kept in `<data folder>/postgres.json`, readable by Souk's user only. */
interface State {
  /** The home of the cluster; relative when it is inside the data folder, so that the folder can be moved. */
  home: string;
  port: number;
  passwords: Record<Role, string>;
  /** Roles and database exist. */
  ready: boolean;
}

/** Starts or adopts the cluster of a data folder, and makes it when there is none. Refuses with CannotStart. */
export async function startPostgres({ data_dir, fsync = true, say = () => {} }: ClusterOptions): Promise<Cluster> {
  const user = databaseUser();
  makeDataDir(data_dir, user);
  const binaries = findBinaries(user, say);
  const state = readState(data_dir) ?? firstState(data_dir, user, say);
  const home = isAbsolute(state.home) ? state.home : join(data_dir, state.home);
  const place = { binaries, home, cluster: join(home, 'cluster'), log: join(home, 'log'), user, fsync };
  if (!existsSync(place.cluster)) {
    if (state.ready) throw new CannotStart(`The database of ${data_dir} is missing: it was kept in ${place.cluster}.`);
    await initCluster(place, state.passwords.postgres);
  }
  const save = () => writeState(data_dir, state);
  const port = () => state.port;
  const url = (role: Role, database = 'souk') =>
    `postgres://${role}:${state.passwords[role]}@127.0.0.1:${port()}/${database}`;
  const up = async () => {
    state.port = await startCluster(place, state.port);
    save();
    return connect(url('postgres', 'postgres'));
  };
  const keeper = await keep(up, say);
  if (!state.ready) {
    await provision(keeper.client(), state.passwords);
    state.ready = true;
    save();
  }
  return {
    url,
    pid: () => runningPid(place)?.pid ?? null,
    stop: async () => {
      if (await keeper.leave()) await stopCluster(place);
    },
  };
}

function makeDataDir(data_dir: string, user: SystemUser | null): void {
  try {
    // Another user must pass through to reach the cluster, but needs to see nothing.
    mkdirSync(data_dir, { recursive: true, mode: user ? 0o711 : 0o700 });
    const probe = join(data_dir, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CannotStart(
      `Souk cannot write to its data folder ${data_dir} (${code}); set SOUK_DATA_DIR to one it can.`,
    );
  }
}

const stateFile = (data_dir: string): string => join(data_dir, 'postgres.json');

function readState(data_dir: string): State | null {
  if (!existsSync(stateFile(data_dir))) return null;
  return JSON.parse(readFileSync(stateFile(data_dir), 'utf8')) as State;
}

function writeState(data_dir: string, state: State): void {
  const half = `${stateFile(data_dir)}.${process.pid}`;
  writeFileSync(half, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(half, stateFile(data_dir));
}

function firstState(data_dir: string, user: SystemUser | null, say: (line: string) => void): State {
  const home = makeHome(data_dir, user, say);
  const inside = relative(data_dir, home);
  const secret = () => randomBytes(24).toString('hex');
  const passwords = { postgres: secret(), souk_owner: secret(), souk_app: secret() };
  const state = { home: inside.startsWith('..') ? home : inside, port: 0, passwords, ready: false };
  writeState(data_dir, state);
  return state;
}

/** Connects as soon as the server takes connections; recovery after a crash may take it a while. */
async function connect(url: string): Promise<pg.Client> {
  const deadline = Date.now() + START_S * 1000;
  for (;;) {
    const client = new pg.Client({ connectionString: url, application_name: 'souk keeper', keepAlive: true });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      const { code = '' } = error as { code?: string };
      if (!['57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(code) || Date.now() > deadline) throw error;
      await sleep(SLEEP_MS);
    }
  }
}

/**
 * Holds one connection as long as we live. Its end tells that PostgreSQL died, and it is started again; the number of
 * such connections tells how many of us there are, also after a `kill -9` of one.
 */
async function keep(up: () => Promise<pg.Client>, say: (line: string) => void) {
  let leaving = false;
  let client = await up();
  const watch = () => {
    // One break is told more than once; the end follows.
    client.on('error', () => {});
    client.once('end', async () => {
      while (!leaving) {
        try {
          client = await up();
          watch();
          return;
        } catch (error) {
          say(`PostgreSQL stopped and does not come back: ${(error as Error).message}`);
          await sleep(SLEEP_MS * 4);
        }
      }
    });
  };
  watch();
  return {
    client: () => client,
    /** True when nobody else is left. */
    leave: async (): Promise<boolean> => {
      leaving = true;
      const others = await client
        .query<{ n: number }>(LEAVE)
        .then(({ rows }) => rows[0]?.n ?? 0)
        .catch(() => 0);
      await client.end().catch(() => {});
      return others === 0;
    },
  };
}

/** The name is changed before counting and in that order under one lock: of two that leave at once, one sees nobody. */
const LEAVE = `
  with held as materialized (select pg_advisory_lock(7301)),
       left_now as materialized (select set_config('application_name', 'souk leaving', false) from held)
  select count(*)::int as n from left_now, pg_stat_activity where application_name = 'souk keeper'`;

async function provision(client: pg.Client, passwords: Record<Role, string>): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles union all select 'database ' || datname from pg_database`,
  );
  const there = new Set(rows.map((row) => row.name));
  for (const role of ['souk_owner', 'souk_app'] as const) {
    if (!there.has(role)) await client.query(`create role ${role} login password '${passwords[role]}'`);
  }
  if (!there.has('database souk')) await client.query('create database souk owner souk_owner');
}
