/** Deciding on what was reported: dismiss, end the live, suspend; always with a reason, always in the log. */
import { liftSuspension, suspend } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { type Event, emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { findPeople } from '../people/index.ts';
import * as queries from './queries.ts';
import { SUBJECT_KINDS, type SubjectKind, type SubjectRef, sourceOf } from './subjects.ts';

export const decisionRefusals = defineRefusals({
  may_not_judge: [403, 'Only the operator decides about staff'],
  measure_missing: [400, 'A violation needs a measure: end the live, suspend, or both'],
});

const DAY_MS = 86_400_000;

export interface Decision {
  subject: SubjectRef;
  outcome: 'dismissed' | 'violation';
  end_live: boolean;
  /** Null: no suspension. */
  suspend_days: number | null;
  reason: string;
}

/**
 * Decides the open case of a subject, or opens and decides one where nobody reported it.
 * Refuses `not_found`, `not_yourself`, `may_not_judge`, `measure_missing`.
 * @returns the decision's id; what it stops is stopped by its event within a second
 */
export async function decide(ctx: Context, tx: Tx, me: Principal, decision: Decision): Promise<string> {
  const { subject, outcome, reason, suspend_days } = decision;
  const violation = outcome === 'violation';
  const end_live = violation && decision.end_live;
  if (violation && !end_live && suspend_days === null) throw new Refusal('measure_missing');
  const now = ctx.clock.now();
  const open = await openCaseOf(ctx, tx, subject);
  await refuseToJudge(tx, me, open.owner_id);
  const sanction_id =
    violation && suspend_days !== null
      ? await suspend(ctx, tx, {
          person_id: open.owner_id,
          until_at: new Date(now.getTime() + suspend_days * DAY_MS),
          reason,
          by: me.person_id,
        })
      : null;
  const decision_id = mintId();
  const row = { decision_id, case_id: open.case_id, outcome, end_live, sanction_id, reason };
  await queries.insertDecision(tx, { ...row, decided_by: me.person_id, decided_at: now });
  const data = { decision_id, owner_id: open.owner_id, subject_kind: subject.kind, outcome, end_live, suspend_days };
  await queries.insertAudit(tx, {
    audit_id: decision_id,
    actor_id: me.person_id,
    action: `moderation.${outcome}`,
    subject_kind: subject.kind,
    subject_id: subject.id,
    reason,
    data,
    happened_at: now,
  });
  await emit(tx, ctx, [{ type: 'moderation.decided', actor: me.person_id, subject: subject.id, data }]);
  return decision_id;
}

async function openCaseOf(ctx: Context, tx: Tx, subject: SubjectRef): Promise<queries.OpenCase> {
  const open = await queries.lockOpenCase(tx, subject);
  if (open) return open;
  const found = await sourceOf(ctx, subject.kind)?.find(subject.id);
  if (!found) throw new Refusal('not_found');
  const case_id = await queries.openCase(tx, { ...found, case_id: mintId(), subject, now: ctx.clock.now() });
  return { case_id, owner_id: found.owner_id };
}

/** Nobody judges themselves; staff is judged by the operator only (FAULTS D9). */
async function refuseToJudge(tx: Tx, me: Principal, owner_id: string): Promise<void> {
  if (owner_id === me.person_id) throw new Refusal('not_yourself');
  const [owner] = await findPeople(tx.client, [owner_id]);
  if (owner && owner.roles.length > 0 && !me.roles.includes('operator')) throw new Refusal('may_not_judge');
}

/** Ends every suspension of a person before its time. Refuses `not_found` where there is none. */
export async function lift(
  ctx: Context,
  tx: Tx,
  me: Principal,
  { person_id, reason }: { person_id: string; reason: string },
): Promise<void> {
  await refuseToJudge(tx, me, person_id);
  if (!(await liftSuspension(ctx, tx, person_id, me.person_id))) throw new Refusal('not_found');
  await queries.insertAudit(tx, {
    audit_id: mintId(),
    actor_id: me.person_id,
    action: 'moderation.suspension_lifted',
    subject_kind: 'person',
    subject_id: person_id,
    reason,
    data: {},
    happened_at: ctx.clock.now(),
  });
  await emit(tx, ctx, [{ type: 'moderation.suspension_lifted', actor: me.person_id, subject: person_id, data: {} }]);
}

interface Decided {
  decision_id: string;
  owner_id: string;
  subject_kind: SubjectKind;
  end_live: boolean;
  suspend_days: number | null;
}

/** What a decision stops, and what of people's changes belongs into the log. */
export function reactToDecisions(ctx: Context): void {
  ctx.relay.on('moderation.decided', 'moderation: stop what was decided', async (events) => {
    for (const event of events) await stop(ctx, event);
  });
  ctx.relay.on('person.changed', 'moderation: log', async (events) => {
    for (const event of events) await inTx(ctx.db, (tx) => queries.insertAudit(tx, changeOf(event)));
  });
}

async function stop(ctx: Context, event: Event): Promise<void> {
  const decided = event.data as unknown as Decided;
  const decision = await queries.findDecision(ctx.db.pool, decided.decision_id);
  if (!decision) return;
  const how = { reason: decision.reason, by: decision.decided_by };
  if (decided.end_live) await sourceOf(ctx, decided.subject_kind)?.end?.(event.subject, how);
  if (decided.suspend_days === null) return;
  for (const kind of SUBJECT_KINDS) {
    const source = sourceOf(ctx, kind);
    for (const id of (await source?.runningOf?.(decided.owner_id)) ?? []) await source?.end?.(id, how);
  }
}

const changeOf = ({ id, actor, subject, data, at }: Event): queries.Audit => ({
  audit_id: id,
  actor_id: actor,
  action: `people.${String(data.field)}_changed`,
  subject_kind: 'person',
  subject_id: subject,
  reason: '',
  data: {},
  happened_at: new Date(at),
});
