/** Reading the book: balances, statements, the trial balance. Nothing here locks. */
import { type Kysely, sql } from 'kysely';
import type { DB } from '../kernel/schema.ts';
import type { Place, Transfer } from './judge.ts';

export interface Account {
  account_id: string;
  /** A person or merchant; null: the house. */
  owner_id: string | null;
  kind: string;
  asset: string;
  debits: bigint;
  credits: bigint;
  /** credits − debits */
  balance: bigint;
  floor: bigint | null;
  closed_at: Date | null;
}

const ACCOUNT = sql`account_id, owner_id, kind, asset, debits, credits, credits - debits as balance, floor, closed_at`;

/** The balances that exist among these accounts, by id. */
export async function balances(q: Kysely<DB>, ids: readonly string[]): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ account_id: string; balance: bigint }>`
    select account_id, credits - debits as balance from ledger.accounts where account_id = any(${ids}::uuid[])
  `.execute(q);
  return new Map(rows.map((row) => [row.account_id, row.balance]));
}

export async function findAccount(q: Kysely<DB>, account_id: string): Promise<Account | null> {
  const { rows } = await sql<Account>`
    select ${ACCOUNT} from ledger.accounts where account_id = ${account_id}
  `.execute(q);
  return rows[0] ?? null;
}

/** Whose accounts these are, by account; those of the house are left out. */
export async function ownersOf(q: Kysely<DB>, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ account_id: string; owner_id: string }>`
    select account_id, owner_id from ledger.accounts where account_id = any(${ids}::uuid[]) and owner_id is not null
  `.execute(q);
  return new Map(rows.map((row) => [row.account_id, row.owner_id]));
}

/** The accounts of one kind and asset, by id; `after`: the last one seen. */
export async function accountsOf(
  q: Kysely<DB>,
  { kind, asset }: { kind: string; asset: string },
  page: { limit: number; after?: string },
): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select ${ACCOUNT} from ledger.accounts
     where kind = ${kind} and asset = ${asset} and account_id > ${page.after ?? '00000000-0000-0000-0000-000000000000'}
     order by account_id limit ${page.limit}
  `.execute(q);
  return rows;
}

export interface Line extends Omit<Transfer, 'group_id'>, Place {
  /** The order of the book. */
  seq: bigint;
  group_id: string | null;
  recorded_at: Date;
}

const LINE = sql`seq, transfer_id, debit, credit, amount, code, ref, group_id,
  debit_from, credit_from, debit_balance, credit_balance, event_at, recorded_at`;

/**
 * An account's transfers, newest first.
 * @param page `before`: the `seq` of the last line seen
 */
export async function transfersOf(
  q: Kysely<DB>,
  account_id: string,
  page: { limit: number; before?: bigint },
): Promise<Line[]> {
  const before = page.before ?? 2n ** 63n - 1n;
  const { rows } = await sql<Line>`
    select * from (
      (select ${LINE} from ledger.transfers where debit = ${account_id} and seq < ${before}
        order by seq desc limit ${page.limit})
      union all
      (select ${LINE} from ledger.transfers where credit = ${account_id} and seq < ${before}
        order by seq desc limit ${page.limit})
    ) as both_sides order by seq desc limit ${page.limit}
  `.execute(q);
  return rows;
}

/** All that happened to a gift, an order, a top-up, in the order of the book. */
export async function transfersByRef(q: Kysely<DB>, ref: string): Promise<Line[]> {
  const { rows } = await sql<Line>`select ${LINE} from ledger.transfers where ref = ${ref} order by seq`.execute(q);
  return rows;
}

export interface TrialBalanceRow {
  asset: string;
  kind: string;
  /** How many accounts are of this kind. */
  accounts: bigint;
  /** Set where the house has the only one. */
  account_id: string | null;
  debits: bigint;
  credits: bigint;
  balance: bigint;
}

/** Debits, credits and balance of every kind of account; per asset the balances sum to zero. */
export async function trialBalance(q: Kysely<DB>): Promise<TrialBalanceRow[]> {
  // sum(bigint) is numeric: exact, and back to bigint only once it is known to fit.
  const { rows } = await sql<TrialBalanceRow>`
    select asset, kind, count(*) as accounts,
           case when count(*) = 1 then any_value(account_id) filter (where owner_id is null) end as account_id,
           sum(debits)::bigint as debits, sum(credits)::bigint as credits,
           (sum(credits) - sum(debits))::bigint as balance
      from ledger.accounts group by asset, kind order by asset, kind
  `.execute(q);
  return rows;
}
