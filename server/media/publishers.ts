/** Whoever sends: what lets them, whose turn it is, and what must go on where it ended. */
import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../kernel/refusal.ts';
import type { Segment } from './cmaf.ts';
import type { Run, Stream } from './queries.ts';
import { hashKey } from './streams.ts';

/** In place of a stream's key: an encoder whose owner's own key was checked when it connected. */
export const ENCODER: unique symbol = Symbol('encoder');

export interface Publisher {
  stream_id: string;
  key: string | typeof ENCODER;
  /** The publisher's name for this run. */
  run_id: string;
}

/** A track may start this far from where it ended: encoders round, microphones drift. */
const GAP_S = 0.5;

export function entitled(stream: Stream | null, key: Publisher['key']): Stream {
  // An unknown stream is answered like a wrong key: ids of streams are public, but nobody learns more by guessing.
  const may_publish = stream && (key === ENCODER || timingSafeEqual(stream.key_hash, hashKey(key)));
  if (!may_publish) throw new Refusal('stream_key_refused');
  if (stream.ended_at) throw new Refusal('stream_ended');
  return stream;
}

export function currentRun(stream: Stream, run: Run | null): Run {
  const current = run?.run === stream.run && run.key_version === stream.key_version;
  if (!current) throw new Refusal('run_not_current');
  return run;
}

const turns = new Map<string, Promise<unknown>>();

/** One segment of a stream after the other: a file that viewers have is never written again. */
export async function inTurn<T>(stream_id: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(stream_id) ?? Promise.resolve()).then(work, work);
  turns.set(stream_id, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(stream_id) === turn) turns.delete(stream_id);
  }
}

/** Every track goes on where it ended; otherwise players would stall or run apart (FAULTS E7). */
export function refuseJump({ spans }: Segment, run: Pick<Run, 'ends' | 'tracks'>): void {
  for (const { track_id, starts } of spans) {
    const before = run.ends?.find((end) => end.track_id === track_id);
    const timescale = run.tracks.find((track) => track.track_id === track_id)?.timescale ?? 1;
    if (before && Math.abs(Number(starts - BigInt(before.ends))) > GAP_S * timescale) throw new Refusal('segment_gap');
  }
}
