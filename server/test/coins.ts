/** Coins for tests, bought as people buy them: through the routes and the sandbox provider. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import { fromWire, mintId } from '../kernel/ids.ts';
import { pack, priceOf } from '../markets/index.ts';
import { sandboxOf, settled } from '../payments/index.ts';

type Person = {
  fetch(path: string, init?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Response>;
};

// biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client without types would
export type Reply = { status: number; body: any; replayed: boolean };

/** One request as this person; POSTs get a key of their own unless one is given. */
export async function ask(who: Person, method: string, path: string, body?: unknown, key?: string): Promise<Reply> {
  const reply = await who.fetch(`/api${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': key ?? mintId() }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    body: text === '' ? null : JSON.parse(text),
    replayed: reply.headers.get('idempotency-replayed') === 'true',
  };
}

/** Stores a sandbox card. @returns the method's id on the wire */
export async function storeCard(who: Person, card = 'ok'): Promise<string> {
  const { status, body } = await ask(who, 'POST', '/payment-methods', { card });
  assert.equal(status, 201);
  return body.method_id;
}

/** Buys exactly so many coins. @returns the purchase */
export async function buyCoins(who: Person, coins: bigint, market = 'DE', card = 'ok') {
  const { amount, currency } = priceOf(pack(market), coins);
  const method_id = await storeCard(who, card);
  const order = { coins: String(coins), total: { amount: String(amount), currency }, method_id, confirmed: true };
  let { status, body } = await ask(who, 'POST', '/wallet/top-ups', order);
  // On a busy machine the provider may need longer than an answer waits for it, at worst until the sweep asks again.
  for (let tries = 0; status === 202 && tries < 1_200; tries += 1) {
    await pause(100);
    const now = await ask(who, 'GET', `/wallet/top-ups/${body.top_up_id}`);
    if (now.body.state !== 'unpaid') ({ status, body } = { status: 201, body: now.body });
  }
  assert.equal(status, 201, JSON.stringify(body));
  return body as { top_up_id: string; lot_id: string; state: string };
}

export const coinsOf = async (who: Person): Promise<bigint> => BigInt((await ask(who, 'GET', '/wallet')).body.coins);

/** The bank takes the payment of a purchase back; resolves when every room has dealt with it. */
export async function chargeBack(house: { ctx: Context; drain(): Promise<void> }, lot_id: string): Promise<void> {
  const { pool } = house.ctx.db;
  const lot = fromWire('lot', lot_id);
  const { rows } = await pool.query<{ attempt_id: string }>('select attempt_id from lots where lot_id = $1', [lot]);
  await sandboxOf(house.ctx).play(rows[0]?.attempt_id as string, 'chargeback');
  // The provider tells by webhook, when it pleases.
  for (let told = false; !told; ) {
    await pause(5);
    const found = await pool.query('select from lots where lot_id = $1 and charged_back_at is not null', [lot]);
    told = found.rowCount === 1;
  }
  await settled(house.ctx);
  await house.drain();
}
