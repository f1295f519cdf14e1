/** What follows by itself: a package for a draft, a plan whose time has come, the end of what was deleted. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { deletePackage } from '../media/index.ts';
import { onErasure } from '../people/index.ts';
import * as queries from './queries.ts';
import { deleteVideo, goPublic } from './videos.ts';

/** How long a deleted post could still be brought back by hand. */
export const KEPT_DAYS = 30;
/** How long a packaged file waits for its draft. */
const UNPOSTED_DAYS = 7;
const DAY_MS = 86_400_000;
const BATCH = 100;

export function defineJobs(ctx: Context): void {
  ctx.jobs.cron('videos.publish', '* * * * *', () => publishDue(ctx, ctx.clock.now()));
  ctx.jobs.cron('videos.purge', '37 4 * * *', () => purgeDeleted(ctx, ctx.clock.now()));
  ctx.relay.on('package.ready', 'videos: a draft has its package', async (events) => {
    for (const { subject } of events) await attach(ctx, subject);
  });
  ctx.relay.on('package.refused', 'videos: a plan becomes a draft again', async (events) => {
    for (const { subject } of events) await fallBack(ctx, subject);
  });
  onErasure(ctx, {
    async forget(tx, person_id) {
      for (const { video_id } of await queries.listOf(tx.client, person_id)) {
        await deleteVideo(ctx, tx, { person_id }, video_id);
      }
    },
  });
}

/** What is packaged goes into its draft; a draft whose time has come is published with that. */
async function attach(ctx: Context, package_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const found = await queries.findVideoOfUpload(tx.client, package_id);
    if (!found || found.package_id || !(await queries.lockVideo(tx, found.video_id))) return;
    const video = await queries.setPackage(tx, package_id);
    const now = ctx.clock.now();
    if (!video || video.deleted_at || video.state !== 'scheduled' || (video.publish_at ?? now) > now) return;
    await goPublic(ctx, tx, video, now);
  });
}

async function fallBack(ctx: Context, upload_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const video = await queries.findVideoOfUpload(tx.client, upload_id);
    if (video) await queries.setSchedule(tx, video.video_id, null);
  });
}

/** Publishes plans whose time has come. @returns how many */
export async function publishDue(ctx: Context, now: Date): Promise<number> {
  return inTx(ctx.db, async (tx) => {
    const due = await queries.lockDue(tx, now, BATCH);
    for (const video of due) await goPublic(ctx, tx, video, now);
    return due.length;
  });
}

/** Forgets what posts held that were deleted KEPT_DAYS ago, and packages that nobody posted. @returns how many posts */
export async function purgeDeleted(ctx: Context, now: Date): Promise<number> {
  const old = await queries.listToPurge(ctx.db.pool, new Date(now.getTime() - KEPT_DAYS * DAY_MS), BATCH);
  for (const { video_id, package_id, cover } of old) {
    if (package_id) await deletePackage(ctx, package_id);
    if (cover) await ctx.storage.delete(`covers/${cover}`);
    await inTx(ctx.db, (tx) => queries.purge(tx, video_id, now));
  }
  const unposted = await queries.listUnposted(ctx.db.pool, new Date(now.getTime() - UNPOSTED_DAYS * DAY_MS), BATCH);
  for (const package_id of unposted) await deletePackage(ctx, package_id);
  return old.length;
}
