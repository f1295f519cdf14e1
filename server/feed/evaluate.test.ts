import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byChance, byPopularity, byWeights, evaluate, ndcg, type WatchRow } from './evaluate.ts';
import { makeTown } from './town.ts';
import { WEIGHTS } from './weights.ts';

const RANKERS = { ours: byWeights(WEIGHTS), popular: byPopularity, chance: byChance };
const measured = (rows: WatchRow[], new_below = 60) => {
  const [ours, popular, chance] = evaluate(rows, RANKERS, new_below) as [...[M, M, M]];
  return { ours, popular, chance };
};
type M = ReturnType<typeof evaluate>[number];
const TOWN = { people: 220, creators: 60, items: 450, watches: 90 };

test('NDCG: computed by hand', () => {
  assert.equal(ndcg([true, false, false], 1), 1);
  assert.ok(Math.abs(ndcg([false, true, false], 1) - 1 / Math.log2(3)) < 1e-9);
  assert.ok(Math.abs(ndcg([true, false, true], 2) - 1.5 / (1 + 1 / Math.log2(3))) < 1e-9);
  assert.equal(ndcg([false, false], 2), 0);
});

// The weights were chosen on seeds 1 to 3.
for (const seed of [11, 12]) {
  test(`on held-out sessions of town ${seed} it beats the most popular and chance by a fifth; new creators have a tenth`, (t) => {
    const { ours, popular, chance } = measured(makeTown(seed, TOWN));
    t.diagnostic(
      `NDCG@10: ours ${ours.ndcg.toFixed(4)}, popular ${popular.ndcg.toFixed(4)}, chance ${chance.ndcg.toFixed(4)}`,
    );
    assert.ok(ours.ndcg >= 1.2 * popular.ndcg && ours.ndcg >= 1.2 * chance.ndcg);
    assert.ok(ours.new_creators >= 0.1, String(ours.new_creators));
    assert.ok(ours.coverage > popular.coverage);
  });
}

test('a plain CSV, without creators and tags: co-watching alone beats chance', () => {
  const plain = makeTown(13, TOWN).map(({ person, item, at, seconds, duration }) => ({
    person,
    item,
    at,
    seconds,
    duration,
  }));
  const { ours, chance } = measured(plain);
  assert.ok(ours.ndcg >= 1.2 * chance.ndcg);
});

test('the same seed makes the same sessions', () => {
  assert.deepEqual(makeTown(7, { ...TOWN, people: 5 }), makeTown(7, { ...TOWN, people: 5 }));
});
