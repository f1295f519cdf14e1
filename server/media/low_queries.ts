/** All SQL of media about the smaller pictures beside the large ones. */
import type { Tx } from '../kernel/db.ts';
import type { Span, Track } from './cmaf.ts';
import type { Asks } from './queries.ts';

export interface LowRun {
  tracks: Track[];
  codecs: string;
  width: number;
  height: number;
  /** The newest segment; null before the first. */
  seq: number | null;
  bytes: number | null;
  spans: { track_id: number; starts: string; ends: string }[] | null;
}

/** Hot: once for each segment that comes in, of either picture. */
export async function findLow(on: Asks, stream_id: string, run: number): Promise<LowRun | null> {
  const { rows } = await on.query<LowRun>({
    name: 'media_find_low',
    text: `select tracks, codecs, width, height, seq, bytes, spans from stream_low_runs
      where stream_id = $1 and run = $2`,
    values: [stream_id, run],
  });
  return rows[0] ?? null;
}

export async function insertLow(
  tx: Tx,
  { stream_id, run }: { stream_id: string; run: number },
  low: Pick<LowRun, 'tracks' | 'codecs' | 'width' | 'height'>,
): Promise<void> {
  await tx.client.query(
    `insert into stream_low_runs (stream_id, run, tracks, codecs, width, height, peak_bits_per_s)
     values ($1, $2, $3, $4, $5, $6, 0) on conflict do nothing`,
    [stream_id, run, JSON.stringify(low.tracks), low.codecs, low.width, low.height],
  );
}

/** Notes the newest segment. Hot: once a second for each stream with two pictures. */
export async function setLowSegment(
  on: Asks,
  { stream_id, run }: { stream_id: string; run: number },
  segment: { seq: number; bytes: number; bits_per_s: number; spans: Span[] },
): Promise<void> {
  const spans = segment.spans.map(({ track_id, starts, ends }) => ({ track_id, starts: `${starts}`, ends: `${ends}` }));
  await on.query({
    name: 'media_set_low_segment',
    text: `with grown as (update streams set bytes = bytes + $4 where stream_id = $1)
      update stream_low_runs set seq = $3, bytes = $4::int, spans = $5, peak_bits_per_s = greatest(peak_bits_per_s, $6)
      where stream_id = $1 and run = $2`,
    values: [stream_id, run, segment.seq, segment.bytes, JSON.stringify(spans), Math.round(segment.bits_per_s)],
  });
}
