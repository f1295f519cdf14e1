import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { defineNoticeJobs } from './notices.ts';
import { listNotices } from './queries.ts';

const notice = z.object({
  notice_id: wireId('notice'),
  kind: z.string(),
  subject: z.string(),
  body_text: z.string(),
  created_at: timeCodec,
});

export function mountNotices(app: App): void {
  const ctx = app.souk;
  defineNoticeJobs(ctx);
  route(
    app,
    {
      method: 'GET',
      url: '/notices',
      who: 'person',
      summary: 'What one was told, newest first',
      query: pageQuery,
      response: { 200: pageOf(notice) },
    },
    async ({ me, query }) => {
      const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
      const rows = await listNotices(ctx.db.pool, me.person_id, query.limit + 1, after);
      return toPage(ctx.config, rows, query.limit, (row) => [row.created_at.toISOString(), row.notice_id]);
    },
  );
}
