/** Routes of comments. */
import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { plainLines } from '../kernel/plain.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import * as queries from './comment_queries.ts';
import { commentView, viewAll } from './comment_views.ts';
import { approveComment, deleteComment, likeComment, pinComment, writeComment } from './comments.ts';
import { maySeeVideo } from './seeing.ts';
import { videoParams } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const commentParams = z.object({ comment_id: wireId('comment') });

export function mountComments(app: App): void {
  mountLists(app);
  mountWriting(app);
  mountDeeds(app);
}

async function mustSee(ctx: Context, me: Principal | null, video_id: string): Promise<void> {
  if (!(await maySeeVideo(ctx, ctx.db.pool, me, video_id))) throw new Refusal('not_found');
}

async function findSeen(ctx: Context, me: Principal | null, comment_id: string): Promise<queries.ShownComment> {
  const found = await queries.findShown(ctx.db.pool, me?.person_id ?? null, comment_id);
  if (!found) throw new Refusal('not_found');
  await mustSee(ctx, me, found.video_id);
  return found;
}

const topPlace = (row: queries.ShownComment): queries.TopPlace => [
  row.pinned_at === null ? 0 : 1,
  row.likes,
  row.created_at.toISOString(),
  row.comment_id,
];
const timePlace = (row: queries.ShownComment): queries.TimePlace => [row.created_at.toISOString(), row.comment_id];

function mountLists(app: App): void {
  const ctx = app.souk;
  const q = ctx.db.pool;
  const placeOf = <T>(after: string | undefined) => (after ? (decodeCursor(ctx.config, after) as unknown as T) : null);
  route(
    app,
    {
      method: 'GET',
      url: '/videos/:video_id/comments',
      who: 'anyone',
      summary: 'Comments: the pinned one, then the most liked, of equals the newest; or the newest alone',
      params: videoParams,
      query: pageQuery.extend({ order: z.enum(['top', 'newest']).default('top') }),
      response: { 200: pageOf(commentView) },
    },
    async ({ me, params: { video_id }, query: { limit, after, order } }) => {
      await mustSee(ctx, me, video_id);
      const asked = { viewer_id: me?.person_id ?? null, video_id, limit: limit + 1 };
      const rows =
        order === 'top'
          ? await queries.listTop(q, { ...asked, after: placeOf<queries.TopPlace>(after) })
          : await queries.listNewest(q, { ...asked, after: placeOf<queries.TimePlace>(after) });
      const page = toPage(ctx.config, rows, limit, order === 'top' ? topPlace : timePlace);
      return { ...page, items: await viewAll(q, page.items) };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/comments/:comment_id/replies',
      who: 'anyone',
      summary: 'What was answered, in the order in which it was said',
      params: commentParams,
      query: pageQuery,
      response: { 200: pageOf(commentView) },
    },
    async ({ me, params: { comment_id }, query: { limit, after } }) => {
      await findSeen(ctx, me, comment_id);
      const viewer_id = me?.person_id ?? null;
      const place = placeOf<queries.TimePlace>(after);
      const rows = await queries.listReplies(q, { viewer_id, parent_id: comment_id, limit: limit + 1, after: place });
      const page = toPage(ctx.config, rows, limit, timePlace);
      return { ...page, items: await viewAll(q, page.items) };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/videos/comments/held',
      who: 'person',
      summary: 'Comments on one’s videos that wait to be read',
      query: pageQuery,
      response: { 200: pageOf(commentView) },
    },
    async ({ me, query: { limit, after } }) => {
      const rows = await queries.listHeld(q, me.person_id, limit + 1, placeOf<queries.TimePlace>(after));
      const page = toPage(ctx.config, rows, limit, timePlace);
      return { ...page, items: await viewAll(q, page.items) };
    },
  );
}

function mountWriting(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/videos/:video_id/comments',
      who: 'person',
      key: 'required',
      summary: 'Say something below a video, or answer a comment; what the owner holds back says so',
      params: videoParams,
      body: z.object({
        text: z.string().max(500).overwrite(plainLines).min(1),
        parent_id: wireId('comment').nullable().default(null),
      }),
      response: { 201: commentView },
      refusals: ['comments_closed', 'comments_for_followers', 'comments_for_friends', ...MAY_REFUSALS],
    },
    ({ me, params, body, key }) =>
      keyed(ctx, key, { 201: commentView }, async (tx) => {
        const comment_id = await writeComment(ctx, tx, me, params.video_id, body);
        const row = await queries.findShown(tx.client, me.person_id, comment_id);
        const [view] = row ? await viewAll(tx.client, [row]) : [];
        if (!view) throw new Refusal('not_found');
        return view;
      }),
  );
}

function mountDeeds(app: App): void {
  const ctx = app.souk;
  const spec = { who: 'person', params: commentParams, response: { 200: done } } as const;
  route(
    app,
    {
      ...spec,
      who: 'anyone',
      method: 'GET',
      url: '/comments/:comment_id',
      summary: 'One comment, for a link to it',
      response: { 200: commentView },
    },
    async ({ me, params }) => {
      const [view] = await viewAll(ctx.db.pool, [await findSeen(ctx, me, params.comment_id)]);
      if (!view) throw new Refusal('not_found');
      return view;
    },
  );
  for (const [method, url, summary, run] of [
    ['DELETE', '', 'Delete one’s own comment, or one below one’s own video', deleteComment],
    ['PUT', '/like', 'Like a comment', (c, me, id) => likeComment(c, me, id, true)],
    ['DELETE', '/like', 'Like it no longer', (c, me, id) => likeComment(c, me, id, false)],
    ['PUT', '/pin', 'Put a comment above the others of one’s video', (c, me, id) => pinComment(c, me, id, true)],
    ['DELETE', '/pin', 'Take it down', (c, me, id) => pinComment(c, me, id, false)],
    ['PUT', '/approval', 'Let a comment be seen that was held back', approveComment],
  ] as [method: 'PUT' | 'DELETE', url: string, summary: string, run: typeof approveComment][]) {
    const refusals = ['comment_not_pinnable'];
    route(app, { ...spec, method, url: `/comments/:comment_id${url}`, summary, refusals }, async ({ me, params }) => {
      await run(ctx, me, params.comment_id);
      return DONE;
    });
  }
}
