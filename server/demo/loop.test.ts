import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readInit, readSegment } from '../media/index.ts';
import { makeInit, makeSegment } from '../test/media.ts';
import { type Loop, readLoop } from './loop_file.ts';
import { moveSegment } from './loop_time.ts';

test('a segment moved in time is the same but for its clocks', () => {
  const tracks = readInit(makeInit());
  const segment = makeSegment(3);
  const moved = readSegment(moveSegment(segment, tracks, 60, 7), tracks);
  assert.deepEqual(moved, readSegment(makeSegment(63), tracks));
  assert.deepEqual(moveSegment(segment, tracks, 0, 1), segment, 'moved by nothing it is itself');
  assert.equal(moveSegment(segment, tracks, 60, 7).length, segment.length);
});

test('the committed loop is small, whole, and goes round without a jump', async () => {
  const folder = join(import.meta.dirname, 'loop');
  const sizes = (await readdir(folder)).map((name) => statSync(join(folder, name)).size);
  assert.ok(sizes.reduce((sum, size) => sum + size) <= 2_000_000);
  const { tracks, segments, duration_s } = readLoop() as Loop;
  assert.deepEqual(tracks.map(({ codec }) => codec.slice(0, 4)).sort(), ['avc1', 'mp4a']);
  assert.ok(duration_s >= 60 && duration_s <= 180);
  const ends = new Map<number, bigint>();
  for (let n = 0; n < segments.length * 2; n += 1) {
    const round = Math.floor(n / segments.length);
    const { bytes } = segments[n % segments.length] as { bytes: Buffer };
    const { spans } = readSegment(moveSegment(bytes, tracks, round * duration_s, n + 1), tracks);
    for (const { track_id, starts, ends: end } of spans) {
      const timescale = tracks.find((track) => track.track_id === track_id)?.timescale ?? 1;
      const gap_s = Number(starts - (ends.get(track_id) ?? starts)) / timescale;
      assert.ok(Math.abs(gap_s) < 0.05, `track ${track_id} jumps ${gap_s} s at segment ${n}`);
      ends.set(track_id, end);
    }
  }
});
