/** One PostgreSQL cluster in its folder: making it, starting it or finding it running, stopping it. */
import {
  appendFileSync,
  chownSync,
  existsSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from './cannot_start.ts';
import { run, type SystemUser } from './postgres_home.ts';

export interface Place {
  binaries: string;
  home: string;
  cluster: string;
  log: string;
  user: SystemUser | null;
  fsync: boolean;
}

/** Recovery after a crash is bounded by max_wal_size and took seconds; a minute means that something is wrong. */
export const START_S = 60;
export const SLEEP_MS = 250;

/**
 * Made beside its place and moved there when it is whole: a crash half way leaves nothing that looks like a
 * cluster.
 */
export async function initCluster(place: Place, superuser_password: string): Promise<void> {
  const half = join(place.home, 'new');
  const password = join(place.home, 'password');
  rmSync(half, { recursive: true, force: true });
  writeFileSync(password, superuser_password, { mode: 0o600 });
  if (place.user) chownSync(password, place.user.uid, place.user.gid);
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
  const access = ['--username=postgres', `--pwfile=${password}`, '--auth=scram-sha-256'];
  const { code, output } = await run(
    join(place.binaries, 'bin', 'initdb'),
    ['-D', half, ...locale, ...access, '--no-instructions', ...(place.fsync ? [] : ['--no-sync'])],
    place.home,
    place.user,
  );
  rmSync(password, { force: true });
  if (code !== 0) throw new CannotStart(`PostgreSQL could not make its database in ${place.home}: ${lastLine(output)}`);
  appendFileSync(join(half, 'postgresql.conf'), "\ninclude = 'souk.conf'\n");
  renameSync(half, place.cluster);
}

/** Written at each start, so that a new release brings its settings along. Durability is PostgreSQL's default: full. */
function settings(port: number, fsync: boolean): string {
  const durable = ['max_wal_size = 1GB', 'min_wal_size = 256MB', 'shared_buffers = 256MB'];
  const careless = ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off', 'shared_buffers = 128MB'];
  return [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    'max_connections = 200',
    'wal_buffers = 16MB',
    'checkpoint_completion_target = 0.9',
    'random_page_cost = 1.1',
    'effective_cache_size = 1GB',
    'work_mem = 8MB',
    'maintenance_work_mem = 128MB',
    // Our statements are short: compiling one costs more than running it.
    'jit = off',
    // Hot rows are updated in place as long as vacuum keeps their pages free.
    'autovacuum_naptime = 15s',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    'log_checkpoints = off',
    // A violated constraint would write the person's values into the log otherwise.
    'log_error_verbosity = terse',
    'log_min_error_statement = panic',
    'log_min_messages = fatal',
    ...(fsync ? durable : careless),
  ].join('\n');
}

/** Starts the server, or finds it running; returns its port. */
export async function startCluster(place: Place, port: number): Promise<number> {
  const deadline = Date.now() + START_S * 1000;
  for (;;) {
    const running = runningPid(place);
    if (running) return running.port;
    // Left by a crash. PostgreSQL would believe in it when another program, or a zombie, has that process id now.
    rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
    const free = await freePort(port);
    writeFileSync(join(place.cluster, 'souk.conf'), settings(free, place.fsync));
    if (existsSync(place.log)) truncateSync(place.log);
    const { code, output } = await control(place, ['start', '-w', '-t', String(START_S), '-l', place.log]);
    if (code === 0) return free;
    const log = existsSync(place.log) ? readFileSync(place.log, 'utf8') : output;
    // After `kill -9` of the postmaster its children need a moment to notice; or another start was quicker than ours.
    const again = /pre-existing shared memory|still in use|lock file/.test(log) && Date.now() < deadline;
    if (!again) throw new CannotStart(`PostgreSQL does not start: ${lastLine(log)} (its log is ${place.log})`);
    await sleep(SLEEP_MS);
  }
}

const control = (place: Place, args: string[]) =>
  run(join(place.binaries, 'bin', 'pg_ctl'), ['-D', place.cluster, ...args], place.home, place.user);

export const stopCluster = (place: Place) => control(place, ['stop', '-m', 'fast', '-w', '-t', String(START_S)]);

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** The postmaster of this very cluster, judged by its working folder: a process id alone may be anybody's by now. */
export function runningPid(place: Place): { pid: number; port: number } | null {
  const file = join(place.cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid = 0, , , port = 0] = readFileSync(file, 'utf8').split('\n').map(Number);
  try {
    process.kill(pid, 0);
    if (existsSync('/proc/self') && readlinkSync(`/proc/${pid}/cwd`) !== place.cluster) return null;
    return { pid, port };
  } catch {
    return null;
  }
}

/** The preferred port when nobody else has it, otherwise any. */
function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (preferred && error.code === 'EADDRINUSE') resolve(freePort(0));
      else reject(error);
    });
    probe.listen(preferred, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
