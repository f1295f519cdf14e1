import * as z from 'zod';
import type { Context } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, type PersonCard, personCard } from '../people/index.ts';
import { decide, lift } from './decisions.ts';
import * as queries from './queries.ts';
import { report } from './reports.ts';
import { sourceOf, subjectId } from './subjects.ts';

const outcome = z.enum(['dismissed', 'violation']);
const reason = z.string().trim().min(3).max(500);
const caseParams = z.object({ case_id: wireId('case') });

const caseItem = z.object({
  case_id: wireId('case'),
  subject: subjectId,
  title: z.string(),
  /** Where it is seen; null when it is gone. */
  path: z.string().nullable(),
  owner: personCard.nullable(),
  opened_at: timeCodec,
  decided_at: timeCodec.nullable(),
  /** Different reporters, and the different lines they came from: a ring shows in the second. */
  reporters: z.int(),
  networks: z.int(),
  reasons: z.array(z.string()),
  violations: z.int(),
});

const caseDetail = caseItem.extend({
  reports: z.array(
    z.object({
      report_id: wireId('report'),
      reporter: personCard.nullable(),
      reason: z.string(),
      details: z.string(),
      reported_at: timeCodec,
    }),
  ),
  decision: z
    .object({
      decision_id: wireId('decision'),
      outcome,
      end_live: z.boolean(),
      suspended_until: timeCodec.nullable(),
      lifted_at: timeCodec.nullable(),
      reason: z.string(),
      decided_by: personCard.nullable(),
      decided_at: timeCodec,
    })
    .nullable(),
});

const auditItem = z.object({
  audit_id: wireId('audit'),
  actor: personCard.nullable(),
  action: z.string(),
  subject: subjectId,
  reason: z.string(),
  happened_at: timeCodec,
});

export function mountReports(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/reports',
      who: 'anyone',
      key: 'none',
      summary: 'Report a room or a person, signed in or not; one reporter counts once',
      rate: { max: 20, timeWindow: 600_000 },
      body: z.object({
        subject: subjectId,
        reason: z.string().max(40),
        details: z.string().trim().max(2000).default(''),
      }),
      response: { 201: z.object({ report_id: wireId('report'), reported_at: timeCodec }) },
      refusals: ['reason_unknown', 'not_yourself'],
    },
    async ({ me, body, req }) => {
      const { report_id, reported_at } = await report(ctx, me, req.ip, body);
      return { report_id, reported_at };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/reports/:report_id',
      who: 'anyone',
      summary: 'What became of a report, for whoever has its receipt',
      params: z.object({ report_id: wireId('report') }),
      response: {
        200: z.object({ reported_at: timeCodec, decided_at: timeCodec.nullable(), outcome: outcome.nullable() }),
      },
    },
    async ({ params }) => {
      const receipt = await queries.findReceipt(ctx.db.pool, params.report_id);
      if (!receipt) throw new Refusal('not_found');
      return { ...receipt, outcome: receipt.outcome as z.output<typeof outcome> | null };
    },
  );
}

export function mountQueue(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/cases',
      who: 'moderator',
      summary: 'What was reported: open cases, the oldest first, or decided ones, the latest first',
      query: pageQuery.extend({ state: z.enum(['open', 'decided']).default('open') }),
      response: { 200: pageOf(caseItem) },
    },
    async ({ query }) => {
      const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
      const rows = await queries.listCases(ctx.db.pool, query.state, query.limit + 1, after);
      const at = (row: queries.Case) => (query.state === 'open' ? row.opened_at : (row.decided_at ?? row.opened_at));
      const page = toPage(ctx.config, rows, query.limit, (row) => [at(row).toISOString(), row.case_id]);
      return { ...page, items: await itemsOf(ctx, page.items) };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/cases/:case_id',
      who: 'moderator',
      summary: 'A case with its reports and its decision',
      params: caseParams,
      response: { 200: caseDetail },
    },
    async ({ params }) => detailOf(ctx, params.case_id),
  );
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/audit',
      who: 'moderator',
      summary: 'Who decided what and why, newest first; nothing can be changed in it',
      query: pageQuery,
      response: { 200: pageOf(auditItem) },
    },
    async ({ query }) => {
      const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
      const rows = await queries.listAudit(ctx.db.pool, query.limit + 1, after);
      const page = toPage(ctx.config, rows, query.limit, (row) => [row.happened_at.toISOString(), row.audit_id]);
      const cards = await cardsOf(
        ctx,
        page.items.map((row) => row.actor_id),
      );
      const items = page.items.map((row) => ({
        ...row,
        actor: cards.get(row.actor_id ?? '') ?? null,
        subject: { kind: row.subject_kind, id: row.subject_id },
      }));
      return { ...page, items };
    },
  );
}

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
      summary: 'Decide about a room or a person, whether reported or not',
      body: z.object({
        subject: subjectId,
        outcome,
        end_live: z.boolean().default(false),
        suspend_days: z.int().min(1).max(3650).nullable().default(null),
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
}

async function cardsOf(ctx: Context, ids: (string | null)[]): Promise<Map<string, PersonCard>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const people = await findPeople(ctx.db.pool, known);
  return new Map(people.map((person) => [person.person_id, cardOf(person)]));
}

async function itemsOf(ctx: Context, rows: queries.Case[]): Promise<z.output<typeof caseItem>[]> {
  const cards = await cardsOf(
    ctx,
    rows.map((row) => row.owner_id),
  );
  return Promise.all(
    rows.map(async ({ subject_kind, subject_id, ...row }) => {
      const found = await sourceOf(ctx, subject_kind)?.find(subject_id);
      const subject = { kind: subject_kind, id: subject_id };
      return { ...row, subject, path: found?.path ?? null, owner: cards.get(row.owner_id) ?? null };
    }),
  );
}

async function detailOf(ctx: Context, case_id: string): Promise<z.output<typeof caseDetail>> {
  const row = await queries.findCase(ctx.db.pool, case_id);
  if (!row) throw new Refusal('not_found');
  const [item] = await itemsOf(ctx, [row]);
  if (!item) throw new Refusal('not_found');
  const reports = await queries.listReports(ctx.db.pool, case_id);
  const decision = await queries.findDecisionOf(ctx.db.pool, case_id);
  const cards = await cardsOf(ctx, [...reports.map((filed) => filed.reporter_id), decision?.decided_by ?? null]);
  return {
    ...item,
    reports: reports.map((filed) => ({ ...filed, reporter: cards.get(filed.reporter_id ?? '') ?? null })),
    decision: decision && {
      ...decision,
      suspended_until: decision.until_at,
      decided_by: cards.get(decision.decided_by) ?? null,
    },
  };
}
