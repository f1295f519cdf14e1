/** Standings and co-watching, kept up in steps; what was served is forgotten in time. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { onErasure } from '../people/index.ts';
import { forgetServed, forgetViewer } from './queries.ts';
import * as queries from './standing_queries.ts';
import { rankOf, TREND_HOURS, trendAt } from './trend.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AT_ONCE = 2_000;
/** What is served is kept for so long, to answer for it. */
const SERVED_DAYS = 30;
/** Batches that began before may still be committing. */
const COMMITTED_MS = 20_000;
/** Each held video keeps company with so many held within a day before it. */
const COMPANY = 10;
const KEPT_COMPANY = 100;
const AGAIN = 50;

export function defineFeedJobs(ctx: Context): void {
  ctx.jobs.cron('feed.standings', '* * * * *', () => refreshStandings(ctx));
  ctx.jobs.cron('feed.creators', '*/10 * * * *', () => refreshCreators(ctx));
  ctx.jobs.cron('feed.co_watches', '* * * * *', () => countCoWatches(ctx));
  ctx.jobs.cron('feed.fade', '17 4 * * 0', () => queries.fadeCompany(ctx.db.pool, KEPT_COMPANY));
  ctx.jobs.cron('feed.forget', '41 * * * *', () => forgetOldPages(ctx));
  onErasure(ctx, { forget: forgetViewer });
}

/** Standings of whatever was watched in this hour or the one before, made again from its hours. */
export async function refreshStandings(ctx: Context): Promise<void> {
  const { pool } = ctx.db;
  const now = ctx.clock.now();
  const since = hourBefore(now);
  const young_since = new Date(now.getTime() - TREND_HOURS * HOUR_MS);
  for (let after: string | null = null; ; ) {
    const ids: string[] = await queries.listChanged(pool, since, after, AT_ONCE);
    if (ids.length === 0) return;
    const rows = await queries.sumHours(pool, ids, young_since);
    await queries.saveStandings(
      pool,
      rows.map((row) => standingOf(row, now)),
      now,
    );
    after = ids.at(-1) ?? null;
  }
}

/** The hour before this one began: nothing that was watched between two runs is missed. */
const hourBefore = (now: Date): Date => new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - HOUR_MS);

/** Creators are summed up over all their videos, which takes longer and changes less. */
export async function refreshCreators(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await queries.refreshCreators(ctx.db.pool, hourBefore(now), now);
}

function standingOf({ video_id, starts, held, skips, hour_ats, hours_held }: queries.Hours, now: Date) {
  const hours = hour_ats.map((hour_at, at) => ({ hour_at, held: Number(hours_held[at] ?? 0n) }));
  return { video_id, starts, held, skips, trend_rank: rankOf(trendAt(hours, now), now) };
}

/** Counts what was held since the last time with what the same viewer held before it. */
export async function countCoWatches(ctx: Context): Promise<void> {
  const until = new Date(ctx.clock.now().getTime() - COMMITTED_MS);
  for (let round = 0; round < AGAIN; round += 1) {
    const counted = await inTx(ctx.db, async (tx) => {
      const mark = await queries.lockMark(tx, 'co_watches');
      const held = await queries.listHeld(tx.client, mark, until, AT_ONCE);
      const last = held.at(-1);
      if (!last) return 0;
      await queries.countCompany(tx, held, DAY_MS, COMPANY);
      await queries.moveMark(tx, 'co_watches', last);
      return held.length;
    });
    if (counted < AT_ONCE) return;
  }
}

export async function forgetOldPages(ctx: Context): Promise<void> {
  const now = ctx.clock.now().getTime();
  const before = (days: number) => new Date(now - days * DAY_MS);
  let gone: number;
  do gone = await forgetServed(ctx.db.pool, before(SERVED_DAYS), before(1), AT_ONCE);
  while (gone >= AT_ONCE);
}
