/** All SQL of notices. */
import type { Tx } from '../kernel/db.ts';

type Asks = Pick<Tx['client'], 'query'>;

export interface Notice {
  notice_id: string;
  person_id: string;
  kind: string;
  subject: string;
  body_text: string;
  created_at: Date;
}

/** @returns false where this was written down before */
export async function insertNotice(
  tx: Tx,
  row: Omit<Notice, 'created_at'> & { event_id: string },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into notices (notice_id, event_id, person_id, kind, subject, body_text, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (event_id, person_id, kind) do nothing`,
    [row.notice_id, row.event_id, row.person_id, row.kind, row.subject, row.body_text, now],
  );
  return rowCount === 1;
}

export async function findUnmailed(q: Asks, notice_id: string): Promise<Notice | null> {
  const { rows } = await q.query<Notice>('select * from notices where notice_id = $1 and mailed_at is null', [
    notice_id,
  ]);
  return rows[0] ?? null;
}

export async function setMailed(q: Asks, notice_id: string, at: Date): Promise<void> {
  await q.query('update notices set mailed_at = $2 where notice_id = $1', [notice_id, at]);
}

export async function listNotices(
  q: Asks,
  person_id: string,
  limit: number,
  after: [string, string] | null,
): Promise<Notice[]> {
  const { rows } = await q.query<Notice>(
    `select notice_id, person_id, kind, subject, body_text, created_at from notices
     where person_id = $1 and ($3::timestamptz is null or (created_at, notice_id) < ($3, $4::uuid))
     order by created_at desc, notice_id desc limit $2`,
    [person_id, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}
