/** SQL that finds candidates. Lists of ids by key, several keys in one statement; what they are is asked apart. */
import type { Asks } from './queries.ts';

const OPEN = `v.state = 'published' and v.visibility = 'everyone' and v.deleted_at is null and v.hidden_at is null`;
/** Longer ones are for profiles and those who follow (MISSION 1). */
const MOST_MS = 180_000;

interface Row {
  key: string;
  video_id: string;
}

function grouped(rows: Row[]): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const { key, video_id } of rows) {
    const list = lists.get(key);
    if (list) list.push(video_id);
    else lists.set(key, [video_id]);
  }
  return lists;
}

/** The newest of each creator, also what only their followers see. */
export async function listOfCreators(q: Asks, ids: string[], each: number): Promise<Map<string, string[]>> {
  const { rows } = await q.query<Row>({
    name: 'feed_of_creators',
    text: `select k.id as key, x.video_id from unnest($1::uuid[]) as k (id) cross join lateral (
        select v.video_id from videos v where v.person_id = k.id and v.state = 'published' and v.deleted_at is null
         order by v.published_at desc, v.video_id desc limit $2) x`,
    values: [ids, each],
  });
  return grouped(rows);
}

/** Of the newest of each tag, those that trend most. Ids are in order of time, so the key of the table finds them. */
export async function listOfTags(q: Asks, tags: string[], each: number): Promise<Map<string, string[]>> {
  const { rows } = await q.query<Row>({
    name: 'feed_of_tags',
    text: `select k.tag as key, x.video_id from unnest($1::text[]) as k (tag) cross join lateral (
        select n.video_id from (select t.video_id from video_tags t where t.tag = k.tag
            order by t.video_id desc limit 200) n
          join videos v using (video_id) left join video_standings s using (video_id)
         where ${OPEN} order by s.trend_rank desc nulls last, v.published_at desc limit $2) x`,
    values: [tags, each],
  });
  return grouped(rows);
}

/** The newest that use each sound. */
export async function listOfSounds(q: Asks, ids: string[], each: number): Promise<Map<string, string[]>> {
  const { rows } = await q.query<Row>({
    name: 'feed_of_sounds',
    text: `select k.id as key, x.video_id from unnest($1::uuid[]) as k (id) cross join lateral (
        select v.video_id from videos v where v.sound_id = k.id and ${OPEN}
         order by v.published_at desc limit $2) x`,
    values: [ids, each],
  });
  return grouped(rows);
}

export interface Likeness {
  video_id: string;
  likeness: number;
}

/** Whose company each video keeps: n / sqrt((held + 5)(held of the other + 5)), so that few do not look like all. */
export async function listCoWatched(q: Asks, ids: string[], each: number): Promise<Map<string, Likeness[]>> {
  const { rows } = await q.query<Likeness & { key: string }>({
    name: 'feed_co_watched',
    text: `select k.id as key, x.video_id, x.likeness from unnest($1::uuid[]) as k (id)
      join video_standings a on a.video_id = k.id cross join lateral (
        select c.other_id as video_id, c.n / sqrt((a.held + 5) * (b.held + 5))::float8 as likeness
          from co_watches c join video_standings b on b.video_id = c.other_id
         where c.video_id = k.id order by c.n desc limit $2) x`,
    values: [ids, each],
  });
  const lists = new Map<string, Likeness[]>();
  for (const { key, video_id, likeness } of rows) lists.set(key, [...(lists.get(key) ?? []), { video_id, likeness }]);
  return lists;
}

export async function listTrending(q: Asks, limit: number): Promise<string[]> {
  const { rows } = await q.query<{ video_id: string }>(
    `select video_id from (select video_id, trend_rank from video_standings order by trend_rank desc limit $1) s
     join videos v using (video_id) where ${OPEN} order by s.trend_rank desc`,
    [limit],
  );
  return rows.map((row) => row.video_id);
}

/** The newest of all, and of the newest few thousand those of new creators that the fewest have started. */
export async function listFresh(q: Asks, newest: number, of_new: number, new_below: number): Promise<string[]> {
  const { rows } = await q.query<{ video_id: string }>(
    `with n as (select v.video_id, v.person_id, v.published_at from videos v where ${OPEN}
       order by v.published_at desc, v.video_id desc limit 3000)
     (select video_id from n order by published_at desc, video_id desc limit $1)
     union
     (select n.video_id from n left join creator_standings c using (person_id)
         left join video_standings s using (video_id)
       where coalesce(c.views, 0) < $3 order by coalesce(s.starts, 0), n.published_at desc limit $2)`,
    [newest, of_new, new_below],
  );
  return rows.map((row) => row.video_id);
}

/** Whatever is left that the viewer has not seen, the newest first. */
export async function listUnseen(q: Asks, seen: string[], limit: number): Promise<string[]> {
  const { rows } = await q.query<{ video_id: string }>({
    name: 'feed_unseen',
    text: `select v.video_id from videos v where ${OPEN} and not (v.video_id = any($1::uuid[]))
      order by v.published_at desc, v.video_id desc limit $2`,
    values: [seen, limit],
  });
  return rows.map((row) => row.video_id);
}

export interface Standing {
  video_id: string;
  person_id: string;
  published_at: Date;
  language: string;
  sound_id: string | null;
  tags: string[];
  starts: bigint;
  held: bigint;
  views: bigint;
  likes: number;
  trend_rank: bigint | null;
  creator_views: bigint;
}

/** What ranking needs to know of these. */
export async function findStandings(q: Asks, ids: string[]): Promise<Standing[]> {
  const { rows } = await q.query<Standing>({
    name: 'feed_standings',
    text: `select v.video_id, v.person_id, v.published_at, v.language, v.sound_id,
        array(select t.tag from video_tags t where t.video_id = v.video_id) as tags,
        coalesce(s.starts, 0) as starts, coalesce(s.held, 0) as held, coalesce(c.views, 0) as views,
        coalesce(c.likes, 0) as likes, s.trend_rank, coalesce(k.views, 0) as creator_views
      from videos v left join video_standings s using (video_id) left join video_counts c using (video_id)
        left join creator_standings k on k.person_id = v.person_id
      where v.video_id = any($1::uuid[]) and v.state = 'published' and v.deleted_at is null and v.hidden_at is null
        and v.duration_ms <= $2`,
    values: [ids, MOST_MS],
  });
  return rows;
}
