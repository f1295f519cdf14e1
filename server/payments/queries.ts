import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import { type Attempt, OPEN_STATES } from './attempts.ts';

const ATTEMPT = `attempt_id, purpose, thing_id, person_id, provider, method_id, method_token, amount_minor, currency,
  fee_minor, refunded_minor, state, provider_version, decline_code, action_url, created_at, changed_at, expires_at, ask_at`;

/** Inserts attempts as they were made. Part of the batch that reserves the thing. */
export async function insertAttempts(tx: Tx, rows: Attempt[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query({
    name: 'payment_attempts_insert',
    text: `insert into payment_attempts (attempt_id, purpose, thing_id, person_id, provider, method_id, method_token,
        amount_minor, currency, state, created_at, changed_at, expires_at, ask_at)
      select a, p, t, w, v, m, k, x, c, 'created', b, b, e, q from unnest($1::uuid[], $2::text[], $3::uuid[],
        $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::bigint[], $9::text[], $10::timestamptz[],
        $11::timestamptz[], $12::timestamptz[]) as rows (a, p, t, w, v, m, k, x, c, b, e, q)`,
    values: [
      sqlArray(rows, (row) => row.attempt_id),
      sqlArray(rows, (row) => row.purpose),
      sqlArray(rows, (row) => row.thing_id),
      sqlArray(rows, (row) => row.person_id),
      sqlArray(rows, (row) => row.provider),
      sqlArray(rows, (row) => row.method_id),
      sqlArray(rows, (row) => row.method_token),
      sqlArray(rows, (row) => row.amount_minor),
      sqlArray(rows, (row) => row.currency),
      sqlArray(rows, (row) => row.created_at),
      sqlArray(rows, (row) => row.expires_at),
      sqlArray(rows, (row) => row.ask_at),
    ],
  });
}

/** Locks attempts in the order of the house. */
export async function lockAttempts(tx: Tx, ids: string[]): Promise<Attempt[]> {
  const sorted = inLockOrder(tx, 'payments', 'payment_attempts', ids);
  const { rows } = await tx.client.query<Attempt>({
    name: 'payment_attempts_lock',
    text: `select ${ATTEMPT} from payment_attempts where attempt_id = any($1::uuid[]) order by attempt_id for no key update`,
    values: [sorted],
  });
  return rows;
}

export async function updateAttempts(tx: Tx, rows: Attempt[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query({
    name: 'payment_attempts_update',
    text: `update payment_attempts set fee_minor = f, refunded_minor = r, state = s, provider_version = v,
        decline_code = d, action_url = u, changed_at = c, ask_at = q
      from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::int[], $6::text[], $7::text[],
        $8::timestamptz[], $9::timestamptz[]) as rows (a, f, r, s, v, d, u, c, q) where attempt_id = a`,
    values: [
      sqlArray(rows, (row) => row.attempt_id),
      sqlArray(rows, (row) => row.fee_minor),
      sqlArray(rows, (row) => row.refunded_minor),
      sqlArray(rows, (row) => row.state),
      sqlArray(rows, (row) => row.provider_version),
      sqlArray(rows, (row) => row.decline_code),
      sqlArray(rows, (row) => row.action_url),
      sqlArray(rows, (row) => row.changed_at),
      sqlArray(rows, (row) => row.ask_at),
    ],
  });
}

export async function findAttempts(pool: Pick<pg.Pool, 'query'>, thing_ids: string[]): Promise<Attempt[]> {
  const { rows } = await pool.query<Attempt>(
    `select ${ATTEMPT} from payment_attempts where thing_id = any($1::uuid[]) order by created_at, attempt_id`,
    [thing_ids],
  );
  return rows;
}

export async function listDueAttempts(pool: pg.Pool, now: Date, limit: number): Promise<Attempt[]> {
  const { rows } = await pool.query<Attempt>(
    `select ${ATTEMPT} from payment_attempts where ask_at <= $1 order by ask_at limit $2`,
    [now, limit],
  );
  return rows;
}

/** Which room pays for an attempt; null: no attempt of ours. */
export async function findAttemptPurpose(pool: pg.Pool, attempt_id: string): Promise<string | null> {
  const { rows } = await pool.query<{ purpose: string }>('select purpose from payment_attempts where attempt_id = $1', [
    attempt_id,
  ]);
  return rows[0]?.purpose ?? null;
}

/** Whether a charge of this person is not decided yet. */
export async function hasOpenAttempts(tx: Tx, person_id: string): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    'select from payment_attempts where person_id = $1 and state = any($2::text[]) limit 1',
    [person_id, [...OPEN_STATES]],
  );
  return rowCount === 1;
}
