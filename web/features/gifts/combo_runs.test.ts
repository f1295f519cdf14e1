import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextFlush, openIn, type Run, taken, tapped } from './combo_runs.ts';

const rose = { gift: 'rose', coins: 1n };
const star = { gift: 'star', coins: 10n };

/** Sends all that waits. @returns what left, in order */
function sendAll(runs: Run[]): { left: [string, number][]; runs: Run[] } {
  const left: [string, number][] = [];
  for (let next = nextFlush(runs); next; next = nextFlush(runs)) {
    left.push([next.flush.gift, next.flush.count]);
    runs = taken(next.runs, next.flush.key);
  }
  return { left, runs };
}

test('taps on one gift are one run and leave as one flush', () => {
  let runs: Run[] = [];
  for (let n = 0; n < 7; n += 1) runs = tapped(runs, rose, n > 0);
  assert.deepEqual(openIn(runs), { taps: 7, coins: 7n });
  assert.deepEqual(sendAll(runs).left, [['rose', 7]]);
});

test('another gift, tapped before the first was sent, loses no tap', () => {
  const runs = [rose, rose, rose, star, star, rose].reduce<Run[]>((all, gift) => tapped(all, gift, true), []);
  assert.deepEqual(openIn(runs), { taps: 6, coins: 24n });
  const { left, runs: after } = sendAll(runs);
  assert.deepEqual(left, [
    ['rose', 3],
    ['star', 2],
    ['rose', 1],
  ]);
  assert.deepEqual(openIn(after), { taps: 0, coins: 0n });
  assert.equal(after.length, 1);
});

test('a flush on its way or refused keeps its key, whatever is tapped meanwhile', () => {
  const first = nextFlush(tapped([], rose, false));
  assert.ok(first);
  const runs = tapped(tapped(first.runs, star, true), star, true);
  const again = nextFlush(runs);
  assert.equal(again?.flush.key, first.flush.key);
  assert.equal(again?.flush.count, 1);
  assert.deepEqual(sendAll(runs).left, [
    ['rose', 1],
    ['star', 2],
  ]);
});

test('a run that ended is followed by another of the same gift with a combo of its own', () => {
  const [ended] = sendAll(tapped([], rose, false)).runs;
  const [fresh] = tapped([ended as Run], rose, false);
  assert.notEqual(fresh?.combo_id, ended?.combo_id);
});
