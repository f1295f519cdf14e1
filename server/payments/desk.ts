import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../kernel/context.ts';
import type { Provider } from './provider.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { PROVIDER_CALLS_AT_ONCE } from './sandbox_connection.ts';

/** What payments keeps of a running house: the provider, and the calls under way. */
interface Desk {
  sandbox: Sandbox;
  running: Set<Promise<unknown>>;
  free: number;
  waiting: (() => void)[];
}

const desks = new WeakMap<Context, Desk>();

function deskOf(ctx: Context): Desk {
  let desk = desks.get(ctx);
  if (!desk) {
    const sandbox = createSandbox(join(ctx.config.data_dir, 'sandbox'), () => ctx.clock.now());
    desk = { sandbox, running: new Set(), free: PROVIDER_CALLS_AT_ONCE, waiting: [] };
    desks.set(ctx, desk);
  }
  return desk;
}

/** The sandbox provider with the strings by which tests and demos play the bank. */
export const sandboxOf = (ctx: Context): Sandbox => deskOf(ctx).sandbox;

/** The provider of this instance. */
export const providerOf = (ctx: Context): Provider => deskOf(ctx).sandbox;

/** The secret that the provider signs webhooks with. */
export function webhookSecret(ctx: Context): string {
  const key = createHmac('sha256', ctx.config.secret).update('payment webhooks').digest('base64');
  return `whsec_${key}`;
}

/** Runs a call to the provider; more than the allowed number at once wait their turn. */
export async function atDesk<T>(ctx: Context, call: (provider: Provider) => Promise<T>): Promise<T> {
  const desk = deskOf(ctx);
  if (desk.free > 0) desk.free -= 1;
  else await new Promise<void>((turn) => desk.waiting.push(turn));
  try {
    return await call(desk.sandbox);
  } finally {
    const next = desk.waiting.shift();
    if (next) next();
    else desk.free += 1;
  }
}

/** Work that nobody waits for, or not to its end; the house does not close before it is done. */
export function inBackground<T>(ctx: Context, work: Promise<T>): Promise<T> {
  const { running } = deskOf(ctx);
  running.add(work);
  work
    .catch((error) => ctx.log.error({ error }, 'a payment failed on our side; the sweep asks again'))
    .finally(() => running.delete(work));
  return work;
}

/** Waits for what is under way, then ends the sandbox. */
export async function closeDesk(ctx: Context): Promise<void> {
  const { running, sandbox } = deskOf(ctx);
  while (running.size > 0) await Promise.allSettled([...running]);
  await sandbox.stop();
}

/** Waits until no payment is under way; for tests. */
export async function settled(ctx: Context): Promise<void> {
  const { running } = deskOf(ctx);
  while (running.size > 0) await Promise.allSettled([...running]);
}
