/** `npm run check`: types, lint and format, tidy, generated files fresh, texts complete. Says all that is wrong. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const bin = (name: string): string => join(ROOT, 'node_modules', name);

const STEPS: [what: string, program: string, args: string[]][] = [
  ['types', process.execPath, [bin('typescript-7/bin/tsc'), '--project', 'tsconfig.json']],
  ['lint and format', bin('.bin/biome'), ['ci', '--colors=off', '--max-diagnostics=50', '.']],
  ['tidy', process.execPath, ['scripts/tidy.ts']],
  ['generated files are fresh', process.execPath, ['scripts/generate.ts', '--check']],
  ['texts are complete', process.execPath, ['--test', '--test-reporter=dot', 'web/texts.test.ts']],
];

const failed: string[] = [];
for (const [what, program, args] of STEPS) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✔' : '✖'} ${what} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(what);
  console.log(`${stdout}${stderr}`.trimEnd());
}
console.log(failed.length === 0 ? 'check: all is well' : `check: failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
