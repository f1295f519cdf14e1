/**
 * `npm run feed:evaluate [-- sessions.csv] [--weights a.json,b.json] [--seed 1]`: how weights would have ranked what
 * people watched later, beside the most popular and beside chance. A CSV has the columns person, item, time (ISO or
 * seconds since 1970), seconds, duration, and may have creator, tags (separated by spaces), language. Without one,
 * sessions are made up (server/feed/town.ts says how), so that figures tell of that structure and not of real people.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { byChance, byPopularity, byWeights, evaluate, type WatchRow } from '../server/feed/evaluate.ts';
import { makeTown } from '../server/feed/town.ts';
import { readWeights } from '../server/feed/weights.ts';

const WEIGHTS = [1, 2].map((n) => join(import.meta.dirname, `../server/feed/weights/${n}.json`)).join(',');
const TOWN = { people: 1_000, creators: 200, items: 2_000, watches: 150 };
/** Made-up towns are small: an audience is found sooner. */
const NEW_BELOW_VIEWS = { made_up: 150, real: 1_000 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { weights: { type: 'string', default: WEIGHTS }, seed: { type: 'string', default: '1' } },
});
const [file] = positionals;
const files = values.weights.split(',');
const rankers = {
  ...Object.fromEntries(
    files.map((path) => [
      `weights ${readWeights(path).version} (${path.split('/').at(-1)})`,
      byWeights(readWeights(path)),
    ]),
  ),
  'most popular': byPopularity,
  chance: byChance,
};

const rows = file ? readRows(file) : makeTown(Number(values.seed), TOWN);
console.log(file ? `${file}: ${rows.length} watches` : `made up with seed ${values.seed}: ${rows.length} watches`);
tell(rows);
if (!file) {
  console.log('\nthe same without creators and tags, as a plain CSV has it');
  tell(rows.map(({ person, item, at, seconds, duration }) => ({ person, item, at, seconds, duration })));
}

function tell(of: WatchRow[]): void {
  const measured = evaluate(of, rankers, file ? NEW_BELOW_VIEWS.real : NEW_BELOW_VIEWS.made_up);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.table(
    Object.fromEntries(
      measured.map(({ ranker, hit_rate, ndcg, coverage, new_creators }) => [
        ranker,
        {
          'hit rate': percent(hit_rate),
          'NDCG@10': ndcg.toFixed(4),
          coverage: percent(coverage),
          'new creators': percent(new_creators),
        },
      ]),
    ),
  );
}

function readRows(path: string): WatchRow[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',').map((name) => name.trim());
  for (const name of ['person', 'item', 'time', 'seconds', 'duration']) {
    if (!columns.includes(name)) throw new Error(`${path} has no column ${name}`);
  }
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (name: string) => cells[columns.indexOf(name)]?.trim() ?? '';
    const [time, creator, tags, language] = [cell('time'), cell('creator'), cell('tags'), cell('language')];
    return {
      ...{
        person: cell('person'),
        item: cell('item'),
        seconds: Number(cell('seconds')),
        duration: Number(cell('duration')),
      },
      at: new Date(/^\d+(\.\d+)?$/.test(time) ? Number(time) * 1_000 : time),
      ...(creator && { creator }),
      ...(tags && { tags: tags.split(' ') }),
      ...(language && { language }),
    };
  });
}
