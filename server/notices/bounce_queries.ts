/** SQL of what mail servers said of addresses. */
import type { Asks } from './queries.ts';

export const BOUNCES = ['hard', 'soft', 'complaint'] as const;
export type Bounce = (typeof BOUNCES)[number];

export interface BounceRow {
  bounce_id: string;
  address: string;
  kind: Bounce;
  detail: string;
}

/** @returns whether it had not been reported before */
export async function insertBounce(q: Asks, row: BounceRow, now: Date): Promise<boolean> {
  const { rowCount } = await q.query(
    `insert into mail_bounces (bounce_id, address, kind, detail, reported_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [row.bounce_id, row.address, row.kind, row.detail, now],
  );
  return rowCount === 1;
}

export async function countSoft(q: Asks, address: string, since: Date): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from mail_bounces where address = $1 and kind = 'soft' and reported_at > $2`,
    [address, since],
  );
  return rows[0]?.n ?? 0;
}

export interface Suppression {
  reason: Bounce;
  detail: string;
  since_at: Date;
}

/** A hard bounce outweighs what was known before. */
export async function insertSuppression(q: Asks, address: string, row: Suppression): Promise<void> {
  await q.query(
    `insert into mail_suppressions (address, reason, detail, since_at) values ($1, $2, $3, $4)
     on conflict (address) do update set reason = excluded.reason, detail = excluded.detail
     where excluded.reason = 'hard' or mail_suppressions.reason = 'complaint'`,
    [address, row.reason, row.detail, row.since_at],
  );
}

export async function findSuppression(q: Asks, address: string): Promise<Suppression | null> {
  const { rows } = await q.query<Suppression>({
    name: 'notices_suppression',
    text: 'select reason, detail, since_at from mail_suppressions where address = $1',
    values: [address],
  });
  return rows[0] ?? null;
}

/** The address is tried again, and its soft bounces count from the start. */
export async function deleteSuppression(q: Asks, address: string): Promise<void> {
  await q.query('delete from mail_suppressions where address = $1', [address]);
  await q.query(`delete from mail_bounces where address = $1 and kind = 'soft'`, [address]);
}
