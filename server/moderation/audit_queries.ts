/** All SQL of the log. */
import type { Tx } from '../kernel/db.ts';
import type { SubjectKind } from './subjects.ts';

type Asks = Pick<Tx['client'], 'query'>;

export interface Audit {
  audit_id: string;
  actor_id: string | null;
  action: string;
  subject_kind: SubjectKind;
  subject_id: string;
  reason: string;
  data: Record<string, unknown>;
  happened_at: Date;
}

/** Once each: the id is that of the event or decision it stands for. */
export async function insertAudits(tx: Tx, rows: Audit[]): Promise<void> {
  if (rows.length === 0) return;
  const of = <K extends keyof Audit>(name: K) => rows.map((row) => row[name]);
  await tx.client.query(
    `insert into audit_log (audit_id, actor_id, action, subject_kind, subject_id, reason, data, happened_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::jsonb[],
       $8::timestamptz[])
     on conflict (audit_id) do nothing`,
    [
      of('audit_id'),
      of('actor_id'),
      of('action'),
      of('subject_kind'),
      of('subject_id'),
      of('reason'),
      rows.map((row) => JSON.stringify(row.data)),
      of('happened_at'),
    ],
  );
}

export interface AuditFilter {
  /** What staff of the house did, or those who keep order in rooms; null: all. */
  of: 'staff' | 'rooms' | null;
  actor_id: string | null;
}

/** Newest first. */
export async function listAudit(
  q: Asks,
  filter: AuditFilter,
  limit: number,
  after: [string, string] | null,
): Promise<Audit[]> {
  const { rows } = await q.query<Audit>(
    `select * from audit_log where ($2::timestamptz is null or (happened_at, audit_id) < ($2, $3::uuid))
       and ($4::text is null or (action like 'room.%') = ($4 = 'rooms')) and ($5::uuid is null or actor_id = $5)
     order by happened_at desc, audit_id desc limit $1`,
    [limit, after?.[0] ?? null, after?.[1] ?? null, filter.of, filter.actor_id],
  );
  return rows;
}
