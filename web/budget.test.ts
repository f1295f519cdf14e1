import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Manifest } from 'vite';

const BUDGET_KB = 180;
const LATER = ['hls', 'mediabunny', 'aac-encoder', 'recharts'];

let folder: string;
let manifest: Manifest;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-web-'));
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: folder } });
  manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8'));
});

after(() => rm(folder, { recursive: true, force: true }));

/** What the browser loads before anything shows: an entry, and all that it imports without waiting. */
function loadedAtOnce(start: string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...start];
  for (let key = open.pop(); key; key = open.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(manifest[key]?.imports ?? []));
  }
  return seen;
}

async function kilobytes(keys: Set<string>): Promise<number> {
  let bytes = 0;
  for (const key of keys) {
    const file = manifest[key]?.file;
    if (file?.endsWith('.js')) bytes += gzipSync(await readFile(join(folder, file))).length;
  }
  return Math.round(bytes / 1024);
}

const keysOf = (part: string): string[] => Object.keys(manifest).filter((key) => key.includes(part));

test(`the first load, with one language and the first screen, stays within ${BUDGET_KB} kB of compressed script`, async () => {
  const first = loadedAtOnce(['index.html', ...keysOf('virtual:messages/de'), ...keysOf('features/feed/home_page')]);
  const size = await kilobytes(first);
  process.stdout.write(`first load: ${size} kB of compressed script\n`);
  assert.ok(size <= BUDGET_KB, `${size} kB`);
});

test('players, encoders and charts are loaded later, where they are needed', () => {
  const first = loadedAtOnce(['index.html']);
  const heavy = [...first].filter((key) => LATER.some((name) => `${key} ${manifest[key]?.name ?? ''}`.includes(name)));
  assert.deepEqual(heavy, []);
});

test('nothing inline is in the page: it runs under a strict Content-Security-Policy', async () => {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  assert.doesNotMatch(page, /<style|style="|<script(?![^>]*src=)/);
});
