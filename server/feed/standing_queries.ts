/** SQL of the jobs that keep standings and co-watching. */
import type { Tx } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { Asks } from './queries.ts';

/** Videos that were watched since an hour began, in pages by id. */
export async function listChanged(q: Asks, since_hour: Date, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await q.query<{ video_id: string }>(
    `select distinct video_id from video_hours where hour_at >= $1 and ($2::uuid is null or video_id > $2)
     order by video_id limit $3`,
    [since_hour, after, limit],
  );
  return rows.map((row) => row.video_id);
}

export interface Hours {
  video_id: string;
  starts: bigint;
  held: bigint;
  skips: bigint;
  /** Only hours of which something held. */
  hour_ats: Date[];
  hours_held: bigint[];
}

/** Everything there is of these videos, and hour by hour what is young enough to trend. */
export async function sumHours(q: Asks, ids: string[], young_since: Date): Promise<Hours[]> {
  const { rows } = await q.query<Hours>(
    `select video_id, sum(starts)::bigint as starts, sum(held)::bigint as held, sum(skips)::bigint as skips,
       coalesce(array_agg(hour_at) filter (where held > 0 and hour_at >= $2), '{}') as hour_ats,
       coalesce(array_agg(held) filter (where held > 0 and hour_at >= $2), '{}') as hours_held
     from video_hours where video_id = any($1::uuid[]) group by video_id`,
    [ids, young_since],
  );
  return rows;
}

export interface NewStanding {
  video_id: string;
  starts: bigint;
  held: bigint;
  skips: bigint;
  trend_rank: bigint;
}

export async function saveStandings(q: Asks, rows: NewStanding[], now: Date): Promise<void> {
  await q.query(
    `insert into video_standings (video_id, starts, held, skips, trend_rank, changed_at)
     select s.*, $6 from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) as s
     on conflict (video_id) do update set starts = excluded.starts, held = excluded.held, skips = excluded.skips,
       trend_rank = excluded.trend_rank, changed_at = excluded.changed_at`,
    [
      sqlArray(rows, (row) => row.video_id),
      sqlArray(rows, (row) => row.starts),
      sqlArray(rows, (row) => row.held),
      sqlArray(rows, (row) => row.skips),
      sqlArray(rows, (row) => row.trend_rank),
      now,
    ],
  );
}

/** Of the creators of what was watched since: how often they were viewed, and since when they post. */
export async function refreshCreators(q: Asks, since: Date, now: Date): Promise<void> {
  await q.query(
    `insert into creator_standings (person_id, views, first_published_at, changed_at)
     select v.person_id, coalesce(sum(c.views), 0)::bigint, min(v.published_at), $2
       from videos v left join video_counts c using (video_id)
      where v.state = 'published' and v.person_id in (select w.person_id from videos w
          where w.video_id in (select h.video_id from video_hours h where h.hour_at >= $1))
      group by v.person_id
     on conflict (person_id) do update set views = excluded.views,
       first_published_at = excluded.first_published_at, changed_at = excluded.changed_at`,
    [since, now],
  );
}

export interface Mark {
  reached_at: Date;
  session_id: string;
  video_id: string;
}

const ZERO = '00000000-0000-0000-0000-000000000000';

/** How far a job has come, locked until the transaction ends; two processes do not count the same twice. */
export async function lockMark(tx: Tx, job: string): Promise<Mark> {
  const beginning = [job, new Date(0), ZERO];
  await tx.client.query('insert into feed_marks values ($1, $2, $3, $3) on conflict do nothing', beginning);
  const { rows } = await tx.client.query<Mark>('select * from feed_marks where job = $1 for no key update', [job]);
  return rows[0] as Mark;
}

export async function moveMark(tx: Tx, job: string, to: Mark): Promise<void> {
  await tx.client.query('update feed_marks set reached_at = $2, session_id = $3, video_id = $4 where job = $1', [
    ...[job, to.reached_at, to.session_id, to.video_id],
  ]);
}

export interface Held extends Mark {
  /** The person over all their days, or the visit. */
  viewer_id: string;
}

/** What was held after a mark, in order, but not what may still be committing. */
export async function listHeld(q: Asks, after: Mark, until: Date, limit: number): Promise<Held[]> {
  const { rows } = await q.query<Held>(
    `select held_at as reached_at, session_id, video_id, coalesce(person_id, session_id) as viewer_id from watches
     where held_at is not null and (held_at, session_id, video_id) > ($1, $2, $3) and held_at < $4
     order by held_at, session_id, video_id limit $5`,
    [after.reached_at, after.session_id, after.video_id, until, limit],
  );
  return rows;
}

/** Counts each of these with the videos that the same viewer had held within a day before, at most so many. */
export async function countCompany(tx: Tx, held: Held[], day_ms: number, most: number): Promise<void> {
  await tx.client.query(
    `with h as (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
         as h (session_id, viewer_id, video_id, held_at)),
     pairs as (select h.video_id as a, x.video_id as b from h cross join lateral (
         select w.video_id from watches w
          where (w.person_id = h.viewer_id or (w.person_id is null and w.session_id = h.viewer_id))
            and w.video_id <> h.video_id and w.held_at is not null
            and (w.held_at, w.video_id) < (h.held_at, h.video_id)
            and w.held_at > h.held_at - $5::bigint * interval '1 millisecond'
          order by w.held_at desc limit $6) x),
     ways as (select a, b from pairs union all select b, a from pairs)
     insert into co_watches as c (video_id, other_id, n)
     select a, b, count(*)::int from ways group by a, b order by a, b
     on conflict (video_id, other_id) do update set n = c.n + excluded.n`,
    [
      sqlArray(held, (one) => one.session_id),
      sqlArray(held, (one) => one.viewer_id),
      sqlArray(held, (one) => one.video_id),
      sqlArray(held, (one) => one.reached_at),
      day_ms,
      most,
    ],
  );
}

/** Keeps of each video the most frequent, and halves what is much: what people liked last year fades. */
export async function fadeCompany(q: Asks, keep: number): Promise<void> {
  await q.query(
    `delete from co_watches c using (select video_id, other_id,
         row_number() over (partition by video_id order by n desc, other_id) as place from co_watches) r
      where c.video_id = r.video_id and c.other_id = r.other_id and r.place > $1`,
    [keep],
  );
  await q.query('update co_watches set n = n / 2 where n >= 4');
}
