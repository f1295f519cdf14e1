import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALM_MS, Ladder, MOST_CALM_MS } from './ladder.ts';

const STEPS = [2_000, 1_200, 700];

/** Half seconds without a queue until it climbs. @returns how long that took */
function calm(ladder: Ladder, from: number): number {
  for (let now = from; now < from + 2 * MOST_CALM_MS; now += 500) if (ladder.watch(now, 1)) return now - from;
  throw new Error('it never climbed');
}

test('a picture with fewer bits gets them back, a step at a time', () => {
  const ladder = new Ladder(STEPS, 0);
  ladder.fall(0);
  ladder.fall(0);
  ladder.fall(0);
  assert.equal(ladder.bits_per_s, 700);
  assert.equal(calm(ladder, 0), CALM_MS);
  assert.equal(ladder.bits_per_s, 1_200);
  assert.equal(calm(ladder, CALM_MS), CALM_MS);
  assert.equal(ladder.bits_per_s, 2_000);
  assert.equal(ladder.lowered, false);
  assert.equal(ladder.watch(10 * CALM_MS, 0), false, 'there is nothing above');
});

test('what waits on the uplink keeps it down', () => {
  const ladder = new Ladder(STEPS, 0);
  ladder.fall(0);
  for (let now = 0; now <= 5 * CALM_MS; now += 500) assert.equal(ladder.watch(now, now % 30_000 === 0 ? 3 : 0), false);
});

test('each step up that failed is tried again after twice as long', () => {
  const ladder = new Ladder(STEPS, 0);
  ladder.fall(0);
  let now = calm(ladder, 0);
  for (let wait = 2 * CALM_MS; wait <= MOST_CALM_MS; wait *= 2) {
    ladder.fall(now);
    assert.equal(calm(ladder, now), wait);
    now += wait;
  }
  ladder.fall(now);
  assert.equal(calm(ladder, now), MOST_CALM_MS);
});
