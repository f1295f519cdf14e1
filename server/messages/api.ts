/** Routes of messages. */
import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { plain, plainLines } from '../kernel/plain.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { accept, begin, LIMITS, leave, markRead, refuse, say, setMuted } from './messages.ts';
import * as queries from './queries.ts';
import { conversationView, messageView, viewConversations, viewMessages } from './views.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const params = z.object({ conversation_id: wireId('conversation') });
const said = z.object({
  text: z.string().max(2_000).overwrite(plainLines).default(''),
  thing: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('video'), id: wireId('video') }),
      z.object({ kind: z.literal('room'), id: wireId('room') }),
      z.object({ kind: z.literal('product'), id: wireId('product') }),
    ])
    .nullable()
    .default(null),
});

export function mountMessagesApi(app: App): void {
  mountLists(app);
  mountSaying(app);
  mountDeeds(app);
}

function mountLists(app: App): void {
  const ctx = app.souk;
  const q = ctx.db.pool;
  const placeOf = (after: string | undefined) =>
    after === undefined ? null : (decodeCursor(ctx.config, after) as [string, string]);
  route(
    app,
    {
      method: 'GET',
      url: '/messages',
      who: 'person',
      summary: 'One’s conversations, or the requests that wait, the latest first',
      query: pageQuery.extend({ box: z.enum(['inbox', 'requests']).default('inbox') }),
      response: { 200: pageOf(conversationView) },
    },
    async ({ me, query: { limit, after, box } }) => {
      const state = box === 'inbox' ? 'in' : 'asked';
      const rows = await queries.listConversations(q, me.person_id, state, limit + 1, placeOf(after));
      const page = toPage(ctx.config, rows, limit, (row) => [row.said_at.toISOString(), row.conversation_id]);
      return { ...page, items: await viewConversations(q, me, page.items) };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/messages/new',
      who: 'person',
      summary: 'How many conversations have something new, and how many requests wait',
      response: { 200: z.object({ unread: z.int(), requests: z.int() }) },
    },
    ({ me }) => queries.countNew(q, me.person_id),
  );
  route(
    app,
    {
      method: 'GET',
      url: '/messages/:conversation_id',
      who: 'person',
      summary: 'A conversation that one is in',
      params,
      response: { 200: conversationView },
    },
    async ({ me, params: { conversation_id } }) => {
      const row = await queries.findListed(q, me.person_id, conversation_id);
      const [view] = row ? await viewConversations(q, me, [row]) : [];
      if (!view) throw new Refusal('not_found');
      return view;
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/messages/:conversation_id/items',
      who: 'person',
      summary: 'What was said, the latest first',
      params,
      query: pageQuery,
      response: { 200: pageOf(messageView) },
    },
    async ({ me, params: { conversation_id }, query: { limit, after } }) => {
      if (!(await queries.findListed(q, me.person_id, conversation_id))) throw new Refusal('not_found');
      const rows = await queries.listMessages(q, me.person_id, conversation_id, limit + 1, placeOf(after));
      const page = toPage(ctx.config, rows, limit, (row) => [row.sent_at.toISOString(), row.message_id]);
      return { ...page, items: await viewMessages(ctx, q, me, page.items) };
    },
  );
}

function mountSaying(app: App): void {
  const ctx = app.souk;
  const refusals = ['message_empty', 'request_pending', ...MAY_REFUSALS];
  const begun = z.object({ conversation_id: wireId('conversation') });
  route(
    app,
    {
      method: 'POST',
      url: '/messages',
      who: 'person',
      key: 'required',
      summary: 'Write to a person or a group; whoever does not follow one is asked first',
      body: said.extend({
        person_ids: z
          .array(wireId('person'))
          .min(1)
          .max(LIMITS.group - 1),
        title: z.string().max(60).overwrite(plain).min(1).nullable().default(null),
      }),
      response: { 201: begun },
      refusals: ['not_yourself', 'group_too_large', ...refusals],
    },
    ({ me, body, key }) =>
      keyed(ctx, key, { 201: begun }, async (tx) => ({ conversation_id: await begin(ctx, tx, me, body) })),
  );
  route(
    app,
    {
      method: 'POST',
      url: '/messages/:conversation_id/items',
      who: 'person',
      key: 'required',
      summary: 'Say something in a conversation, or pass something on',
      params,
      body: said,
      response: { 201: messageView },
      refusals,
    },
    ({ me, params: { conversation_id }, body, key }) =>
      keyed(ctx, key, { 201: messageView }, async (tx) => {
        const row = await queries.findMessage(tx.client, await say(ctx, tx, me, conversation_id, body));
        const [view] = row ? await viewMessages(ctx, tx.client, me, [row]) : [];
        if (!view) throw new Refusal('not_found');
        return view;
      }),
  );
}

function mountDeeds(app: App): void {
  const ctx = app.souk;
  for (const [method, url, summary, run] of [
    ['PUT', 'read', 'Mark all as read', markRead],
    ['PUT', 'acceptance', 'Accept a request', accept],
    ['DELETE', 'acceptance', 'Turn a request or a conversation down; nobody is told', refuse],
    ['PUT', 'mute', 'Hear no more of it in notices', (c, me, id) => setMuted(c, me, id, true)],
    ['DELETE', 'mute', 'Hear of it again', (c, me, id) => setMuted(c, me, id, false)],
    ['DELETE', 'membership', 'Leave a group', leave],
  ] as [method: 'PUT' | 'DELETE', url: string, summary: string, run: typeof accept][]) {
    const spec = { method, url: `/messages/:conversation_id/${url}`, who: 'person', summary, params } as const;
    route(app, { ...spec, response: { 200: done } }, async (asked) => {
      await run(ctx, asked.me, asked.params.conversation_id);
      return DONE;
    });
  }
}
