/** What must always be true of the book. Each check answers with faults in words; none means it holds. */
import { type Kysely, sql } from 'kysely';
import type { DB } from '../kernel/schema.ts';
import { accountId } from './accounts.ts';

/** @returns one sentence for each fault, at most some of them */
export type Invariant = (q: Kysely<DB>) => Promise<string[]>;

const registered = new Map<string, Invariant>();

/**
 * A room adds what it knows must be true of its accounts and rows: `registerInvariant('wallet.deferred', …)`.
 * Done when the module loads, so that `npm run ledger:check`, the tests and the schedule see all of them.
 */
export function registerInvariant(name: string, check: Invariant): void {
  registered.set(name, check);
}

/** Runs every check in one snapshot. An empty list: the book is right. */
export async function checkInvariants(q: Kysely<DB>): Promise<string[]> {
  const faults: string[] = [];
  const run = async (snapshot: Kysely<DB>) => {
    for (const [name, check] of registered) {
      for (const fault of await check(snapshot)) faults.push(`${name}: ${fault}`);
    }
  };
  if (q.isTransaction) await run(q);
  else await q.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(run);
  return faults;
}

/** A check whose SQL selects the faults themselves, as a column `fault`. */
const none =
  (faults: ReturnType<typeof sql<{ fault: string }>>): Invariant =>
  async (q) =>
    (await faults.execute(q)).rows.map((row) => row.fault);

registerInvariant(
  'ledger.sum',
  none(sql`
    select format('%s: all balances sum to %s, not to 0', asset, sum(credits - debits)) as fault
      from ledger.accounts group by asset having sum(credits - debits) <> 0`),
);

registerInvariant(
  'ledger.counters',
  none(sql`
    select format('account %s: counters say debits %s credits %s, its transfers %s and %s',
                  account_id, debits, credits, coalesce(d.sum, 0), coalesce(c.sum, 0)) as fault
      from ledger.accounts
      left join (select debit, sum(amount) from ledger.transfers group by debit) d on d.debit = account_id
      left join (select credit, sum(amount) from ledger.transfers group by credit) c on c.credit = account_id
     where debits <> coalesce(d.sum, 0) or credits <> coalesce(c.sum, 0) limit 20`),
);

registerInvariant(
  'ledger.floor',
  none(sql`
    select format('account %s (%s): balance %s is under its floor %s', account_id, kind, credits - debits, floor) as fault
      from ledger.accounts where credits - debits < floor limit 20`),
);

registerInvariant(
  'ledger.debtors',
  none(sql`
    select format('account %s (%s): only a receivable of a person may be negative', account_id, kind) as fault
      from ledger.accounts
     where owner_id is not null and kind <> 'receivable' and (floor is null or floor < 0) limit 20`),
);

registerInvariant(
  'ledger.assets',
  none(sql`
    select format('transfer %s: its accounts do not exist or are of different assets', transfer_id) as fault
      from ledger.transfers
      left join ledger.accounts d on d.account_id = debit
      left join ledger.accounts c on c.account_id = credit
     where d.asset is distinct from c.asset or d.asset is null limit 20`),
);

/** Walks every account's line in the order of the book: positions without gap, balances that follow. */
registerInvariant(
  'ledger.lines',
  none(sql`
    with entries as (
      select debit as account_id, seq, transfer_id, debit_from as position, amount as debited, 0 as credited,
             debit_balance as balance from ledger.transfers
      union all
      select credit, seq, transfer_id, credit_from, 0, amount, credit_balance from ledger.transfers
    ), walked as (
      select *, sum(debited) over line as debits, sum(credited) over line as credits
        from entries window line as (partition by account_id order by seq)
    )
    select format('transfer %s: account %s stood elsewhere when it was posted', transfer_id, account_id) as fault
      from walked
     where balance <> credits - debits
        or position <> case when debited > 0 then debits - debited else credits - credited end limit 20`),
);

/** An account's id says whose it is, of what kind and in what asset. */
registerInvariant('ledger.identity', async (q) => {
  const { rows } = await sql<{ account_id: string; owner_id: string | null; kind: string; asset: string }>`
    select account_id, owner_id, kind, asset from ledger.accounts`.execute(q);
  return rows
    .filter((row) => row.account_id !== accountId(row.owner_id, row.kind, row.asset))
    .map((row) => `account ${row.account_id} is not the ${row.kind} in ${row.asset} that it says it is`);
});
