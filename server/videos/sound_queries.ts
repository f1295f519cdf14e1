/** All SQL of sounds. */
import type { Tx } from '../kernel/db.ts';
import type { Asks, Video } from './queries.ts';
import { type Place, SEEN, type Viewer } from './seeing_queries.ts';

export interface Sound {
  sound_id: string;
  /** In which it was first heard. */
  video_id: string;
  owner_id: string;
  title: string;
  created_at: Date;
  withdrawn_at: Date | null;
}

const SOUND = 's.sound_id, s.video_id, s.owner_id, s.title, s.created_at, s.withdrawn_at';

export async function findSound(q: Asks, sound_id: string): Promise<Sound | null> {
  const { rows } = await q.query<Sound>(`select ${SOUND} from sounds s where s.sound_id = $1`, [sound_id]);
  return rows[0] ?? null;
}

/** Makes a sound of a video's own audio and credits it; a video that has a sound already keeps it. */
export async function insertSound(tx: Tx, sound: Omit<Sound, 'withdrawn_at'>): Promise<void> {
  const { sound_id, video_id, owner_id, title, created_at } = sound;
  await tx.client.query(
    `insert into sounds (sound_id, video_id, owner_id, title, created_at) values ($1, $2, $3, $4, $5)
     on conflict (video_id) do nothing`,
    [sound_id, video_id, owner_id, title, created_at],
  );
  await tx.client.query(
    `update videos set sound_id = (select sound_id from sounds where video_id = $1)
     where video_id = $1 and sound_id is null`,
    [video_id],
  );
}

export async function setSound(tx: Tx, video_id: string, sound_id: string): Promise<void> {
  await tx.client.query('update videos set sound_id = $2 where video_id = $1', [video_id, sound_id]);
}

export async function setTitle(tx: Tx, sound_id: string, title: string): Promise<void> {
  await tx.client.query('update sounds set title = $2 where sound_id = $1', [sound_id, title]);
}

export async function setWithdrawn(tx: Tx, sound_id: string, withdrawn_at: Date | null): Promise<void> {
  await tx.client.query(
    `update sounds set withdrawn_at = case when $2::timestamptz is null then null else coalesce(withdrawn_at, $2) end
     where sound_id = $1`,
    [sound_id, withdrawn_at],
  );
}

/** How many published videos are heard with it. */
export async function countUses(q: Asks, sound_id: string): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from videos
     where sound_id = $1 and state = 'published' and deleted_at is null and hidden_at is null`,
    [sound_id],
  );
  return rows[0]?.n ?? 0;
}

export interface Use extends Pick<Video, 'video_id'> {
  published_at: Date;
}

/** What uses it and the viewer may see, latest first. */
export async function listUses(
  q: Asks,
  viewer: Viewer,
  sound_id: string,
  limit: number,
  after: Place | null,
): Promise<Use[]> {
  const { rows } = await q.query<Use>(
    `select v.video_id, v.published_at from videos v join people p on p.person_id = v.person_id
     where v.sound_id = $3 and v.state = 'published' and v.hidden_at is null and ${SEEN}
       and ($4::timestamptz is null or (v.published_at, v.video_id) < ($4, $5::uuid))
     order by v.published_at desc, v.video_id desc limit $6`,
    [viewer.person_id, viewer.judges, sound_id, after?.at ?? null, after?.video_id ?? null, limit],
  );
  return rows;
}
