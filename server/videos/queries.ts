/** All SQL of videos about the posts themselves. */
import type { Tx } from '../kernel/db.ts';

/** A pool or the connection of a transaction: whoever can ask. */
export type Asks = Pick<Tx['client'], 'query'>;

export type Visibility = 'everyone' | 'followers' | 'friends' | 'me';
export type WhoComments = 'everyone' | 'followers' | 'friends' | 'nobody';

export interface Video {
  video_id: string;
  person_id: string;
  /** Null while it is not packaged. */
  package_id: string | null;
  upload_id: string;
  state: 'draft' | 'scheduled' | 'published';
  caption: string;
  language: string;
  visibility: Visibility;
  who_comments: WhoComments;
  may_duet: boolean;
  /** The name of a file. */
  cover: string | null;
  duration_ms: number | null;
  width: number | null;
  height: number | null;
  has_sound: boolean | null;
  sound_id: string | null;
  duet_of: string | null;
  is_demo: boolean;
  created_at: Date;
  publish_at: Date | null;
  published_at: Date | null;
  hidden_at: Date | null;
  deleted_at: Date | null;
}

const VIDEO = `v.video_id, v.person_id, v.package_id, v.upload_id, v.state, v.caption, v.language, v.visibility,
  v.who_comments, v.may_duet, v.cover, v.duration_ms, v.width, v.height, v.has_sound, v.sound_id, v.duet_of, v.is_demo,
  v.created_at, v.publish_at, v.published_at, v.hidden_at, v.deleted_at`;

/** Whatever its state, also when it was deleted. Who may see it is another question (seeing.ts). */
export async function findVideo(q: Asks, video_id: string): Promise<Video | null> {
  const { rows } = await q.query<Video>({
    name: 'videos_find',
    text: `select ${VIDEO} from videos v where v.video_id = $1`,
    values: [video_id],
  });
  return rows[0] ?? null;
}

export async function posterOf(q: Asks, video_id: string): Promise<string | null> {
  return (await findVideo(q, video_id))?.person_id ?? null;
}

export async function lockVideo(tx: Tx, video_id: string): Promise<Video | null> {
  const { rows } = await tx.client.query<Video>(`select ${VIDEO} from videos v where v.video_id = $1 for update`, [
    video_id,
  ]);
  return rows[0] ?? null;
}

export async function findVideoOfUpload(q: Asks, upload_id: string): Promise<Video | null> {
  const { rows } = await q.query<Video>(`select ${VIDEO} from videos v where v.upload_id = $1`, [upload_id]);
  return rows[0] ?? null;
}

export type NewVideo = Pick<
  Video,
  | 'video_id'
  | 'person_id'
  | 'upload_id'
  | 'caption'
  | 'language'
  | 'visibility'
  | 'who_comments'
  | 'may_duet'
  | 'duet_of'
  | 'is_demo'
>;

/** @returns false where the upload already belongs to a post */
export async function insertDraft(tx: Tx, video: NewVideo, now: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into videos (video_id, person_id, upload_id, state, caption, language, visibility, who_comments, may_duet,
       duet_of, is_demo, created_at)
     values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11) on conflict (upload_id) do nothing`,
    [
      video.video_id,
      video.person_id,
      video.upload_id,
      video.caption,
      video.language,
      video.visibility,
      video.who_comments,
      video.may_duet,
      video.duet_of,
      video.is_demo,
      now,
    ],
  );
  if (rowCount !== 1) return false;
  await tx.client.query('insert into video_counts (video_id) values ($1)', [video.video_id]);
  return true;
}

export type Details = Pick<Video, 'caption' | 'language' | 'visibility' | 'who_comments' | 'may_duet'>;

export async function setDetails(tx: Tx, video_id: string, details: Details): Promise<void> {
  await tx.client.query(
    `update videos set caption = $2, language = $3, visibility = $4, who_comments = $5, may_duet = $6
     where video_id = $1`,
    [video_id, details.caption, details.language, details.visibility, details.who_comments, details.may_duet],
  );
}

/** What is read out of a caption, in place of what was read before. */
export async function setNamed(tx: Tx, video_id: string, tags: string[], person_ids: string[]): Promise<void> {
  await tx.client.query('delete from video_tags where video_id = $1', [video_id]);
  await tx.client.query('delete from video_mentions where video_id = $1', [video_id]);
  await tx.client.query('insert into video_tags (video_id, tag) select $1, unnest($2::text[])', [video_id, tags]);
  await tx.client.query('insert into video_mentions (video_id, person_id) select $1, unnest($2::uuid[])', [
    video_id,
    person_ids,
  ]);
}

/** Gives a post what became of its upload. @returns the post, or null where the upload has none */
export async function setPackage(tx: Tx, package_id: string): Promise<Video | null> {
  const { rows } = await tx.client.query<Video>(
    `update videos v set package_id = k.package_id, duration_ms = k.duration_ms, width = k.width, height = k.height,
       has_sound = k.has_sound
     from packages k where k.package_id = $1 and v.upload_id = k.package_id
     returning ${VIDEO}`,
    [package_id],
  );
  return rows[0] ?? null;
}

/** @param publish_at null: a draft again */
export async function setSchedule(tx: Tx, video_id: string, publish_at: Date | null): Promise<void> {
  await tx.client.query(
    `update videos set state = case when $2::timestamptz is null then 'draft' else 'scheduled' end, publish_at = $2
     where video_id = $1 and state <> 'published'`,
    [video_id, publish_at],
  );
}

export async function setPublished(tx: Tx, video_id: string, now: Date): Promise<void> {
  await tx.client.query(
    `update videos set state = 'published', published_at = $2, publish_at = null where video_id = $1`,
    [video_id, now],
  );
}

export async function setHidden(tx: Tx, video_id: string, hidden_at: Date | null): Promise<void> {
  await tx.client.query('update videos set hidden_at = $2 where video_id = $1', [video_id, hidden_at]);
}

export async function setDeleted(tx: Tx, video_id: string, now: Date): Promise<void> {
  await tx.client.query('update videos set deleted_at = coalesce(deleted_at, $2) where video_id = $1', [video_id, now]);
}

/** What is not yet deleted of a person's. */
export async function listOf(q: Asks, person_id: string): Promise<Pick<Video, 'video_id' | 'package_id'>[]> {
  const { rows } = await q.query<Pick<Video, 'video_id' | 'package_id'>>(
    'select video_id, package_id from videos where person_id = $1 and deleted_at is null order by video_id',
    [person_id],
  );
  return rows;
}

export async function countDrafts(q: Asks, person_id: string): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from videos where person_id = $1 and state <> 'published' and deleted_at is null`,
    [person_id],
  );
  return rows[0]?.n ?? 0;
}

export async function countPublishedSince(q: Asks, person_id: string, since: Date): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from videos where person_id = $1 and state = 'published' and published_at > $2`,
    [person_id, since],
  );
  return rows[0]?.n ?? 0;
}

/** Scheduled posts whose time has come and that are packaged, soonest first. */
export async function lockDue(tx: Tx, now: Date, limit: number): Promise<Video[]> {
  const { rows } = await tx.client.query<Video>(
    `select ${VIDEO} from videos v
     where v.state = 'scheduled' and v.deleted_at is null and v.publish_at <= $1 and v.package_id is not null
     order by v.publish_at limit $2 for update skip locked`,
    [now, limit],
  );
  return rows;
}

/** Deleted posts that still hold something. */
export async function listToPurge(q: Asks, deleted_before: Date, limit: number): Promise<Video[]> {
  const { rows } = await q.query<Video>(
    `select ${VIDEO} from videos v where v.deleted_at < $1 and v.purged_at is null order by v.deleted_at limit $2`,
    [deleted_before, limit],
  );
  return rows;
}

/** Packages of which nobody has made a post. */
export async function listUnposted(q: Asks, packaged_before: Date, limit: number): Promise<string[]> {
  const { rows } = await q.query<{ package_id: string }>(
    `select k.package_id from packages k where k.created_at < $1 and k.purged_at is null
       and not exists (select from videos v where v.upload_id = k.package_id)
     order by k.created_at limit $2`,
    [packaged_before, limit],
  );
  return rows.map(({ package_id }) => package_id);
}

/** Forgets what a post held. Its row stays, because duets and sounds point to it. */
export async function purge(tx: Tx, video_id: string, now: Date): Promise<void> {
  for (const table of ['video_tags', 'video_mentions', 'video_captions']) {
    await tx.client.query(`delete from ${table} where video_id = $1`, [video_id]);
  }
  await tx.client.query(`update videos set caption = '', cover = null, purged_at = $2 where video_id = $1`, [
    video_id,
    now,
  ]);
}
