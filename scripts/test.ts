/**
 * `npm test [-- part of a path …]`: all tests on one database cluster. The quick ones two at a time, then those that
 * measure, kill or drive a browser one by one. The summary of node's test runner is the last thing printed.
 */
import { globSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { startClusterOfRun } from '../server/test/cluster.ts';
import { buildWeb } from './build_web.ts';

const ROOT = resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const all = globSync(['{server,sdk,web,scripts,bench}/**/*.test.ts', 'server/test/journeys/*.journey.ts'], {
  cwd: ROOT,
  exclude: (path) => path.includes('node_modules') || path.includes('dist'),
}).sort();
const files = all.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));

/** Whole processes, real time, real browsers: they would disturb each other. */
const isAlone = (file: string) => file.endsWith('.journey.ts') || file.startsWith('server/test/');
const order = [files.filter((file) => !isAlone(file)), files.filter(isAlone)];

if (files.length === 0) {
  console.error(`no test file has ${wanted.join(' or ')} in its path`);
  process.exit(1);
}
if (files.some((file) => file.endsWith('.journey.ts') || file.startsWith('web/') || file.includes('pages'))) {
  await buildWeb();
}

const stop = await startClusterOfRun(mkdtempSync(join(tmpdir(), 'souk-test-')));
try {
  const output = Readable.from(results()).compose(spec());
  output.pipe(process.stdout);
  await finished(output);
} finally {
  await stop();
}

/** Both groups as one report: each closes with its own counts, which are added up. */
async function* results() {
  const counts = new Map<string, number>();
  for (const [at, group] of order.entries()) {
    if (group.length === 0) continue;
    const paths = group.map((file) => join(ROOT, file));
    for await (const event of run({ files: paths, concurrency: at === 0 ? 2 : 1, timeout: 600_000, cwd: ROOT })) {
      if (event.type === 'test:fail') process.exitCode = 1;
      const [, what, value] = countOf(event) ?? [];
      if (what) counts.set(what, (counts.get(what) ?? 0) + Number(value));
      else yield event;
    }
  }
  for (const [what, value] of counts) {
    yield { type: 'test:diagnostic', data: { nesting: 0, message: `${what} ${value}`, level: 'info' } };
  }
}

function countOf(event: { type: string; data: unknown }): RegExpExecArray | null {
  if (event.type !== 'test:diagnostic') return null;
  const { nesting, message } = event.data as { nesting: number; message: string };
  return nesting === 0 ? /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/.exec(message) : null;
}
