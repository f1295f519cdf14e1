/** All SQL of moderation. */
import type { Tx } from '../kernel/db.ts';
import type { SubjectKind, SubjectRef } from './subjects.ts';

type Asks = Pick<Tx['client'], 'query'>;

export interface OpenCase {
  case_id: string;
  owner_id: string;
}

/** Opens a case, or finds the one that is open. @returns its id, locked */
export async function openCase(
  tx: Tx,
  row: { case_id: string; subject: SubjectRef; owner_id: string; title: string; severity: number; now: Date },
): Promise<string> {
  const { case_id, subject, owner_id, title, severity, now } = row;
  await tx.client.query(
    `insert into cases (case_id, subject_kind, subject_id, owner_id, title, severity, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (subject_kind, subject_id) where decided_at is null
     do update set severity = excluded.severity where cases.severity < excluded.severity`,
    [case_id, subject.kind, subject.id, owner_id, title.slice(0, 200), severity, now],
  );
  const open = await lockOpenCase(tx, subject);
  // Decided between the two statements: report it anew.
  return open?.case_id ?? openCase(tx, row);
}

export async function lockOpenCase(tx: Tx, subject: SubjectRef): Promise<OpenCase | null> {
  const { rows } = await tx.client.query<OpenCase>(
    `select case_id, owner_id from cases
     where subject_kind = $1 and subject_id = $2 and decided_at is null for update`,
    [subject.kind, subject.id],
  );
  return rows[0] ?? null;
}

export interface Report {
  report_id: string;
  case_id: string;
  reporter_key: string;
  reporter_id: string | null;
  network_key: string;
  reason: string;
  details: string;
  place: string;
  reported_at: Date;
}

/** The first report of a reporter stays; a later one of the same case gets its receipt. */
export async function insertReport(
  tx: Tx,
  row: Report,
): Promise<{ report_id: string; reported_at: Date; fresh: boolean }> {
  const { rows } = await tx.client.query<{ report_id: string; reported_at: Date }>(
    `with filed as (
       insert into reports
         (report_id, case_id, reporter_key, reporter_id, network_key, reason, details, place, reported_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (case_id, reporter_key) do nothing
       returning report_id, reported_at)
     select report_id, reported_at from filed
     union all select report_id, reported_at from reports where case_id = $2 and reporter_key = $3 limit 1`,
    [
      row.report_id,
      row.case_id,
      row.reporter_key,
      row.reporter_id,
      row.network_key,
      row.reason,
      row.details,
      row.place,
      row.reported_at,
    ],
  );
  const [filed] = rows;
  if (!filed) throw new Error('a report was neither filed nor found');
  return { ...filed, fresh: filed.report_id === row.report_id };
}

/** What a reporter may know by their receipt. */
export async function findReceipt(q: Asks, report_id: string) {
  const { rows } = await q.query<{ reported_at: Date; decided_at: Date | null; outcome: string | null }>(
    `select r.reported_at, c.decided_at, d.outcome from reports r join cases c using (case_id)
     left join decisions d using (case_id) where r.report_id = $1`,
    [report_id],
  );
  return rows[0] ?? null;
}

export interface Case {
  case_id: string;
  subject_kind: SubjectKind;
  subject_id: string;
  owner_id: string;
  title: string;
  severity: number;
  opened_at: Date;
  decided_at: Date | null;
  reporters: number;
  networks: number;
  reasons: string[];
  /** Earlier cases of the same person that were violations. */
  violations: number;
}

const CASE = `c.case_id, c.subject_kind, c.subject_id, c.owner_id, c.title, c.severity, c.opened_at, c.decided_at,
  r.reporters, r.networks, r.reasons,
  (select count(*)::int from cases o join decisions d using (case_id)
    where o.owner_id = c.owner_id and o.case_id <> c.case_id and d.outcome = 'violation') as violations
  from cases c cross join lateral (
    select count(*)::int as reporters, count(distinct network_key)::int as networks,
      coalesce(array_agg(distinct reason), '{}') as reasons
    from reports where reports.case_id = c.case_id) r`;

export interface CaseFilter {
  state: 'open' | 'decided';
  kind: SubjectKind | null;
  /** At least. */
  severity: number;
}

/** Open: the gravest first, of equal ones the oldest. Decided: the latest first. */
export async function listCases(
  q: Asks,
  { state, kind, severity }: CaseFilter,
  limit: number,
  after: (string | number)[] | null,
): Promise<Case[]> {
  const open = state === 'open';
  const [keys, order] = open
    ? [
        '(-c.severity, c.opened_at, c.case_id) > ($4::int, $5::timestamptz, $6::uuid)',
        '-c.severity, c.opened_at, c.case_id',
      ]
    : [
        '$4::int is not null and (c.decided_at, c.case_id) < ($5::timestamptz, $6::uuid)',
        'c.decided_at desc, c.case_id desc',
      ];
  const { rows } = await q.query<Case>(
    `select ${CASE} where c.decided_at is ${open ? '' : 'not'} null
       and ($1::text is null or c.subject_kind = $1) and c.severity >= $2
       and ($5::timestamptz is null or ${keys}) order by ${order} limit $3`,
    [kind, severity, limit, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null],
  );
  return rows;
}

export async function findCase(q: Asks, case_id: string): Promise<Case | null> {
  const { rows } = await q.query<Case>(`select ${CASE} where c.case_id = $1`, [case_id]);
  return rows[0] ?? null;
}

export async function listReports(q: Asks, case_id: string): Promise<Report[]> {
  const { rows } = await q.query<Report>(
    'select * from reports where case_id = $1 order by reported_at desc, report_id desc limit 100',
    [case_id],
  );
  return rows;
}

export interface DecisionRow {
  decision_id: string;
  case_id: string;
  outcome: 'dismissed' | 'violation';
  take_down: boolean;
  sanction_id: string | null;
  reason: string;
  decided_by: string;
  decided_at: Date;
}

/** Writes the decision and closes its case. */
export async function insertDecision(tx: Tx, row: DecisionRow): Promise<void> {
  await tx.client.query(
    `insert into decisions (decision_id, case_id, outcome, take_down, sanction_id, reason, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      row.decision_id,
      row.case_id,
      row.outcome,
      row.take_down,
      row.sanction_id,
      row.reason,
      row.decided_by,
      row.decided_at,
    ],
  );
  await tx.client.query('update cases set decided_at = $2 where case_id = $1', [row.case_id, row.decided_at]);
}

const DECISION =
  'd.decision_id, d.case_id, d.outcome, d.take_down, d.sanction_id, d.reason, d.decided_by, d.decided_at';

export async function findDecision(q: Asks, decision_id: string): Promise<DecisionRow | null> {
  const { rows } = await q.query<DecisionRow>(`select ${DECISION} from decisions d where d.decision_id = $1`, [
    decision_id,
  ]);
  return rows[0] ?? null;
}

export async function findDecisionOf(
  q: Asks,
  case_id: string,
): Promise<(DecisionRow & { until_at: Date | null; lifted_at: Date | null }) | null> {
  const { rows } = await q.query<DecisionRow & { until_at: Date | null; lifted_at: Date | null }>(
    `select ${DECISION}, s.until_at, s.lifted_at from decisions d left join sanctions s using (sanction_id)
     where d.case_id = $1`,
    [case_id],
  );
  return rows[0] ?? null;
}

/** Who signed in reported a decided case: they are told. */
export async function reportersOf(q: Asks, decision_id: string): Promise<string[]> {
  const { rows } = await q.query<{ reporter_id: string }>(
    `select r.reporter_id from reports r join decisions d using (case_id)
     where d.decision_id = $1 and r.reporter_id is not null`,
    [decision_id],
  );
  return rows.map((row) => row.reporter_id);
}
