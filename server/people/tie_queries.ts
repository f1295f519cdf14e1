/** All SQL of follows and blocks. */
import type { Tx } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { Asks } from './queries.ts';

const changed = (result: { rowCount: number | null }): boolean => (result.rowCount ?? 0) > 0;

export const insertFollow = async (tx: Tx, follower_id: string, followee_id: string, at: Date): Promise<boolean> =>
  changed(
    await tx.client.query(
      'insert into follows (follower_id, followee_id, followed_at) values ($1, $2, $3) on conflict do nothing',
      [follower_id, followee_id, at],
    ),
  );

export const deleteFollow = async (tx: Tx, follower_id: string, followee_id: string): Promise<boolean> =>
  changed(
    await tx.client.query('delete from follows where follower_id = $1 and followee_id = $2', [
      follower_id,
      followee_id,
    ]),
  );

export async function countFollow(tx: Tx, follower_id: string, followee_id: string, by: 1 | -1): Promise<void> {
  await tx.client.query(
    `update people set following_count = following_count + case when person_id = $1 then $3 else 0 end,
       follower_count = follower_count + case when person_id = $2 then $3 else 0 end
     where person_id in ($1, $2)`,
    [follower_id, followee_id, by],
  );
}

export const insertBlock = async (tx: Tx, blocker_id: string, blocked_id: string, at: Date): Promise<boolean> =>
  changed(
    await tx.client.query(
      'insert into blocks (blocker_id, blocked_id, blocked_at) values ($1, $2, $3) on conflict do nothing',
      [blocker_id, blocked_id, at],
    ),
  );

export const deleteBlock = async (tx: Tx, blocker_id: string, blocked_id: string): Promise<boolean> =>
  changed(
    await tx.client.query('delete from blocks where blocker_id = $1 and blocked_id = $2', [blocker_id, blocked_id]),
  );

/** Which of these pairs have a block in either direction, in their order. Hot: one lookup each by primary key. */
export async function blockedPairs(q: Asks, pairs: [string, string][]): Promise<boolean[]> {
  if (pairs.length === 0) return [];
  const { rows } = await q.query<{ at: number }>({
    name: 'people_blocked_pairs',
    text: `select p.at::int as at from unnest($1::uuid[], $2::uuid[]) with ordinality p (one, other, at)
      where exists (select from blocks b where b.blocker_id = p.one and b.blocked_id = p.other)
        or exists (select from blocks b where b.blocker_id = p.other and b.blocked_id = p.one)`,
    values: [sqlArray(pairs, ([one]) => one), sqlArray(pairs, ([, other]) => other)],
  });
  const blocked = new Set(rows.map((row) => row.at));
  return pairs.map((_, i) => blocked.has(i + 1));
}

/** What ties the viewer to a person. */
export interface Ties {
  following: boolean;
  follows_me: boolean;
  /** Asked to follow, not answered yet; and the other way round. */
  requested: boolean;
  requests_me: boolean;
  muted_by_me: boolean;
  blocked_by_me: boolean;
  blocks_me: boolean;
}

export async function tiesBetween(q: Asks, viewer_id: string, person_id: string): Promise<Ties> {
  const { rows } = await q.query<Ties>(
    `select exists (select from follows where follower_id = $1 and followee_id = $2) as following,
       exists (select from follows where follower_id = $2 and followee_id = $1) as follows_me,
       exists (select from follow_requests where requester_id = $1 and person_id = $2) as requested,
       exists (select from follow_requests where requester_id = $2 and person_id = $1) as requests_me,
       exists (select from mutes where muter_id = $1 and muted_id = $2) as muted_by_me,
       exists (select from blocks where blocker_id = $1 and blocked_id = $2) as blocked_by_me,
       exists (select from blocks where blocker_id = $2 and blocked_id = $1) as blocks_me`,
    [viewer_id, person_id],
  );
  return rows[0] as Ties;
}

/** Whom a person has blocked, latest first. */
export async function listBlocked(q: Asks, blocker_id: string): Promise<string[]> {
  const { rows } = await q.query<{ blocked_id: string }>(
    'select blocked_id from blocks where blocker_id = $1 order by blocked_at desc, blocked_id desc limit 500',
    [blocker_id],
  );
  return rows.map((row) => row.blocked_id);
}

/** With whom a person shares a block in either direction: what their feed and rooms hide. */
export async function hiddenFrom(q: Asks, person_id: string): Promise<string[]> {
  const { rows } = await q.query<{ other: string }>(
    `select blocked_id as other from blocks where blocker_id = $1
     union select blocker_id from blocks where blocked_id = $1`,
    [person_id],
  );
  return rows.map((row) => row.other);
}

/** Followers to be told of something, in pages of ids. */
export async function followersOf(
  q: Asks,
  followee_id: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await q.query<{ follower_id: string }>(
    `select follower_id from follows where followee_id = $1 and ($2::uuid is null or follower_id > $2)
     order by follower_id limit $3`,
    [followee_id, after, limit],
  );
  return rows.map((row) => row.follower_id);
}

/** How many began to follow a person, minute by minute, and still do. */
export async function followsByMinute(
  q: Asks,
  followee_id: string,
  from: Date,
  to: Date,
): Promise<{ minute_at: Date; n: number }[]> {
  const { rows } = await q.query<{ minute_at: Date; n: number }>(
    `select date_trunc('minute', followed_at) as minute_at, count(*)::int as n from follows
     where followee_id = $1 and followed_at between $2 and $3 group by 1 order by 1 limit 3000`,
    [followee_id, from, to],
  );
  return rows;
}
