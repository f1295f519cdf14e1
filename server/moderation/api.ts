import * as z from 'zod';
import type { Context } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, type PersonCard, personCard } from '../people/index.ts';
import * as queries from './queries.ts';
import { sourceOf, subjectId } from './subjects.ts';

const outcome = z.enum(['dismissed', 'violation']);
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
