/** All SQL of what an owner holds back, of the erasure of comments and of their end. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export interface CommentFilter {
  words: string[];
  holds_links: boolean;
  holds_all: boolean;
}

/** What holds for everybody who has not said otherwise. */
export const NO_FILTER: CommentFilter = { words: [], holds_links: true, holds_all: false };

export async function findFilter(q: Asks, person_id: string): Promise<CommentFilter> {
  const { rows } = await q.query<CommentFilter>(
    'select words, holds_links, holds_all from comment_filters where person_id = $1',
    [person_id],
  );
  return rows[0] ?? NO_FILTER;
}

export async function upsertFilter(tx: Tx, person_id: string, filter: CommentFilter, at: Date): Promise<void> {
  await tx.client.query(
    `insert into comment_filters (person_id, words, holds_links, holds_all, changed_at) values ($1, $2, $3, $4, $5)
     on conflict (person_id) do update set words = $2, holds_links = $3, holds_all = $4, changed_at = $5`,
    [person_id, filter.words, filter.holds_links, filter.holds_all, at],
  );
}

/** Ends all comments and comment likes of a person. @returns how many comments fall away, by video */
export async function eraseComments(tx: Tx, person_id: string, at: Date): Promise<Map<string, number>> {
  const { client } = tx;
  await client.query(
    `with gone as (delete from comment_likes where person_id = $1 returning comment_id)
     update comments c set likes = c.likes - 1 from gone where c.comment_id = gone.comment_id`,
    [person_id],
  );
  const { rows } = await client.query<{ video_id: string; parent_id: string | null; counted: boolean }>(
    `update comments c set deleted_at = $2, deleted_by = case when c.person_id = $1 then 'erasure' else 'thread' end
     where c.deleted_at is null and (c.person_id = $1
       or c.parent_id in (select comment_id from comments where person_id = $1))
     returning c.video_id, c.parent_id, c.held_for is null as counted`,
    [person_id, at],
  );
  await client.query(
    `update comments c set replies = (select count(*) from comments r
       where r.parent_id = c.comment_id and r.deleted_at is null and r.held_for is null)
     where c.comment_id = any($1::uuid[]) and c.deleted_at is null`,
    [rows.flatMap((row) => row.parent_id ?? [])],
  );
  await client.query('delete from comment_filters where person_id = $1', [person_id]);
  const counted = rows.filter((row) => row.counted);
  return new Map([...Map.groupBy(counted, (row) => row.video_id)].map(([id, same]) => [id, -same.length]));
}

/** Deletes for good what was deleted before, and what stood below videos that are gone. @returns how many */
export async function purgeComments(q: Asks, before: Date, limit: number): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `with gone as (
       select c.comment_id from comments c join videos v on v.video_id = c.video_id
       where c.deleted_at < $1 or v.purged_at is not null limit $2),
     threads as (select comment_id from comments where parent_id in (select * from gone) union select * from gone),
     likes as (delete from comment_likes where comment_id in (select * from threads))
     delete from comments where comment_id in (select * from threads) returning 1 as n`,
    [before, limit],
  );
  return rows.length;
}
