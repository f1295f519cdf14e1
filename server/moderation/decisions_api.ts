import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { route } from '../kernel/route.ts';
import { decide, lift } from './decisions.ts';
import { suspendAll } from './raids.ts';
import { subjectId } from './subjects.ts';

const outcome = z.enum(['dismissed', 'violation']);
const suspend_days = z.int().min(1).max(3650).nullable().default(null);
const reason = z.string().trim().min(3).max(500);

export function mountDecisions(app: App): void {
  const ctx = app.souk;
  const decided = z.object({ decision_id: wireId('decision') });
  route(
    app,
    {
      method: 'POST',
      url: '/moderation/decisions',
      who: 'moderator',
      key: 'required',
      summary: 'Decide about a live, a line, a person or a product, whether reported or not',
      body: z.object({
        subject: subjectId,
        outcome,
        take_down: z.boolean().default(false),
        suspend_days,
        reason,
      }),
      response: { 201: decided },
      refusals: ['not_yourself', 'may_not_judge', 'measure_missing'],
    },
    async ({ me, body, key }) =>
      keyed(ctx, key, { 201: decided }, async (tx) => ({ decision_id: await decide(ctx, tx, me, body) })),
  );
  const lifted = z.object({ done: z.literal(true) });
  route(
    app,
    {
      method: 'POST',
      url: '/moderation/lifts',
      who: 'moderator',
      key: 'required',
      summary: 'End the suspension of a person before its time',
      body: z.object({ person_id: wireId('person'), reason }),
      response: { 200: lifted },
      refusals: ['not_yourself', 'may_not_judge'],
    },
    async ({ me, body, key }) =>
      keyed(ctx, key, { 200: lifted }, async (tx) => {
        await lift(ctx, tx, me, body);
        return { done: true } as const;
      }),
  );
  const suspended = z.object({ suspended: z.int() });
  route(
    app,
    {
      method: 'POST',
      url: '/moderation/suspensions',
      who: 'moderator',
      key: 'required',
      summary: 'Suspend many people in one action, all or none; each can appeal',
      body: z.object({
        person_ids: z.array(wireId('person')).min(1).max(200),
        suspend_days: z.int().min(1).max(3650),
        reason,
        /** Takes away what they said in the last day. */
        remove_lines: z.boolean().default(true),
      }),
      response: { 201: suspended },
      refusals: ['not_yourself', 'may_not_judge', 'measure_missing'],
    },
    async ({ me, body, key }) =>
      keyed(ctx, key, { 201: suspended }, async (tx) => ({ suspended: await suspendAll(ctx, tx, me, body) })),
  );
}
