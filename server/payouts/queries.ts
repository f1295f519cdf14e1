/** All SQL of payouts. */
import type { Db, Tx } from '../kernel/db.ts';

/** What was owed and has been taken from later earnings, by currency. */
export async function findNetted(db: Db, person_id: string): Promise<Map<string, bigint>> {
  const { rows } = await db.pool.query<{ asset: string; credits: bigint }>(
    `select asset, credits from ledger.accounts where owner_id = $1 and kind = 'receivable'`,
    [person_id],
  );
  return new Map(rows.map((row) => [row.asset, row.credits]));
}

/** Currencies in which a person has accounts that earnings went to. */
export async function findEarnedCurrencies(db: Db, person_id: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ asset: string }>(
    `select distinct asset from ledger.accounts
     where owner_id = $1 and kind in ('payable.pending', 'payable.available') order by asset`,
    [person_id],
  );
  return rows.map((row) => row.asset);
}

/** Earnings that are not paid out, gifts in their hold, and debts, of a person and of their shop. */
export async function findUnpaid(tx: Tx, person_id: string): Promise<('earnings' | 'debt')[]> {
  const { rows } = await tx.client.query<{ earnings: boolean; debt: boolean }>(
    `select coalesce(bool_or(kind <> 'receivable' and credits > debits), false) as earnings,
       coalesce(bool_or(kind = 'receivable' and debits > credits), false) as debt
     from ledger.accounts
     where kind in ('payable.pending', 'payable.available', 'receivable', 'gift_coins')
       and owner_id in (select $1::uuid union all select merchant_id from merchants where owner_id = $1)`,
    [person_id],
  );
  const { earnings = false, debt = false } = rows[0] ?? {};
  return [...(earnings ? (['earnings'] as const) : []), ...(debt ? (['debt'] as const) : [])];
}
