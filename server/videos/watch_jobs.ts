/** What is kept of watching, and for how long. */
import type { Context } from '../kernel/context.ts';
import { onErasure } from '../people/index.ts';
import { forgetWatcher, forgetWatching } from './watch_queries.ts';

const DAY_MS = 86_400_000;
/** A guest's visit is over after hours; a day more lets the night's sums be made. */
const GUEST_DAYS = 2;
/** What a person watched shapes what they are shown for so long. */
export const WATCH_DAYS = 90;
const AT_ONCE = 20_000;

export function defineWatchJobs(ctx: Context): void {
  ctx.jobs.cron('videos.forget_watching', '23 * * * *', () => forgetOldWatching(ctx));
  onErasure(ctx, { forget: forgetWatcher });
}

export async function forgetOldWatching(ctx: Context): Promise<void> {
  const now = ctx.clock.now().getTime();
  const before = (days: number) => new Date(now - days * DAY_MS);
  let gone: number;
  do gone = await forgetWatching(ctx.db.pool, before(GUEST_DAYS), before(WATCH_DAYS), AT_ONCE);
  while (gone >= AT_ONCE);
}
