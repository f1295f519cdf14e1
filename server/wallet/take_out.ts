/** Taking a lot's unspent coins off a line: shared by withdrawal and chargeback. */
import type { Tx } from '../kernel/db.ts';
import { type LockedAccounts, type Posted, post, type Transfer } from '../ledger/index.ts';
import { coinsOf, cutLine, type LotPart, layOut, splitOf } from './lots.ts';
import { coinsAccount, type Lot, reissueTransfer, type Unspent } from './postings.ts';
import * as queries from './queries.ts';

/** What of an unspent line belongs to a lot, what does not, and what the former was paid with. PURE. */
export function unspentOf(lot: Lot, line: readonly LotPart[]): Unspent {
  const taken = line.filter((part) => part.lot_id === lot.lot_id);
  const kept = line.filter((part) => part.lot_id !== lot.lot_id);
  const splits = taken.map((part) => splitOf(lot, part, 0));
  const sum = (of: 'net_minor' | 'vat_minor') => splits.reduce((a, split) => a + split[of], 0n);
  return { taken, kept, coins: coinsOf(taken), net_minor: sum('net_minor'), vat_minor: sum('vat_minor') };
}

/** A person's unspent line, in order. Their coins account is locked, so it stands still. */
export async function unspentLine(tx: Tx, person_id: string, locked: LockedAccounts): Promise<LotPart[]> {
  const account_id = coinsAccount(person_id);
  const account = locked.get(account_id);
  if (!account) return [];
  const segments = await queries.findLine(tx.client, account_id, account.debits);
  return cutLine(segments, account.debits, account.credits);
}

/** Posts what has been judged under lock: a refused transfer is a bug. @returns verdicts by transfer id */
export async function postAll(
  tx: Tx,
  transfers: readonly Transfer[],
  at: Date,
  locked?: LockedAccounts,
): Promise<Map<string, Posted>> {
  const verdicts = await post(tx, transfers, at, locked);
  return new Map(
    transfers.map(({ transfer_id, code }, i) => {
      const verdict = verdicts[i] as Posted;
      if (verdict.status === 'refused') throw new Error(`${code} ${transfer_id} was not posted: ${verdict.reason}`);
      return [transfer_id, verdict];
    }),
  );
}

/** Where a posted transfer begins on the credited account's line. */
export function creditFrom(posted: ReadonlyMap<string, Posted>, transfer_id: string): bigint {
  const verdict = posted.get(transfer_id);
  if (!verdict || verdict.status === 'refused') throw new Error(`transfer ${transfer_id} is not in the book`);
  return verdict.credit_from;
}

type TakenOut = {
  group_id: string;
  posted: ReadonlyMap<string, Posted>;
  reason: 'withdrawn' | 'charged_back';
  at: Date;
};

/** Writes where the re-issued coins lie now and which of the lot are gone. */
export async function recordTakeOut(tx: Tx, lot: Lot, unspent: Unspent, { group_id, posted, reason, at }: TakenOut) {
  if (unspent.kept.length > 0 && unspent.coins > 0n) {
    const segments = layOut(unspent.kept, creditFrom(posted, reissueTransfer(group_id)));
    const account_id = coinsAccount(lot.person_id);
    await queries.insertSegments(
      tx,
      segments.map((segment) => ({ ...segment, account_id })),
    );
  }
  await queries.insertBurns(
    tx,
    unspent.taken.map((part) => ({ ...part, reason, ref: group_id, burnt_at: at })),
  );
}
