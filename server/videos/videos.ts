/** Posts: a draft on an upload, published now or at a time, changed, taken down, deleted. */
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findUpload, setPackageProtected, shareUpload } from '../media/index.ts';
import { findByHandle, findPeople } from '../people/index.ts';
import { handlesIn, tagsIn } from './naming.ts';
import * as queries from './queries.ts';
import './refusals.ts';
import { setSound } from './sound_queries.ts';
import { judgeBorrowed, keepSound } from './sounds.ts';

/** What one person can have and do. */
export const LIMITS = { drafts: 100, posts_a_day: 50, ahead_days: 90 } as const;
const DAY_MS = 86_400_000;

export interface NewDraft extends queries.Details {
  upload_id: string;
  sound_id?: string | null;
  duet_of?: string | null;
  is_demo?: boolean;
}

/**
 * A draft on an upload of one's own, which may still be under way.
 * Refuses `not_found`, `upload_refused`, `upload_used`, `too_many_drafts`, `sound_withdrawn`, `duet_not_allowed`.
 */
export async function createDraft(
  ctx: Context,
  tx: Tx,
  me: Pick<Principal, 'person_id'>,
  { upload_id, sound_id = null, duet_of = null, is_demo = false, ...details }: NewDraft,
): Promise<string> {
  const upload = await shareUpload(tx, upload_id);
  if (upload?.owner_id !== me.person_id || upload.rendition > 0) throw new Refusal('not_found');
  if (upload.state === 'refused') throw new Refusal('upload_refused', { extra: { refusal: upload.refusal } });
  if ((await queries.countDrafts(tx.client, me.person_id)) >= LIMITS.drafts) throw new Refusal('too_many_drafts');
  await judgeBorrowed(ctx, tx.client, me, { sound_id, duet_of });
  const video_id = mintId();
  const row = { video_id, person_id: me.person_id, upload_id, duet_of, is_demo, ...details };
  if (!(await queries.insertDraft(tx, row, ctx.clock.now()))) throw new Refusal('upload_used');
  if (sound_id) await setSound(tx, video_id, sound_id);
  await queries.setPackage(tx, upload_id);
  await readCaption(tx, video_id, details.caption);
  return video_id;
}

/** Tags and people that a caption names, kept beside it. */
async function readCaption(tx: Tx, video_id: string, caption: string): Promise<void> {
  const found = await Promise.all(handlesIn(caption).map((handle) => findByHandle(tx.client, handle)));
  const people = found.flatMap((person) => person?.person_id ?? []);
  await queries.setNamed(tx, video_id, tagsIn(caption), [...new Set(people)]);
}

/** The row of one's own post, locked. Refuses `not_found` to everybody else. */
export async function lockOwn(tx: Tx, me: Pick<Principal, 'person_id'>, video_id: string): Promise<queries.Video> {
  inLockOrder(tx, 'videos', 'videos', [video_id]);
  const video = await queries.lockVideo(tx, video_id);
  if (video?.person_id !== me.person_id || video.deleted_at) throw new Refusal('not_found');
  return video;
}

/** Whether not everybody may see it: then its bytes are asked for one by one. */
const isProtected = ({ state, visibility, hidden_at, deleted_at }: queries.Video): boolean =>
  state !== 'published' || visibility !== 'everyone' || hidden_at !== null || deleted_at !== null;

/** Keeps the bytes of a post as open as the post is. The caller has locked the row. */
export async function guard(ctx: Context, tx: Tx, video: queries.Video): Promise<void> {
  if (!video.package_id) return;
  const [owner] = await findPeople(tx.client, [video.person_id]);
  await setPackageProtected(tx, ctx, video.package_id, isProtected(video) || (owner?.is_private ?? true));
}

/** Changes what the owner says of it. Refuses `not_found`. */
export async function editVideo(
  ctx: Context,
  tx: Tx,
  me: Principal,
  video_id: string,
  details: queries.Details,
): Promise<void> {
  const video = await lockOwn(tx, me, video_id);
  await queries.setDetails(tx, video_id, details);
  await readCaption(tx, video_id, details.caption);
  await guard(ctx, tx, { ...video, ...details });
  await emit(tx, ctx, [{ type: 'video.changed', actor: me.person_id, subject: video_id, data: {} }]);
}

/**
 * Publishes a draft now, or at a time; one that is not packaged yet follows as soon as it is.
 * Refuses `not_found`, `video_published`, `upload_refused`, `publish_too_far`, `too_many_posts`,
 * and what it was filmed with, when that is no longer free: `sound_withdrawn`, `duet_not_allowed`.
 */
export async function publishVideo(
  ctx: Context,
  tx: Tx,
  me: Pick<Principal, 'person_id'>,
  video_id: string,
  at: Date | null,
): Promise<void> {
  const video = await lockOwn(tx, me, video_id);
  if (video.state === 'published') throw new Refusal('video_published');
  const upload = await findUpload(tx.client, video.upload_id);
  if (upload?.state === 'refused') throw new Refusal('upload_refused', { extra: { refusal: upload.refusal } });
  await judgeBorrowed(ctx, tx.client, me, video);
  const now = ctx.clock.now();
  if (at && at.getTime() > now.getTime() + LIMITS.ahead_days * DAY_MS) throw new Refusal('publish_too_far');
  const day = new Date(now.getTime() - DAY_MS);
  const posts = await queries.countPublishedSince(tx.client, me.person_id, day);
  if (posts >= LIMITS.posts_a_day) throw new Refusal('too_many_posts', { retry_after_s: 3_600 });
  if (video.package_id && (at === null || at <= now)) await goPublic(ctx, tx, video, now);
  else await queries.setSchedule(tx, video_id, at && at > now ? at : now);
}

/** A plan becomes a draft again. Refuses `not_found`, `video_not_scheduled`. */
export async function unschedule(tx: Tx, me: Principal, video_id: string): Promise<void> {
  const video = await lockOwn(tx, me, video_id);
  if (video.state !== 'scheduled') throw new Refusal('video_not_scheduled');
  await queries.setSchedule(tx, video_id, null);
}

/** The moment at which others see it. The caller has locked the row. */
export async function goPublic(ctx: Context, tx: Tx, video: queries.Video, now: Date): Promise<void> {
  await queries.setPublished(tx, video.video_id, now);
  await keepSound(tx, video, now);
  await guard(ctx, tx, { ...video, state: 'published' });
  const { video_id, person_id, visibility, is_demo } = video;
  const data = { visibility, is_demo };
  await emit(tx, ctx, [{ type: 'video.published', actor: person_id, subject: video_id, data }]);
}

/** Deletes one's own post; it is gone at once and for good after thirty days. Refuses `not_found`. */
export async function deleteVideo(
  ctx: Context,
  tx: Tx,
  me: Pick<Principal, 'person_id'>,
  video_id: string,
): Promise<void> {
  const video = await lockOwn(tx, me, video_id);
  const now = ctx.clock.now();
  await queries.setDeleted(tx, video_id, now);
  await guard(ctx, tx, { ...video, deleted_at: now });
  await emit(tx, ctx, [{ type: 'video.deleted', actor: me.person_id, subject: video_id, data: {} }]);
}

/** Takes a post down for everybody but its owner, or puts it back; again is no error. For moderation. */
export async function hideVideo(ctx: Context, tx: Tx, video_id: string, hidden: boolean): Promise<void> {
  inLockOrder(tx, 'videos', 'videos', [video_id]);
  const video = await queries.lockVideo(tx, video_id);
  if (!video || (video.hidden_at !== null) === hidden) return;
  const hidden_at = hidden ? ctx.clock.now() : null;
  await queries.setHidden(tx, video_id, hidden_at);
  await guard(ctx, tx, { ...video, hidden_at });
  const type = hidden ? 'video.hidden' : 'video.restored';
  await emit(tx, ctx, [{ type, actor: null, subject: video_id, data: {} }]);
}
