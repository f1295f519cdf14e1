/** People with coins and live rooms for the gifts bench, made by the house's own verbs in large transactions. */
import type { Context } from '../server/kernel/context.ts';
import { inTx, type Tx } from '../server/kernel/db.ts';
import { mintId, toWire } from '../server/kernel/ids.ts';
import { post } from '../server/ledger/index.ts';
import { reserveAttempts } from '../server/payments/index.ts';
import { createPerson, mintSession } from '../server/people/index.ts';
import { startRoom } from '../server/rooms/index.ts';
import { insertTopUp } from '../server/wallet/queries.ts';
import { onTopUpOutcome } from '../server/wallet/top_ups.ts';
import type { LoadOrder } from './gifts_load.ts';

const COINS = 7_000n;
const TOTAL = 9_800n;
const VAT = 1_565n;

/** @returns cookies, each with the room its socket sends to */
export async function seedGivers(ctx: Context, givers: number, rooms: number): Promise<LoadOrder['people']> {
  const people = await seedPeople(ctx, givers + rooms);
  const hosts = people.slice(0, rooms);
  const open: string[] = [];
  for (const host of hosts) {
    const { room } = await startRoom(ctx, host, { title: 'bench', language: 'en' });
    open.push(room.room_id);
  }
  await ctx.db.pool.query(`update rooms set state = 'live', started_at = $1`, [ctx.clock.now()]);
  const order: LoadOrder['people'] = [];
  for (const [i, person_id] of people.slice(rooms).entries()) {
    await inTx(ctx.db, (tx) => buy(tx, ctx, person_id));
    order.push({ cookie: await mintSession(ctx, person_id), room: toWire('room', open[i % rooms] as string) });
  }
  await ctx.db.pool.query('analyze');
  return order;
}

async function seedPeople(ctx: Context, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    await inTx(ctx.db, async (tx) => {
      const handle = `bench_${ids.length}`;
      const who = { handle, name: handle, email: `${handle}@example.test`, email_verified: true, password_hash: null };
      ids.push(await createPerson(ctx, tx, { ...who, market: 'DE', locale: 'en', born_on: '1990-01-01' }));
    });
  }
  return ids;
}

/** A captured top-up, as payments would have told it. */
async function buy(tx: Tx, ctx: Context, person_id: string): Promise<void> {
  const now = ctx.clock.now();
  const [attempt_id, top_up_id, method_id] = [mintId(), mintId(), mintId()];
  const method = { method_id, provider: 'sandbox', token: 'demo_card_ok' };
  await tx.client.query(
    `insert into payment_methods (method_id, person_id, provider, token, brand, last4, created_at)
     values ($1, $2, 'sandbox', 'demo_card_ok', 'Demo Visa', '4242', $3)`,
    [method_id, person_id, now],
  );
  const draft = {
    attempt_id,
    purpose: 'top_up',
    thing_id: top_up_id,
    person_id,
    method,
    amount: TOTAL,
    currency: 'EUR',
  };
  const [attempt] = await reserveAttempts(tx, ctx, [{ ...draft, expires_at: now }]);
  if (!attempt) throw new Error('no attempt');
  await tx.client.query(`update payment_attempts set state = 'captured', ask_at = null where attempt_id = $1`, [
    attempt_id,
  ]);
  const terms = { market: 'DE', coins: COINS, total_minor: TOTAL, vat_minor: VAT, vat_bps: 1_900, currency: 'EUR' };
  const row = {
    top_up_id,
    person_id,
    ...terms,
    state: 'unpaid' as const,
    attempt_id,
    request_key: top_up_id,
    body_hash: '',
  };
  await insertTopUp(tx, { ...row, created_at: now, closed_at: null });
  const captured = {
    kind: 'captured' as const,
    attempt: { ...attempt, state: 'captured' as const },
    amount: TOTAL,
    refund_id: null,
  };
  const effects = await onTopUpOutcome(tx, ctx, [captured]);
  const verdicts = await post(tx, effects.transfers, now);
  await effects.after?.(new Map(effects.transfers.map(({ transfer_id }, i) => [transfer_id, verdicts[i]!])));
}
