/** Routes of finance: refunds that the provider refuses. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { moneyCodec, timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { listRefusedRefunds, type RefusedRefund } from './refund_queries.ts';
import { retryRefund } from './refunds.ts';

const refused = z.object({
  refund_id: wireId('refund'),
  amount: moneyCodec,
  /** `retrying`: asked for again at `next_try_at`. `refused`: so often that somebody has to look. */
  state: z.enum(['retrying', 'refused']),
  tries: z.int(),
  purpose: z.string(),
  /** What was paid for, for the ledger explorer. */
  thing_id: z.string(),
  person_id: wireId('person'),
  reason: z.string(),
  owed_since: timeCodec,
  next_try_at: timeCodec.nullable(),
});

function refusedView(row: RefusedRefund): z.output<typeof refused> {
  const { refund_id, tries, purpose, thing_id, person_id, reason } = row;
  return {
    ...{ refund_id, tries, purpose, thing_id, person_id, reason },
    amount: { amount: row.amount_minor, currency: row.currency },
    state: row.state === 'failed' ? 'refused' : 'retrying',
    owed_since: row.created_at,
    next_try_at: row.ask_at,
  };
}

export function mountRefunds(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/payments/refunds',
      who: 'finance',
      summary: 'Refunds that are owed and that the provider refused, the latest first',
      query: pageQuery,
      response: { 200: pageOf(refused) },
      refusals: ['cursor_invalid'],
    },
    async ({ query }) => {
      const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
      const rows = await listRefusedRefunds(ctx.db.pool, query.limit + 1, after);
      const page = toPage(ctx.config, rows, query.limit, (row) => [row.changed_at.toISOString(), row.refund_id]);
      return { ...page, items: page.items.map(refusedView) };
    },
  );

  const response = { 200: z.object({}) };
  route(
    app,
    {
      method: 'POST',
      url: '/payments/refunds/:refund_id/retry',
      who: 'finance',
      key: 'required',
      summary: 'Ask the provider once more for a refund that it refused for good',
      params: z.object({ refund_id: wireId('refund') }),
      response,
      refusals: ['refund_not_refused'],
    },
    ({ params, key }) =>
      keyed(ctx, key, response, async (tx) => {
        await retryRefund(tx, ctx, params.refund_id);
        return {};
      }),
  );
}
