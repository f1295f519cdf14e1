/** What stands beside a post: its cover, drawn anew, and captions in any language. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { redraw } from '../kernel/images.ts';
import { Refusal } from '../kernel/refusal.ts';
import * as queries from './beside_queries.ts';
import { readCues } from './cues.ts';
import { findVideo } from './queries.ts';
import './refusals.ts';
import { lockOwn } from './videos.ts';

const FRAME = { width: 720, height: 1_280, fit: 'inside' } as const;
const MOST_LANGUAGES = 20;

/** The still that stands for a post. Refuses `not_found`, `media_type_refused`, `image_refused`, `image_too_slow`. */
export async function setCover(ctx: Context, me: Principal, video_id: string, upload: unknown): Promise<void> {
  if (!Buffer.isBuffer(upload)) throw new Refusal('media_type_refused');
  const video = await findVideo(ctx.db.pool, video_id);
  if (video?.person_id !== me.person_id || video.deleted_at) throw new Refusal('not_found');
  const [picture] = await redraw(upload, [FRAME]);
  if (!picture) throw new Refusal('image_refused');
  const cover = `${mintId()}.webp`;
  await ctx.storage.put(`covers/${cover}`, picture.data);
  const before = await inTx(ctx.db, async (tx) => {
    const { cover: old } = await lockOwn(tx, me, video_id);
    await queries.setCover(tx, video_id, cover);
    return old;
  });
  if (before) await ctx.storage.delete(`covers/${before}`);
}

/** Captions in one language, in place of those before. Refuses `not_found`, `captions_invalid`, `too_many_captions`. */
export async function setCaptions(
  ctx: Context,
  me: Principal,
  { video_id, language }: { video_id: string; language: string },
  file: unknown,
): Promise<void> {
  if (typeof file !== 'string') throw new Refusal('media_type_refused');
  const cues = readCues(file);
  await inTx(ctx.db, async (tx) => {
    await lockOwn(tx, me, video_id);
    if (!cues) throw new Refusal('captions_invalid');
    await queries.setCaptions(tx, video_id, language, cues, ctx.clock.now());
    if ((await queries.countCaptions(tx, video_id)) > MOST_LANGUAGES) throw new Refusal('too_many_captions');
  });
}

/** Again is no error. Refuses `not_found`. */
export async function deleteCaptions(ctx: Context, me: Principal, video_id: string, language: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    await lockOwn(tx, me, video_id);
    await queries.deleteCaptions(tx, video_id, language);
  });
}
