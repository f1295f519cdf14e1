/** Which coins a gift holds now, and what they come to. */

import type pg from 'pg';
import { dayIn } from '../kernel/clock.ts';
import type { Tx } from '../kernel/db.ts';
import { type LockedAccounts, openAccounts } from '../ledger/index.ts';
import { pack } from '../markets/index.ts';
import { coinsAccount, findBurns, findLots, findParts, type Lot, withoutParts } from '../wallet/index.ts';
import { type PaidPart, type Pending, paidParts } from './postings.ts';
import { type Earning, findMarketsOfEarners, type Gift } from './queries.ts';

/** A pool or the connection of a transaction. */
type Asks = pg.Pool | pg.ClientBase;

/**
 * The parts that paid for each gift, without what a chargeback has taken out since. The gifts' rows are locked, so
 * nothing can be taken out meanwhile; where coins lie on a line never changes.
 */
export async function partsOfGifts(client: Asks, gifts: readonly Gift[]): Promise<Map<string, PaidPart[]>> {
  const takes = gifts.map(({ gift_id, sender_id, from_pos, coins }) => {
    return { id: gift_id, account_id: coinsAccount(sender_id), from_pos, to_pos: from_pos + coins };
  });
  const found = await findParts(client, takes);
  const lot_ids = new Set([...found.values()].flat().map((part) => part.lot_id));
  const lots = await findLots(client, lot_ids);
  const burns = await findBurns(client, chargedBack(lots));
  const left = gifts.map(({ gift_id, platform_bps }): [string, PaidPart[]] => {
    const parts = withoutParts(found.get(gift_id) ?? [], burns);
    return [gift_id, paidParts(parts, lots, platform_bps)];
  });
  return new Map(left);
}

/** Coins that were sent can only be burnt by a chargeback of their lot. */
const chargedBack = (lots: Map<string, Lot>): string[] =>
  [...lots.values()].filter((lot) => lot.charged_back_at !== null).map((lot) => lot.lot_id);

/** Accounts that money of these gifts will touch, opened where this is the first time. Not part of the hot path. */
export async function openEarnerAccounts(tx: Tx, gifts: readonly Gift[], parts: Map<string, PaidPart[]>, at: Date) {
  const pairs = new Set<string>();
  for (const { gift_id, receiver_id } of gifts) {
    for (const { lot } of parts.get(gift_id) ?? []) pairs.add(`${receiver_id} ${lot.currency}`);
  }
  const accounts = [...pairs].flatMap((pair) => {
    const [owner, asset] = pair.split(' ') as [string, string];
    return [
      { owner, kind: 'payable.pending', asset, floor: 0n },
      { owner, kind: 'receivable', asset, floor: null },
    ];
  });
  if (accounts.length > 0) await openAccounts(tx, accounts, at);
}

/** Lines of earnings for parts of a gift: as booked, or taken back with the opposite sign. */
export function earningsOf(
  gift: Gift,
  parts: readonly PaidPart[],
  reason: Earning['reason'],
  booked: Booked,
): Earning[] {
  const sign = reason === 'settled' ? 1n : -1n;
  const { gift_id, receiver_id, share_id, platform_bps } = gift;
  return parts.map(({ lot_id, lot_from, lot_to, lot, split }) => ({
    gift_id,
    reason,
    lot_id,
    lot_from,
    lot_to,
    receiver_id,
    currency: lot.currency,
    share_id,
    platform_bps,
    vat_minor: sign * split.vat_minor,
    net_minor: sign * split.net_minor,
    creator_minor: sign * split.creator_minor,
    platform_minor: sign * split.platform_minor,
    booked_on: booked.days.get(receiver_id) as string,
    booked_at: booked.at,
  }));
}

/** When something is booked, and which day that is for each earner. */
export type Booked = { at: Date; days: Map<string, string> };

export async function bookedNow(tx: Tx, gifts: readonly Gift[], at: Date): Promise<Booked> {
  const markets = await findMarketsOfEarners(
    tx,
    gifts.map((gift) => gift.receiver_id),
  );
  const days = new Map([...markets].map(([person_id, market]) => [person_id, dayIn(at, pack(market).zone)]));
  return { at, days };
}

/** What these locked accounts hold. */
export const heldBy = (locked: LockedAccounts, accounts: readonly string[]): Pending =>
  new Map(
    accounts.map((id): [string, bigint] => {
      const account = locked.get(id);
      return [id, account ? account.credits - account.debits : 0n];
    }),
  );
