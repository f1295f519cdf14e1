/** Deciding on what was reported: dismiss, take it down, suspend; always with a reason, always in the log. */
import { liftSuspension, suspend } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { type Event, emit, type NewEvent } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { findPeople } from '../people/index.ts';
import { insertAudits } from './audit_queries.ts';
import * as queries from './queries.ts';
import { SUBJECT_KINDS, type SubjectKind, type SubjectRef, sourceOf } from './subjects.ts';

export const decisionRefusals = defineRefusals({
  may_not_judge: [403, 'Only the operator decides about staff'],
  measure_missing: [400, 'A violation needs a measure: take it down, suspend, or both'],
});

const DAY_MS = 86_400_000;
/** Of a case that nobody reported: a moderator saw it themselves. */
const SEEN_SEVERITY = 2;

export interface Decision {
  subject: SubjectRef;
  outcome: 'dismissed' | 'violation';
  /** Ends a live, removes a line, takes a product off sale. */
  take_down: boolean;
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
  const { decision_id, event } = await decideOne(ctx, tx, me, decision);
  await emit(tx, ctx, [event]);
  return decision_id;
}

/** Writes one decision and its line in the log; the caller emits what it returns. */
export async function decideOne(
  ctx: Context,
  tx: Tx,
  me: Principal,
  { subject, outcome, reason, ...measures }: Decision,
): Promise<{ decision_id: string; event: NewEvent }> {
  const violation = outcome === 'violation';
  const take_down = violation && measures.take_down;
  const suspend_days = violation ? measures.suspend_days : null;
  if (violation && !take_down && suspend_days === null) throw new Refusal('measure_missing');
  const now = ctx.clock.now();
  const open = await openCaseOf(ctx, tx, subject);
  await refuseToJudge(tx, me, open.owner_id);
  const until_at = suspend_days === null ? null : new Date(now.getTime() + suspend_days * DAY_MS);
  const by = me.person_id;
  const sanction_id = until_at && (await suspend(ctx, tx, { person_id: open.owner_id, until_at, reason, by }));
  const decision_id = mintId();
  const row = { decision_id, case_id: open.case_id, outcome, take_down, sanction_id, reason };
  await queries.insertDecision(tx, { ...row, decided_by: by, decided_at: now });
  const data = { decision_id, owner_id: open.owner_id, subject_kind: subject.kind, outcome, take_down, suspend_days };
  await insertAudits(tx, [
    {
      audit_id: decision_id,
      actor_id: by,
      action: `moderation.${outcome}`,
      subject_kind: subject.kind,
      subject_id: subject.id,
      reason,
      data,
      happened_at: now,
    },
  ]);
  return { decision_id, event: { type: 'moderation.decided', actor: by, subject: subject.id, data } };
}

async function openCaseOf(ctx: Context, tx: Tx, subject: SubjectRef): Promise<queries.OpenCase> {
  const open = await queries.lockOpenCase(tx, subject);
  if (open) return open;
  const found = await sourceOf(ctx, subject.kind)?.find(subject.id);
  if (!found) throw new Refusal('not_found');
  const row = { ...found, case_id: mintId(), subject, severity: SEEN_SEVERITY, now: ctx.clock.now() };
  return { case_id: await queries.openCase(tx, row), owner_id: found.owner_id };
}

/** Nobody judges themselves; staff is judged by the operator only (FAULTS D9). */
export async function refuseToJudge(tx: Tx, me: Principal, owner_id: string): Promise<void> {
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
  await insertAudits(tx, [
    {
      audit_id: mintId(),
      actor_id: me.person_id,
      action: 'moderation.suspension_lifted',
      subject_kind: 'person',
      subject_id: person_id,
      reason,
      data: {},
      happened_at: ctx.clock.now(),
    },
  ]);
  await emit(tx, ctx, [{ type: 'moderation.suspension_lifted', actor: me.person_id, subject: person_id, data: {} }]);
}

interface Decided {
  decision_id: string;
  owner_id: string;
  subject_kind: SubjectKind;
  take_down: boolean;
  suspend_days: number | null;
}

/** What a decision stops. */
export function reactToDecisions(ctx: Context): void {
  ctx.relay.on('moderation.decided', 'moderation: stop what was decided', async (events) => {
    for (const event of events) await stop(ctx, event);
  });
}

async function stop(ctx: Context, event: Event): Promise<void> {
  const decided = event.data as unknown as Decided;
  const decision = await queries.findDecision(ctx.db.pool, decided.decision_id);
  if (!decision) return;
  const how = { reason: decision.reason, by: decision.decided_by };
  if (decided.take_down) await sourceOf(ctx, decided.subject_kind)?.end?.(event.subject, how);
  if (decided.suspend_days === null) return;
  for (const kind of SUBJECT_KINDS) {
    const source = sourceOf(ctx, kind);
    for (const id of (await source?.runningOf?.(decided.owner_id)) ?? []) await source?.end?.(id, how);
  }
}
