/** SQL of pages that were served, of corrections and of who looks. */
import type { Tx } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { Selling } from './load.ts';
import type { Seen } from './taste.ts';

export type Asks = Pick<Tx['client'], 'query'>;

export interface Looks {
  /** The latest first. */
  follows: string[];
  /** Blocks both ways, and mutes. */
  hidden: string[];
  corrections: { kind: CorrectionKind; what: string }[];
  seen: string[];
}

const list = (text: string | null): string[] => (text === null ? [] : text.split(','));

/**
 * Everything about who looks in one round trip, lists as texts: read for every few pages, and arrays are parsed slowly.
 * @param person_id null for guests
 * @param named whether what they watched is kept under their name, or under the visit
 */
export async function findLooks(
  q: Asks,
  { person_id, visit_id, named }: { person_id: string | null; visit_id: string; named: boolean },
  most: { follows: number; corrections: number; seen: number },
): Promise<Looks> {
  type Row = {
    follows: string | null;
    hidden: string | null;
    corrections: Looks['corrections'] | null;
    seen: string | null;
  };
  const { rows } = await q.query<Row>({
    name: named ? 'feed_looks_named' : 'feed_looks',
    text: `select
      (select string_agg(followee_id::text, ',') from (select followee_id from follows where follower_id = $1
        order by followed_at desc limit $3) f) as follows,
      (select string_agg(id::text, ',') from (select blocked_id as id from blocks where blocker_id = $1
        union select blocker_id from blocks where blocked_id = $1
        union select muted_id from mutes where muter_id = $1) h) as hidden,
      (select json_agg(json_build_object('kind', kind, 'what', what)) from (select kind, what from corrections
        where viewer_id = coalesce($1, $2) order by made_at desc limit $4) c) as corrections,
      (select string_agg(distinct video_id::text, ',') from (select video_id from watches
        where ${named ? 'person_id = $1' : 'session_id = $2'} order by began_at desc limit $5) w) as seen`,
    values: [person_id, visit_id, most.follows, most.corrections, most.seen],
  });
  const { follows, hidden, corrections, seen } = rows[0] as Row;
  return { follows: list(follows), hidden: list(hidden), corrections: corrections ?? [], seen: list(seen) };
}

/** What was watched, the latest first, with what it was about. Of a person over all their days, else of one visit. */
export async function listSeen(
  q: Asks,
  who: { person_id: string } | { session_id: string },
  limit: number,
): Promise<Seen[]> {
  const [name, where, id] =
    'person_id' in who
      ? (['feed_seen_by_person', 'w.person_id = $1', who.person_id] as const)
      : (['feed_seen_in_visit', 'w.session_id = $1', who.session_id] as const);
  const { rows } = await q.query<Seen>({
    name,
    text: `select w.video_id, v.person_id, v.sound_id, w.is_complete, w.held_at is not null as is_held, w.is_skipped,
        w.began_at, array(select t.tag from video_tags t where t.video_id = v.video_id) as tags
      from (select * from watches w where ${where} order by w.began_at desc, w.video_id limit $2) w
      join videos v using (video_id)`,
    values: [id, limit],
  });
  return rows;
}

export interface ServedPage {
  thing_ids: string[];
  creator_ids: string[];
  news: boolean[];
  sold: Selling[];
}

/** The latest pages of a viewer, the latest first. */
export async function listServed(q: Asks, viewer_id: string, pages: number): Promise<ServedPage[]> {
  const { rows } = await q.query<ServedPage>({
    name: 'feed_served',
    text: `select thing_ids, creator_ids, news, sold from served_pages where viewer_id = $1
      order by served_at desc, served_id desc limit $2`,
    values: [viewer_id, pages],
  });
  return rows;
}

export interface NewServedPage extends ServedPage {
  served_id: string;
  viewer_id: string;
  served_at: Date;
  weights: string;
  items: unknown[];
}

const nested = (values: readonly (string | boolean)[]): string => `{${values.join(',')}}`;

export async function insertServed(tx: Tx, pages: NewServedPage[]): Promise<void> {
  await tx.client.query({
    name: 'feed_insert_served',
    text: `insert into served_pages (served_id, viewer_id, served_at, weights, thing_ids, creator_ids, news, items,
        sold)
      select id, viewer, at, weights, things::uuid[], creators::uuid[], news::bool[], items::jsonb, sold::text[]
        from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
          $8::text[], $9::text[]) as p (id, viewer, at, weights, things, creators, news, items, sold)
      on conflict do nothing`,
    values: [
      sqlArray(pages, (page) => page.served_id),
      sqlArray(pages, (page) => page.viewer_id),
      sqlArray(pages, (page) => page.served_at),
      sqlArray(pages, (page) => page.weights),
      sqlArray(pages, (page) => nested(page.thing_ids)),
      sqlArray(pages, (page) => nested(page.creator_ids)),
      sqlArray(pages, (page) => nested(page.news)),
      sqlArray(pages, (page) => JSON.stringify(page.items)),
      sqlArray(pages, (page) => nested(page.sold)),
    ],
  });
}

export type CorrectionKind = 'video' | 'creator' | 'tag' | 'sound';
export interface Correction {
  viewer_id: string;
  kind: CorrectionKind;
  what: string;
  served_id: string | null;
  made_at: Date;
}

/** The latest first. */
export async function listCorrections(q: Asks, viewer_id: string, limit: number): Promise<Correction[]> {
  const { rows } = await q.query<Correction>({
    name: 'feed_corrections',
    text: 'select * from corrections where viewer_id = $1 order by made_at desc, kind, what limit $2',
    values: [viewer_id, limit],
  });
  return rows;
}

export async function saveCorrection(q: Asks, row: Correction): Promise<void> {
  await q.query(
    `insert into corrections (viewer_id, kind, what, served_id, made_at) values ($1, $2, $3, $4, $5)
     on conflict (viewer_id, kind, what) do nothing`,
    [row.viewer_id, row.kind, row.what, row.served_id, row.made_at],
  );
}

export async function deleteCorrection(q: Asks, row: Pick<Correction, 'viewer_id' | 'kind' | 'what'>): Promise<void> {
  await q.query('delete from corrections where viewer_id = $1 and kind = $2 and what = $3', [
    row.viewer_id,
    row.kind,
    row.what,
  ]);
}

/** Deletes what was served before a time, and corrections of visits that are over. @returns how many rows */
export async function forgetServed(q: Asks, served_before: Date, visits_before: Date, limit: number): Promise<number> {
  const { rowCount: pages } = await q.query(
    'delete from served_pages where served_id in (select served_id from served_pages where served_at < $1 limit $2)',
    [served_before, limit],
  );
  const { rowCount: corrections } = await q.query(
    `delete from corrections where (viewer_id, kind, what) in (select viewer_id, kind, what from corrections c
       where c.made_at < $1 and not exists (select from people p where p.person_id = c.viewer_id) limit $2)`,
    [visits_before, limit],
  );
  return (pages ?? 0) + (corrections ?? 0);
}

export async function forgetViewer(tx: Tx, viewer_id: string): Promise<void> {
  await tx.client.query('delete from served_pages where viewer_id = $1', [viewer_id]);
  await tx.client.query('delete from corrections where viewer_id = $1', [viewer_id]);
}

export interface Posted {
  video_id: string;
  published_at: Date;
}

/** What those whom somebody follows have posted, the latest first; a few of each are enough for a page. */
export async function listFollowing(
  q: Asks,
  person_id: string,
  limit: number,
  after: [at: string, video_id: string] | null,
): Promise<Posted[]> {
  const { rows } = await q.query<Posted>({
    name: 'feed_following',
    text: `select x.video_id, x.published_at from follows f cross join lateral (
        select v.video_id, v.published_at from videos v
         where v.person_id = f.followee_id and v.state = 'published' and v.deleted_at is null
           and ($3::timestamptz is null or (v.published_at, v.video_id) < ($3, $4::uuid))
         order by v.published_at desc, v.video_id desc limit $2) x
      where f.follower_id = $1
        and not exists (select from mutes m where m.muter_id = $1 and m.muted_id = f.followee_id)
      order by x.published_at desc, x.video_id desc limit $2`,
    values: [person_id, limit, after?.[0] ?? null, after?.[1] ?? null],
  });
  return rows;
}

/** Which of these videos link to something. */
export async function findLinked(q: Asks, video_ids: string[]): Promise<string[]> {
  const { rows } = await q.query<{ video_id: string }>({
    name: 'feed_linked',
    text: 'select distinct video_id from video_links where video_id = any($1::uuid[]) and removed_at is null',
    values: [video_ids],
  });
  return rows.map((row) => row.video_id);
}

/** What these creators have posted since, the oldest first, and whether it links to something for sale. */
export async function listPosts(
  q: Asks,
  person_ids: string[],
  since: Date,
): Promise<{ person_id: string; id: string; published_at: Date; linked: boolean }[]> {
  const { rows } = await q.query<{ person_id: string; id: string; published_at: Date; linked: boolean }>({
    name: 'feed_posts',
    text: `select v.person_id, v.video_id as id, v.published_at,
        exists (select from video_links l where l.video_id = v.video_id and l.removed_at is null) as linked
      from videos v where v.person_id = any($1::uuid[]) and v.state = 'published' and v.deleted_at is null
        and v.published_at >= $2 order by v.published_at, v.video_id`,
    values: [person_ids, since],
  });
  return rows;
}
