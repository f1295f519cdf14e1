/** All SQL of access. */
import type { Tx } from '../kernel/db.ts';

/** A pool or the connection of a transaction: whoever can ask. */
export type Asks = Pick<Tx['client'], 'query'>;

export interface Standing {
  person_id: string;
  market: string;
  born_on: string | null;
  email_verified: boolean;
  suspended_until: Date | null;
}

/** Hot: asked for every batch of gifts. Two lookups by primary key a person. */
export async function findStandings(q: Asks, person_ids: string[]): Promise<Map<string, Standing>> {
  const { rows } = await q.query<Standing>({
    name: 'access_find_standings',
    text: `select p.person_id, p.market, p.born_on, u.email_verified, p.suspended_until
      from people p join auth.users u on u.id = p.person_id where p.person_id = any($1::uuid[]) and p.erased_at is null`,
    values: [person_ids],
  });
  return new Map(rows.map((row) => [row.person_id, row]));
}

export interface Sanction {
  sanction_id: string;
  person_id: string;
  reason: string;
  from_at: Date;
  until_at: Date;
  imposed_by: string;
}

export async function insertSanction(tx: Tx, row: Sanction): Promise<void> {
  await tx.client.query(
    `insert into sanctions (sanction_id, person_id, kind, reason, from_at, until_at, imposed_by)
     values ($1, $2, 'suspended', $3, $4, $5, $6)`,
    [row.sanction_id, row.person_id, row.reason, row.from_at, row.until_at, row.imposed_by],
  );
}

/** Ends all that are still running. @returns how many */
export async function liftSanctions(tx: Tx, person_id: string, by: string, now: Date): Promise<number> {
  const { rowCount } = await tx.client.query(
    `update sanctions set lifted_at = $3, lifted_by = $2
     where person_id = $1 and lifted_at is null and until_at > $3`,
    [person_id, by, now],
  );
  return rowCount ?? 0;
}

/** The sanction that ends last of those in force. */
export async function findSanction(q: Asks, person_id: string, now: Date): Promise<Sanction | null> {
  const { rows } = await q.query<Sanction>(
    `select sanction_id, person_id, reason, from_at, until_at, imposed_by from sanctions
     where person_id = $1 and lifted_at is null and until_at > $2 order by until_at desc limit 1`,
    [person_id, now],
  );
  return rows[0] ?? null;
}

/** Ends one before its time. @returns whose it was, or null where it had ended */
export async function liftOne(tx: Tx, sanction_id: string, by: string, now: Date): Promise<string | null> {
  const { rows } = await tx.client.query<{ person_id: string }>(
    `update sanctions set lifted_at = $3, lifted_by = $2
     where sanction_id = $1 and lifted_at is null and until_at > $3 returning person_id`,
    [sanction_id, by, now],
  );
  return rows[0]?.person_id ?? null;
}
