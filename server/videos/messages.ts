/** What people are told of posts. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { toWire } from '../kernel/ids.ts';
import { findUpload } from '../media/index.ts';
import { declareNotices, type Notice, type Told } from '../notices/index.ts';
import { followersOf } from '../people/index.ts';
import { listMentioned, listSeers } from './message_queries.ts';
import { findVideo, findVideoOfUpload } from './queries.ts';

const PAGE = 500;

const pathOf = (video_id: string): string => `/videos/${toWire('video', video_id)}`;

/** Followers, of those the ones who may see it; the posts of one person are one line until it is read. */
async function* followersToTell(ctx: Context, { actor, subject, data }: Event): AsyncGenerator<Told[]> {
  const video = await findVideo(ctx.db.pool, subject);
  if (!actor || !video || video.deleted_at || video.hidden_at || video.visibility === 'me' || data.is_demo) return;
  for (let after: string | null = null; ; ) {
    const page: string[] = await followersOf(ctx.db.pool, actor, after, PAGE);
    const seers = await listSeers(ctx.db.pool, subject, page);
    yield seers.map((person_id) => ({
      person_id,
      actor_id: actor,
      link: pathOf(subject),
      group: `videos of ${actor}`,
    }));
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

const posted: Notice = {
  kind: 'video.posted',
  category: 'people',
  channels: { app: 'on', push: 'off', mail: 'off' },
  on: { event: 'video.published', wide: true, tell: followersToTell },
  example: {},
};

const mentioned: Notice = {
  kind: 'video.mentioned',
  category: 'people',
  channels: { app: 'on', push: 'on', mail: 'off' },
  on: {
    event: 'video.published',
    async tell(ctx, { actor, subject }) {
      const named = await listMentioned(ctx.db.pool, subject);
      const seers = await listSeers(ctx.db.pool, subject, named);
      return seers.map((person_id) => ({ person_id, actor_id: actor, link: pathOf(subject) }));
    },
  },
  example: {},
};

/** To whoever uploaded it: it takes a while, and most have left the page by then. */
const ready: Notice = {
  kind: 'video.ready',
  category: 'people',
  channels: { app: 'on', push: 'off', mail: 'off' },
  on: {
    event: 'package.ready',
    async tell(ctx, { subject }) {
      const video = await findVideoOfUpload(ctx.db.pool, subject);
      if (!video || video.deleted_at || video.is_demo) return [];
      return [{ person_id: video.person_id, link: pathOf(video.video_id) }];
    },
  },
  example: {},
};

const refused: Notice = {
  kind: 'video.refused',
  category: 'people',
  channels: { app: 'on', push: 'on', mail: 'off' },
  on: {
    event: 'package.refused',
    async tell(ctx, { subject, data }) {
      const upload = await findUpload(ctx.db.pool, subject);
      // Whoever cancelled it knows.
      if (!upload || data.refusal === 'upload_cancelled') return [];
      const why = `video.unusable.${data.refusal}`;
      return [
        { person_id: upload.owner_id, params: { file: upload.file_name, why: { text: why } }, link: '/studio/posts' },
      ];
    },
  },
  example: { file: 'holiday.avi', why: { text: 'video.unusable.video_unreadable' } },
};

export const tellOfVideos = (ctx: Context): void => declareNotices(ctx, [posted, mentioned, ready, refused]);
