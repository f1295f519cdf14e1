/** Posts for tests, without a file: what stands in the database after an upload was packaged. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { createDraft, type NewDraft, publishVideo } from '../videos/index.ts';

export interface Facts {
  duration_ms: number;
  width: number;
  height: number;
  has_sound: boolean;
}

/** An upload of `owner_id` that is packaged already, or still on its way. @returns its id */
export async function makeUpload(
  ctx: Context,
  owner_id: string,
  given: Partial<Facts> & { state?: 'receiving' | 'packaged' | 'refused' } = {},
): Promise<string> {
  const { state = 'packaged', duration_ms = 12_000, width = 1_080, height = 1_920, has_sound = true } = given;
  const upload_id = mintId();
  const now = ctx.clock.now();
  await ctx.db.pool.query(
    `insert into uploads (upload_id, owner_id, file_name, size_bytes, state, refusal, created_at, expires_at)
     values ($1, $2, 'clip.mp4', 1000000, $3, case when $3 = 'refused' then 'video_unreadable' end, $4, $5)`,
    [upload_id, owner_id, state, now, new Date(now.getTime() + 86_400_000)],
  );
  if (state === 'packaged') {
    await ctx.db.pool.query(
      `insert into packages (package_id, owner_id, is_protected, duration_ms, width, height, has_sound, bytes, created_at)
       values ($1, $2, true, $3, $4, $5, $6, 1000000, $7)`,
      [upload_id, owner_id, duration_ms, width, height, has_sound, now],
    );
  }
  return upload_id;
}

export type Wish = Partial<Omit<NewDraft, 'upload_id'>> & Partial<Facts>;

/** A video that `person_id` has published. */
export async function postVideo(
  ctx: Context,
  person_id: string,
  wish: Wish = {},
): Promise<{ video_id: string; id: string }> {
  const { duration_ms, width, height, has_sound, ...details } = wish;
  const facts = Object.fromEntries(
    Object.entries({ duration_ms, width, height, has_sound }).filter(([, value]) => value !== undefined),
  );
  const upload_id = await makeUpload(ctx, person_id, facts);
  const video_id = await inTx(ctx.db, async (tx) => {
    const draft = { caption: '', language: 'en', visibility: 'everyone', who_comments: 'everyone', may_duet: true };
    return createDraft(ctx, tx, { person_id }, { ...draft, ...details, upload_id } as NewDraft);
  });
  await inTx(ctx.db, (tx) => publishVideo(ctx, tx, { person_id }, video_id, null));
  return { video_id, id: toWire('video', video_id) };
}
