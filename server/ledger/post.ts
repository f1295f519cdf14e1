/** The only way into the book. */
import assert from 'node:assert/strict';
import { type Tx, together } from '../kernel/db.ts';
import { againOn } from '../kernel/db_errors.ts';
import { plant } from '../kernel/plant.ts';
import { type LockedAccounts, lockAccounts } from './accounts.ts';
import { type Counters, judge, type Posted, type Transfer } from './judge.ts';
import { findRecorded, insertTransfers, type Row } from './queries.ts';

const posted_in = new WeakSet<Tx>();

/**
 * Posts a batch of transfers in the caller's transaction; one is a batch of one. Called at most once in a transaction,
 * and after it only new rows are inserted (docs/ledger.md, lock order). A refused transfer is an answer, not an error:
 * the others stand.
 *
 * Two round trips, whatever the size: lock and read, then write; 36,000–47,000 transfers/s in batches of 1,000–2,000,
 * where one transfer per transaction reaches 300–520. Duplicates are read after the locks are held: as one statement
 * with them it would miss what another node has just committed.
 *
 * @param at when it is recorded
 * @param locked what `lockAccounts` gave, when the room has locked the accounts itself
 * @returns one verdict for each transfer, in order
 */
export async function post(
  tx: Tx,
  transfers: readonly Transfer[],
  at: Date,
  locked?: LockedAccounts,
): Promise<Posted[]> {
  const { verdicts, written } = await postAhead(tx, transfers, at, locked);
  await written;
  return verdicts;
}

/**
 * `post` for a room with rows of its own to write: the verdicts as soon as they are known, while the transfers are still
 * being written. Send the other statements, then wait for `written` together with them (kernel/db.ts).
 */
export async function postAhead(
  tx: Tx,
  transfers: readonly Transfer[],
  at: Date,
  locked?: LockedAccounts,
): Promise<{ verdicts: Posted[]; written: Promise<void> }> {
  assert(!posted_in.has(tx), 'post is called once in a transaction');
  posted_in.add(tx);
  if (transfers.length === 0) return { verdicts: [], written: Promise.resolve() };
  const [accounts, recorded] = await together([
    locked ?? lockAccounts(tx, accountsOf(transfers)),
    findRecorded(
      tx,
      transfers.map((transfer) => transfer.transfer_id),
    ),
  ]);
  const { verdicts, counters } = judge(transfers, accounts, recorded);
  const rows: Row[] = [];
  for (const [i, verdict] of verdicts.entries()) {
    if (verdict.status === 'posted') rows.push({ transfer: transfers[i]!, place: verdict });
  }
  if (plant('ledger.skips_counters')) counters.delete([...counters.keys()][0] ?? '');
  const written = rows.length > 0 ? write(tx, rows, counters, at) : Promise.resolve();
  // Whoever throws before waiting for it ends the transaction anyway.
  written.catch(() => {});
  return { verdicts, written };
}

async function write(tx: Tx, rows: readonly Row[], counters: ReadonlyMap<string, Counters>, at: Date): Promise<void> {
  try {
    await insertTransfers(tx, rows, counters, at);
  } catch (error) {
    throw againOn('transfers_pkey', error);
  }
}

function* accountsOf(transfers: readonly Transfer[]): Generator<string> {
  for (const { debit, credit } of transfers) {
    yield debit;
    yield credit;
  }
}
