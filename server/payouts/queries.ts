/** All SQL of payouts. */
import type { Db } from '../kernel/db.ts';

/** Currencies in which a person has accounts that earnings went to. */
export async function findEarnedCurrencies(db: Db, person_id: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ asset: string }>(
    `select distinct asset from ledger.accounts
     where owner_id = $1 and kind in ('payable.pending', 'payable.available') order by asset`,
    [person_id],
  );
  return rows.map((row) => row.asset);
}
