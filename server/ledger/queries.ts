/** All SQL of the book that is hot. Named statements are parsed once a connection. */
import type { Tx } from '../kernel/db.ts';
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

export type Row = Transfer & Place;

/** `unnest` gives the rows in the order of the arrays, so `seq` follows the order of the batch. */
export async function insertTransfers(
  tx: Tx,
  rows: readonly Row[],
  counters: ReadonlyMap<string, Counters>,
  at: Date,
): Promise<void> {
  const changed = [...counters];
  await tx.client.query({
    name: 'ledger.post',
    text: `with counted as (
             update ledger.accounts set debits = new.debits, credits = new.credits
               from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as new (account_id, debits, credits)
              where accounts.account_id = new.account_id)
           insert into ledger.transfers (transfer_id, debit, credit, amount, code, ref, group_id,
                  debit_from, credit_from, debit_balance, credit_balance, event_at, recorded_at)
           select *, $16::timestamptz from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[],
                  $9::uuid[], $10::uuid[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
                  $15::timestamptz[])`,
    values: [
      sqlArray(changed, ([id]) => id),
      sqlArray(changed, ([, { debits }]) => debits),
      sqlArray(changed, ([, { credits }]) => credits),
      sqlArray(rows, (row) => row.transfer_id),
      sqlArray(rows, (row) => row.debit),
      sqlArray(rows, (row) => row.credit),
      sqlArray(rows, (row) => row.amount),
      sqlArray(rows, (row) => row.code),
      sqlArray(rows, (row) => row.ref),
      sqlArray(rows, (row) => row.group_id),
      sqlArray(rows, (row) => row.debit_from),
      sqlArray(rows, (row) => row.credit_from),
      sqlArray(rows, (row) => row.debit_balance),
      sqlArray(rows, (row) => row.credit_balance),
      sqlArray(rows, (row) => row.event_at),
      at,
    ],
  });
}

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
