/** All SQL of likes, saves and shares. */
import type { Tx } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { Asks } from './queries.ts';

export type Deed = 'like' | 'save';

const TABLES = {
  like: { table: 'video_likes', at: 'liked_at', count: 'likes' },
  save: { table: 'video_saves', at: 'saved_at', count: 'saves' },
} as const;

export interface Pair {
  video_id: string;
  person_id: string;
}

/** @returns the pairs that are new */
export async function insertDeeds(tx: Tx, deed: Deed, pairs: readonly Pair[], at: Date): Promise<Pair[]> {
  if (pairs.length === 0) return [];
  const { table, at: column } = TABLES[deed];
  const { rows } = await tx.client.query<Pair>({
    name: `videos_insert_${deed}s`,
    text: `insert into ${table} (video_id, person_id, ${column})
      select v, p, $3::timestamptz from unnest($1::uuid[], $2::uuid[]) x (v, p)
      on conflict do nothing returning video_id, person_id`,
    values: [sqlArray(pairs, (pair) => pair.video_id), sqlArray(pairs, (pair) => pair.person_id), at],
  });
  return rows;
}

/** @returns the pairs that were there */
export async function deleteDeeds(tx: Tx, deed: Deed, pairs: readonly Pair[]): Promise<Pair[]> {
  if (pairs.length === 0) return [];
  const { rows } = await tx.client.query<Pair>({
    name: `videos_delete_${deed}s`,
    text: `delete from ${TABLES[deed].table} d using unnest($1::uuid[], $2::uuid[]) x (v, p)
      where d.video_id = x.v and d.person_id = x.p returning d.video_id, d.person_id`,
    values: [sqlArray(pairs, (pair) => pair.video_id), sqlArray(pairs, (pair) => pair.person_id)],
  });
  return rows;
}

export type Counted = 'likes' | 'saves' | 'shares' | 'comments';

/** Adds to the counts of posts, in the order of their ids; the caller has said so to the lock order. */
export async function addCounts(tx: Tx, count: Counted, added: ReadonlyMap<string, number>): Promise<void> {
  const ids = [...added.keys()].sort();
  if (ids.length === 0) return;
  const { client } = tx;
  await client.query({
    name: 'videos_lock_counts',
    text: 'select from video_counts where video_id = any($1::uuid[]) order by video_id for update',
    values: [ids],
  });
  await client.query({
    name: `videos_count_${count}`,
    text: `update video_counts c set ${count} = c.${count} + x.n from unnest($1::uuid[], $2::int[]) x (v, n)
      where c.video_id = x.v`,
    values: [sqlArray(ids, (id) => id), sqlArray(ids, (id) => added.get(id))],
  });
}

/** Which of these posts the viewer has liked, and which saved. */
export async function ownDeeds(
  q: Asks,
  person_id: string,
  video_ids: string[],
): Promise<Map<string, { liked: boolean; saved: boolean }>> {
  const { rows } = await q.query<{ video_id: string; liked: boolean; saved: boolean }>({
    name: 'videos_own_deeds',
    text: `select v.id as video_id,
        exists (select from video_likes l where l.video_id = v.id and l.person_id = $1) as liked,
        exists (select from video_saves s where s.video_id = v.id and s.person_id = $1) as saved
      from unnest($2::uuid[]) v (id)`,
    values: [person_id, video_ids],
  });
  return new Map(rows.map(({ video_id, ...deeds }) => [video_id, deeds]));
}

/** Videos that a person liked or saved, the latest first. */
export async function listDeeds(
  q: Asks,
  deed: Deed,
  person_id: string,
  limit: number,
  after: [at: string, video_id: string] | null,
): Promise<{ video_id: string; at: Date }[]> {
  const { table, at } = TABLES[deed];
  const { rows } = await q.query<{ video_id: string; at: Date }>(
    `select video_id, ${at} as at from ${table}
     where person_id = $1 and ($2::timestamptz is null or (${at}, video_id) < ($2, $3::uuid))
     order by ${at} desc, video_id desc limit $4`,
    [person_id, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

/** @returns whether this person shares this video this way for the first time */
export async function insertShare(tx: Tx, pair: Pair, sent_to: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into video_shares (video_id, person_id, sent_to, shared_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [pair.video_id, pair.person_id, sent_to, at],
  );
  return rowCount === 1;
}

/** Takes back all that an erased person did. @returns how much of each count falls away, by video */
export async function eraseDeeds(tx: Tx, person_id: string): Promise<[Counted, Map<string, number>][]> {
  const found: [Counted, Map<string, number>][] = [];
  for (const [table, count] of [
    ['video_likes', 'likes'],
    ['video_saves', 'saves'],
    ['video_shares', 'shares'],
  ] as const) {
    const { rows } = await tx.client.query<{ video_id: string }>(
      `delete from ${table} where person_id = $1 returning video_id`,
      [person_id],
    );
    const by = Map.groupBy(rows, (row) => row.video_id);
    found.push([count, new Map([...by].map(([id, same]) => [id, -same.length]))]);
  }
  return found;
}
