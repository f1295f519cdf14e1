/** After the hold a gift's coins become money: the creator's part is theirs, the platform's is revenue. */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { plant } from '../kernel/plant.ts';
import { lockAccounts } from '../ledger/index.ts';
import { postAll } from '../wallet/index.ts';
import { type Owed, postNetted } from './netting_postings.ts';
import { type PaidPart, postSettle, receivableAccount } from './postings.ts';
import { bookedNow, earningsOf, heldBy, openEarnerAccounts, partsOfGifts } from './provenance.ts';
import { closeGifts, type Gift, insertEarnings, lockDueGifts } from './queries.ts';

const BATCH = 500;

/**
 * Settles gifts whose hold is over, in batches; two sweeps at once share the work. A return and a chargeback lock the
 * same rows, so each gift ends in one way.
 * @returns how many were settled
 */
export async function settleDue(ctx: Context, now: Date, limit = 100_000): Promise<number> {
  let settled = 0;
  while (settled < limit) {
    const size = Math.min(BATCH, limit - settled);
    const done = await inTx(ctx.db, (tx) => settleBatch(tx, ctx, now, size));
    settled += done;
    if (done < size) break;
  }
  return settled;
}

async function settleBatch(tx: Tx, ctx: Context, now: Date, size: number): Promise<number> {
  const gifts = await lockDueGifts(tx, plant('gifts.settles_early') ? new Date(8.64e15) : now, size);
  if (gifts.length === 0) return 0;
  const parts = await partsOfGifts(tx.client, gifts);
  const booked = await bookedNow(tx, gifts, now);
  await openEarnerAccounts(tx, gifts, parts, now);
  await book(tx, gifts, parts, now);
  await closeGifts(
    tx,
    gifts.map((gift) => gift.gift_id),
    plant('gifts.stays_open') ? 'sent' : 'settled',
    now,
  );
  await insertEarnings(
    tx,
    gifts.flatMap((gift) => earningsOf(gift, parts.get(gift.gift_id) ?? [], 'settled', booked)),
  );
  await emit(tx, ctx, gifts.map(settledEvent));
  return gifts.length;
}

/** Posts what the gifts are worth, and at once takes from it what their earners owe. */
async function book(tx: Tx, gifts: readonly Gift[], parts: ReadonlyMap<string, PaidPart[]>, now: Date): Promise<void> {
  const partsOf = (gift: Gift) => parts.get(gift.gift_id) ?? [];
  const settled = gifts.flatMap((gift) => postSettle(gift, partsOf(gift), now));
  const receivables = gifts.flatMap((gift) =>
    partsOf(gift).map(({ lot }) => receivableAccount(gift.receiver_id, lot.currency)),
  );
  const touched = settled.flatMap(({ debit, credit }) => [debit, credit]);
  const locked = await lockAccounts(tx, [...touched, ...receivables]);
  const owed: Owed = new Map();
  for (const [id, balance] of heldBy(locked, receivables)) owed.set(id, balance < 0n ? -balance : 0n);
  const netted = gifts.flatMap((gift) => postNetted(gift, partsOf(gift), owed, now));
  await postAll(tx, [...settled, ...netted], now, locked);
}

const settledEvent = ({ gift_id, receiver_id, coins }: Gift): NewEvent => ({
  type: 'gift.settled',
  actor: null,
  subject: gift_id,
  data: { receiver_id, coins: String(coins) },
});
