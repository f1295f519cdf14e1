import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALM_MS, fitting, Ladder, MOST_CALM_MS, needOf, STEPS } from './ladder.ts';

/** Half seconds without a queue until it climbs. @returns how long that took */
function calm(ladder: Ladder, from: number, carries: number | null = null): number {
  for (let now = from; now < from + 2 * MOST_CALM_MS; now += 500) {
    if (ladder.watch(now, { backlog_s: 1, carries }) === 'up') return now - from;
  }
  throw new Error('it never climbed');
}

const fallen = (to: number): Ladder => {
  const ladder = new Ladder(0);
  for (let i = 0; i < to; i += 1) ladder.fall(0, null);
  return ladder;
};

test('what a line carries decides what is sent: two pictures, one, fewer frames, sound with a still', () => {
  const table: [kbit: number, bits: number, frames: number, low: boolean, still: boolean][] = [
    [10_000, 2_500_000, 30, true, false],
    [3_600, 2_500_000, 30, true, false],
    [3_400, 1_500_000, 30, true, false],
    [2_200, 900_000, 30, false, false],
    [1_000, 500_000, 30, false, false],
    [600, 250_000, 30, false, false],
    [400, 250_000, 30, false, false],
    [350, 150_000, 15, false, false],
    [260, 150_000, 15, false, false],
    [200, 40_000, 2, false, true],
    [20, 40_000, 2, false, true],
  ];
  for (const [kbit, bits_per_s, frame_rate, low, still] of table) {
    assert.deepEqual(STEPS[fitting(kbit * 1_000)], { bits_per_s, frame_rate, low, still }, `${kbit} kbit/s`);
  }
  const needs = STEPS.map(needOf);
  assert.deepEqual(
    needs,
    needs.toSorted((a, b) => b - a),
    'each step asks for less than the one before',
  );
});

test('a queue on a line that is too slow falls to what it carries at once', () => {
  const ladder = new Ladder(0);
  assert.equal(ladder.watch(3_000, { backlog_s: 3, carries: 400_000 }), 'down');
  assert.equal(ladder.step.bits_per_s, 250_000);
  assert.equal(ladder.watch(3_500, { backlog_s: 3, carries: 400_000 }), null, 'that fits: what waits gets through');
  assert.equal(ladder.watch(4_000, { backlog_s: 3, carries: 150_000 }), 'down');
  assert.equal(ladder.step.still, true);
  assert.equal(ladder.watch(4_500, { backlog_s: 6, carries: 10_000 }), null, 'there is nothing below');
});

test('a line that is gone for a moment is not a slow one', () => {
  const ladder = new Ladder(0);
  for (let now = 0; now < 7_000; now += 500) {
    assert.equal(ladder.watch(now, { backlog_s: now / 1_000, carries: 8_000_000 }), null);
    assert.equal(ladder.watch(now, { backlog_s: now / 1_000, carries: null }), null);
  }
  assert.equal(ladder.lowered, false);
});

test('without a measure it goes a step at a time, down and up', () => {
  const ladder = fallen(20);
  assert.equal(ladder.step.still, true);
  for (let [now, at] = [0, STEPS.length - 1]; at > 0; at -= 1) {
    assert.equal(calm(ladder, now), CALM_MS);
    now += CALM_MS;
    assert.equal(ladder.step, STEPS[at - 1]);
  }
  assert.equal(ladder.lowered, false);
  assert.equal(ladder.watch(1e9, { backlog_s: 0, carries: 1e9 }), null, 'there is nothing above');
});

test('a line that recovered is used at once, one that did not is left in peace', () => {
  const ladder = fallen(20);
  assert.equal(calm(ladder, 0, 8_000_000), CALM_MS);
  assert.equal(ladder.step, STEPS[0]);
  const poor = fallen(4);
  for (let now = 0; now <= MOST_CALM_MS; now += 500) {
    assert.equal(poor.watch(now, { backlog_s: 1, carries: 450_000 }), null, 'half a megabit and its sound need more');
  }
});

test('what waits on the uplink keeps it down', () => {
  const ladder = fallen(1);
  for (let now = 0; now <= 5 * CALM_MS; now += 500) {
    assert.equal(ladder.watch(now, { backlog_s: now % 10_000 === 0 ? 3 : 0, carries: 8_000_000 }), null);
  }
});

test('each step up that failed is tried again after twice as long', () => {
  const ladder = fallen(1);
  let now = calm(ladder, 0);
  for (let wait = 2 * CALM_MS; wait <= MOST_CALM_MS; wait *= 2) {
    ladder.fall(now, null);
    assert.equal(calm(ladder, now), wait);
    now += wait;
  }
  ladder.fall(now, null);
  assert.equal(calm(ladder, now), MOST_CALM_MS);
});
