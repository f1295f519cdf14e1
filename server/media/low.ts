/**
 * The smaller picture beside the large one. The server makes none: a host whose uplink bears it sends two. Each second
 * the small one comes first, and the large one completes it; both share sequence numbers, times and discontinuities,
 * so that a player may change from one to the other at any second.
 */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { malformed } from './boxes.ts';
import { leadOf, readInit, readSegment, type Segment, type Track } from './cmaf.ts';
import type { LowRun } from './low_queries.ts';
import * as lows from './low_queries.ts';
import { currentRun, entitled, inTurn, type Publisher, refuseJump } from './publishers.ts';
import type { Run } from './queries.ts';
import * as queries from './queries.ts';
import { streamFile } from './streams.ts';

/** How far the two pictures of a second may stand apart: three frames. */
const APART_S = 0.1;

/**
 * Opens the smaller picture of a run, before the run's first segment. Twice is once.
 * Refuses `stream_key_refused`, `stream_ended`, `run_not_current`, `media_invalid`.
 */
export async function openLow(ctx: Context, publisher: Publisher, init: Buffer): Promise<{ next_seq: number }> {
  const { stream_id, key, run_id } = publisher;
  const tracks = readInit(init);
  return inTx(ctx.db, async (tx) => {
    const stream = entitled(await queries.lockStream(tx, stream_id), key);
    const run = currentRun(stream, await queries.findRun(tx.client, stream_id, run_id));
    if (await lows.findLow(tx.client, stream_id, run.run)) return { next_seq: stream.next_seq };
    if (run.anchor_at) throw new Refusal('run_not_current');
    if (kindsOf(tracks) !== kindsOf(run.tracks)) malformed('Both pictures have the same tracks');
    const { width, height } = leadOf(tracks);
    if (width * height > run.width * run.height) malformed('The second picture is the smaller one');
    await lows.insertLow(tx, run, { tracks, width, height, codecs: tracks.map(({ codec }) => codec).join(',') });
    await ctx.storage.put(streamFile(stream_id, `low-init-${run.run}.mp4`), init);
    return { next_seq: stream.next_seq };
  });
}

const kindsOf = (tracks: Track[]) =>
  tracks
    .map(({ kind }) => kind)
    .sort()
    .join();

/**
 * Takes the smaller picture of the second that comes next; nobody sees it before the large one. The same again is
 * answered again. Refuses as a segment of the large picture does.
 */
export function addLow(ctx: Context, publisher: Publisher, seq: number, bytes: Buffer): Promise<{ next_seq: number }> {
  return inTurn(publisher.stream_id, async () => {
    const { stream_id, run_id, key } = publisher;
    const stream = entitled(await queries.findStream(ctx.db.pool, stream_id), key);
    const run = currentRun(stream, await queries.findRun(ctx.db.pool, stream_id, run_id));
    const low = await lows.findLow(ctx.db.pool, stream_id, run.run);
    if (!low) throw new Refusal('run_not_current');
    const { next_seq } = stream;
    if (low.seq === seq && low.bytes === bytes.length) return { next_seq };
    // What viewers may have by now is not written again, nor is a second that is complete.
    if (seq !== next_seq || low.seq === seq) throw new Refusal('segment_out_of_order', { extra: { next_seq } });
    const segment = readSegment(bytes, low.tracks);
    refuseJump(segment, { ends: low.spans, tracks: low.tracks });
    await ctx.storage.put(streamFile(stream_id, `low-${seq}.m4s`), bytes);
    const bits_per_s = (bytes.length * 8) / Math.max(1, segment.duration_s);
    await lows.setLowSegment(ctx.db.pool, run, { seq, bytes: bytes.length, bits_per_s, spans: segment.spans });
    return { next_seq };
  });
}

/** A second of the large picture is complete with the small one, and both must show the same. */
export function refuseApart(segment: Segment, run: Run, low: LowRun | null, seq: number): void {
  if (!low) return;
  if (low.seq !== seq || !low.spans) throw new Refusal('low_missing');
  const [large, small] = [timesOf(segment.spans, run.tracks), timesOf(low.spans, low.tracks)];
  const apart = Math.max(Math.abs(large.starts - small.starts), Math.abs(large.ends - small.ends));
  if (apart > APART_S) malformed('The two pictures run apart');
}

/** In seconds of the picture's own time. */
function timesOf(spans: { track_id: number; starts: bigint | string; ends: bigint | string }[], tracks: Track[]) {
  const { track_id, timescale } = leadOf(tracks);
  const span = spans.find((one) => one.track_id === track_id);
  return { starts: Number(span?.starts ?? 0) / timescale, ends: Number(span?.ends ?? 0) / timescale };
}
