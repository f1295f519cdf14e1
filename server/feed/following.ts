/** Following: what those whom somebody follows post, strictly by time. */
import type { Context, Principal } from '../kernel/context.ts';
import { decodeCursor, encodeCursor } from '../kernel/paging.ts';
import { type VideoView, viewVideos } from '../videos/index.ts';
import { listFollowing, type Posted } from './queries.ts';

const ROUNDS = 5;

export interface FollowingPage {
  videos: VideoView[];
  next: string | null;
}

/** The latest first. What this viewer may not see is passed over, so a page may take several looks. */
export async function following(ctx: Context, me: Principal, limit: number, after?: string): Promise<FollowingPage> {
  let seen = after === undefined ? null : (decodeCursor(ctx.config, after) as [string, string]);
  const videos: VideoView[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await listFollowing(ctx.db.pool, me.person_id, limit, seen);
    const ids = rows.map(({ video_id }) => video_id);
    const views = await viewVideos(ctx, ctx.db.pool, ids, me, 'feed');
    for (const row of rows) {
      const view = views.get(row.video_id);
      seen = cursorOf(row);
      if (view) videos.push(view);
      if (videos.length === limit) return { videos, next: encodeCursor(ctx.config, seen) };
    }
    if (rows.length < limit) return { videos, next: null };
  }
  return { videos, next: seen && encodeCursor(ctx.config, seen) };
}

const cursorOf = ({ published_at, video_id }: Posted): [string, string] => [published_at.toISOString(), video_id];
