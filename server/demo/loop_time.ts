/** Moving a recorded segment in time: only its clocks are written anew, picture and sound stay as they are. PURE. */

import type { Track } from '../media/index.ts';
import { type Box, listBoxes } from '../media/index.ts';

/**
 * A copy of a segment that begins `later_s` later.
 * @param sequence the number of the fragment in the stream
 * @param tracks of the init segment: each counts time in ticks of its own
 */
export function moveSegment(segment: Buffer, tracks: readonly Track[], later_s: number, sequence: number): Buffer {
  const moved = Buffer.from(segment);
  const view = new DataView(moved.buffer, moved.byteOffset, moved.byteLength);
  const timescaleOf = (track_id: number) => tracks.find((track) => track.track_id === track_id)?.timescale ?? 0;
  for (const box of listBoxes(view)) {
    if (box.type === 'sidx') addTime(box.body, 12, later_s * box.body.getUint32(8));
    if (box.type !== 'moof') continue;
    for (const inner of listBoxes(box.body)) {
      if (inner.type === 'mfhd') inner.body.setUint32(4, sequence);
      if (inner.type === 'traf') moveTrack(listBoxes(inner.body), later_s, timescaleOf);
    }
  }
  return moved;
}

function moveTrack(boxes: Box[], later_s: number, timescaleOf: (track_id: number) => number): void {
  const track_id = boxes.find(({ type }) => type === 'tfhd')?.body.getUint32(4) ?? 0;
  const tfdt = boxes.find(({ type }) => type === 'tfdt');
  if (tfdt) addTime(tfdt.body, 4, later_s * timescaleOf(track_id));
}

/** Adds ticks to the time at `at`, which is as wide as the version of its box says. */
function addTime(body: DataView, at: number, ticks: number): void {
  if (body.getUint8(0) === 1) body.setBigUint64(at, body.getBigUint64(at) + BigInt(Math.round(ticks)));
  else body.setUint32(at, body.getUint32(at) + Math.round(ticks));
}
