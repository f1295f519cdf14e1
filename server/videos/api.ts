/** Routes of posts. */
import * as z from 'zod';
import { defineLabelled } from '../access/index.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { posterOf } from './queries.ts';
import { viewOwn, viewVideos } from './seeing.ts';
import { details, ownVideo, videoParams, videoView } from './shapes.ts';
import { createDraft, deleteVideo, editVideo, publishVideo, unschedule } from './videos.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountVideosApi(app: App): void {
  defineLabelled(app.souk, 'video', posterOf);
  mountDrafts(app);
  mountPost(app);
  mountPublishing(app);
}

function mountDrafts(app: App): void {
  const ctx = app.souk;
  const created = z.object({ video_id: wireId('video') });
  route(
    app,
    {
      method: 'POST',
      url: '/videos',
      who: 'person',
      key: 'required',
      summary: 'A draft on an upload of one’s own, which may still be under way',
      body: details.extend({
        upload_id: wireId('upload'),
        /** Filmed to this sound; null: with its own. */
        sound_id: wireId('sound').nullable().default(null),
        /** Filmed beside this video. */
        duet_of: wireId('video').nullable().default(null),
      }),
      response: { 201: created },
      refusals: ['upload_refused', 'upload_used', 'too_many_drafts', 'sound_withdrawn', 'duet_not_allowed'],
    },
    ({ me, body, key }) =>
      keyed(ctx, key, { 201: created }, async (tx) => ({ video_id: await createDraft(ctx, tx, me, body) })),
  );
  route(
    app,
    {
      method: 'GET',
      url: '/videos/mine/:video_id',
      who: 'person',
      summary: 'A post of one’s own in any state, with what became of its file',
      params: videoParams,
      response: { 200: ownVideo },
    },
    async ({ me, params: { video_id } }) => {
      const video = (await viewOwn(ctx, ctx.db.pool, [video_id], me)).get(video_id);
      if (video?.person.person_id !== me.person_id) throw new Refusal('not_found');
      return video;
    },
  );
}

function mountPost(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/videos/:video_id', params: videoParams } as const;
  route(
    app,
    {
      ...spec,
      method: 'GET',
      who: 'anyone',
      summary: 'A video',
      /** `on`: where it is shown, for the words of its labels. */
      query: z.object({ on: z.enum(['api', 'embed']).default('api') }),
      response: { 200: videoView },
    },
    async ({ me, params: { video_id }, query: { on } }) => {
      const video = (await viewVideos(ctx, ctx.db.pool, [video_id], me, on)).get(video_id);
      if (!video) throw new Refusal('not_found');
      return video;
    },
  );
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      who: 'person',
      summary: 'Change what one says of one’s own post, and who may see it',
      body: details,
      response: { 200: done },
    },
    async ({ me, params: { video_id }, body }) => {
      await inTx(ctx.db, (tx) => editVideo(ctx, tx, me, video_id, body));
      return DONE;
    },
  );
  route(
    app,
    { ...spec, method: 'DELETE', who: 'person', summary: 'Delete one’s own post', response: { 200: done } },
    async ({ me, params: { video_id } }) => {
      await inTx(ctx.db, (tx) => deleteVideo(ctx, tx, me, video_id));
      return DONE;
    },
  );
}

function mountPublishing(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/videos/:video_id/publish', params: videoParams } as const;
  route(
    app,
    {
      ...spec,
      method: 'POST',
      who: 'person',
      key: 'required',
      summary: 'Publish a draft now, or at a time; it follows by itself when it is still being packaged',
      body: z.object({ at: timeCodec.nullable().default(null) }),
      response: { 200: done },
      refusals: [
        'video_published',
        'upload_refused',
        'publish_too_far',
        'too_many_posts',
        'sound_withdrawn',
        'duet_not_allowed',
      ],
    },
    ({ me, params: { video_id }, body, key }) =>
      keyed(ctx, key, { 200: done }, async (tx) => {
        await publishVideo(ctx, tx, me, video_id, body.at);
        return DONE;
      }),
  );
  route(
    app,
    {
      ...spec,
      method: 'DELETE',
      who: 'person',
      summary: 'Take a plan back: the post is a draft again',
      response: { 200: done },
      refusals: ['video_not_scheduled'],
    },
    async ({ me, params: { video_id } }) => {
      await inTx(ctx.db, (tx) => unschedule(tx, me, video_id));
      return DONE;
    },
  );
}
