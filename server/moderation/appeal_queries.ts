/** All SQL of appeals. */
import type { Tx } from '../kernel/db.ts';
import type { SubjectKind } from './subjects.ts';

type Asks = Pick<Tx['client'], 'query'>;

/** A decision as the person it concerns may see it. */
export interface OwnDecision {
  decision_id: string;
  subject_kind: SubjectKind;
  title: string;
  take_down: boolean;
  until_at: Date | null;
  lifted_at: Date | null;
  reason: string;
  decided_at: Date;
  appeal_id: string | null;
  appeal_reasoning: string | null;
  appeal_filed_at: Date | null;
  appeal_outcome: 'upheld' | 'overturned' | null;
  appeal_reason: string | null;
  appeal_decided_at: Date | null;
}

const OWN = `d.decision_id, c.subject_kind, c.title, d.take_down, s.until_at, s.lifted_at, d.reason, d.decided_at,
  a.appeal_id, a.reasoning as appeal_reasoning, a.filed_at as appeal_filed_at, a.outcome as appeal_outcome,
  a.reason as appeal_reason, a.decided_at as appeal_decided_at
  from cases c join decisions d using (case_id) left join sanctions s using (sanction_id)
    left join appeals a using (decision_id)`;

/** What was decided against a person, the latest first. */
export async function listOwnDecisions(
  q: Asks,
  owner_id: string,
  limit: number,
  after: [string, string] | null,
): Promise<OwnDecision[]> {
  const { rows } = await q.query<OwnDecision>(
    `select ${OWN} where c.owner_id = $1 and d.outcome = 'violation'
       and ($2::timestamptz is null or (d.decided_at, d.decision_id) < ($2, $3::uuid))
     order by d.decided_at desc, d.decision_id desc limit $4`,
    [owner_id, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

/** @returns the id of the appeal, this one or the one that was there */
export async function insertAppeal(
  tx: Tx,
  row: { appeal_id: string; decision_id: string; person_id: string; reasoning: string; filed_at: Date },
): Promise<string> {
  await tx.client.query(
    `insert into appeals (appeal_id, decision_id, person_id, reasoning, filed_at) values ($1, $2, $3, $4, $5)
     on conflict (decision_id) do nothing`,
    [row.appeal_id, row.decision_id, row.person_id, row.reasoning, row.filed_at],
  );
  const { rows } = await tx.client.query<{ appeal_id: string }>(
    'select appeal_id from appeals where decision_id = $1',
    [row.decision_id],
  );
  return rows[0]?.appeal_id ?? row.appeal_id;
}

export interface Appeal {
  appeal_id: string;
  decision_id: string;
  case_id: string;
  subject_kind: SubjectKind;
  subject_id: string;
  title: string;
  person_id: string;
  reasoning: string;
  filed_at: Date;
  first_judge_id: string;
  first_reason: string;
  first_decided_at: Date;
  take_down: boolean;
  sanction_id: string | null;
  until_at: Date | null;
  outcome: 'upheld' | 'overturned' | null;
  reason: string | null;
  decided_by: string | null;
  decided_at: Date | null;
}

const APPEAL = `a.appeal_id, a.decision_id, c.case_id, c.subject_kind, c.subject_id, c.title, a.person_id, a.reasoning,
  a.filed_at, d.decided_by as first_judge_id, d.reason as first_reason, d.decided_at as first_decided_at, d.take_down,
  d.sanction_id, s.until_at, a.outcome, a.reason, a.decided_by, a.decided_at
  from appeals a join decisions d using (decision_id) join cases c using (case_id)
    left join sanctions s using (sanction_id)`;

/** Open: the oldest first. Decided: the latest first. */
export async function listAppeals(
  q: Asks,
  state: 'open' | 'decided',
  limit: number,
  after: [string, string] | null,
): Promise<Appeal[]> {
  const [by, compare, order] = state === 'open' ? ['filed_at', '>', 'asc'] : ['decided_at', '<', 'desc'];
  const { rows } = await q.query<Appeal>(
    `select ${APPEAL} where a.decided_at is ${state === 'open' ? '' : 'not'} null
       and ($2::timestamptz is null or (a.${by}, a.appeal_id) ${compare} ($2, $3::uuid))
     order by a.${by} ${order}, a.appeal_id ${order} limit $1`,
    [limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}

export async function findAppeal(q: Asks, appeal_id: string): Promise<Appeal | null> {
  const { rows } = await q.query<Appeal>(`select ${APPEAL} where a.appeal_id = $1`, [appeal_id]);
  return rows[0] ?? null;
}

/** @returns false where it was decided already */
export async function setAppealDecided(
  tx: Tx,
  row: { appeal_id: string; outcome: 'upheld' | 'overturned'; reason: string; decided_by: string; decided_at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `update appeals set outcome = $2, reason = $3, decided_by = $4, decided_at = $5
     where appeal_id = $1 and decided_at is null`,
    [row.appeal_id, row.outcome, row.reason, row.decided_by, row.decided_at],
  );
  return rowCount === 1;
}

/** Whom a violation concerns; null where there is no such decision. */
export async function findOwnerOf(q: Asks, decision_id: string): Promise<string | null> {
  const { rows } = await q.query<{ owner_id: string }>(
    `select c.owner_id from decisions d join cases c using (case_id)
     where d.decision_id = $1 and d.outcome = 'violation'`,
    [decision_id],
  );
  return rows[0]?.owner_id ?? null;
}
