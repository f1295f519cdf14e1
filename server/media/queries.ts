/** All SQL of media about streams and runs; that of segments is in segment_queries.ts. */
import type { Db, Tx } from '../kernel/db.ts';
import type { Track } from './cmaf.ts';
import type { Picture } from './playlists.ts';

export type Asks = Pick<Tx['client'], 'query'>;

export interface Stream {
  stream_id: string;
  owner_id: string;
  is_protected: boolean;
  /** There for its owner alone, and gone when it ends. */
  is_rehearsal: boolean;
  key_hash: Buffer;
  key_version: number;
  run: number;
  next_seq: number;
  bytes: bigint;
  started_at: Date | null;
  last_segment_at: Date | null;
  silent_at: Date | null;
  ended_at: Date | null;
  purged_at: Date | null;
}

export interface Run {
  stream_id: string;
  run: number;
  run_id: string;
  publisher_id: string;
  key_version: number;
  tracks: Track[];
  codecs: string;
  width: number;
  height: number;
  opened_at: Date;
  layout: number | null;
  discontinuity: number | null;
  anchor_at: Date | null;
  first_tick: bigint | null;
  ends: { track_id: number; ends: string }[] | null;
  media_ms: bigint;
  peak_bits_per_s: number;
}

const STREAM = `stream_id, owner_id, is_protected, is_rehearsal, key_hash, key_version, run, next_seq, bytes,
  started_at, last_segment_at, silent_at, ended_at, purged_at`;
const RUN = `stream_id, run, run_id, publisher_id, key_version, tracks, codecs, width, height, opened_at, layout,
  discontinuity, anchor_at, first_tick, ends, media_ms, peak_bits_per_s`;

export async function insertStream(
  tx: Tx,
  row: Pick<Stream, 'stream_id' | 'owner_id' | 'is_protected' | 'is_rehearsal' | 'key_hash'> & { now: Date },
): Promise<void> {
  await tx.client.query(
    `insert into streams (stream_id, owner_id, is_protected, is_rehearsal, key_hash, key_version, created_at, run,
       next_seq, bytes)
     values ($1, $2, $3, $4, $5, 1, $6, 0, 0, 0)`,
    [row.stream_id, row.owner_id, row.is_protected, row.is_rehearsal, row.key_hash, row.now],
  );
}

/** Hot: twice for each segment that comes in, once a second for each stream that is watched. */
export async function findStream(on: Asks, stream_id: string): Promise<Stream | null> {
  const { rows } = await on.query<Stream>({
    name: 'media_find_stream',
    text: `select ${STREAM} from streams where stream_id = $1`,
    values: [stream_id],
  });
  return rows[0] ?? null;
}

export async function lockStream(tx: Tx, stream_id: string): Promise<Stream | null> {
  const { rows } = await tx.client.query<Stream>(`select ${STREAM} from streams where stream_id = $1 for update`, [
    stream_id,
  ]);
  return rows[0] ?? null;
}

export async function setKey(tx: Tx, stream_id: string, key_hash: Buffer): Promise<void> {
  await tx.client.query('update streams set key_hash = $2, key_version = key_version + 1 where stream_id = $1', [
    stream_id,
    key_hash,
  ]);
}

export async function setEnded(tx: Tx, stream_id: string, now: Date): Promise<void> {
  await tx.client.query('update streams set ended_at = $2 where stream_id = $1 and ended_at is null', [stream_id, now]);
}

export async function setProtected(tx: Tx, stream_id: string, is_protected: boolean): Promise<void> {
  await tx.client.query('update streams set is_protected = $2 where stream_id = $1', [stream_id, is_protected]);
}

/** Hot: once for each segment that comes in. */
export async function findRun(on: Asks, stream_id: string, run_id: string): Promise<Run | null> {
  const { rows } = await on.query<Run>({
    name: 'media_find_run',
    text: `select ${RUN} from stream_runs where stream_id = $1 and run_id = $2`,
    values: [stream_id, run_id],
  });
  return rows[0] ?? null;
}

/** The newest run of a stream, with or without a segment. */
export async function findNewestRun(on: Asks, stream_id: string): Promise<Run | null> {
  const { rows } = await on.query<Run>(
    `select ${RUN} from stream_runs where stream_id = $1 order by run desc limit 1`,
    [stream_id],
  );
  return rows[0] ?? null;
}

/** The newest run that has a segment. */
export async function findShownRun(on: Asks, stream_id: string): Promise<Run | null> {
  const { rows } = await on.query<Run>({
    name: 'media_find_shown_run',
    text: `select ${RUN} from stream_runs where stream_id = $1 and layout is not null order by run desc limit 1`,
    values: [stream_id],
  });
  return rows[0] ?? null;
}

export async function insertRun(
  tx: Tx,
  row: Pick<
    Run,
    'stream_id' | 'run' | 'run_id' | 'publisher_id' | 'key_version' | 'tracks' | 'codecs' | 'width' | 'height'
  >,
  now: Date,
): Promise<void> {
  await tx.client.query('update streams set run = $2 where stream_id = $1', [row.stream_id, row.run]);
  await tx.client.query(
    `insert into stream_runs (stream_id, run, run_id, publisher_id, key_version, tracks, codecs, width, height,
       opened_at, media_ms, peak_bits_per_s)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)`,
    [
      row.stream_id,
      row.run,
      row.run_id,
      row.publisher_id,
      row.key_version,
      JSON.stringify(row.tracks),
      row.codecs,
      row.width,
      row.height,
      now,
    ],
  );
}

/** Gives a run its place among the others, with its first segment. */
export async function placeRun(
  tx: Tx,
  run: Pick<Run, 'stream_id' | 'run'>,
  place: { layout: number; discontinuity: number; anchor_at: Date; first_tick: bigint },
): Promise<void> {
  await tx.client.query(
    `update stream_runs set layout = $3, discontinuity = $4, anchor_at = $5, first_tick = $6
     where stream_id = $1 and run = $2`,
    [run.stream_id, run.run, place.layout, place.discontinuity, place.anchor_at, place.first_tick],
  );
}

export interface Layout extends Picture {
  layout: number;
  starts_at: Date;
  duration_ms: number;
  /** The smaller picture, where some of its runs have one; where others have none, it is the large one. */
  low: Picture | null;
}

/** What was sent with the same tracks and codecs: a stream has one layout, unless its host lost or changed a device. */
export async function listLayouts(db: Db, stream_id: string): Promise<Layout[]> {
  const { rows } = await db.pool.query<Layout>(
    `select r.layout, min(r.codecs) as codecs, max(r.width) as width, max(r.height) as height,
       max(r.peak_bits_per_s) as bits_per_s, min(r.anchor_at) as starts_at, sum(r.media_ms)::int as duration_ms,
       case when count(l.run) > 0 then jsonb_build_object('codecs', min(l.codecs), 'width', max(l.width),
         'height', max(l.height), 'bits_per_s', max(coalesce(l.peak_bits_per_s, r.peak_bits_per_s))) end as low
     from stream_runs r left join stream_low_runs l using (stream_id, run)
     where r.stream_id = $1 and r.layout is not null group by r.layout order by r.layout`,
    [stream_id],
  );
  return rows;
}

/** Bytes of all recordings on disk. */
export async function sumBytes(db: Db): Promise<bigint> {
  const { rows } = await db.pool.query<{ bytes: bigint }>(
    'select coalesce(sum(bytes), 0)::int8 as bytes from streams where purged_at is null',
  );
  return rows[0]?.bytes ?? 0n;
}

/** Marks running streams whose last segment is older than `before`. @returns which */
export async function markSilent(
  tx: Tx,
  before: Date,
  now: Date,
  limit: number,
): Promise<Pick<Stream, 'stream_id' | 'owner_id'>[]> {
  const { rows } = await tx.client.query<Pick<Stream, 'stream_id' | 'owner_id'>>(
    `update streams set silent_at = $2 where stream_id in (
       select stream_id from streams
       where ended_at is null and silent_at is null and last_segment_at < $1 and not is_rehearsal
       order by last_segment_at limit $3 for update skip locked)
     returning stream_id, owner_id`,
    [before, now, limit],
  );
  return rows;
}

export async function listOutlived(db: Db, ended_before: Date, limit: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ stream_id: string }>(
    'select stream_id from streams where purged_at is null and ended_at < $1 order by ended_at limit $2',
    [ended_before, limit],
  );
  return rows.map(({ stream_id }) => stream_id);
}

export async function purge(tx: Tx, stream_id: string, now: Date): Promise<void> {
  await tx.client.query('delete from stream_segments where stream_id = $1', [stream_id]);
  await tx.client.query('update streams set purged_at = coalesce(purged_at, $2), bytes = 0 where stream_id = $1', [
    stream_id,
    now,
  ]);
}
