/** Souk as people run it: `node server/main.ts` in a process of its own, for tests that stop and kill it. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeApp, createApp, createContext } from '../app.ts';
import { readConfig } from '../config.ts';
import { makePerson, type PersonOptions, type TestPerson } from './harness.ts';

export const MAIN = resolve(import.meta.dirname, '../main.ts');
/** Kills itself at a named moment, see there. */
export const DYING = resolve(import.meta.dirname, 'dying_server.ts');

export interface Running {
  url: string;
  pid: number;
  /** From the command to the address on the screen. */
  started_in_ms: number;
  output(): string;
  /** @returns the exit status */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  /** The exit status, when it ends by itself. */
  exited: Promise<number | null>;
}

export interface Ended {
  code: number | null;
  output: string;
}

export function makeDataDir(): string {
  const data_dir = mkdtempSync(join(tmpdir(), 'souk-process-'));
  // As root, the user that runs PostgreSQL passes through here.
  chmodSync(data_dir, 0o711);
  return data_dir;
}

export const removeDataDir = (data_dir: string): void => rmSync(data_dir, { recursive: true, force: true });

type SystemUser = { uid: number; gid: number };

function run(env: Record<string, string>, args: string[], main = MAIN, user?: SystemUser) {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE: modules } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH,
      HOME,
      PORT: '0',
      SOUK_RTMP_PORT: '0',
      SOUK_LOG: 'error',
      ...(modules && { NODE_COMPILE_CACHE: modules }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      output += part;
    });
  }
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  return { child, output: () => output, exited };
}

/** Starts Souk and waits for the address on its screen. */
export async function startSouk(
  env: Record<string, string>,
  args = ['--no-demo'],
  main = MAIN,
  user?: SystemUser,
): Promise<Running> {
  const begun = performance.now();
  const { child, output, exited } = run(env, args, main, user);
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  for (;;) {
    const url = /Souk is open at (\S+)/.exec(output())?.[1];
    if (url && child.pid !== undefined) {
      const stop = (signal: NodeJS.Signals) => {
        child.kill(signal);
        return exited;
      };
      return { url, pid: child.pid, started_in_ms: performance.now() - begun, output, stop, exited };
    }
    if (ended || performance.now() - begun > 180_000) throw new Error(`Souk did not start:\n${output()}`);
    await sleep(20);
  }
}

/** Starts Souk where it must refuse to. */
export async function startInVain(env: Record<string, string>, args = ['--no-demo']): Promise<Ended> {
  const { output, exited } = run(env, args);
  return { code: await exited, output: output() };
}

/** The address of the embedded database, as the role that serves or as the owner. */
export function databaseOf(data_dir: string, role: 'souk_app' | 'souk_owner' = 'souk_app'): string {
  const state = JSON.parse(readFileSync(join(data_dir, 'postgres.json'), 'utf8'));
  return `postgres://${role}:${state.passwords[role]}@127.0.0.1:${state.port}/souk`;
}

export function postmasterOf(data_dir: string): number {
  return Number.parseInt(readFileSync(join(data_dir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
}

/** Processes that work in a data folder or were told of it. */
export function processesOf(data_dir: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const ours = command.includes(data_dir) || readlinkSync(`/proc/${pid}/cwd`).startsWith(data_dir);
      return ours ? [`${pid} ${command}`] : [];
    } catch {
      return [];
    }
  });
}

/** A way to make people and read rows in the house of another process. Its secret is that of development. */
export async function visit(database_url: string) {
  // A folder of its own: the provider's process belongs to the house that is visited.
  const own_dir = makeDataDir();
  const env = { SOUK_DATA_DIR: own_dir, SOUK_LOG: 'silent' };
  const ctx = createContext(readConfig(env, ['--no-demo']), database_url);
  // Mounted for what rooms do when somebody signs up; it never listens.
  const app = await createApp(ctx);
  return {
    ctx,
    person: (url: string, options?: PersonOptions): Promise<TestPerson> => makePerson(ctx, url, options),
    close: async () => {
      await closeApp(app);
      removeDataDir(own_dir);
    },
  };
}

/** Starts Souk and sends it a signal once its database runs, which is before it serves. */
export async function signalWhileStarting(data_dir: string, signal: NodeJS.Signals): Promise<Ended> {
  const { child, output, exited } = run({ SOUK_DATA_DIR: data_dir }, ['--no-demo']);
  while (!existsSync(join(data_dir, 'postgres/cluster/postmaster.pid'))) await sleep(5);
  child.kill(signal);
  return { code: await exited, output: output() };
}
