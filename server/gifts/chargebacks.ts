/** A bank took the payment of a lot back: its coins are unwound wherever they are, stretch by stretch. */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { lockAccounts } from '../ledger/index.ts';
import {
  coinsOf,
  giftCoinsAccount,
  insertBurns,
  type Leg,
  type Lot,
  legsToTransfers,
  lockLot,
  postAll,
  recordTakeOut,
  reversalOf,
  takeOutAccounts,
  takeOutLegs,
  unspentLine,
  unspentOf,
} from '../wallet/index.ts';
import {
  legsOfReversal,
  type PaidPart,
  type Pending,
  pendingAccount,
  receivableAccount,
  revenueAccount,
} from './postings.ts';
import { type Booked, bookedNow, earningsOf, heldBy, openEarnerAccounts, partsOfGifts } from './provenance.ts';
import { closeGifts, findGiftsOfLot, type Gift, insertEarnings, lockGifts } from './queries.ts';

/**
 * Takes all that is left of a lot out of the house (FAULTS A17): unspent coins leave their owner's line, coins of gifts
 * that wait are burnt, and what was settled is taken back from creator and platform, by (lot, interval) and never by
 * whole gift. Doing it twice does nothing.
 */
export async function chargeBackLot(ctx: Context, lot_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const lot = await lockLot(tx, lot_id);
    if (!lot?.charged_back_at) return;
    const gifts = await lockGifts(tx, await findGiftsOfLot(tx, lot_id, lot.person_id));
    await unwind(tx, ctx, lot, gifts);
  });
}

async function unwind(tx: Tx, ctx: Context, lot: Lot, gifts: readonly Gift[]): Promise<void> {
  const at = ctx.clock.now();
  const all = await partsOfGifts(tx.client, gifts);
  const hit = gifts.map(
    (gift): Hit => ({ gift, parts: ofLot(lot, all.get(gift.gift_id)), whole: onlyOf(lot, all, gift) }),
  );
  const booked = await bookedNow(tx, gifts, at);
  await openEarnerAccounts(tx, gifts, all, at);
  const locked = await lockAccounts(tx, accountsOf(lot, gifts));
  // Until the line was locked another gift may have taken coins of this lot.
  if ((await findGiftsOfLot(tx, lot.lot_id, lot.person_id)).length > gifts.length) throw new SentMeanwhile();
  const unspent = unspentOf(lot, await unspentLine(tx, lot.person_id, locked));
  const pending = heldBy(
    locked,
    gifts.map(({ receiver_id }) => pendingAccount(receiver_id, lot.currency)),
  );
  const legs = [...takeOutLegs('chargeback', lot, unspent), ...hit.flatMap((one) => legsOfHit(one, pending))];
  if (legs.length === 0) return;
  const group_id = reversalOf(lot.lot_id);
  const posted = await postAll(tx, legsToTransfers({ group_id, ref: group_id, event_at: at }, legs), at, locked);
  await recordTakeOut(tx, lot, unspent, { group_id, posted, reason: 'charged_back', at });
  await recordHits(tx, ctx, hit, { group_id, booked });
}

/** A gift that holds coins of the lot: which, and whether it holds no others. */
type Hit = { gift: Gift; parts: PaidPart[]; whole: boolean };

const ofLot = (lot: Lot, parts: PaidPart[] = []): PaidPart[] => parts.filter((part) => part.lot_id === lot.lot_id);
const onlyOf = (lot: Lot, all: Map<string, PaidPart[]>, { gift_id }: Gift): boolean =>
  (all.get(gift_id) ?? []).every((part) => part.lot_id === lot.lot_id);

/** Asks `inTx` to run the work again. */
class SentMeanwhile extends Error {
  readonly code = '40001';
}

const accountsOf = (lot: Lot, gifts: readonly Gift[]): string[] => [
  ...takeOutAccounts(lot),
  revenueAccount(lot.currency),
  ...gifts.flatMap(({ receiver_id }) => [
    giftCoinsAccount(receiver_id),
    pendingAccount(receiver_id, lot.currency),
    receivableAccount(receiver_id, lot.currency),
  ]),
];

const legsOfHit = ({ gift, parts }: Hit, pending: Pending): Leg[] =>
  parts.flatMap((part) => legsOfReversal(gift, part, gift.state === 'settled', pending));

async function recordHits(
  tx: Tx,
  ctx: Context,
  hit: Hit[],
  { group_id, booked }: { group_id: string; booked: Booked },
) {
  const gone = hit.flatMap(({ parts }) => parts);
  const reason = 'charged_back';
  await insertBurns(
    tx,
    gone.map((part) => ({ ...part, reason, ref: group_id, burnt_at: booked.at })),
  );
  const settled = hit.filter(({ gift }) => gift.state === 'settled');
  await insertEarnings(
    tx,
    settled.flatMap(({ gift, parts }) => earningsOf(gift, parts, reason, booked)),
  );
  const whole = hit.filter((one) => one.whole).map(({ gift }) => gift.gift_id);
  await closeGifts(tx, whole, 'reversed', booked.at);
  await emit(
    tx,
    ctx,
    hit.map(({ gift, parts }) => ({
      type: 'gift.reversed',
      actor: null,
      subject: gift.gift_id,
      data: { receiver_id: gift.receiver_id, coins: String(coinsOf(parts)), of: String(gift.coins) },
    })),
  );
}
