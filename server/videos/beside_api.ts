/** Routes of covers and captions. Both are seen by whoever may see the post. */
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { acceptImages } from '../kernel/images.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { deleteCaptions, setCaptions, setCover } from './beside.ts';
import { findCaptions } from './beside_queries.ts';
import { writeCues } from './cues.ts';
import { findVideo, type Video } from './queries.ts';
import { maySeeVideo } from './seeing.ts';
import { language, videoParams } from './shapes.ts';

const COVER_BYTES = 5_000_000;
const CAPTION_BYTES = 400_000;
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const captionParams = videoParams.extend({ language });
const coverParams = videoParams.extend({ file: z.string().regex(/^[0-9a-f-]{36}\.webp$/) });

export function mountBeside(app: App): void {
  mountCover(app);
  app.register(async (scope) => mountCaptions(scope as App));
  mountFiles(app);
}

function mountCover(app: App): void {
  acceptImages(app);
  route(
    app,
    {
      method: 'PUT',
      url: '/videos/:video_id/cover',
      who: 'person',
      summary: 'The still that stands for one’s own post: a JPEG, PNG, WebP or AVIF as the body',
      params: videoParams,
      bodyLimit: COVER_BYTES,
      rate: { max: 20, timeWindow: 60_000 },
      response: { 200: done },
      refusals: ['image_refused', 'image_too_slow'],
    },
    async ({ me, params, body }) => {
      await setCover(app.souk, me, params.video_id, body);
      return DONE;
    },
  );
}

function mountCaptions(app: App): void {
  const ctx = app.souk;
  app.addContentTypeParser('text/vtt', { parseAs: 'string', bodyLimit: CAPTION_BYTES }, (_request, body, read) =>
    read(null, body),
  );
  const spec = { url: '/videos/:video_id/captions/:language', params: captionParams, response: { 200: done } } as const;
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      who: 'person',
      summary: 'Captions in one language: a WebVTT file as the body',
      refusals: ['captions_invalid', 'too_many_captions'],
    },
    async ({ me, params, body }) => {
      await setCaptions(ctx, me, params, body);
      return DONE;
    },
  );
  route(
    app,
    { ...spec, method: 'DELETE', who: 'person', summary: 'Take the captions in one language away' },
    async ({ me, params }) => {
      await deleteCaptions(ctx, me, params.video_id, params.language);
      return DONE;
    },
  );
}

function mountFiles(app: App): void {
  const ctx = app.souk;
  const open = async (video_id: string, viewer: Principal | null): Promise<Video> => {
    const video = await findVideo(ctx.db.pool, video_id);
    if (!video || !(await maySeeVideo(ctx, ctx.db.pool, viewer, video_id))) throw new Refusal('not_found');
    return video;
  };
  /** A cache may keep what everybody may see. */
  const send = (reply: FastifyReply, { state, visibility, hidden_at }: Video, kept: string) =>
    reply.header(
      'cache-control',
      state === 'published' && visibility === 'everyone' && !hidden_at ? `public, ${kept}` : 'private, no-store',
    );
  app.get('/media/covers/:video_id/:file', { schema: { hide: true } }, async (request, reply) => {
    const asked = coverParams.safeParse(request.params);
    if (!asked.success) throw new Refusal('not_found');
    const { video_id, file } = asked.data;
    const video = await open(video_id, await ctx.authenticate(request.headers.cookie));
    const found = video.cover === file ? await ctx.storage.get(`covers/${file}`) : null;
    if (!found) throw new Refusal('not_found');
    send(reply, video, 'max-age=31536000, immutable');
    return reply.type('image/webp').header('content-length', found.size).send(found.stream);
  });
  app.get('/api/videos/:video_id/captions/:language', { schema: { hide: true } }, async (request, reply) => {
    const asked = captionParams.safeParse(request.params);
    if (!asked.success) throw new Refusal('not_found');
    const { video_id } = asked.data;
    const video = await open(video_id, await ctx.authenticate(request.headers.cookie));
    const cues = await findCaptions(ctx.db.pool, video_id, asked.data.language);
    if (!cues) throw new Refusal('not_found');
    return send(reply, video, 'max-age=60').type('text/vtt; charset=utf-8').send(writeCues(cues));
  });
}
