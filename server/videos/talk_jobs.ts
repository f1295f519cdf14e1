/** What follows from likes and comments: who is told, what an erasure takes away, when the deleted is gone for good. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { deriveId, toWire } from '../kernel/ids.ts';
import { declareNotices, type Notice, type Told } from '../notices/index.ts';
import { findByHandle, onErasure } from '../people/index.ts';
import { type Comment, findComment } from './comment_queries.ts';
import { eraseComments, purgeComments } from './filter_queries.ts';
import { eraseDeeds } from './likes.ts';
import { listSeers } from './message_queries.ts';
import { handlesIn } from './naming.ts';
import { findVideo, type Video } from './queries.ts';

const DAY_MS = 86_400_000;
/** As long as a decision about a comment can be appealed in practice; nobody but moderation finds it meanwhile. */
const KEPT_DAYS = 30;
const BATCH = 500;

export function defineTalk(ctx: Context): void {
  declareNotices(ctx, NOTICES);
  // Before the posts themselves go: locks are taken in the order of the tables.
  onErasure(ctx, {
    async forget(tx, person_id) {
      await eraseDeeds(tx, person_id, await eraseComments(tx, person_id, ctx.clock.now()));
    },
  });
  ctx.jobs.cron('videos.purge_comments', '41 4 * * *', () => purge(ctx));
}

/** @returns how many */
export const purge = (ctx: Context): Promise<number> =>
  purgeComments(ctx.db.pool, new Date(ctx.clock.now().getTime() - KEPT_DAYS * DAY_MS), BATCH);

const pathOf = (video_id: string, comment_id?: string): string =>
  `/videos/${toWire('video', video_id)}${comment_id ? `?comment=${toWire('comment', comment_id)}` : ''}`;

interface Talk {
  video: Video;
  comment: Comment;
}

async function talkOf(ctx: Context, { subject, data }: Event): Promise<Talk | null> {
  const video = await findVideo(ctx.db.pool, subject);
  const comment = await findComment(ctx.db.pool, data.comment_id as string);
  return video && comment && !video.deleted_at && !comment.deleted_at ? { video, comment } : null;
}

/** Who is named, without whom is told anyway, and only who may see the video. */
async function mentioned(ctx: Context, { video, comment }: Talk): Promise<string[]> {
  const q = ctx.db.pool;
  const found = await Promise.all(handlesIn(comment.body_text).map((handle) => findByHandle(q, handle)));
  const ids = [...new Set(found.flatMap((person) => person?.person_id ?? []))];
  const answered = await answeredBy(ctx, comment);
  const others = ids.filter((id) => id !== video.person_id && id !== answered);
  return others.length === 0 ? [] : listSeers(q, video.video_id, others);
}

/** Whose words a comment answers. */
async function answeredBy(ctx: Context, { parent_id, answers_id }: Comment): Promise<string | null> {
  if (parent_id === null) return null;
  return answers_id ?? (await findComment(ctx.db.pool, parent_id))?.person_id ?? null;
}

const social = (kind: string, event: string, tell: (ctx: Context, event: Event) => Promise<Told[]>): Notice => ({
  kind,
  category: 'people',
  channels: { app: 'on', push: kind === 'video.liked' || kind === 'video.comment_liked' ? 'off' : 'on', mail: 'off' },
  on: { event, tell },
  example: {},
});

const ofTalk =
  (tell: (ctx: Context, talk: Talk, event: Event) => Promise<Omit<Told, 'actor_id' | 'link'>[]>) =>
  async (ctx: Context, event: Event): Promise<Told[]> => {
    const talk = await talkOf(ctx, event);
    if (!talk) return [];
    const link = pathOf(talk.video.video_id, talk.comment.comment_id);
    return (await tell(ctx, talk, event)).map((told) => ({ ...told, actor_id: event.actor, link }));
  };

const NOTICES: Notice[] = [
  social('video.liked', 'video.liked', async (ctx, { actor, subject }) => {
    const video = await findVideo(ctx.db.pool, subject);
    if (!video || video.deleted_at) return [];
    // Liking, taking it back and liking again is told once.
    const once = deriveId('video.liked', actor ?? '', subject);
    const { person_id } = video;
    return [{ person_id, actor_id: actor, link: pathOf(subject), group: `likes of ${subject}`, once }];
  }),
  social(
    'video.commented',
    'video.commented',
    ofTalk(async (ctx, { video, comment }) => {
      if ((await answeredBy(ctx, comment)) === video.person_id) return [];
      return [{ person_id: video.person_id, group: `comments on ${video.video_id}` }];
    }),
  ),
  social(
    'video.comment_answered',
    'video.commented',
    ofTalk(async (ctx, { comment }) => {
      const person_id = await answeredBy(ctx, comment);
      return person_id === null ? [] : [{ person_id, group: `answers to ${comment.parent_id}` }];
    }),
  ),
  social(
    'video.comment_mentioned',
    'video.commented',
    ofTalk(async (ctx, talk) => (await mentioned(ctx, talk)).map((person_id) => ({ person_id }))),
  ),
  social(
    'video.comment_liked',
    'video.comment_liked',
    ofTalk(async (_, { comment: { comment_id, person_id } }, { actor }) => [
      { person_id, group: `likes of ${comment_id}`, once: deriveId('video.comment_liked', actor ?? '', comment_id) },
    ]),
  ),
  social('video.comment_held', 'video.comment_held', async (ctx, event) => {
    const talk = await talkOf(ctx, event);
    const { person_id } = talk?.video ?? {};
    return person_id ? [{ person_id, actor_id: event.actor, link: '/studio/comments', group: 'held comments' }] : [];
  }),
];
