import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import ts from 'typescript';
import { readSources, type Source } from './tidy.ts';

/** Regular expressions as they stand in the code. */
function literalsOf({ path, text }: Source): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, look);
  };
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  look(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind));
  return found;
}

/** Long runs of what the expression itself speaks of, and an end that does not fit: where backtracking explodes. */
const ATTACK = `
  const { parentPort, workerData } = require('node:worker_threads');
  for (const [at, [source, flags]] of workerData.entries()) {
    const own = [...new Set(source.replace(/\\\\./g, ' '))];
    const marks = [...new Set(['a', '1', 'A', ' ', '.', '-', '_', '@', '/', '"', 'ä', ...own])];
    const runs = marks.flatMap((one) => [one, one + 'a', 'a' + one, '1' + one]);
    parentPort.postMessage({ at, done: false });
    for (const run of runs) {
      const expression = new RegExp(source, flags.replace('y', ''));
      expression.test(run.repeat(3000) + '\\u0001!');
    }
    parentPort.postMessage({ at, done: true });
  }`;

test('D15: no regular expression of the house can be made to run for long', { timeout: 300_000 }, async () => {
  const sources = readSources().filter(({ path }) => /^(server|sdk|web)\/.*\.tsx?$/.test(path) && !/test/.test(path));
  const literals = [...new Set(sources.flatMap(literalsOf))];
  assert.ok(literals.length > 40, `${literals.length} found`);
  const parts = literals.map((literal) => {
    const end = literal.lastIndexOf('/');
    return [literal.slice(1, end), literal.slice(end + 1)];
  });
  let at = 0;
  let begun = performance.now();
  const worker = new Worker(ATTACK, { eval: true, workerData: parts });
  await new Promise<void>((resolve, reject) => {
    // An exponential or cubic one would not end in hours; the machine may be busy.
    const watch = setInterval(() => {
      if (performance.now() - begun > 60_000) reject(new Error(`${literals[at]} runs for more than a minute`));
    }, 500);
    worker.on('message', (said: { at: number }) => {
      at = said.at;
      begun = performance.now();
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      clearInterval(watch);
      resolve();
    });
  }).finally(() => worker.terminate());
  assert.equal(at, literals.length - 1);
});
