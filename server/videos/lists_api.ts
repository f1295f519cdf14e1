/** Lists of posts: one's own, and what a person has published. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { findPeople } from '../people/index.ts';
import { viewerOf, viewOwn, viewVideos } from './seeing.ts';
import * as queries from './seeing_queries.ts';
import { ownVideo, state, videoView } from './shapes.ts';

export function mountVideoLists(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/videos/mine',
      who: 'person',
      summary: 'One’s own posts, newest first',
      query: pageQuery.extend({ state: state.optional() }),
      response: { 200: pageOf(ownVideo) },
    },
    async ({ me, query: { limit, after, state: only = null } }) => {
      const rows = await queries.listMine(ctx.db.pool, me.person_id, only, limit + 1, placeOf(after));
      const page = toPage(ctx.config, rows, limit, (row) => [row.created_at.toISOString(), row.video_id]);
      const ids = page.items.map(({ video_id }) => video_id);
      const views = await viewOwn(ctx, ctx.db.pool, ids, me);
      return { ...page, items: ids.flatMap((id) => views.get(id) ?? []) };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/videos/of/:person_id',
      who: 'anyone',
      summary: 'What a person has published and the viewer may see, latest first',
      params: z.object({ person_id: wireId('person') }),
      query: pageQuery,
      response: { 200: pageOf(videoView) },
    },
    async ({ me, params: { person_id }, query: { limit, after } }) => {
      const place = placeOf(after);
      if ((await findPeople(ctx.db.pool, [person_id])).length === 0) throw new Refusal('not_found');
      const rows = await queries.listOfPerson(ctx.db.pool, viewerOf(me), person_id, limit + 1, place);
      const page = toPage(ctx.config, rows, limit, (row) => [row.published_at.toISOString(), row.video_id]);
      const ids = page.items.map(({ video_id }) => video_id);
      const views = await viewVideos(ctx, ctx.db.pool, ids, me);
      return { ...page, items: ids.flatMap((id) => views.get(id) ?? []) };
    },
  );
  const placeOf = (after: string | undefined): queries.Place | null => {
    if (after === undefined) return null;
    const [at, video_id] = decodeCursor(ctx.config, after) as [string, string];
    return { at, video_id };
  };
}
