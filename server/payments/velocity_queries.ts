/** SQL of how often people try to pay. */
import type { Tx } from '../kernel/db.ts';

/** Payers are no rows of ours: the lock is on their ids, the lowest first. */
const PAYERS = 0x50_41_59;

export async function lockPayers(tx: Tx, person_ids: readonly string[]): Promise<void> {
  await tx.client.query({
    name: 'payers_lock',
    text: `select pg_advisory_xact_lock($2, k) from (
        select distinct hashtext(id) as k from unnest($1::text[]) as ids (id) order by 1 offset 0) keys`,
    values: [person_ids, PAYERS],
  });
}

export interface Tries {
  declined: number;
  /** Begun, whatever became of them. */
  top_ups: number;
}

/** Since then, of each. */
export async function findTries(tx: Tx, person_ids: readonly string[], since: Date): Promise<Map<string, Tries>> {
  const { rows } = await tx.client.query<Tries & { person_id: string }>({
    name: 'payers_tries',
    text: `select p as person_id,
        (select count(*) from payment_attempts
          where person_id = p and state = 'declined' and changed_at > $2)::int as declined,
        (select count(*) from payment_attempts
          where person_id = p and purpose = 'top_up' and created_at > $2)::int as top_ups
      from unnest($1::uuid[]) as payers (p)`,
    values: [person_ids, since],
  });
  return new Map(rows.map((row) => [row.person_id, row]));
}

/** What the providers decided since then in the whole house; the captured ones only where enough were declined. */
export async function countDecided(
  tx: Tx,
  since: Date,
  enough: number,
): Promise<{ declined: number; captured: number }> {
  const { rows } = await tx.client.query<{ declined: number; captured: number }>({
    name: 'payments_decided',
    text: `select d.n as declined, case when d.n < $2 then 0 else (
        select count(*) from payment_attempts where state = 'captured' and changed_at > $1)::int end as captured
      from (select count(*)::int as n from payment_attempts where state = 'declined' and changed_at > $1) d`,
    values: [since, enough],
  });
  return rows[0] as { declined: number; captured: number };
}

/** Those who have paid before. */
export async function findCustomers(tx: Tx, person_ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.client.query<{ person_id: string }>(
    `select p as person_id from unnest($1::uuid[]) as payers (p)
     where exists (select from payment_attempts where person_id = p and state = 'captured')`,
    [person_ids],
  );
  return new Set(rows.map((row) => row.person_id));
}

/** Cards that somebody stored since then, deleted ones too. Under the lock of the payer. */
export async function countCards(tx: Tx, person_id: string, since: Date): Promise<number> {
  await lockPayers(tx, [person_id]);
  const { rows } = await tx.client.query<{ n: number }>(
    'select count(*)::int as n from payment_methods where person_id = $1 and created_at > $2',
    [person_id, since],
  );
  return rows[0]?.n ?? 0;
}
