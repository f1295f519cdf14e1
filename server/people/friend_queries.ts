/** All SQL of requests to follow, mutes, friends and the lists of ties. */
import type { Tx } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { Asks } from './queries.ts';

const changed = (result: { rowCount: number | null }): boolean => (result.rowCount ?? 0) > 0;

export const insertRequest = async (tx: Tx, requester_id: string, person_id: string, at: Date): Promise<boolean> =>
  changed(
    await tx.client.query(
      'insert into follow_requests (requester_id, person_id, asked_at) values ($1, $2, $3) on conflict do nothing',
      [requester_id, person_id, at],
    ),
  );

export const deleteRequest = async (tx: Tx, requester_id: string, person_id: string): Promise<boolean> =>
  changed(
    await tx.client.query('delete from follow_requests where requester_id = $1 and person_id = $2', [
      requester_id,
      person_id,
    ]),
  );

/** Who waits for an answer of this person, by id, at most so many. */
export async function waitingFor(q: Asks, person_id: string, limit: number): Promise<string[]> {
  const { rows } = await q.query<{ requester_id: string }>(
    'select requester_id from follow_requests where person_id = $1 order by requester_id limit $2',
    [person_id, limit],
  );
  return rows.map((row) => row.requester_id);
}

export async function insertMute(tx: Tx, muter_id: string, muted_id: string, at: Date): Promise<void> {
  await tx.client.query('insert into mutes (muter_id, muted_id, muted_at) values ($1, $2, $3) on conflict do nothing', [
    muter_id,
    muted_id,
    at,
  ]);
}

export async function deleteMute(tx: Tx, muter_id: string, muted_id: string): Promise<void> {
  await tx.client.query('delete from mutes where muter_id = $1 and muted_id = $2', [muter_id, muted_id]);
}

/** Whom a person has muted: what their feeds leave out. */
export async function mutedBy(q: Asks, muter_id: string): Promise<string[]> {
  const { rows } = await q.query<{ muted_id: string }>('select muted_id from mutes where muter_id = $1', [muter_id]);
  return rows.map((row) => row.muted_id);
}

/** Of these pairs, whether the first has muted the second, in their order. */
export const mutedPairs = (q: Asks, pairs: [muter_id: string, muted_id: string][]): Promise<boolean[]> =>
  existing(q, 'mutes', 'muter_id', 'muted_id', pairs);

/** Of these pairs, whether the first follows the second, in their order. Hot: one lookup each by primary key. */
export const followingPairs = (q: Asks, pairs: [follower_id: string, followee_id: string][]): Promise<boolean[]> =>
  existing(q, 'follows', 'follower_id', 'followee_id', pairs);

async function existing(
  q: Asks,
  table: 'mutes' | 'follows',
  one: string,
  other: string,
  pairs: [string, string][],
): Promise<boolean[]> {
  if (pairs.length === 0) return [];
  const { rows } = await q.query<{ at: number }>({
    name: `people_pairs_${table}`,
    text: `select p.at::int as at from unnest($1::uuid[], $2::uuid[]) with ordinality p (one, other, at)
      where exists (select from ${table} t where t.${one} = p.one and t.${other} = p.other)`,
    values: [sqlArray(pairs, ([id]) => id), sqlArray(pairs, ([, id]) => id)],
  });
  const found = new Set(rows.map((row) => row.at));
  return pairs.map((_, i) => found.has(i + 1));
}

/** Friends are people who follow each other. */
export async function friendsOf(q: Asks, person_id: string): Promise<string[]> {
  const { rows } = await q.query<{ friend_id: string }>(
    `select f.followee_id as friend_id from follows f
     where f.follower_id = $1 and exists (select from follows b where b.follower_id = f.followee_id and b.followee_id = $1)`,
    [person_id],
  );
  return rows.map((row) => row.friend_id);
}

/** Of these pairs, whether they are friends, in their order. */
export async function areFriends(q: Asks, pairs: [string, string][]): Promise<boolean[]> {
  const both = await followingPairs(q, [...pairs, ...pairs.map(([a, b]): [string, string] => [b, a])]);
  return pairs.map((_, i) => both[i] === true && both[i + pairs.length] === true);
}

/** Those of these people whose profile is private and closed to the viewer: they are no follower and not themselves. */
export async function closedTo(q: Asks, viewer_id: string | null, person_ids: string[]): Promise<Set<string>> {
  if (person_ids.length === 0) return new Set();
  const { rows } = await q.query<{ person_id: string }>({
    name: 'people_closed_to',
    text: `select p.person_id from people p
      where p.person_id = any($2::uuid[]) and p.is_private and p.person_id is distinct from $1::uuid
        and not exists (select from follows f where f.follower_id = $1 and f.followee_id = p.person_id)`,
    values: [viewer_id, [...new Set(person_ids)]],
  });
  return new Set(rows.map((row) => row.person_id));
}

export interface TieRow {
  person_id: string;
  tied_at: Date;
}
type After = [at: string, person_id: string] | null;

const LISTS = {
  followers: { from: 'follows', own: 'followee_id', other: 'follower_id', at: 'followed_at' },
  following: { from: 'follows', own: 'follower_id', other: 'followee_id', at: 'followed_at' },
  requests: { from: 'follow_requests', own: 'person_id', other: 'requester_id', at: 'asked_at' },
  asked: { from: 'follow_requests', own: 'requester_id', other: 'person_id', at: 'asked_at' },
  mutes: { from: 'mutes', own: 'muter_id', other: 'muted_id', at: 'muted_at' },
  friends: { from: 'follows', own: 'follower_id', other: 'followee_id', at: 'followed_at' },
} as const;
export type TieList = keyof typeof LISTS;

const MUTUAL =
  'and exists (select from follows b where b.follower_id = t.followee_id and b.followee_id = t.follower_id)';

/**
 * A list of a person's ties, the latest first, without whom the viewer shares a block with.
 * @param after the time and id of the last one seen
 */
export async function listTies(
  q: Asks,
  list: TieList,
  asked: { person_id: string; viewer_id: string | null; limit: number; after: After },
): Promise<TieRow[]> {
  const { from, own, other, at } = LISTS[list];
  const { rows } = await q.query<TieRow>(
    `select t.${other} as person_id, t.${at} as tied_at from ${from} t join people p on p.person_id = t.${other}
     where t.${own} = $1 and p.erased_at is null ${list === 'friends' ? MUTUAL : ''}
       and ($3::timestamptz is null or (t.${at}, t.${other}) < ($3, $4::uuid))
       and not exists (select from blocks b where (b.blocker_id = t.${other} and b.blocked_id = $5::uuid)
         or (b.blocked_id = t.${other} and b.blocker_id = $5::uuid))
     order by t.${at} desc, t.${other} desc limit $2`,
    [asked.person_id, asked.limit, asked.after?.[0] ?? null, asked.after?.[1] ?? null, asked.viewer_id],
  );
  return rows;
}

/** What ties the viewer to each of these people, for the button beside each. */
export async function tiesWith(
  q: Asks,
  viewer_id: string,
  person_ids: string[],
): Promise<Map<string, { following: boolean; follows_me: boolean; requested: boolean }>> {
  const { rows } = await q.query<{ id: string; following: boolean; follows_me: boolean; requested: boolean }>(
    `select p.id, exists (select from follows where follower_id = $1 and followee_id = p.id) as following,
       exists (select from follows where follower_id = p.id and followee_id = $1) as follows_me,
       exists (select from follow_requests where requester_id = $1 and person_id = p.id) as requested
     from unnest($2::uuid[]) p (id)`,
    [viewer_id, person_ids],
  );
  return new Map(rows.map(({ id, ...ties }) => [id, ties]));
}
