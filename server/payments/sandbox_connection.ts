import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NoAnswer } from './provider.ts';
import type { Endpoint } from './sandbox_delivery.ts';

/** A provider does not get longer than this to answer (MONEY §5). */
export const PROVIDER_TIMEOUT_MS = 10_000;
/** More than this at once are never asked of a provider (MONEY §5). */
export const PROVIDER_CALLS_AT_ONCE = 64;

const START_TIMEOUT_MS = 10_000;
const HEALTH_TIMEOUT_MS = 2_000;

interface Address {
  port: number;
  token: string;
  pid: number;
}

export interface RawAnswer {
  status: number;
  text: string;
}

interface Call {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  timeout_ms?: number;
}

/** Finds the sandbox process by the address file in its folder, starts it when nobody is there, and speaks to it. */
export class SandboxConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: PROVIDER_CALLS_AT_ONCE, scheduling: 'lifo' });
  readonly #folder: string;
  readonly #now: () => Date;
  #endpoint: Endpoint | undefined;
  #connecting: Promise<Address> | undefined;

  constructor(folder: string, now: () => Date) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Where webhooks go. A process that outlived us hears of it at once, a new one when the first call starts it. */
  async setEndpoint(endpoint: Endpoint): Promise<void> {
    this.#endpoint = endpoint;
    this.#connecting = undefined;
    if (readAddress(this.#folder)) await this.connect();
  }

  connect(): Promise<Address> {
    this.#connecting ??= this.#findOrStart().catch((error) => {
      this.#connecting = undefined;
      throw error;
    });
    return this.#connecting;
  }

  /** One HTTP call. A refused connection means that nobody is there: the process is started and asked once more. */
  async call(call: Call): Promise<RawAnswer> {
    try {
      return await this.#send(await this.connect(), call);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw noAnswer(error);
      this.#connecting = undefined;
      return await this.#send(await this.connect(), call).catch((again) => {
        throw noAnswer(again);
      });
    }
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#connecting = undefined;
    await stopProcess(this.#folder);
  }

  async #findOrStart(): Promise<Address> {
    const known = readAddress(this.#folder);
    const address = known && (await this.#isAlive(known)) ? known : await this.#start();
    if (this.#endpoint) await this.#send(address, { method: 'PUT', path: '/endpoint', body: this.#endpoint });
    return address;
  }

  async #start(): Promise<Address> {
    mkdirSync(this.#folder, { recursive: true });
    const lock = join(this.#folder, 'starting');
    const starts = takeLock(lock);
    try {
      // Whoever held the lock before us let go of it once theirs was there.
      const theirs = starts && readAddress(this.#folder);
      if (theirs && (await this.#isAlive(theirs))) return theirs;
      if (starts) this.#spawn();
      for (let waited = 0; waited < START_TIMEOUT_MS; waited += 20) {
        const address = readAddress(this.#folder);
        if (address && (await this.#isAlive(address))) return address;
        await wait(20);
      }
    } finally {
      if (starts) rmSync(lock, { force: true });
    }
    // Whoever had the lock died with it: the next call starts one.
    rmSync(lock, { force: true });
    throw new NoAnswer('the sandbox payment provider did not start; see log.txt in its folder');
  }

  #spawn(): void {
    const log = openSync(join(this.#folder, 'log.txt'), 'a');
    const program = join(import.meta.dirname, 'sandbox_process.ts');
    const child = spawn(process.execPath, [program, this.#folder], { detached: true, stdio: ['ignore', log, log] });
    child.unref();
  }

  async #isAlive(address: Address): Promise<boolean> {
    const health: Call = { method: 'GET', path: '/health', timeout_ms: HEALTH_TIMEOUT_MS };
    const answer = await this.#send(address, health).catch(() => null);
    return answer?.status === 200;
  }

  #send({ port, token }: Address, { method, path, body, headers, timeout_ms }: Call): Promise<RawAnswer> {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const all = {
      ...headers,
      authorization: `Bearer ${token}`,
      'sandbox-now': String(this.#now().getTime()),
      'content-length': Buffer.byteLength(text),
    };
    return new Promise((resolve, reject) => {
      const req = request({ agent: this.#agent, host: '127.0.0.1', port, method, path, headers: all });
      const timer = setTimeout(() => req.destroy(new Error('timeout')), timeout_ms ?? PROVIDER_TIMEOUT_MS);
      req.on('error', reject);
      req.on('close', () => clearTimeout(timer));
      req.on('response', (res) => {
        let answer = '';
        res.setEncoding('utf8');
        res.on('data', (chunk) => {
          answer += chunk;
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 500, text: answer }));
        res.on('error', reject);
      });
      req.end(text);
    });
  }
}

/**
 * Two servers on one folder that start at once must not start two providers: the later one would not know what the
 * earlier one charged.
 */
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function readAddress(folder: string): Address | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'address.json'), 'utf8'));
  } catch {
    return null;
  }
}

async function stopProcess(folder: string): Promise<void> {
  const pid = readAddress(folder)?.pid;
  if (!pid) return;
  try {
    process.kill(pid, 'SIGTERM');
    for (let tries = 0; tries < 100; tries++) {
      process.kill(pid, 0);
      await wait(20);
    }
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

const noAnswer = (error: unknown): NoAnswer =>
  error instanceof NoAnswer ? error : new NoAnswer(error instanceof Error ? error.message : String(error));
