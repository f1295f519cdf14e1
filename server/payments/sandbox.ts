import { NoAnswer, type Provider, type ProviderCharge, type ProviderRefund } from './provider.ts';
import type { SandboxCharge, SandboxRefund, SandboxSettings } from './sandbox_book.ts';
import { type RawAnswer, SandboxConnection } from './sandbox_connection.ts';
import type { Endpoint } from './sandbox_delivery.ts';

/** The sandbox as a provider, with the strings by which demos and tests play the bank. */
export interface Sandbox extends Provider {
  /** Where webhooks go. */
  listen(endpoint: Endpoint): Promise<void>;
  /** The imaginary bank's page, and what the payer answered there. */
  bankPage(method: 'GET' | 'POST', path: string, body: string, language: string): Promise<RawAnswer>;
  /** Lets the payer or the bank act on a charge. */
  play(reference: string, act: 'approve' | 'refuse' | 'chargeback' | 'bounce'): Promise<ProviderCharge>;
  settings(settings: SandboxSettings): Promise<void>;
  /** The id of the process, for tests that kill it. */
  pid(): Promise<number>;
  /** Ends the process. Its file stays. */
  stop(): Promise<void>;
}

export function createSandbox(folder: string, now: () => Date): Sandbox {
  const connection = new SandboxConnection(folder, now);

  async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer | null> {
    const { status, text } = await connection.call({ method, path, body });
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
    listen: (endpoint) => connection.setEndpoint(endpoint),
    bankPage: (method, path, body, language) =>
      connection.call({ method, path, body, headers: { 'accept-language': language } }),
    play: async (reference, act) => readCharge(await must<SandboxCharge>('POST', `/charges/${reference}/${act}`)),
    settings: async (settings) => {
      await must('PUT', '/settings', settings);
    },
    pid: async () => (await connection.connect()).pid,
    stop: () => connection.stop(),
  };
}

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
