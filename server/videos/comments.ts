/** Comments: written, answered, liked, pinned, held back, deleted. */
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { Refusal } from '../kernel/refusal.ts';
import { blockWord, holdsLink, saidWord } from '../kernel/words.ts';
import { followingPairs } from '../people/index.ts';
import * as queries from './comment_queries.ts';
import { type CommentFilter, findFilter } from './filter_queries.ts';
import { addCounts } from './like_queries.ts';
import { type Asks, findVideo, type Video } from './queries.ts';
import { maySeeVideo } from './seeing.ts';
import './refusals.ts';

export interface NewComment {
  text: string;
  /** The comment it answers; a reply to a reply stands beside it. */
  parent_id: string | null;
}

/** Ten at once, then one every six seconds. */
const RATE = { limit: 10, window_ms: 60_000 };
const LIKE_RATE = { limit: 120, window_ms: 60_000 };

/** The post, for who may see it. Refuses `not_found`. */
async function seen(ctx: Context, q: Asks, me: Principal, id: string): Promise<Video> {
  const video = await findVideo(q, id);
  if (!video || !(await maySeeVideo(ctx, q, me, id))) throw new Refusal('not_found');
  return video;
}

/**
 * Says something below a video. What the owner's filter catches waits for them; its author sees it as waiting.
 * Refuses `not_found`, `comments_closed`, `comments_for_followers`, `comments_for_friends`, what `may(…, 'chat')` has
 * against it, `too_many_requests`.
 * @returns the comment's id
 */
export async function writeComment(
  ctx: Context,
  tx: Tx,
  me: Principal,
  video_id: string,
  { text, parent_id }: NewComment,
): Promise<string> {
  const video = await seen(ctx, tx.client, me, video_id);
  await mustBeAllowed(ctx, tx.client, me.person_id, 'chat', { with: video.person_id, thing_id: video_id });
  await mustBeInvited(tx, me, video);
  if (!ctx.limiter.allow('videos.comment', me.person_id, RATE)) {
    throw new Refusal('too_many_requests', { retry_after_s: RATE.window_ms / 1_000 / RATE.limit });
  }
  const answered = parent_id === null ? null : await lockThread(tx, me, video_id, parent_id);
  const held_for =
    me.person_id === video.person_id ? null : heldFor(text, await findFilter(tx.client, video.person_id));
  const comment_id = mintId();
  const thread_id = answered?.thread_id ?? null;
  const row = { comment_id, video_id, person_id: me.person_id, parent_id: thread_id, body_text: text, held_for };
  await queries.insertComment(tx, { ...row, answers_id: answered?.answers_id ?? null }, ctx.clock.now());
  if (held_for === null) await count(tx, video_id, thread_id, 1);
  await tell(ctx, tx, row, held_for === null ? 'video.commented' : 'video.comment_held');
  return comment_id;
}

/** Refuses where the owner lets only some comment; the owner always may. */
async function mustBeInvited(tx: Tx, me: Principal, { person_id, who_comments }: Video): Promise<void> {
  if (me.person_id === person_id || who_comments === 'everyone') return;
  if (who_comments === 'nobody') throw new Refusal('comments_closed');
  const [follows, followed] = await followingPairs(tx.client, [
    [me.person_id, person_id],
    [person_id, me.person_id],
  ]);
  if (!follows) throw new Refusal(who_comments === 'friends' ? 'comments_for_friends' : 'comments_for_followers');
  if (who_comments === 'friends' && !followed) throw new Refusal('comments_for_friends');
}

/** Replies stand on one level: an answer to a reply belongs to the same thread and names whom it answers. */
async function lockThread(tx: Tx, me: Principal, video_id: string, parent_id: string) {
  const parent = await queries.findShown(tx.client, me.person_id, parent_id);
  if (parent?.video_id !== video_id || parent.held_for) throw new Refusal('not_found');
  const thread_id = parent.parent_id ?? parent_id;
  const thread = await lockComment(tx, thread_id);
  if (thread.deleted_at || thread.held_for) throw new Refusal('not_found');
  return { thread_id, answers_id: parent.parent_id === null ? null : parent.person_id };
}

async function lockComment(tx: Tx, comment_id: string): Promise<queries.Comment> {
  const locked = await queries.lockComments(tx, inLockOrder(tx, 'videos', 'comments', [comment_id]));
  const comment = locked.get(comment_id);
  if (!comment) throw new Refusal('not_found');
  return comment;
}

/** Whether the owner wants to read it first, and why. */
function heldFor(text: string, { words, holds_links, holds_all }: CommentFilter): queries.HeldFor | null {
  const known = words.flatMap((word) => blockWord(word) ?? []);
  if (known.length > 0 && saidWord(text, known) !== null) return 'word';
  if (holds_links && holdsLink(text)) return 'link';
  return holds_all ? 'all' : null;
}

async function count(tx: Tx, video_id: string, parent_id: string | null, by: number): Promise<void> {
  if (by === 0) return;
  if (parent_id !== null) await queries.addReplies(tx, parent_id, by);
  inLockOrder(tx, 'videos', 'video_counts', [video_id]);
  await addCounts(tx, 'comments', new Map([[video_id, by]]));
}

type Named = Pick<queries.Comment, 'comment_id' | 'video_id' | 'person_id'>;

const tell = (ctx: Context, tx: Tx, { comment_id, video_id, person_id }: Named, type: string): Promise<unknown> =>
  emit(tx, ctx, [{ type, actor: person_id, subject: video_id, data: { comment_id } }]);

/** The comment and its video, locked with the head of its thread. Refuses `not_found` where the viewer sees none. */
async function lockSeen(ctx: Context, tx: Tx, me: Principal, comment_id: string) {
  const found = await queries.findShown(tx.client, me.person_id, comment_id);
  if (!found) throw new Refusal('not_found');
  const video = await seen(ctx, tx.client, me, found.video_id);
  const ids = inLockOrder(tx, 'videos', 'comments', [comment_id, found.parent_id ?? comment_id]);
  const comment = (await queries.lockComments(tx, ids)).get(comment_id);
  if (!comment || comment.deleted_at) throw new Refusal('not_found');
  return { comment, video, owns: video.person_id === me.person_id };
}

/** The author or the video's owner takes a comment away, with what stands below it. Refuses `not_found`, `forbidden`. */
export async function deleteComment(ctx: Context, me: Principal, comment_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const { comment, owns } = await lockSeen(ctx, tx, me, comment_id);
    const writes = comment.person_id === me.person_id;
    if (!writes && !owns) throw new Refusal('forbidden');
    await remove(ctx, tx, comment, writes ? 'author' : 'owner');
  });
}

async function remove(ctx: Context, tx: Tx, comment: queries.Comment, by: queries.DeletedBy): Promise<void> {
  const gone = await queries.setDeleted(tx, comment.comment_id, by, ctx.clock.now());
  await count(tx, comment.video_id, comment.parent_id, -gone);
}

/**
 * The owner puts one comment above the others, in place of the one before, or takes it down.
 * Refuses `not_found`, `forbidden`, `comment_not_pinnable`.
 */
export async function pinComment(ctx: Context, me: Principal, comment_id: string, pinned: boolean): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const found = await queries.findShown(tx.client, me.person_id, comment_id);
    if (!found) throw new Refusal('not_found');
    const video = await seen(ctx, tx.client, me, found.video_id);
    if (video.person_id !== me.person_id) throw new Refusal('forbidden');
    if (found.parent_id !== null || found.held_for) throw new Refusal('comment_not_pinnable');
    // Two pins at once: the second waits for the first. Comments refer to the row and do not wait for this lock.
    inLockOrder(tx, 'videos', 'videos', [found.video_id]);
    await queries.lockForPin(tx, found.video_id);
    await queries.setPinned(tx, found.video_id, pinned ? comment_id : null, ctx.clock.now());
  });
}

/** The owner lets a held comment be seen; again is no error. Refuses `not_found`, `forbidden`. */
export async function approveComment(ctx: Context, me: Principal, comment_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const { comment, owns } = await lockSeen(ctx, tx, me, comment_id);
    if (!owns) throw new Refusal('forbidden');
    if (comment.held_for === null) return;
    await queries.setShown(tx, comment_id);
    await count(tx, comment.video_id, comment.parent_id, 1);
    await tell(ctx, tx, comment, 'video.commented');
  });
}

/** Likes a comment, or no longer; again is no error. Refuses `not_found`, `too_many_requests`. */
export async function likeComment(ctx: Context, me: Principal, comment_id: string, wanted: boolean): Promise<void> {
  if (!ctx.limiter.allow('videos.comment_likes', me.person_id, LIKE_RATE)) {
    throw new Refusal('too_many_requests', { retry_after_s: 10 });
  }
  await inTx(ctx.db, async (tx) => {
    const { comment } = await lockSeen(ctx, tx, me, comment_id);
    if (!wanted) return queries.deleteLike(tx, comment_id, me.person_id);
    if (!(await queries.insertLike(tx, comment_id, me.person_id, ctx.clock.now()))) return;
    const data = { comment_id };
    await emit(tx, ctx, [{ type: 'video.comment_liked', actor: me.person_id, subject: comment.video_id, data }]);
  });
}

/** Moderation takes a comment away, or puts it back; again is no error. */
export async function judgeComment(ctx: Context, comment_id: string, removed: boolean): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const found = await queries.findComment(tx.client, comment_id);
    if (!found) return;
    const ids = inLockOrder(tx, 'videos', 'comments', [comment_id, found.parent_id ?? comment_id]);
    const comment = (await queries.lockComments(tx, ids)).get(comment_id);
    if (!comment) return;
    if (removed && comment.deleted_at === null) await remove(ctx, tx, comment, 'moderation');
    if (!removed && comment.deleted_at && comment.deleted_by === 'moderation') {
      // Below what was deleted meanwhile nothing stands again.
      const parent = comment.parent_id === null ? null : await queries.findComment(tx.client, comment.parent_id);
      if (parent?.deleted_at) return;
      const back = await queries.setRestored(tx, comment_id, comment.deleted_at);
      await count(tx, comment.video_id, comment.parent_id, back);
    }
  });
}
