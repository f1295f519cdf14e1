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
import { SUBJECT_KINDS, sourceOf, subjectId } from './subjects.ts';

const outcome = z.enum(['dismissed', 'violation']);
const caseParams = z.object({ case_id: wireId('case') });

const caseItem = z.object({
  case_id: wireId('case'),
  subject: subjectId,
  title: z.string(),
  /** Where it is seen; null when it is gone. */
  path: z.string().nullable(),
  owner: personCard.nullable(),
  /** 1 to 3, of the gravest reason. */
  severity: z.int(),
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
      place: z.string(),
      reported_at: timeCodec,
    }),
  ),
  decision: z
    .object({
      decision_id: wireId('decision'),
      outcome,
      take_down: z.boolean(),
      suspended_until: timeCodec.nullable(),
      lifted_at: timeCodec.nullable(),
      reason: z.string(),
      decided_by: personCard.nullable(),
      decided_at: timeCodec,
    })
    .nullable(),
});

export function mountQueue(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/cases',
      who: 'moderator',
      summary:
        'What was reported: open cases, the gravest and of those the oldest first, or decided ones, the latest first',
      query: pageQuery.extend({
        state: z.enum(['open', 'decided']).default('open'),
        kind: z.enum(SUBJECT_KINDS).optional(),
        /** At least. */
        severity: z.coerce.number().int().min(1).max(3).default(1),
      }),
      response: { 200: pageOf(caseItem) },
    },
    async ({ query }) => {
      const { state, kind = null, severity, limit } = query;
      const after = query.after ? decodeCursor(ctx.config, query.after) : null;
      const rows = await queries.listCases(ctx.db.pool, { state, kind, severity }, limit + 1, after);
      const page = toPage(ctx.config, rows, limit, (row) => [
        -row.severity,
        (row.decided_at ?? row.opened_at).toISOString(),
        row.case_id,
      ]);
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
}

export async function cardsOf(ctx: Context, ids: (string | null)[]): Promise<Map<string, PersonCard>> {
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
