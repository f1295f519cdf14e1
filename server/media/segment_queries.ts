/** All SQL of media about segments. */
import type { Db } from '../kernel/db.ts';
import type { Span } from './cmaf.ts';
import type { Listed } from './playlists.ts';
import type { Asks } from './queries.ts';

export interface NewSegment {
  stream_id: string;
  seq: number;
  run: number;
  starts_at: Date;
  duration_ms: number;
  bytes: number;
  spans: Span[];
  key_version: number;
  now: Date;
}

/**
 * Takes a segment if it is still the one expected: one statement, so that a running stream costs one commit a second.
 * @returns whether it was taken
 */
export async function insertSegment(on: Asks, segment: NewSegment): Promise<boolean> {
  const { rowCount } = await on.query({
    name: 'media_insert_segment',
    text: `with taken as (
        update streams set next_seq = next_seq + 1, bytes = bytes + $6, last_segment_at = $7, silent_at = null,
          started_at = coalesce(started_at, $7)
        where stream_id = $1 and next_seq = $2 and run = $3 and key_version = $9 and ended_at is null
        returning stream_id),
      moved as (
        update stream_runs set ends = $8, media_ms = media_ms + $5,
          peak_bits_per_s = greatest(peak_bits_per_s, $10)
        where stream_id = $1 and run = $3 and exists (select from taken))
      insert into stream_segments (stream_id, seq, run, starts_at, duration_ms, bytes)
      select $1, $2, $3, $4, $5::int, $6::int from taken`,
    values: [
      segment.stream_id,
      segment.seq,
      segment.run,
      segment.starts_at,
      segment.duration_ms,
      segment.bytes,
      segment.now,
      JSON.stringify(segment.spans.map(({ track_id, ends }) => ({ track_id, ends: String(ends) }))),
      segment.key_version,
      Math.round((segment.bytes * 8_000) / Math.max(1_000, segment.duration_ms)),
    ],
  });
  return rowCount === 1;
}

export interface StoredSegment extends Listed {
  bytes: number;
}

const LISTED = `s.seq, s.run, r.discontinuity, s.starts_at, s.duration_ms, s.bytes, l.run is not null as has_low`;
const SEGMENTS = `stream_segments s join stream_runs r using (stream_id, run)
  left join stream_low_runs l using (stream_id, run)`;

export async function findSegment(on: Asks, stream_id: string, seq: number): Promise<StoredSegment | null> {
  const { rows } = await on.query<StoredSegment>(
    `select ${LISTED} from ${SEGMENTS}
     where stream_id = $1 and s.seq = $2`,
    [stream_id, seq],
  );
  return rows[0] ?? null;
}

export async function findLastSegment(
  db: Db,
  stream_id: string,
): Promise<Pick<Listed, 'starts_at' | 'duration_ms'> | null> {
  const { rows } = await db.pool.query<Pick<Listed, 'starts_at' | 'duration_ms'>>({
    name: 'media_find_last_segment',
    text: 'select starts_at, duration_ms from stream_segments where stream_id = $1 order by seq desc limit 1',
    values: [stream_id],
  });
  return rows[0] ?? null;
}

/** The newest segments of a layout, oldest first. Hot: once a second for each stream that is watched. */
export async function listNewest(db: Db, stream_id: string, layout: number, limit: number): Promise<StoredSegment[]> {
  const { rows } = await db.pool.query<StoredSegment>({
    name: 'media_list_newest',
    text: `select ${LISTED} from ${SEGMENTS}
      where stream_id = $1 and r.layout = $2 order by s.seq desc limit $3`,
    values: [stream_id, layout, limit],
  });
  return rows.reverse();
}

export async function listAll(db: Db, stream_id: string, layout: number): Promise<StoredSegment[]> {
  const { rows } = await db.pool.query<StoredSegment>(
    `select ${LISTED} from ${SEGMENTS}
     where stream_id = $1 and r.layout = $2 order by s.seq`,
    [stream_id, layout],
  );
  return rows;
}
