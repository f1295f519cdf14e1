/** Routes of sounds. */
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { plain } from '../kernel/plain.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import { viewerOf, viewVideos } from './seeing.ts';
import { videoView } from './shapes.ts';
import * as queries from './sound_queries.ts';
import { judgeBorrowed, permitSound, renameSound } from './sounds.ts';

const soundParams = z.object({ sound_id: wireId('sound') });
const soundView = z.object({
  sound_id: wireId('sound'),
  title: z.string(),
  owner: personCard,
  /** In which it was first heard, while the viewer may see it. */
  video_id: wireId('video').nullable(),
  cover_url: z.string().nullable(),
  /** What it is read from to film with it; null where one may not. */
  playlist_url: z.string().nullable(),
  duration_ms: z.int().nullable(),
  /** Its owner lets nobody else use it any more. */
  withdrawn: z.boolean(),
  /** Published videos that are heard with it, its first one among them. */
  uses: z.int(),
});
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountSoundsApi(app: App): void {
  mountSound(app);
  mountUses(app);
  mountOwner(app);
}

async function viewSound(ctx: Context, me: Principal | null, sound_id: string): Promise<z.output<typeof soundView>> {
  const q = ctx.db.pool;
  const sound = await queries.findSound(q, sound_id);
  if (!sound) throw new Refusal('not_found');
  const first = (await viewVideos(ctx, q, [sound.video_id], me)).get(sound.video_id);
  // Where its first video is gone, the ones that use it still say whose sound it is.
  const [use] = first ? [] : await queries.listUses(q, viewerOf(me), sound_id, 1, null);
  const [owner] = await findPeople(q, [sound.owner_id]);
  if (!owner || (!first && !use)) throw new Refusal('not_found');
  const free = first !== undefined && (await isFree(ctx, me, sound_id));
  return {
    sound_id,
    title: sound.title,
    owner: cardOf(owner),
    video_id: first?.video_id ?? null,
    cover_url: first?.cover_url ?? null,
    playlist_url: free ? first.playlist_url : null,
    duration_ms: first?.duration_ms ?? null,
    withdrawn: sound.withdrawn_at !== null,
    uses: await queries.countUses(q, sound_id),
  };
}

const isFree = (ctx: Context, me: Principal | null, sound_id: string): Promise<boolean> =>
  judgeBorrowed(ctx, ctx.db.pool, me, { sound_id, duet_of: null }).then(
    () => true,
    () => false,
  );

function mountSound(app: App): void {
  route(
    app,
    {
      method: 'GET',
      url: '/sounds/:sound_id',
      who: 'anyone',
      summary: 'A sound: whose it is, and what it is read from to film with it',
      params: soundParams,
      response: { 200: soundView },
    },
    ({ me, params: { sound_id } }) => viewSound(app.souk, me, sound_id),
  );
}

function mountUses(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/sounds/:sound_id/videos',
      who: 'anyone',
      summary: 'Videos with a sound that the viewer may see, latest first',
      params: soundParams,
      query: pageQuery,
      response: { 200: pageOf(videoView) },
    },
    async ({ me, params: { sound_id }, query: { limit, after } }) => {
      await viewSound(ctx, me, sound_id);
      const [at, video_id] = after === undefined ? [] : (decodeCursor(ctx.config, after) as [string, string]);
      const place = at && video_id ? { at, video_id } : null;
      const rows = await queries.listUses(ctx.db.pool, viewerOf(me), sound_id, limit + 1, place);
      const page = toPage(ctx.config, rows, limit, (row) => [row.published_at.toISOString(), row.video_id]);
      const ids = page.items.map((row) => row.video_id);
      const views = await viewVideos(ctx, ctx.db.pool, ids, me);
      return { ...page, items: ids.flatMap((id) => views.get(id) ?? []) };
    },
  );
}

function mountOwner(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'PUT',
      url: '/sounds/:sound_id',
      who: 'person',
      summary: 'Rename a sound of one’s own',
      params: soundParams,
      body: z.object({ title: z.string().overwrite(plain).min(1).max(100) }),
      response: { 200: done },
    },
    async ({ me, params: { sound_id }, body: { title } }) => {
      await inTx(ctx.db, (tx) => renameSound(tx, me, sound_id, title));
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/sounds/:sound_id/permission',
      who: 'person',
      summary: 'Let others use a sound of one’s own, or no more; what they have made stays',
      params: soundParams,
      body: z.object({ allowed: z.boolean() }),
      response: { 200: done },
    },
    async ({ me, params: { sound_id }, body: { allowed } }) => {
      await inTx(ctx.db, (tx) => permitSound(ctx, tx, me, sound_id, allowed));
      return DONE;
    },
  );
}
