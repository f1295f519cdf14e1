/** Appeals: whom a decision concerns says why it is wrong; somebody else than the first judge decides (DSA art. 20). */
import { liftSanction } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { tellOfAppeals } from './appeal_messages.ts';
import * as queries from './appeal_queries.ts';
import { insertAudits } from './audit_queries.ts';
import { refuseToJudge } from './decisions.ts';
import { type SubjectKind, sourceOf } from './subjects.ts';

export const appealRefusals = defineRefusals({
  same_judge: [403, 'Somebody else than who decided first must decide the appeal'],
  appeal_decided: [409, 'This appeal is decided'],
});

/** One appeal a decision; a second one gets the id of the first. Refuses `not_found` for decisions about others. */
export async function appeal(
  ctx: Context,
  tx: Tx,
  me: Principal,
  { decision_id, reasoning }: { decision_id: string; reasoning: string },
): Promise<string> {
  if ((await queries.findOwnerOf(tx.client, decision_id)) !== me.person_id) throw new Refusal('not_found');
  const filed_at = ctx.clock.now();
  const row = { appeal_id: mintId(), decision_id, person_id: me.person_id, reasoning, filed_at };
  const appeal_id = await queries.insertAppeal(tx, row);
  if (appeal_id === row.appeal_id) {
    const data = { decision_id };
    await emit(tx, ctx, [{ type: 'moderation.appealed', actor: me.person_id, subject: appeal_id, data }]);
  }
  return appeal_id;
}

/**
 * Upholds a decision or overturns it: its suspension ends, its line or product comes back. A live that was ended
 * stays ended, and its gifts stay returned.
 * Refuses `not_found`, `same_judge`, `appeal_decided`, and what refuses to judge a person.
 */
export async function decideAppeal(
  ctx: Context,
  tx: Tx,
  me: Principal,
  { appeal_id, outcome, reason }: { appeal_id: string; outcome: 'upheld' | 'overturned'; reason: string },
): Promise<void> {
  const found = await queries.findAppeal(tx.client, appeal_id);
  if (!found) throw new Refusal('not_found');
  if (found.first_judge_id === me.person_id) throw new Refusal('same_judge');
  await refuseToJudge(tx, me, found.person_id);
  const now = ctx.clock.now();
  const row = { appeal_id, outcome, reason, decided_by: me.person_id, decided_at: now };
  if (!(await queries.setAppealDecided(tx, row))) throw new Refusal('appeal_decided');
  if (outcome === 'overturned' && found.sanction_id) await liftSanction(ctx, tx, found.sanction_id, me.person_id);
  const { subject_kind, subject_id, take_down } = found;
  await insertAudits(tx, [
    {
      audit_id: appeal_id,
      actor_id: me.person_id,
      action: `moderation.appeal_${outcome}`,
      subject_kind,
      subject_id,
      reason,
      data: { decision_id: found.decision_id },
      happened_at: now,
    },
  ]);
  const data = { subject_kind, subject_id, restores: outcome === 'overturned' && take_down };
  await emit(tx, ctx, [{ type: 'moderation.appeal_decided', actor: me.person_id, subject: appeal_id, data }]);
}

/** What was taken down wrongly comes back, and who appealed is told. */
export function reactToAppeals(ctx: Context): void {
  tellOfAppeals(ctx);
  ctx.relay.on('moderation.appeal_decided', 'moderation: restore', async (events) => {
    for (const { data } of events) {
      const { subject_kind, subject_id, restores } = data as {
        subject_kind: SubjectKind;
        subject_id: string;
        restores: boolean;
      };
      if (restores) await sourceOf(ctx, subject_kind)?.restore?.(subject_id);
    }
  });
}
