/**
 * `npm run simulate`: the whole platform under random people, 200 seeds on a clock of its own.
 *
 *     npm run simulate -- --seeds 50 --from 1000
 *     npm run simulate -- --seed 17                      one seed, with its journal
 *     npm run simulate -- --seed 17 --plant events.loses  the same with the code broken at that point
 *     npm run simulate -- --replay journal.txt            what an earlier run printed, step by step
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PLANTS, type Plant, sow } from '../kernel/plant.ts';
import { startClusterOfRun } from './cluster.ts';
import { openHouse } from './harness.ts';
import { type Played, play, scriptIn, tell } from './simulation/play.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    plant: { type: 'string' },
    replay: { type: 'string' },
  },
});
if (values.plant && !(values.plant in PLANTS)) throw new Error(`--plant takes ${Object.keys(PLANTS).join(', ')}`);
const script = values.replay ? scriptIn(readFileSync(values.replay, 'utf8')) : undefined;
const first = Number(values.seed ?? values.from);
const count = values.seed || script ? 1 : Number(values.seeds);
/** A new house now and then keeps the checks of a growing book short. */
const SEEDS_IN_A_HOUSE = 25;

const say = (line: string) => process.stdout.write(`${line}\n`);
const stop = await startClusterOfRun(mkdtempSync(join(tmpdir(), 'souk-simulation-')));
let failed: Played | null = null;
try {
  for (let seed = first; seed < first + count && !failed; seed += SEEDS_IN_A_HOUSE) {
    failed = await playInOneHouse(seed, Math.min(seed + SEEDS_IN_A_HOUSE, first + count));
  }
} finally {
  await stop();
}
say(failed ? tell(failed) : `${count} seeds from ${first} on: the house held`);
process.exitCode = failed ? 1 : 0;

async function playInOneHouse(from: number, before: number): Promise<Played | null> {
  const endings: (() => unknown)[] = [];
  const house = await openHouse({ after: (run) => endings.push(run) }, { unchecked: true });
  sow((values.plant as Plant | undefined) ?? null);
  try {
    for (let seed = from; seed < before; seed += 1) {
      const played = await play(house, seed, script);
      if (played.failure) return played;
      say(values.seed ? tell(played) : `seed ${seed} held`);
    }
    return null;
  } finally {
    sow(null);
    for (const end of endings) await end();
  }
}
