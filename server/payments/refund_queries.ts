/** SQL of refunds. */
import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';
import type { Refund } from './refund_states.ts';

const REFUND = 'refund_id, attempt_id, amount_minor, reason, state, tries, reference, created_at, changed_at, ask_at';

/** Locks all refunds of these attempts. */
export async function lockRefunds(tx: Tx, attempt_ids: string[]): Promise<Refund[]> {
  if (attempt_ids.length === 0) return [];
  const { rows } = await tx.client.query<Refund>(
    `select ${REFUND} from payment_refunds where attempt_id = any($1::uuid[]) order by refund_id for no key update`,
    [attempt_ids],
  );
  return rows;
}

export async function lockRefund(tx: Tx, refund_id: string): Promise<Refund | null> {
  const { rows } = await tx.client.query<Refund>(
    `select ${REFUND} from payment_refunds where refund_id = $1 for no key update`,
    [refund_id],
  );
  return rows[0] ?? null;
}

export async function insertRefunds(tx: Tx, rows: Refund[]): Promise<void> {
  for (const row of rows) {
    const { refund_id, attempt_id, amount_minor, reason, state, tries, reference, created_at, changed_at, ask_at } =
      row;
    await tx.client.query(`insert into payment_refunds (${REFUND}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
      refund_id,
      attempt_id,
      amount_minor,
      reason,
      state,
      tries,
      reference,
      created_at,
      changed_at,
      ask_at,
    ]);
  }
}

export async function updateRefunds(tx: Tx, rows: Refund[]): Promise<void> {
  for (const { refund_id, state, tries, reference, changed_at, ask_at } of rows) {
    await tx.client.query(
      `update payment_refunds set state = $2, tries = $3, reference = $4, changed_at = $5, ask_at = $6
       where refund_id = $1`,
      [refund_id, state, tries, reference, changed_at, ask_at],
    );
  }
}

/** What the provider needs to know to give money back. */
export async function findRefundCall(
  pool: pg.Pool,
  refund_id: string,
): Promise<(Pick<Refund, 'attempt_id' | 'amount_minor' | 'state' | 'reference'> & { purpose: string }) | undefined> {
  const { rows } = await pool.query(
    `select r.attempt_id, r.amount_minor, r.state, r.reference, a.purpose
     from payment_refunds r join payment_attempts a using (attempt_id) where refund_id = $1`,
    [refund_id],
  );
  return rows[0];
}

/** The refund that is asked for under this reference now. */
export async function findRefundByReference(pool: pg.Pool, reference: string): Promise<string | null> {
  const { rows } = await pool.query<{ refund_id: string }>(
    'select refund_id from payment_refunds where reference = $1',
    [reference],
  );
  return rows[0]?.refund_id ?? null;
}

export async function postponeRefund(tx: Tx, refund_id: string, ask_at: Date): Promise<void> {
  await tx.client.query(`update payment_refunds set ask_at = $2 where refund_id = $1 and state = 'created'`, [
    refund_id,
    ask_at,
  ]);
}

export async function listDueRefunds(pool: pg.Pool, now: Date, limit: number): Promise<string[]> {
  const { rows } = await pool.query<{ refund_id: string }>(
    'select refund_id from payment_refunds where ask_at <= $1 order by ask_at limit $2',
    [now, limit],
  );
  return rows.map((row) => row.refund_id);
}

export type RefusedRefund = Refund & { purpose: string; thing_id: string; person_id: string; currency: string };

/** Refunds that were refused at least once and are still owed, the youngest first. */
export async function listRefusedRefunds(
  pool: pg.Pool,
  limit: number,
  after: [changed_at: string, refund_id: string] | null,
): Promise<RefusedRefund[]> {
  const columns = REFUND.split(', ').map((column) => `r.${column}`);
  const { rows } = await pool.query<RefusedRefund>(
    `select ${columns.join(', ')}, a.purpose, a.thing_id, a.person_id, a.currency
     from payment_refunds r join payment_attempts a using (attempt_id)
     where tries > 0 and r.state <> 'succeeded'
       and ($2::timestamptz is null or (r.changed_at, r.refund_id) < ($2::timestamptz, $3::uuid))
     order by r.changed_at desc, r.refund_id desc limit $1`,
    [limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}
