/**
 * `npm test [-- part of a path …]`: all tests on one database cluster. The quick ones first, two at a time, since
 * they wait for the database and for clocks; then what starts whole processes and browsers, two at a time; then what
 * measures pictures and load, one by one. The summary of node's test runner is the last thing printed, the files that
 * took longest just above it.
 */
import { globSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import chromium from '@sparticuz/chromium';
import { startClusterOfRun } from '../server/test/cluster.ts';
import { buildWeb } from './build_web.ts';

const ROOT = resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const all = globSync(['{server,sdk,web,scripts,bench}/**/*.test.ts', 'server/test/journeys/*.journey.ts'], {
  cwd: ROOT,
  exclude: (path) => path.includes('node_modules') || path.includes('dist'),
}).sort();
const files = all.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));

/** They measure what people see of pictures: whatever else runs would be measured, too. */
const QUIET = /(live|main_job|cohost)\.journey\.ts$/;
/** Browsers, servers that are killed, two servers on one database. */
const HEAVY = /\.journey\.ts$|server\/test\/(lifecycle|killed|two_processes|disk_full)\.test\.ts$/;
/** They take or wait longest, so they begin first and nobody waits for them at the end. */
const LONG = /server\/test\/simulation|kernel\/overload|accessible|two_processes/;

const kindOf = (file: string): number => (QUIET.test(file) ? 2 : HEAVY.test(file) ? 1 : 0);
const longFirst = (a: string, b: string): number => Number(LONG.test(b)) - Number(LONG.test(a));
const GROUPS = [2, 2, 1].map((concurrency, kind) => ({
  concurrency,
  paths: files
    .filter((file) => kindOf(file) === kind)
    .sort(longFirst)
    .map((file) => join(ROOT, file)),
}));

if (files.length === 0) {
  console.error(`no test file has ${wanted.join(' or ')} in its path`);
  process.exit(1);
}
if (files.some((file) => file.endsWith('.journey.ts') || file.startsWith('web/') || file.includes('pages'))) {
  await buildWeb();
}
// Unpacked before two files want it at once.
if (files.some((file) => file.endsWith('.journey.ts'))) await chromium.executablePath();
// Each file is a process, and all of them load the same modules.
process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules/.cache/test-modules');

const stop = await startClusterOfRun(mkdtempSync(join(tmpdir(), 'souk-test-')));
try {
  const output = Readable.from(results()).compose(spec());
  output.pipe(process.stdout);
  await finished(output);
} finally {
  await stop();
}

/** All groups as one report: each closes with its own counts, which are added up. */
async function* results() {
  const counts = new Map<string, number>();
  const took: [seconds: number, file: string][] = [];
  for (const { paths, concurrency } of GROUPS) {
    if (paths.length === 0) continue;
    for await (const event of run({ files: paths, concurrency, timeout: 600_000, cwd: ROOT })) {
      if (event.type === 'test:fail') process.exitCode = 1;
      if (event.type === 'test:summary' && event.data.file) {
        took.push([event.data.duration_ms / 1000, relative(ROOT, event.data.file)]);
      }
      const [, what, value] = countOf(event) ?? [];
      if (what) counts.set(what, (counts.get(what) ?? 0) + Number(value));
      else yield event;
    }
  }
  const longest = took.sort(([a], [b]) => b - a).slice(0, 12);
  if (files.length > 12) for (const [seconds, file] of longest) yield line(`${seconds.toFixed(1)} s ${file}`);
  for (const [what, value] of counts) yield line(`${what} ${value}`);
}

function line(message: string) {
  return { type: 'test:diagnostic', data: { nesting: 0, message, level: 'info' } };
}

function countOf(event: { type: string; data: unknown }): RegExpExecArray | null {
  if (event.type !== 'test:diagnostic') return null;
  const { nesting, message } = event.data as { nesting: number; message: string };
  return nesting === 0 ? /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/.exec(message) : null;
}
