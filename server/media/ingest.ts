/** Ingest: a host's encoder opens a run with an init segment and sends one segment after the other. */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
import { leadOf, readInit, readSegment, type Segment, type Track } from './cmaf.ts';
import { refuseApart } from './low.ts';
import { findLow } from './low_queries.ts';
import { currentRun, entitled, inTurn, type Publisher, refuseJump } from './publishers.ts';
import type { Run, Stream } from './queries.ts';
import * as queries from './queries.ts';
import * as segments from './segment_queries.ts';
import { findSource } from './source_queries.ts';
import { endOf, STREAM_CHANGED, streamFile } from './streams.ts';

export interface Taken {
  /** Media time of the run's beginning: the host's page stamps its pins from it. */
  anchor_at: Date;
  /** Media time up to which the server has the stream. */
  edge_at: Date;
  next_seq: number;
}

/** Another publisher may take over once the one before was silent for so long. */
const TAKEOVER_MS = 5_000;
/** Media may run ahead of the clock by what a host had buffered before its first segment. */
const AHEAD_MS = 10_000;
/** Twelve hours: beyond it a host starts another live. */
const LONGEST_MS = 12 * 3_600_000;
/** What all recordings of the instance may take. */
export const DISK_BYTES = 50_000_000_000n;

/**
 * Opens a run. The same run opened twice is open once.
 * Refuses `stream_key_refused`, `stream_ended`, `stream_busy`, `media_invalid`.
 * @returns the number that the run's first segment must have
 */
export async function openRun(
  ctx: Context,
  { stream_id, key, run_id }: Publisher,
  publisher_id: string,
  init: Buffer,
): Promise<{ run: number; next_seq: number }> {
  const tracks = readInit(init);
  return inTx(ctx.db, async (tx) => {
    const stream = entitled(await queries.lockStream(tx, stream_id), key);
    if (await findSource(tx.client, stream_id)) throw new Refusal('stream_key_refused');
    const known = await queries.findRun(tx.client, stream_id, run_id);
    if (known) return { run: known.run, next_seq: stream.next_seq };
    const now = ctx.clock.now();
    await refuseSecondPublisher(tx, stream, publisher_id, now);
    const run = stream.run + 1;
    const { width, height } = leadOf(tracks);
    const codecs = tracks.map(({ codec }) => codec).join(',');
    await queries.insertRun(
      tx,
      { stream_id, run, run_id, publisher_id, key_version: stream.key_version, tracks, codecs, width, height },
      now,
    );
    await ctx.storage.put(streamFile(stream_id, `init-${run}.mp4`), init);
    return { run, next_seq: stream.next_seq };
  });
}

/** One at a time (FAULTS D4): the same page may start again, another only after silence or with a rotated key. */
async function refuseSecondPublisher(tx: Tx, stream: Stream, publisher_id: string, now: Date): Promise<void> {
  const before = await queries.findNewestRun(tx.client, stream.stream_id);
  if (!before || before.publisher_id === publisher_id || before.key_version !== stream.key_version) return;
  const heard_at = Math.max(before.opened_at.getTime(), stream.last_segment_at?.getTime() ?? 0);
  if (now.getTime() - heard_at < TAKEOVER_MS) throw new Refusal('stream_busy', { retry_after_s: TAKEOVER_MS / 1_000 });
}

/**
 * Takes a segment. The last one sent again is answered again.
 * Refuses `stream_key_refused`, `stream_ended`, `run_not_current`, `segment_out_of_order` (with `next_seq`),
 * `segment_gap`, `low_missing` (the smaller picture of the run comes first), `media_invalid`, `media_too_fast`,
 * `disk_full`.
 */
export function addSegment(ctx: Context, publisher: Publisher, seq: number, bytes: Buffer): Promise<Taken> {
  return inTurn(publisher.stream_id, () => takeSegment(ctx, publisher, seq, bytes));
}

async function takeSegment(ctx: Context, publisher: Publisher, seq: number, bytes: Buffer): Promise<Taken> {
  const { stream_id } = publisher;
  const stream = entitled(await queries.findStream(ctx.db.pool, stream_id), publisher.key);
  const run = currentRun(stream, await queries.findRun(ctx.db.pool, stream_id, publisher.run_id));
  if (seq !== stream.next_seq) return sentAgain(ctx, stream, run, seq, bytes);
  const segment = readSegment(bytes, run.tracks);
  refuseJump(segment, run);
  refuseApart(segment, run, await findLow(ctx.db.pool, stream_id, run.run), seq);
  await refuseExcess(ctx, run, seq, segment);
  await ctx.storage.put(streamFile(stream_id, `seg-${seq}.m4s`), bytes);
  const stored = await store(ctx, stream, run, seq, segment);
  if (!stored) throw new Refusal('segment_out_of_order');
  ctx.bus.publish(STREAM_CHANGED, { stream_id });
  return stored;
}

async function sentAgain(ctx: Context, stream: Stream, run: Run, seq: number, bytes: Buffer): Promise<Taken> {
  const last = seq === stream.next_seq - 1 ? await segments.findSegment(ctx.db.pool, stream.stream_id, seq) : null;
  if (last?.run !== run.run || last.bytes !== bytes.length || !run.anchor_at) {
    throw new Refusal('segment_out_of_order', { extra: { next_seq: stream.next_seq } });
  }
  return { anchor_at: run.anchor_at, edge_at: endOf(last), next_seq: stream.next_seq };
}

async function refuseExcess(ctx: Context, run: Run, seq: number, { duration_s }: Segment): Promise<void> {
  const elapsed_ms = ctx.clock.now().getTime() - run.opened_at.getTime();
  const media_ms = Number(run.media_ms) + duration_s * 1_000;
  if (media_ms > elapsed_ms + AHEAD_MS) throw new Refusal('media_too_fast', { retry_after_s: 1 });
  if (media_ms > LONGEST_MS) throw new Refusal('stream_ended', { detail: 'A live lasts twelve hours at most' });
  // Asked once in ten segments: the sum walks over all recordings, and a stream grows by 10 MB at most meanwhile.
  if (seq % 10 === 0 && (await queries.sumBytes(ctx.db)) > DISK_BYTES) throw new Refusal('disk_full');
}

async function store(ctx: Context, stream: Stream, run: Run, seq: number, segment: Segment): Promise<Taken | null> {
  const now = ctx.clock.now();
  const duration_ms = Math.max(1, Math.round(segment.duration_s * 1_000));
  const lead = leadOf(run.tracks);
  const first = segment.spans.find(({ track_id }) => track_id === lead.track_id)?.starts ?? 0n;
  const anchor_at = run.anchor_at ?? new Date(now.getTime() - duration_ms);
  const starts_at = new Date(anchor_at.getTime() + ticksToMs(first - (run.first_tick ?? first), lead));
  const row = {
    ...{ stream_id: stream.stream_id, seq, run: run.run, starts_at, duration_ms, now },
    ...{ bytes: segment.bytes, spans: segment.spans, key_version: stream.key_version },
  };
  const taken = run.anchor_at
    ? await segments.insertSegment(ctx.db.pool, row)
    : await inTx(ctx.db, (tx) => storeFirst(tx, ctx, stream, run, { ...row, anchor_at, first_tick: first }));
  return taken ? { anchor_at, edge_at: endOf({ starts_at, duration_ms }), next_seq: seq + 1 } : null;
}

/** The first segment of a run gives it a place after the runs that viewers have seen, and tells the rooms below. */
async function storeFirst(
  tx: Tx,
  ctx: Context,
  stream: Stream,
  run: Run,
  row: segments.NewSegment & { anchor_at: Date; first_tick: bigint },
): Promise<boolean> {
  const before = await queries.findShownRun(tx.client, stream.stream_id);
  if (!(await segments.insertSegment(tx.client, row))) return false;
  const same = before?.codecs === run.codecs;
  const layout = (before?.layout ?? 0) + (same ? 0 : 1);
  const discontinuity = same ? (before.discontinuity ?? 0) + 1 : 0;
  await queries.placeRun(tx, run, { layout, discontinuity, anchor_at: row.anchor_at, first_tick: row.first_tick });
  if (stream.is_rehearsal) return true;
  const type = before ? 'stream.resumed' : 'stream.started';
  await emit(tx, ctx, [{ type, actor: stream.owner_id, subject: stream.stream_id, data: { run: run.run } }]);
  return true;
}

const ticksToMs = (ticks: bigint, { timescale }: Track) => Math.round((Number(ticks) * 1_000) / timescale);
