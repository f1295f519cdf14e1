/** `npm run bench -- NAME…`: runs scenarios and ends with one line a goal. All of them without a name. */
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import type { Scenario } from './scenario.ts';

const all = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => !['run', 'scenario'].includes(name) && !name.includes('_'));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${all.sort().join(', ')}`);

const lines: string[] = [];
for (const name of asked.length > 0 ? asked : all.sort()) {
  const { scenario } = (await import(`./${name}.ts`)) as { scenario: Scenario };
  console.log(`\n${name}: Node ${process.version}, fsync and synchronous_commit on`);
  for (const { what, reached, goal, unit = '', lower } of await scenario.run()) {
    const met = lower ? reached <= goal : reached >= goal;
    lines.push(
      `goal ${name} ${what}: reached ${round(reached)}${unit}, goal ${round(goal)}${unit}, ${met ? 'met' : 'short'}`,
    );
  }
}
console.log(`\n${lines.join('\n')}`);

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
