import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { personCard } from '../people/index.ts';
import { mountBounces } from './bounces_api.ts';
import { readInbox, unreadCount } from './inbox.ts';
import { defineNoticeJobs } from './jobs.ts';
import { tellOfPeople } from './people_notices.ts';
import { mountPush } from './push_api.ts';
import { setRead } from './queries.ts';
import { CATEGORIES } from './registry.ts';
import { mountSettings, mountUnsubscribe } from './settings_api.ts';

const locale = z.enum(['de', 'en']);

const line = z.object({
  notice_id: wireId('notice'),
  kind: z.string(),
  category: z.enum(CATEGORIES),
  line: z.string(),
  /** What the mail said, where it says more than the line. */
  body_text: z.string().nullable(),
  /** A path of the web app. */
  link: z.string().nullable(),
  /** Who did it last, at most three; empty where nobody did. */
  actors: z.array(personCard),
  /** How many notices are this line. */
  count: z.int(),
  read: z.boolean(),
  updated_at: timeCodec,
});

export function mountNotices(app: App): void {
  defineNoticeJobs(app.souk);
  tellOfPeople(app.souk);
  mountInbox(app);
  mountSettings(app);
  mountPush(app);
  mountUnsubscribe(app);
  mountBounces(app);
}

function mountInbox(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/notices',
      who: 'person',
      summary: 'What one was told, newest first; what belongs together is one line',
      query: pageQuery.extend({ locale: locale.optional() }),
      response: { 200: pageOf(line) },
    },
    async ({ me, query }) => {
      const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
      const rows = await readInbox(ctx, me, { limit: query.limit + 1, after, locale: query.locale ?? me.locale });
      return toPage(ctx.config, rows, query.limit, (row) => [row.updated_at.toISOString(), row.notice_id]);
    },
  );

  route(
    app,
    {
      method: 'GET',
      url: '/notices/unread',
      who: 'person',
      summary: 'How many lines are unread, counted up to 100',
      response: { 200: z.object({ count: z.int() }) },
    },
    async ({ me }) => ({ count: await unreadCount(ctx, me.person_id) }),
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/notices/read',
      who: 'person',
      while_suspended: true,
      summary: 'Mark lines as read: these, or all that one had seen at a time',
      body: z.union([
        z.object({ notice_ids: z.array(wireId('notice')).min(1).max(100) }),
        z.object({ until: timeCodec }),
      ]),
      response: { 200: z.object({ count: z.int() }) },
    },
    async ({ me, body }) => {
      const now = ctx.clock.now();
      const [ids, until] = 'until' in body ? [null, body.until] : [body.notice_ids, now];
      await setRead(ctx.db.pool, me.person_id, ids, until, now);
      return { count: await unreadCount(ctx, me.person_id) };
    },
  );
}
