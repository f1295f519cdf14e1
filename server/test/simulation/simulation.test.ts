import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PLANTS, type Plant, sow } from '../../kernel/plant.ts';
import { type House, openHouse } from '../harness.ts';
import { PEOPLE, play, scriptIn, tell } from './play.ts';
import { scriptOf } from './script.ts';

const SEEDS = 25;

test(`${SEEDS} seeds: people buy, gift, return, dispute, order and refund, and the house holds`, async (t) => {
  const house = await openHouse(t);
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const played = await play(house, seed);
    assert.equal(played.failure, null, tell(played));
  }
});

for (const name of Object.keys(PLANTS) as Plant[]) {
  test(`the simulation sees that ${PLANTS[name]} (${name})`, async (t) => {
    const house: House = await openHouse(t, { unchecked: true });
    t.after(() => sow(null));
    let caught: string | null = null;
    for (let seed = 1; seed <= SEEDS && caught === null; seed += 1) {
      sow(name);
      caught = (await play(house, seed)).failure;
      sow(null);
    }
    assert.notEqual(caught, null, `not seen in ${SEEDS} seeds`);
    t.diagnostic(`${name}: ${caught?.split('\n')[0]}`);
  });
}

test('a seed fixes its script, and a journal can be played again', () => {
  assert.deepEqual(scriptOf(7, PEOPLE), scriptOf(7, PEOPLE));
  assert.notDeepEqual(scriptOf(7, PEOPLE), scriptOf(8, PEOPLE));
  const script = scriptOf(7, PEOPLE);
  const journal = script.map((steps) => ({ steps, told: steps.map(({ deed }) => deed) }));
  assert.deepEqual(scriptIn(tell({ seed: 7, failure: null, journal })), script);
});

after(() => sow(null));
