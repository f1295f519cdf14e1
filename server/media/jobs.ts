/** What falls due for streams: silence is noticed, recordings outlive their time. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import * as queries from './queries.ts';
import { eraseLeftRehearsals } from './rehearsals.ts';
import { RESUME_MS, STREAM_CHANGED } from './streams.ts';
import { expireUploads } from './uploads.ts';

/** How long a replay is kept. */
export const RETENTION_DAYS = 30;
const DAY_MS = 86_400_000;
const BATCH = 100;

export function defineJobs(ctx: Context): void {
  ctx.jobs.cron('media.silence', '* * * * *', () => noticeSilence(ctx, ctx.clock.now()));
  ctx.jobs.cron('media.uploads', '*/10 * * * *', () => expireUploads(ctx, ctx.clock.now()));
  ctx.jobs.cron('media.rehearsals', '* * * * *', () => eraseLeftRehearsals(ctx, ctx.clock.now()));
  ctx.jobs.cron('media.retention', '17 4 * * *', () => purgeOutlived(ctx, ctx.clock.now()));
}

/** Tells of running streams without a segment for a minute, once each (`stream.silent`). @returns how many */
export async function noticeSilence(ctx: Context, now: Date): Promise<number> {
  return inTx(ctx.db, async (tx) => {
    const silent = await queries.markSilent(tx, new Date(now.getTime() - RESUME_MS), now, BATCH);
    const events = silent.map(({ stream_id, owner_id }) => ({
      type: 'stream.silent',
      actor: owner_id,
      subject: stream_id,
      data: {},
    }));
    await emit(tx, ctx, events);
    return silent.length;
  });
}

/** Deletes recordings that ended RETENTION_DAYS ago. @returns how many */
export async function purgeOutlived(ctx: Context, now: Date): Promise<number> {
  const outlived = await queries.listOutlived(ctx.db, new Date(now.getTime() - RETENTION_DAYS * DAY_MS), BATCH);
  for (const stream_id of outlived) await deleteRecording(ctx, stream_id);
  return outlived.length;
}

/** Deletes a recording before its time, for good: nobody finds it any more, then its files go. Twice is once. */
export async function deleteRecording(ctx: Context, stream_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    await queries.purge(tx, stream_id, ctx.clock.now());
    tx.after_commit.push(() => ctx.bus.publish(STREAM_CHANGED, { stream_id }));
  });
  await ctx.storage.deleteAll(`streams/${stream_id}`);
}
