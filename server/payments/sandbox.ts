import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NoAnswer, type Provider, type ProviderCharge, type ProviderRefund } from './provider.ts';
import type { SandboxCharge, SandboxRefund } from './sandbox_book.ts';
import type { Endpoint } from './sandbox_delivery.ts';

/** A provider does not get longer than this to answer (MONEY §5). */
export const PROVIDER_TIMEOUT_MS = 10_000;
/** More than this at once are never asked of a provider (MONEY §5). */
export const PROVIDER_CALLS_AT_ONCE = 64;

const START_TIMEOUT_MS = 10_000;

interface Address {
  port: number;
  token: string;
  pid: number;
}

/** The sandbox as a provider, with the strings by which demos and tests play the bank. */
export interface Sandbox extends Provider {
  /** Where webhooks go. A process that outlived us is found and told at once; a new one starts with the first call. */
  listen(endpoint: Endpoint): Promise<void>;
  /** The imaginary bank's page, and what the payer answered there. */
  bankPage(method: 'GET' | 'POST', path: string, body: string, language: string): Promise<RawAnswer>;
  play(reference: string, act: 'approve' | 'refuse' | 'chargeback' | 'bounce'): Promise<ProviderCharge>;
  settings(settings: { slow_ms?: number; hold?: boolean; reversed?: boolean }): Promise<void>;
  /** Ends the process. It keeps its file. */
  stop(): Promise<void>;
  /** The process's id, for tests that kill it. */
  pid(): Promise<number>;
}

export interface RawAnswer {
  status: number;
  text: string;
}

export function createSandbox(options: { folder: string; now: () => Date; timeout_ms?: number }): Sandbox {
  const agent = new Agent({ keepAlive: true, maxSockets: PROVIDER_CALLS_AT_ONCE, scheduling: 'lifo' });
  const timeout_ms = options.timeout_ms ?? PROVIDER_TIMEOUT_MS;
  let endpoint: Endpoint | null = null;
  let connecting: Promise<Address> | null = null;

  const connect = (): Promise<Address> => {
    connecting ??= findOrStart().catch((error) => {
      connecting = null;
      throw error;
    });
    return connecting;
  };

  async function findOrStart(): Promise<Address> {
    const address = (await alive(readAddress(options.folder))) ?? (await startProcess());
    if (endpoint) await send(address, 'PUT', '/endpoint', endpoint);
    return address;
  }

  async function startProcess(): Promise<Address> {
    mkdirSync(options.folder, { recursive: true });
    const log = openSync(join(options.folder, 'log.txt'), 'a');
    const program = join(import.meta.dirname, 'sandbox_process.ts');
    const child = spawn(process.execPath, [program, options.folder], { detached: true, stdio: ['ignore', log, log] });
    child.unref();
    const patience = AbortSignal.timeout(START_TIMEOUT_MS);
    while (!patience.aborted) {
      const address = readAddress(options.folder);
      if (address?.pid === child.pid && (await alive(address))) return address;
      await wait(20);
    }
    throw new NoAnswer('the sandbox payment provider did not start; see log.txt in its folder');
  }

  async function alive(address: Address | null): Promise<Address | null> {
    if (!address) return null;
    const answer = await send(address, 'GET', '/health', undefined, {}, 2_000).catch(() => null);
    return answer?.status === 200 ? address : null;
  }

  /** One HTTP call. A refused connection means that nobody was there: the sandbox is started and asked again once. */
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    try {
      return await send(await connect(), method, path, body, headers);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw noAnswer(error);
      connecting = null;
      return await send(await connect(), method, path, body, headers).catch((again) => {
        throw noAnswer(again);
      });
    }
  }

  function send(
    { port, token }: Address,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    limit_ms = timeout_ms,
  ): Promise<RawAnswer> {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const all = {
      ...headers,
      authorization: `Bearer ${token}`,
      'sandbox-now': String(options.now().getTime()),
      'content-length': Buffer.byteLength(text),
    };
    return new Promise((resolve, reject) => {
      const req = request({ agent, host: '127.0.0.1', port, method, path, headers: all }, (res) => {
        let answer = '';
        res.setEncoding('utf8');
        res.on('data', (chunk) => {
          answer += chunk;
        });
        res.on('end', () => {
          clearTimeout(timer);
          resolve({ status: res.statusCode ?? 500, text: answer });
        });
        res.on('error', reject);
      });
      const timer = setTimeout(() => req.destroy(new Error('timeout')), limit_ms);
      req.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      req.end(text);
    });
  }

  async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer | null> {
    const { status, text } = await call(method, path, body);
    if (status === 404) return null;
    if (status >= 300) throw new NoAnswer(`the sandbox answered ${status}`);
    return JSON.parse(text);
  }

  async function must<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await ask<Answer>(method, path, body);
    if (!answer) throw new NoAnswer('the sandbox knows nothing of it');
    return answer;
  }

  return {
    name: 'sandbox',
    charge: async ({ amount, ...order }) =>
      readCharge(await must<SandboxCharge>('POST', '/charges', { ...order, amount: String(amount) })),
    findCharge: async (reference) => {
      const found = await ask<SandboxCharge>('GET', `/charges/${reference}`);
      return found && readCharge(found);
    },
    cancelCharge: async (reference) => readCharge(await must<SandboxCharge>('POST', `/charges/${reference}/cancel`)),
    refund: async ({ amount, ...order }) =>
      readRefund(await must<SandboxRefund>('POST', '/refunds', { ...order, amount: String(amount) })),
    findRefund: async (reference) => {
      const found = await ask<SandboxRefund>('GET', `/refunds/${reference}`);
      return found && readRefund(found);
    },
    async listen(next) {
      endpoint = next;
      connecting = null;
      if (readAddress(options.folder)) await connect();
    },
    bankPage: (method, path, body, language) => call(method, path, body, { 'accept-language': language }),
    play: async (reference, act) => readCharge(await must<SandboxCharge>('POST', `/charges/${reference}/${act}`)),
    settings: async (settings) => {
      await must('PUT', '/settings', settings);
    },
    pid: async () => (await connect()).pid,
    async stop() {
      agent.destroy();
      connecting = null;
      await stopProcess(options.folder);
    },
  };
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

export function readCharge(charge: SandboxCharge): ProviderCharge {
  return {
    reference: charge.reference,
    version: charge.version,
    status: charge.status,
    amount: BigInt(charge.amount),
    currency: charge.currency,
    fee: BigInt(charge.fee),
    decline_code: charge.decline_code,
    action_url: charge.action_path,
    reversal: charge.reversal,
  };
}

export function readRefund(refund: SandboxRefund): ProviderRefund {
  return {
    reference: refund.reference,
    charge_reference: refund.charge_reference,
    amount: BigInt(refund.amount),
    status: refund.status,
  };
}
