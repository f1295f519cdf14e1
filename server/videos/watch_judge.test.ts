import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { freshWatch, KINDS, nothingAdded, takeEvent, type WatchEvent } from './watch_judge.ts';

const BEGAN = new Date('2026-11-02T12:00:00Z');
const LENGTH_MS = 10_000;

function desk(passed_ms = 60_000, duration_ms = LENGTH_MS, countable = true) {
  const session = { session_id: 's', began_at: BEGAN, watched_ms: 0 };
  const now = new Date(BEGAN.getTime() + passed_ms);
  const watch = freshWatch({ session_id: 's', video_id: 'v', person_id: null }, now);
  const added = nothingAdded();
  const against = { visit_id: 'visit', session, watch, duration_ms, now, countable: () => countable };
  const take = (kind: WatchEvent['kind'], seq: number, played_ms = 0) =>
    takeEvent({ video_id: 'v', kind, seq, played_ms }, against, added);
  return { session, watch, added, take };
}

const CASES: [what: string, events: [WatchEvent['kind'], number][], views: number, held: number, skips: number][] = [
  ['nothing but a start is no view', [['start', 0]], 0, 0, 0],
  ['1.999 seconds are no view', [['seconds', 1_999]], 0, 0, 0],
  ['two seconds are a view', [['seconds', 2_000]], 1, 0, 0],
  [
    'two seconds in two pieces are one view',
    [
      ['seconds', 1_000],
      ['seconds', 1_000],
    ],
    1,
    0,
    0,
  ],
  ['six tenths of it is held', [['seconds', 6_000]], 1, 1, 0],
  [
    'a skip before that is a skip',
    [
      ['seconds', 900],
      ['skip', 300],
    ],
    0,
    0,
    1,
  ],
  [
    'a skip after that is none',
    [
      ['seconds', 7_000],
      ['skip', 0],
    ],
    1,
    1,
    0,
  ],
  [
    'two skips are one',
    [
      ['skip', 10],
      ['skip', 10],
    ],
    0,
    0,
    1,
  ],
];
for (const [what, events, ...wanted] of CASES) {
  test(`watch: ${what}`, () => {
    const { take, added } = desk();
    for (const [seq, [kind, ms]] of events.entries()) take(kind, seq, ms);
    assert.deepEqual([added.views, added.held, added.skips, added.starts], [...wanted, 1]);
  });
}

test('watch: a claimed completion counts only after nine tenths of it, and a short one is a view', () => {
  const early = desk();
  early.take('complete', 0, 8_999);
  assert.equal(early.added.completions, 0);
  const short = desk(60_000, 1_500);
  short.take('complete', 0, 1_400);
  assert.deepEqual([short.added.completions, short.added.views], [1, 1]);
});

test('watch: each time round adds its length, never more', () => {
  const { take, watch } = desk();
  take('loop', 0, 10_000);
  take('loop', 1, 10_000);
  take('seconds', 2, 50_000);
  assert.deepEqual([watch.loops, watch.watched_ms], [2, 30_000]);
});

test('watch: loops are not claimed without being played', () => {
  const { take, watch } = desk();
  for (let seq = 0; seq < 20; seq += 1) take('loop', seq, 1);
  assert.equal(watch.loops, 0);
});

test('watch: the same event again, or one before it, changes nothing', () => {
  const { take, watch } = desk();
  take('seconds', 5, 3_000);
  assert.equal(take('seconds', 5, 3_000), false);
  assert.equal(take('seconds', 4, 3_000), false);
  assert.equal(watch.watched_ms, 3_000);
});

test('watch: what may not count is watched, and no view', () => {
  const { take, added } = desk(60_000, LENGTH_MS, false);
  take('seconds', 0, 9_000);
  assert.deepEqual([added.views, added.watched_ms], [0, 9_000]);
});

test('watch: whatever is claimed, never more than has passed, nor than the video is long for each time round', () => {
  const event = fc.record({ kind: fc.constantFrom(...KINDS), played_ms: fc.integer({ min: 0, max: 3_600_000 }) });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.integer({ min: 0, max: 120_000 }), (events, passed_ms) => {
      const { take, session, watch, added } = desk(passed_ms);
      for (const [seq, { kind, played_ms }] of events.entries()) take(kind, seq, played_ms);
      assert.ok(session.watched_ms <= passed_ms + 2_000);
      assert.ok(watch.watched_ms <= LENGTH_MS * (watch.loops + 1));
      assert.ok(watch.loops <= (passed_ms + 2_000) / (LENGTH_MS * 0.9));
      assert.ok(added.views <= 1 && added.held <= 1 && added.completions <= 1);
      assert.equal(added.watched_ms, watch.watched_ms);
    }),
  );
});
