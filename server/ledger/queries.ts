/** All SQL of the book that is hot. Named statements are parsed once a connection. */
import { type Tx, together } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { AccountState, Counters, Place, Recorded, Transfer } from './judge.ts';

/** Locks the rows that exist, in the order of their ids (the lock node stands above the sort), and reads them. */
export async function lockRows(tx: Tx, ids: readonly string[]): Promise<Map<string, AccountState>> {
  const { rows } = await tx.client.query<AccountState & { account_id: string }>({
    name: 'ledger.lock',
    text: `select account_id, asset, debits, credits, floor, closed_at is not null as closed
             from ledger.accounts where account_id = any($1::uuid[]) order by account_id for no key update`,
    values: [sqlArray(ids, (id) => id)],
  });
  return new Map(rows.map((row) => [row.account_id, row]));
}

export async function findRecorded(tx: Tx, ids: readonly string[]): Promise<Map<string, Recorded>> {
  const { rows } = await tx.client.query<Recorded & { group_id: string | null }>({
    name: 'ledger.recorded',
    text: `select transfer_id, debit, credit, amount, code, ref, group_id,
                  debit_from, credit_from, debit_balance, credit_balance
             from ledger.transfers where transfer_id = any($1::uuid[])`,
    values: [sqlArray(ids, (id) => id)],
  });
  return new Map(rows.map((row) => [row.transfer_id, { ...row, group_id: row.group_id ?? undefined }]));
}

export interface Row {
  transfer: Transfer;
  place: Place;
}

/**
 * `unnest` gives the rows in the order of the arrays, so `seq` follows the order of the batch. The counters go first
 * and alone: PostgreSQL writes them while the long arrays of the transfers are still being made.
 */
export async function insertTransfers(
  tx: Tx,
  rows: readonly Row[],
  counters: ReadonlyMap<string, Counters>,
  at: Date,
): Promise<void> {
  const counted = updateCounters(tx, [...counters]);
  const inserted = tx.client.query({
    name: 'ledger.post',
    text: `insert into ledger.transfers (transfer_id, debit, credit, amount, code, ref, group_id,
                  debit_from, credit_from, debit_balance, credit_balance, event_at, recorded_at)
           select *, $13::timestamptz from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[],
                  $6::uuid[], $7::uuid[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
                  $12::timestamptz[])`,
    values: [
      sqlArray(rows, ({ transfer }) => transfer.transfer_id),
      sqlArray(rows, ({ transfer }) => transfer.debit),
      sqlArray(rows, ({ transfer }) => transfer.credit),
      sqlArray(rows, ({ transfer }) => transfer.amount),
      sqlArray(rows, ({ transfer }) => transfer.code),
      sqlArray(rows, ({ transfer }) => transfer.ref),
      sqlArray(rows, ({ transfer }) => transfer.group_id),
      sqlArray(rows, ({ place }) => place.debit_from),
      sqlArray(rows, ({ place }) => place.credit_from),
      sqlArray(rows, ({ place }) => place.debit_balance),
      sqlArray(rows, ({ place }) => place.credit_balance),
      sqlArray(rows, ({ transfer }) => transfer.event_at),
      at,
    ],
  });
  await together([counted, inserted]);
}

const updateCounters = (tx: Tx, changed: readonly [string, Counters][]) =>
  tx.client.query({
    name: 'ledger.count',
    text: `update ledger.accounts set debits = new.debits, credits = new.credits
             from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as new (account_id, debits, credits)
            where accounts.account_id = new.account_id`,
    values: [
      sqlArray(changed, ([id]) => id),
      sqlArray(changed, ([, { debits }]) => debits),
      sqlArray(changed, ([, { credits }]) => credits),
    ],
  });

export interface AccountRow {
  id: string;
  owner: string | null;
  kind: string;
  asset: string;
  floor: bigint | null;
}

export async function insertAccounts(tx: Tx, rows: readonly AccountRow[], at: Date): Promise<void> {
  await tx.client.query({
    name: 'ledger.open',
    text: `insert into ledger.accounts (account_id, owner_id, kind, asset, floor, opened_at)
           select *, $6::timestamptz from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[])
           on conflict do nothing`,
    values: [
      sqlArray(rows, (row) => row.id),
      sqlArray(rows, (row) => row.owner),
      sqlArray(rows, (row) => row.kind),
      sqlArray(rows, (row) => row.asset),
      sqlArray(rows, (row) => row.floor),
      at,
    ],
  });
}

export async function markClosed(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.client.query({
    name: 'ledger.close',
    text: 'update ledger.accounts set closed_at = $2 where account_id = any($1::uuid[]) and closed_at is null',
    values: [sqlArray(ids, (id) => id), at],
  });
}
