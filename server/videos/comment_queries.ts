/** All SQL of comments. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export type HeldFor = 'word' | 'link' | 'all';
export type DeletedBy = 'author' | 'owner' | 'thread' | 'moderation' | 'erasure';

export interface Comment {
  comment_id: string;
  video_id: string;
  person_id: string;
  parent_id: string | null;
  answers_id: string | null;
  body_text: string;
  held_for: HeldFor | null;
  likes: number;
  replies: number;
  pinned_at: Date | null;
  created_at: Date;
  deleted_at: Date | null;
  deleted_by: DeletedBy | null;
}

const COMMENT = `c.comment_id, c.video_id, c.person_id, c.parent_id, c.answers_id, c.body_text, c.held_for, c.likes,
  c.replies, c.pinned_at, c.created_at, c.deleted_at, c.deleted_by`;

/** Also one that was deleted. */
export async function findComment(q: Asks, comment_id: string): Promise<Comment | null> {
  const { rows } = await q.query<Comment>(`select ${COMMENT} from comments c where c.comment_id = $1`, [comment_id]);
  return rows[0] ?? null;
}

/** Locks comments in the order of their ids. The caller has said so to the lock order. */
export async function lockComments(tx: Tx, comment_ids: string[]): Promise<Map<string, Comment>> {
  const { rows } = await tx.client.query<Comment>(
    `select ${COMMENT} from comments c where c.comment_id = any($1::uuid[]) order by c.comment_id for update`,
    [comment_ids],
  );
  return new Map(rows.map((row) => [row.comment_id, row]));
}

export async function insertComment(
  tx: Tx,
  row: Pick<Comment, 'comment_id' | 'video_id' | 'person_id' | 'parent_id' | 'answers_id' | 'body_text' | 'held_for'>,
  now: Date,
): Promise<void> {
  await tx.client.query(
    `insert into comments (comment_id, video_id, person_id, parent_id, answers_id, body_text, held_for, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.comment_id, row.video_id, row.person_id, row.parent_id, row.answers_id, row.body_text, row.held_for, now],
  );
}

export async function addReplies(tx: Tx, parent_id: string, by: number): Promise<void> {
  await tx.client.query('update comments set replies = replies + $2 where comment_id = $1', [parent_id, by]);
}

export async function setShown(tx: Tx, comment_id: string): Promise<void> {
  await tx.client.query('update comments set held_for = null where comment_id = $1', [comment_id]);
}

/** Deletes a comment and what stands below it. @returns how many of them were counted */
export async function setDeleted(tx: Tx, comment_id: string, by: DeletedBy, at: Date): Promise<number> {
  const { rows } = await tx.client.query<{ counted: boolean }>(
    `update comments set deleted_at = $2, deleted_by = case when comment_id = $1 then $3 else 'thread' end
     where (comment_id = $1 or parent_id = $1) and deleted_at is null returning held_for is null as counted`,
    [comment_id, at, by],
  );
  return rows.filter((row) => row.counted).length;
}

/** Puts back what moderation took away. @returns how many of them count again */
export async function setRestored(tx: Tx, comment_id: string, at: Date): Promise<number> {
  const { rows } = await tx.client.query<{ counted: boolean }>(
    `update comments set deleted_at = null, deleted_by = null
     where deleted_at = $2 and (comment_id = $1 or (parent_id = $1 and deleted_by = 'thread'))
     returning held_for is null as counted`,
    [comment_id, at],
  );
  return rows.filter((row) => row.counted).length;
}

/** One pin of a video at a time. */
export async function lockForPin(tx: Tx, video_id: string): Promise<void> {
  await tx.client.query('select from videos where video_id = $1 for no key update', [video_id]);
}

export async function setPinned(tx: Tx, video_id: string, comment_id: string | null, at: Date): Promise<void> {
  await tx.client.query('update comments set pinned_at = null where video_id = $1 and pinned_at is not null', [
    video_id,
  ]);
  if (comment_id === null) return;
  await tx.client.query('update comments set pinned_at = $2 where comment_id = $1', [comment_id, at]);
}

/** @returns whether it is new */
export async function insertLike(tx: Tx, comment_id: string, person_id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    'insert into comment_likes (comment_id, person_id, liked_at) values ($1, $2, $3) on conflict do nothing',
    [comment_id, person_id, at],
  );
  if (rowCount !== 1) return false;
  await tx.client.query('update comments set likes = likes + 1 where comment_id = $1', [comment_id]);
  return true;
}

export async function deleteLike(tx: Tx, comment_id: string, person_id: string): Promise<void> {
  const { rowCount } = await tx.client.query('delete from comment_likes where comment_id = $1 and person_id = $2', [
    comment_id,
    person_id,
  ]);
  if (rowCount === 1) {
    await tx.client.query('update comments set likes = likes - 1 where comment_id = $1', [comment_id]);
  }
}

export interface ShownComment extends Comment {
  liked: boolean;
  /** The owner of the video likes it. */
  liked_by_owner: boolean;
}

/** $1 is the viewer, `v` the video. Held comments are for their author and the video's owner. */
const SHOWN = `c.deleted_at is null and p.erased_at is null
  and (c.held_for is null or c.person_id = $1::uuid or v.person_id = $1::uuid)
  and not exists (select from blocks b where (b.blocker_id = c.person_id and b.blocked_id = $1::uuid)
    or (b.blocker_id = $1::uuid and b.blocked_id = c.person_id))`;
const LIKED = `exists (select from comment_likes l where l.comment_id = c.comment_id and l.person_id = $1::uuid) as liked,
  exists (select from comment_likes l where l.comment_id = c.comment_id and l.person_id = v.person_id) as liked_by_owner`;
const FROM = `comments c join videos v on v.video_id = c.video_id join people p on p.person_id = c.person_id`;

export async function findShown(q: Asks, viewer_id: string | null, comment_id: string): Promise<ShownComment | null> {
  const { rows } = await q.query<ShownComment>(
    `select ${COMMENT}, ${LIKED} from ${FROM} where c.comment_id = $2 and ${SHOWN}`,
    [viewer_id, comment_id],
  );
  return rows[0] ?? null;
}

export type TopPlace = [pinned: number, likes: number, at: string, comment_id: string];

/**
 * The pinned one, then those most liked, of equals the newest. Likes move on between two pages: a reader may see one
 * twice.
 */
export async function listTop(
  q: Asks,
  asked: { viewer_id: string | null; video_id: string; limit: number; after: TopPlace | null },
): Promise<ShownComment[]> {
  const { rows } = await q.query<ShownComment>({
    name: 'comments_list_top',
    text: `select ${COMMENT}, ${LIKED} from ${FROM}
      where c.video_id = $2 and c.parent_id is null and ${SHOWN}
        and ($4::int is null or ((c.pinned_at is not null)::int, c.likes, c.created_at, c.comment_id)
          < ($4, $5::int, $6::timestamptz, $7::uuid))
      order by (c.pinned_at is not null)::int desc, c.likes desc, c.created_at desc, c.comment_id desc limit $3`,
    values: [asked.viewer_id, asked.video_id, asked.limit, ...(asked.after ?? [null, null, null, null])],
  });
  return rows;
}

export type TimePlace = [at: string, comment_id: string];

export async function listNewest(
  q: Asks,
  asked: { viewer_id: string | null; video_id: string; limit: number; after: TimePlace | null },
): Promise<ShownComment[]> {
  const { rows } = await q.query<ShownComment>(
    `select ${COMMENT}, ${LIKED} from ${FROM} where c.video_id = $2 and c.parent_id is null and ${SHOWN}
       and ($4::timestamptz is null or (c.created_at, c.comment_id) < ($4, $5::uuid))
     order by c.created_at desc, c.comment_id desc limit $3`,
    [asked.viewer_id, asked.video_id, asked.limit, ...(asked.after ?? [null, null])],
  );
  return rows;
}

/** In the order in which they were said. */
export async function listReplies(
  q: Asks,
  asked: { viewer_id: string | null; parent_id: string; limit: number; after: TimePlace | null },
): Promise<ShownComment[]> {
  const { rows } = await q.query<ShownComment>(
    `select ${COMMENT}, ${LIKED} from ${FROM} where c.parent_id = $2 and ${SHOWN}
       and ($4::timestamptz is null or (c.created_at, c.comment_id) > ($4, $5::uuid))
     order by c.created_at, c.comment_id limit $3`,
    [asked.viewer_id, asked.parent_id, asked.limit, ...(asked.after ?? [null, null])],
  );
  return rows;
}

/** What waits for the owner of the videos, the latest first. */
export async function listHeld(
  q: Asks,
  owner_id: string,
  limit: number,
  after: TimePlace | null,
): Promise<ShownComment[]> {
  const { rows } = await q.query<ShownComment>(
    `select ${COMMENT}, ${LIKED} from ${FROM}
     where v.person_id = $1 and v.deleted_at is null and c.held_for is not null and ${SHOWN}
       and ($3::timestamptz is null or (c.created_at, c.comment_id) < ($3, $4::uuid))
     order by c.created_at desc, c.comment_id desc limit $2`,
    [owner_id, limit, ...(after ?? [null, null])],
  );
  return rows;
}
