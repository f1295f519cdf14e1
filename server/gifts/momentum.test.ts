import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Given, isNews, levelOf, readFrom, reckonMomentum } from './momentum.ts';

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1_000);
/** `ada@0 bob@10`: who gave at which second. */
const gifts = (text: string): Given[] =>
  text.split(' ').map((one) => {
    const [sender_id, second] = one.split('@') as [string, string];
    return { sender_id, sent_at: at(Number(second)) };
  });
const seen = (text: string, second: number, from = 0) => {
  const past = gifts(text).filter((gift) => gift.sent_at <= at(second));
  const { now } = reckonMomentum(past, at(from), at(second));
  return now && [now.level, now.supporters, (now.until.getTime() - at(0).getTime()) / 1_000];
};

test('levels: 3, 5, 8, 13 and 21 different people', () => {
  const steps = [0, 2, 3, 4, 5, 7, 8, 12, 13, 20, 21, 500].map(levelOf);
  assert.deepEqual(steps, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test('nobody moves a room alone: a hundred gifts of one person are one supporter', () => {
  const alone = Array.from({ length: 100 }, (_, i) => `ada@${i}`).join(' ');
  assert.equal(seen(alone, 100), null);
  assert.equal(seen(`${alone} bob@100`, 100), null);
  assert.deepEqual(seen(`${alone} bob@100 eve@101`, 101), [1, 3, 221]);
});

test('three within two minutes begin a run; two minutes and a second do not', () => {
  assert.deepEqual(seen('ada@0 bob@60 eve@120', 120), [1, 3, 240]);
  assert.equal(seen('ada@0 bob@60 eve@121', 121), null);
  assert.deepEqual(seen('ada@0 bob@60 eve@121 ida@150', 150), [1, 3, 270]);
});

test('a run grows by new people only, and ends two minutes after the last of them', () => {
  const run = 'ada@0 bob@10 eve@20';
  assert.deepEqual(seen(`${run} ada@100 bob@130`, 140), [1, 3, 140]);
  assert.equal(seen(`${run} ada@100 bob@130`, 141), null);
  assert.deepEqual(seen(`${run} ida@130 joe@200`, 320), [2, 5, 320]);
  assert.equal(seen(`${run} ida@130 joe@200`, 321), null);
});

test('after a run the room rests for ten minutes: 140 s + 600 s = 740 s', () => {
  const first = 'ada@0 bob@10 eve@20';
  assert.equal(seen(`${first} ada@700 bob@710 eve@739`, 739), null);
  // What came before the end of the rest does not count afterwards either.
  assert.equal(seen(`${first} ada@738 bob@739 eve@741`, 741), null);
  assert.deepEqual(seen(`${first} ada@740 bob@741 eve@742`, 742), [1, 3, 862]);
});

test('a run lasts fifteen minutes at most, however many come', () => {
  const many = Array.from({ length: 40 }, (_, i) => `p${i}@${i * 60}`).join(' ');
  // Third at 120 s; so it ends at 120 + 900 = 1,020 s with those of 0, 60, … 1,020: eighteen people, level 4.
  assert.deepEqual(seen(many, 1_020), [4, 18, 1_020]);
  assert.equal(seen(many, 1_021), null);
});

test('reckoned again from where the latest run began, it is the same', () => {
  const all = gifts('ada@0 bob@10 eve@20 ida@130 joe@200 ada@921 bob@930 eve@940 ida@950');
  for (let second = 0; second <= 1_100; second += 5) {
    const past = all.filter((gift) => gift.sent_at <= at(second));
    const whole = reckonMomentum(past, at(0), at(second));
    let kept: typeof whole.run = null;
    for (const { sent_at } of past) {
      const { counts_from, since } = readFrom(kept, sent_at);
      const part = past.filter((gift) => gift.sent_at >= since && gift.sent_at <= sent_at);
      kept = reckonMomentum(part, counts_from, sent_at).run ?? kept;
    }
    const { counts_from, since } = readFrom(kept, at(second));
    const part = past.filter((gift) => gift.sent_at >= since);
    assert.deepEqual(reckonMomentum(part, counts_from, at(second)).now, whole.now, `at ${second} s`);
  }
});

test('a gift that is no news changes nothing, whoever gives and however long it is put off', () => {
  const all = gifts(
    'ada@0 bob@10 eve@20 ada@30 ida@130 bob@140 joe@200 eve@400 ida@600 ada@921 bob@922 eve@940 ida@950 ada@1000',
  );
  let skipped = 0;
  let kept = reckonMomentum([], at(0), at(0));
  for (const [i, gift] of all.entries()) {
    const whole = reckonMomentum(all.slice(0, i + 1), at(0), gift.sent_at);
    if (isNews(kept.still, gift)) kept = whole;
    else skipped += 1;
    assert.deepEqual(
      kept.now,
      whole.now,
      `${gift.sender_id} at ${(gift.sent_at.getTime() - at(0).getTime()) / 1_000} s`,
    );
    assert.deepEqual(kept.run, whole.run);
  }
  assert.equal(skipped, 4, 'ada and bob in the first run, ida in the rest after it, ada in the second run');
});
