/** Gifts that go back to who sent them, with the same coins of the same purchases. */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { lockAccounts } from '../ledger/index.ts';
import { coinsAccount, coinsOf, creditFrom, insertSegments, layOut, postAll } from '../wallet/index.ts';
import { type PaidPart, type Pending, pendingAccount, postReturn, returnedCoins } from './postings.ts';
import { bookedNow, earningsOf, heldBy, openEarnerAccounts, partsOfGifts } from './provenance.ts';
import { closeGifts, type Gift, insertEarnings, lockGiftsOfRoom } from './queries.ts';

const BATCH = 200;

/**
 * Returns every gift of a room, settled or not: its live was ended for a violation (FAULTS A28). What was settled is
 * taken from the earner's pending balance, or becomes a receivable. Doing it twice does nothing.
 * @returns how many were returned
 */
export async function returnGiftsOf(ctx: Context, room_id: string): Promise<number> {
  let returned = 0;
  for (;;) {
    const done = await inTx(ctx.db, async (tx) => {
      const gifts = await lockGiftsOfRoom(tx, room_id, BATCH);
      await returnGifts(tx, ctx, gifts, { undone: false });
      return gifts.length;
    });
    returned += done;
    if (done < BATCH) return returned;
  }
}

/**
 * Returns locked gifts. A gift whose coins were all charged back has nothing left to return.
 * @param how `undone`: by who sent them, within seconds; else by a decision
 * @returns coins that went back
 */
export async function returnGifts(
  tx: Tx,
  ctx: Context,
  gifts: readonly Gift[],
  how: { undone: boolean },
): Promise<bigint> {
  if (gifts.length === 0) return 0n;
  const at = ctx.clock.now();
  const all = await partsOfGifts(tx.client, gifts);
  const partsOf = (gift: Gift) => all.get(gift.gift_id) ?? [];
  const settled = gifts.filter((gift) => gift.state === 'settled');
  const booked = await bookedNow(tx, gifts, at);
  await openEarnerAccounts(tx, settled, all, at);
  const plan = (pending: Pending) =>
    gifts.flatMap((gift) => postReturn(gift, partsOf(gift), gift.state === 'settled', pending, at));
  // What an earner still holds as pending is known only under lock; which accounts that concerns is known before.
  const earners = settled.flatMap((gift) =>
    partsOf(gift).map(({ lot }) => pendingAccount(gift.receiver_id, lot.currency)),
  );
  const locked = await lockAccounts(tx, [
    ...earners,
    ...plan(new Map()).flatMap(({ debit, credit }) => [debit, credit]),
  ]);
  const posted = await postAll(tx, plan(heldBy(locked, earners)), at, locked);
  await insertSegments(
    tx,
    gifts.flatMap((gift) => segmentsOf(gift, partsOf(gift), posted)),
  );
  await closeGifts(
    tx,
    gifts.map((gift) => gift.gift_id),
    'returned',
    at,
    how.undone,
  );
  await insertEarnings(
    tx,
    settled.flatMap((gift) => earningsOf(gift, partsOf(gift), 'returned', booked)),
  );
  await emit(
    tx,
    ctx,
    gifts.map((gift) => returnedEvent(gift, how.undone)),
  );
  return coinsOf(gifts.flatMap(partsOf));
}

function segmentsOf(gift: Gift, parts: readonly PaidPart[], posted: Parameters<typeof creditFrom>[0]) {
  if (parts.length === 0) return [];
  const account_id = coinsAccount(gift.sender_id);
  return layOut(parts, creditFrom(posted, returnedCoins(gift.gift_id))).map((segment) => ({ ...segment, account_id }));
}

const returnedEvent = ({ gift_id, sender_id, receiver_id, room_id, coins }: Gift, undone: boolean): NewEvent => ({
  type: 'gift.returned',
  actor: undone ? sender_id : null,
  subject: gift_id,
  data: { sender_id, receiver_id, room_id, coins: String(coins), undone },
});
