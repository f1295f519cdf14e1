import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import * as queries from './queries.ts';
import { report } from './reports.ts';
import { subjectId } from './subjects.ts';

const outcome = z.enum(['dismissed', 'violation']);

export function mountReports(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/reports',
      who: 'anyone',
      key: 'none',
      summary: 'Report a live, a line, a person or a product, signed in or not; one reporter counts once',
      rate: { max: 20, timeWindow: 600_000 },
      body: z.object({
        subject: subjectId,
        reason: z.string().max(40),
        details: z.string().trim().max(2000).default(''),
        place: z.string().trim().max(300).default(''),
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
