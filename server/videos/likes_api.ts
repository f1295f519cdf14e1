/** Routes of likes, saves and shares. */
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { blockedPairs, closedTo, findPeople } from '../people/index.ts';
import { type Deed, listDeeds } from './like_queries.ts';
import { setDeed, shareVideo, WAYS } from './likes.ts';
import { viewVideos } from './seeing.ts';
import { videoParams, videoView } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountLikes(app: App): void {
  mountDeeds(app);
  mountShares(app);
  mountLists(app);
}

function mountDeeds(app: App): void {
  const ctx = app.souk;
  for (const [deed, on, off] of [
    ['like', 'Like a video; again is no error', 'Like it no longer'],
    ['save', 'Keep a video in one’s own list, which nobody else sees', 'Keep it no longer'],
  ] as const) {
    const spec = {
      url: `/videos/:video_id/${deed}`,
      who: 'person',
      params: videoParams,
      response: { 200: done },
    } as const;
    route(app, { ...spec, method: 'PUT', summary: on }, async ({ me, params }) => {
      await setDeed(ctx, me, deed, params.video_id, true);
      return DONE;
    });
    route(app, { ...spec, method: 'DELETE', summary: off }, async ({ me, params }) => {
      await setDeed(ctx, me, deed, params.video_id, false);
      return DONE;
    });
  }
}

function mountShares(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/videos/:video_id/shares',
      who: 'person',
      key: 'none',
      summary: 'Count that one shared a video; each way counts once a person',
      params: videoParams,
      body: z.object({ to: z.enum(WAYS) }),
      response: { 200: done },
    },
    async ({ me, params, body }) => {
      await shareVideo(ctx, me, params.video_id, body.to);
      return DONE;
    },
  );
}

function mountLists(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/videos/saved',
      who: 'person',
      summary: 'What one has saved, the latest first',
      query: pageQuery,
      response: { 200: pageOf(videoView) },
    },
    ({ me, query }) => pageOfDeeds(ctx, 'save', me.person_id, me, query),
  );
  route(
    app,
    {
      method: 'GET',
      url: '/videos/liked-by/:person_id',
      who: 'anyone',
      summary: 'What a person likes, where they show it',
      params: z.object({ person_id: wireId('person') }),
      query: pageQuery,
      response: { 200: pageOf(videoView) },
      refusals: ['likes_private'],
    },
    async ({ me, params, query }) => {
      await mustShowLikes(ctx, me, params.person_id);
      return pageOfDeeds(ctx, 'like', params.person_id, me, query);
    },
  );
}

/** Refuses `not_found` across a block, `likes_private` where they are not shown to the viewer. */
async function mustShowLikes(ctx: Context, me: Principal | null, person_id: string): Promise<void> {
  if (me?.person_id === person_id) return;
  const q = ctx.db.pool;
  const [person] = await findPeople(q, [person_id]);
  const [blocked] = me ? await blockedPairs(q, [[me.person_id, person_id]]) : [];
  if (!person || blocked) throw new Refusal('not_found');
  const closed = await closedTo(q, me?.person_id ?? null, [person_id]);
  if (!person.shows_likes || closed.has(person_id)) throw new Refusal('likes_private');
}

/** A page may be shorter than asked for: what the viewer may no longer see is left out. */
async function pageOfDeeds(
  ctx: Context,
  deed: Deed,
  person_id: string,
  me: Principal | null,
  query: z.output<typeof pageQuery>,
) {
  const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
  const rows = await listDeeds(ctx.db.pool, deed, person_id, query.limit + 1, after);
  const page = toPage(ctx.config, rows, query.limit, (row) => [row.at.toISOString(), row.video_id]);
  const ids = page.items.map((row) => row.video_id);
  const views = await viewVideos(ctx, ctx.db.pool, ids, me);
  return { items: ids.flatMap((id) => views.get(id) ?? []), next: page.next };
}
