/**
 * One connection of an encoder: its tags become runs and segments through the same ingest as a browser's. Whatever
 * breaks the row of times (a jump, another codec, a track that falls silent) begins another run at the next key frame.
 */
import { randomUUID } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import { deriveId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { LIMITS } from './cmaf.ts';
import { isCurrent } from './encoders.ts';
import type { Tag } from './flv.ts';
import { addSegment, openRun } from './ingest.ts';
import { ENCODER, type Publisher } from './publishers.ts';
import { type Remux, startRemux } from './remux.ts';

type Frame = Extract<Tag, { is: 'frame' }>;
type TrackName = Frame['track'];

/** A step larger than this, or back, is a jump (FAULTS E7). */
const JUMP_MS = 1_000;
/** A run waits so long for the sound's configuration, and goes on so long without its sound. */
const PATIENCE_MS = { first_sound: 1_000, sound: 3_000 };

export interface EncoderSession {
  /** One after the other. @throws Refusal when the encoder cannot go on like this */
  take(tag: Tag): Promise<void>;
  /** What the encoder says of its picture. */
  measure(width: number, height: number): void;
  finish(): Promise<void>;
}

interface Sending {
  owner_id: string;
  stream_id: string;
  /** What the encoder named. */
  key: string;
}

interface Run {
  remux: Remux;
  from_ms: number;
  has_sound: boolean;
}

export function createEncoderSession(ctx: Context, { owner_id, stream_id, key }: Sending): EncoderSession {
  const configs: Record<TrackName, Buffer | null> = { picture: null, sound: null };
  let last: Partial<Record<TrackName, number>> = {};
  let sound_is_gone = false;
  let size: { width: number; height: number } | null = null;
  let first_at: number | null = null;
  let run: Run | null = null;
  let group = { from_ms: 0, bytes: 0 };

  const close = async () => {
    const ending = run;
    run = null;
    await ending?.remux.finish();
  };

  const open = async (frame: Frame) => {
    if (!size) throw new Refusal('encoder_size');
    const sound = sound_is_gone ? null : configs.sound;
    const sink = sinkOf(ctx, { owner_id, stream_id, key });
    const remux = await startRemux({ picture: configs.picture, sound, ...size }, sink);
    run = { remux, from_ms: frame.dts_ms, has_sound: sound !== null };
    group = { from_ms: frame.dts_ms, bytes: 0 };
  };

  const mayOpen = ({ track, key, dts_ms }: Frame): boolean => {
    if (track !== 'picture' || !key || !configs.picture) return false;
    first_at ??= dts_ms;
    return configs.sound !== null || Math.abs(dts_ms - first_at) >= PATIENCE_MS.first_sound;
  };

  /** Whether the run that is open can take this frame. */
  const goesOn = (open: Run, { track, dts_ms, key }: Frame): boolean => {
    const before = last[track];
    if (before !== undefined && (dts_ms < before || dts_ms - before > JUMP_MS)) return false;
    if (track === 'sound') return true;
    if (open.has_sound) {
      sound_is_gone = dts_ms - (last.sound ?? open.from_ms) > PATIENCE_MS.sound;
      return !sound_is_gone;
    }
    // The sound came (back): the next key frame takes it in.
    return !(key && configs.sound && !sound_is_gone);
  };

  /** From key frame to key frame: one that is too long or too heavy would be refused as a segment. */
  const weigh = ({ track, key, dts_ms, bytes }: Frame) => {
    const seconds = (dts_ms - group.from_ms) / 1_000;
    if (group.bytes * 8 > LIMITS.bits_per_s * Math.max(1, seconds)) throw new Refusal('encoder_bitrate');
    if (track === 'picture' && key) group = { from_ms: dts_ms, bytes: 0 };
    else if (track === 'picture' && seconds > LIMITS.segment_s) throw new Refusal('encoder_key_frames');
    group.bytes += bytes.length;
  };

  return {
    async take(tag) {
      if (tag.is === 'nothing') return;
      if (tag.is === 'config') {
        if (configs[tag.track]?.equals(tag.bytes)) return;
        configs[tag.track] = Buffer.from(tag.bytes);
        await close();
        return;
      }
      if (run && !goesOn(run, tag)) {
        await close();
        last = {};
      }
      last[tag.track] = tag.dts_ms;
      if (tag.track === 'sound') sound_is_gone = false;
      if (!run && mayOpen(tag)) await open(tag);
      if (!run || tag.dts_ms < run.from_ms || (tag.track === 'sound' && !run.has_sound)) return;
      weigh(tag);
      await run.remux.add(tag, run.from_ms);
    },
    measure(width, height) {
      size = { width, height };
    },
    finish: close,
  };
}

function sinkOf(ctx: Context, { owner_id, stream_id, key }: Sending) {
  const publisher: Publisher = { stream_id, key: ENCODER, run_id: randomUUID() };
  let seq = 0;
  return {
    async init(bytes: Buffer) {
      const opened = await openRun(ctx, publisher, deriveId('encoder', owner_id), bytes);
      seq = opened.next_seq;
    },
    async segment(bytes: Buffer) {
      // Asked with each: a rotated key ends whoever sends with the old one.
      if (!(await isCurrent(ctx, owner_id, key))) throw new Refusal('stream_key_refused');
      const taken = await addSegment(ctx, publisher, seq, bytes);
      seq = taken.next_seq;
    },
  };
}
