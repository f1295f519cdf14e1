/** All SQL of watching. */
import type { Tx } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { Added, PlaybackSession, Watch } from './watch_judge.ts';

type Asks = Pick<Tx['client'], 'query'>;

/** What must be known of a video to judge what is said of it. It does not change once it is posted. */
export interface Watched {
  video_id: string;
  person_id: string;
  duration_ms: number;
}

export async function findWatched(q: Asks, ids: string[]): Promise<Watched[]> {
  const { rows } = await q.query<Watched>({
    name: 'watch_videos',
    text: `select video_id, person_id, duration_ms from videos
      where video_id = any($1) and state = 'published' and deleted_at is null`,
    values: [ids],
  });
  return rows;
}

/** Begins those that are new and locks all. Their watches are only touched under this lock. */
export async function lockSessions(tx: Tx, sessions: { session_id: string; began_at: Date }[], now: Date) {
  await tx.client.query({
    name: 'watch_begin_sessions',
    text: `insert into playback_sessions (session_id, began_at, last_at, watched_ms)
      select s.id, s.began_at, $3, 0 from unnest($1::uuid[], $2::timestamptz[]) as s (id, began_at) order by s.id
      on conflict do nothing`,
    values: [sqlArray(sessions, (one) => one.session_id), sqlArray(sessions, (one) => one.began_at), now],
  });
  const { rows } = await tx.client.query<{ session_id: string; began_at: Date; watched_ms: bigint }>({
    name: 'watch_lock_sessions',
    text: `select session_id, began_at, watched_ms from playback_sessions where session_id = any($1::uuid[])
      order by session_id for no key update`,
    values: [sqlArray(sessions, (one) => one.session_id)],
  });
  return rows.map((row): PlaybackSession => ({ ...row, watched_ms: Number(row.watched_ms) }));
}

export async function findWatches(q: Asks, keys: { session_id: string; video_id: string }[]): Promise<Watch[]> {
  const { rows } = await q.query<Omit<Watch, 'last_seq' | 'watched_ms'> & { last_seq: bigint; watched_ms: bigint }>({
    name: 'watch_find',
    text: `select w.* from unnest($1::uuid[], $2::uuid[]) as k (session_id, video_id)
      join watches w using (session_id, video_id)`,
    values: [sqlArray(keys, (key) => key.session_id), sqlArray(keys, (key) => key.video_id)],
  });
  return rows.map((row) => ({ ...row, last_seq: Number(row.last_seq), watched_ms: Number(row.watched_ms) }));
}

export async function saveSessions(tx: Tx, sessions: PlaybackSession[], now: Date): Promise<void> {
  await tx.client.query({
    name: 'watch_save_sessions',
    text: `update playback_sessions p set watched_ms = s.ms, last_at = $3
      from unnest($1::uuid[], $2::bigint[]) as s (id, ms) where p.session_id = s.id`,
    values: [sqlArray(sessions, (one) => one.session_id), sqlArray(sessions, (one) => one.watched_ms), now],
  });
}

export async function saveWatches(tx: Tx, rows: Watch[]): Promise<void> {
  await tx.client.query({
    name: 'watch_save',
    text: `insert into watches as w (session_id, video_id, person_id, last_seq, watched_ms, loops, is_complete,
        is_skipped, counted_at, held_at, began_at, last_at, visit_id)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::int[], $7::bool[],
        $8::bool[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::uuid[])
      on conflict (session_id, video_id) do update set last_seq = excluded.last_seq, watched_ms = excluded.watched_ms,
        loops = excluded.loops, is_complete = excluded.is_complete, is_skipped = excluded.is_skipped,
        counted_at = excluded.counted_at, held_at = excluded.held_at, last_at = excluded.last_at,
        visit_id = excluded.visit_id`,
    values: [
      sqlArray(rows, (row) => row.session_id),
      sqlArray(rows, (row) => row.video_id),
      sqlArray(rows, (row) => row.person_id),
      sqlArray(rows, (row) => row.last_seq),
      sqlArray(rows, (row) => row.watched_ms),
      sqlArray(rows, (row) => row.loops),
      sqlArray(rows, (row) => String(row.is_complete)),
      sqlArray(rows, (row) => String(row.is_skipped)),
      sqlArray(rows, (row) => row.counted_at),
      sqlArray(rows, (row) => row.held_at),
      sqlArray(rows, (row) => row.began_at),
      sqlArray(rows, (row) => row.last_at),
      sqlArray(rows, (row) => row.visit_id),
    ],
  });
}

export async function addViews(tx: Tx, views: [video_id: string, n: number][]): Promise<void> {
  await tx.client.query({
    name: 'watch_add_views',
    text: `insert into video_counts as c (video_id, views)
      select v.id, v.n from unnest($1::uuid[], $2::bigint[]) as v (id, n) order by v.id
      on conflict (video_id) do update set views = c.views + excluded.views`,
    values: [sqlArray(views, ([id]) => id), sqlArray(views, ([, n]) => n)],
  });
}

export async function addToHours(tx: Tx, hour_at: Date, added: [video_id: string, added: Added][]): Promise<void> {
  await tx.client.query({
    name: 'watch_add_hours',
    text: `insert into video_hours as h (video_id, hour_at, starts, views, held, completions, skips, watched_ms)
      select a.id, $1, a.starts, a.views, a.held, a.completions, a.skips, a.ms from unnest($2::uuid[],
        $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
        as a (id, starts, views, held, completions, skips, ms) order by a.id
      on conflict (video_id, hour_at) do update set starts = h.starts + excluded.starts,
        views = h.views + excluded.views, held = h.held + excluded.held,
        completions = h.completions + excluded.completions, skips = h.skips + excluded.skips,
        watched_ms = h.watched_ms + excluded.watched_ms`,
    values: [
      hour_at,
      sqlArray(added, ([id]) => id),
      sqlArray(added, ([, one]) => one.starts),
      sqlArray(added, ([, one]) => one.views),
      sqlArray(added, ([, one]) => one.held),
      sqlArray(added, ([, one]) => one.completions),
      sqlArray(added, ([, one]) => one.skips),
      sqlArray(added, ([, one]) => one.watched_ms),
    ],
  });
}

/** Deletes what is older, a bounded number of rows at a time. @returns how many */
export async function forgetWatching(
  q: Asks,
  guests_before: Date,
  people_before: Date,
  limit: number,
): Promise<number> {
  const { rowCount: watches } = await q.query(
    `delete from watches where (session_id, video_id) in (select session_id, video_id from watches
       where began_at < $1 and (person_id is null or began_at < $2) limit $3)`,
    [guests_before, people_before, limit],
  );
  const { rowCount: sessions } = await q.query(
    `delete from playback_sessions where session_id in
       (select session_id from playback_sessions where began_at < $1 limit $2)`,
    [guests_before, limit],
  );
  const { rowCount: hours } = await q.query(
    `delete from video_hours where (video_id, hour_at) in
       (select video_id, hour_at from video_hours where hour_at < $1 limit $2)`,
    [people_before, limit],
  );
  return (watches ?? 0) + (sessions ?? 0) + (hours ?? 0);
}

export async function forgetWatcher(tx: Tx, person_id: string): Promise<void> {
  await tx.client.query('delete from watches where person_id = $1', [person_id]);
}
