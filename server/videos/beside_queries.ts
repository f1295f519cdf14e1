/** All SQL of what stands beside a post: its cover and its captions. */
import type { Tx } from '../kernel/db.ts';
import type { Cue } from './cues.ts';
import type { Asks } from './queries.ts';

export async function setCover(tx: Tx, video_id: string, cover: string): Promise<void> {
  await tx.client.query('update videos set cover = $2 where video_id = $1', [video_id, cover]);
}

export async function setCaptions(tx: Tx, video_id: string, language: string, cues: Cue[], now: Date): Promise<void> {
  await tx.client.query(
    `insert into video_captions (video_id, language, cues, changed_at) values ($1, $2, $3, $4)
     on conflict (video_id, language) do update set cues = $3, changed_at = $4`,
    [video_id, language, JSON.stringify(cues), now],
  );
}

export async function deleteCaptions(tx: Tx, video_id: string, language: string): Promise<void> {
  await tx.client.query('delete from video_captions where video_id = $1 and language = $2', [video_id, language]);
}

export async function countCaptions(tx: Tx, video_id: string): Promise<number> {
  const { rows } = await tx.client.query<{ n: number }>(
    'select count(*)::int as n from video_captions where video_id = $1',
    [video_id],
  );
  return rows[0]?.n ?? 0;
}

export async function findCaptions(q: Asks, video_id: string, language: string): Promise<Cue[] | null> {
  const { rows } = await q.query<{ cues: Cue[] }>(
    'select cues from video_captions where video_id = $1 and language = $2',
    [video_id, language],
  );
  return rows[0]?.cues ?? null;
}
