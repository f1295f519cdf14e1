/** SQL of the spending row. */
import type { Db, Tx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { Spending } from './spending.ts';

const SPENDING = `person_id, day_on, day_coins, month_on, month_coins, day_limit_minor, month_limit_minor,
  wider_day_limit_minor, wider_month_limit_minor, wider_from`;

export async function insertSpending(tx: Tx, row: Spending): Promise<void> {
  await tx.client.query(
    `insert into spending (person_id, day_on, day_coins, month_on, month_coins) values ($1, $2, 0, $3, 0)
     on conflict do nothing`,
    [row.person_id, row.day_on, row.month_on],
  );
}

/** Locks the rows of these people, by id. Part of every batch of gifts. */
export async function lockSpending(tx: Tx, person_ids: Iterable<string>): Promise<Map<string, Spending>> {
  const { rows } = await tx.client.query<Spending>({
    name: 'spending_lock',
    text: `select ${SPENDING} from spending where person_id = any($1::uuid[]) order by person_id for no key update`,
    values: [sqlArray(inLockOrder(tx, 'wallet', 'spending', person_ids), (id) => id)],
  });
  return new Map(rows.map((row) => [row.person_id, row]));
}

/** Writes counters and limits of the locked rows. */
export async function updateSpending(tx: Tx, rows: readonly Spending[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query({
    name: 'spending_update',
    text: `update spending set day_on = r.day_on, day_coins = r.day_coins, month_on = r.month_on,
        month_coins = r.month_coins, day_limit_minor = r.day_limit, month_limit_minor = r.month_limit,
        wider_day_limit_minor = r.wider_day, wider_month_limit_minor = r.wider_month, wider_from = r.wider_from
      from unnest($1::uuid[], $2::date[], $3::bigint[], $4::date[], $5::bigint[], $6::bigint[], $7::bigint[],
        $8::bigint[], $9::bigint[], $10::timestamptz[]) as r (person_id, day_on, day_coins, month_on, month_coins,
        day_limit, month_limit, wider_day, wider_month, wider_from)
      where spending.person_id = r.person_id`,
    values: [
      sqlArray(rows, (row) => row.person_id),
      sqlArray(rows, (row) => row.day_on),
      sqlArray(rows, (row) => row.day_coins),
      sqlArray(rows, (row) => row.month_on),
      sqlArray(rows, (row) => row.month_coins),
      sqlArray(rows, (row) => row.day_limit_minor),
      sqlArray(rows, (row) => row.month_limit_minor),
      sqlArray(rows, (row) => row.wider_day_limit_minor),
      sqlArray(rows, (row) => row.wider_month_limit_minor),
      sqlArray(rows, (row) => row.wider_from),
    ],
  });
}

/** What a person bought coins for on a day and in a month of their zone, but for what failed. */
export async function sumTopUps(
  db: Db,
  person_id: string,
  currency: string,
  { zone, day_on, month_on }: { zone: string; day_on: string; month_on: string },
): Promise<{ day_minor: bigint; month_minor: bigint }> {
  const { rows } = await db.pool.query<{ day_minor: bigint; month_minor: bigint }>(
    `select coalesce(sum(total_minor) filter (where (created_at at time zone $3)::date = $4::date), 0)::bigint as day_minor,
        coalesce(sum(total_minor), 0)::bigint as month_minor
      from top_ups where person_id = $1 and currency = $2 and state <> 'failed'
        and (created_at at time zone $3)::date >= $5::date`,
    [person_id, currency, zone, day_on, month_on],
  );
  return rows[0] as { day_minor: bigint; month_minor: bigint };
}

export async function findSpending(db: Db, person_id: string): Promise<Spending | null> {
  const { rows } = await db.pool.query<Spending>(`select ${SPENDING} from spending where person_id = $1`, [person_id]);
  return rows[0] ?? null;
}
