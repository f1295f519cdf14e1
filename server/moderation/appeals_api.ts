/** Routes of appeals: of the person a decision concerns, and of who decides about it. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { personCard } from '../people/index.ts';
import { cardsOf } from './api.ts';
import * as queries from './appeal_queries.ts';
import { appeal, decideAppeal } from './appeals.ts';
import { SUBJECT_KINDS, subjectId } from './subjects.ts';

const outcome = z.enum(['upheld', 'overturned']);
const kind = z.enum(SUBJECT_KINDS);

export function mountAppeals(app: App): void {
  mountOwn(app);
  mountAppealQueue(app);
}

const ownDecision = z.object({
  decision_id: wireId('decision'),
  kind,
  title: z.string(),
  take_down: z.boolean(),
  suspended_until: timeCodec.nullable(),
  lifted_at: timeCodec.nullable(),
  reason: z.string(),
  decided_at: timeCodec,
  appeal: z
    .object({
      appeal_id: wireId('appeal'),
      reasoning: z.string(),
      filed_at: timeCodec,
      outcome: outcome.nullable(),
      reason: z.string().nullable(),
      decided_at: timeCodec.nullable(),
    })
    .nullable(),
});

const shapeOwn = (row: queries.OwnDecision): z.output<typeof ownDecision> => ({
  ...row,
  kind: row.subject_kind,
  suspended_until: row.until_at,
  appeal:
    row.appeal_id === null || row.appeal_reasoning === null || row.appeal_filed_at === null
      ? null
      : {
          appeal_id: row.appeal_id,
          reasoning: row.appeal_reasoning,
          filed_at: row.appeal_filed_at,
          outcome: row.appeal_outcome,
          reason: row.appeal_reason,
          decided_at: row.appeal_decided_at,
        },
});

function mountOwn(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/decisions/mine',
      who: 'person',
      summary: 'What was decided against oneself, and what became of one’s appeals; the latest first',
      query: pageQuery,
      response: { 200: pageOf(ownDecision) },
    },
    async ({ me, query: { limit, after } }) => {
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const rows = await queries.listOwnDecisions(ctx.db.pool, me.person_id, limit + 1, seen);
      const page = toPage(ctx.config, rows, limit, (row) => [row.decided_at.toISOString(), row.decision_id]);
      return { ...page, items: page.items.map(shapeOwn) };
    },
  );
  const filed = z.object({ appeal_id: wireId('appeal') });
  route(
    app,
    {
      method: 'POST',
      url: '/moderation/appeals',
      who: 'person',
      key: 'required',
      summary: 'Appeal against a decision about oneself; somebody else than who decided it will judge',
      body: z.object({ decision_id: wireId('decision'), reasoning: z.string().trim().min(3).max(2_000) }),
      response: { 201: filed },
      while_suspended: true,
    },
    async ({ me, body, key }) =>
      keyed(ctx, key, { 201: filed }, async (tx) => ({ appeal_id: await appeal(ctx, tx, me, body) })),
  );
}

const appealItem = z.object({
  appeal_id: wireId('appeal'),
  case_id: wireId('case'),
  subject: subjectId,
  title: z.string(),
  person: personCard.nullable(),
  reasoning: z.string(),
  filed_at: timeCodec,
  first_judge: personCard.nullable(),
  /** Whether the reader decided first and so must leave it to somebody else. */
  decided_by_me: z.boolean(),
  first_reason: z.string(),
  first_decided_at: timeCodec,
  take_down: z.boolean(),
  suspended_until: timeCodec.nullable(),
  outcome: outcome.nullable(),
  reason: z.string().nullable(),
  decided_by: personCard.nullable(),
  decided_at: timeCodec.nullable(),
});

function mountAppealQueue(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/appeals',
      who: 'moderator',
      summary: 'Appeals: open ones, the oldest first, or decided ones, the latest first',
      query: pageQuery.extend({ state: z.enum(['open', 'decided']).default('open') }),
      response: { 200: pageOf(appealItem) },
    },
    async ({ me, query: { state, limit, after } }) => {
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const rows = await queries.listAppeals(ctx.db.pool, state, limit + 1, seen);
      const at = (row: queries.Appeal) => (state === 'open' ? row.filed_at : (row.decided_at ?? row.filed_at));
      const page = toPage(ctx.config, rows, limit, (row) => [at(row).toISOString(), row.appeal_id]);
      const ids = page.items.flatMap((row) => [row.person_id, row.first_judge_id, row.decided_by]);
      const cards = await cardsOf(ctx, ids);
      const items = page.items.map((row) => ({
        ...row,
        subject: { kind: row.subject_kind, id: row.subject_id },
        person: cards.get(row.person_id) ?? null,
        first_judge: cards.get(row.first_judge_id) ?? null,
        decided_by_me: row.first_judge_id === me.person_id,
        suspended_until: row.until_at,
        decided_by: cards.get(row.decided_by ?? '') ?? null,
      }));
      return { ...page, items };
    },
  );
  const done = z.object({ done: z.literal(true) });
  route(
    app,
    {
      method: 'POST',
      url: '/moderation/appeals/:appeal_id/decision',
      who: 'moderator',
      key: 'required',
      summary: 'Uphold a decision or overturn it: then its suspension ends, its line or product comes back',
      params: z.object({ appeal_id: wireId('appeal') }),
      body: z.object({ outcome, reason: z.string().trim().min(3).max(500) }),
      response: { 200: done },
      refusals: ['same_judge', 'appeal_decided', 'not_yourself', 'may_not_judge'],
    },
    async ({ me, params, body, key }) =>
      keyed(ctx, key, { 200: done }, async (tx) => {
        await decideAppeal(ctx, tx, me, { ...params, ...body });
        return { done: true } as const;
      }),
  );
}
