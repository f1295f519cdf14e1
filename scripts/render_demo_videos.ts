/**
 * Draws the demo's short videos in the bundled Chromium and writes each with its cover to server/demo/videos/.
 *
 *     node scripts/render_demo_videos.ts [--again] [part of a name …]
 *     node scripts/render_demo_videos.ts --stills FOLDER [part of a name …]
 *
 * What is there is left as it is, unless `--again`. H.264 and AAC, because every phone plays them.
 */
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Page, chromium as playwright } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '..');
const OUT = join(ROOT, 'server/demo/videos');
const MOST_BYTES = 500_000;
const MOST_BYTES_IN_ALL = 12_000_000;
const OPTIONS = { FRAME_RATE: 24, PICTURE_BITS: 270_000, SOUND_BITS: 48_000 };

const SCRIPTS: Record<string, string> = {
  '/mediabunny.js': 'mediabunny/dist/bundles/mediabunny.mjs',
  '/aac.js': '@mediabunny/aac-encoder/dist/bundles/mediabunny-aac-encoder.mjs',
};
const IMPORTS = '<script type="importmap">{"imports":{"mediabunny":"/mediabunny.js"}}</script>';

const wanted = process.argv.slice(2);
const again = wanted[0] === '--again' && wanted.shift();
const stills = wanted[0] === '--stills' && wanted.splice(0, 2)[1];
mkdirSync(OUT, { recursive: true });
await withPage(async (page) => {
  const films = (await page.evaluate(listFilms)).filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );
  for (const { name, length } of films) {
    if (stills)
      for (const at of [0.25, 0.7]) await drawStill(page, name, length * at, join(stills, `${name}-${at}.jpg`));
    else if (again || !existsSync(join(OUT, `${name}.jpg`))) await renderFilm(page, name, length);
  }
});
const sizes = globSync('*', { cwd: OUT }).map((name) => statSync(join(OUT, name)).size);
const bytes = sizes.reduce((sum, size) => sum + size, 0);
process.stdout.write(`${sizes.length} files, ${bytes} bytes in ${OUT}\n`);
if (bytes > MOST_BYTES_IN_ALL) throw new Error(`${MOST_BYTES_IN_ALL} bytes are allowed`);

async function withPage(work: (page: Page) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const script = scriptAt(request.url ?? '');
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ?? IMPORTS);
  }).listen(0, '127.0.0.1');
  const executablePath = await chromium.executablePath();
  const browser = await playwright.launch({ executablePath, args: chromium.args, headless: true });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => process.stdout.write(`${message.text()}\n`));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await work(page);
  } finally {
    await browser.close();
    server.close();
  }
}

/** Libraries, and the drawing without its types. */
function scriptAt(url: string): string | undefined {
  const [, name] = /^\/(demo_[a-z_]+\.ts)$/.exec(url) ?? [];
  if (name) return stripTypeScriptTypes(readFileSync(join(import.meta.dirname, name), 'utf8'));
  const library = SCRIPTS[url];
  return library && readFileSync(join(ROOT, 'node_modules', library), 'utf8');
}

/** Runs in the page. */
async function listFilms(): Promise<{ name: string; length: number }[]> {
  const load = (path: string) => import(path);
  const { FILMS } = (await load('/demo_video_films.ts')) as typeof import('./demo_video_films.ts');
  return Object.entries(FILMS).map(([name, { length }]) => ({ name, length }));
}

/** The cover comes last: with it a film is whole. */
async function renderFilm(page: Page, name: string, length: number): Promise<void> {
  const began = performance.now();
  const content = Buffer.from(await page.evaluate(encode, { ...OPTIONS, name, length }), 'base64');
  if (content.length > MOST_BYTES) throw new Error(`${name} takes ${content.length} bytes, ${MOST_BYTES} are allowed`);
  writeFileSync(join(OUT, `${name}.mp4`), content);
  await drawStill(page, name, length * 0.7, join(OUT, `${name}.jpg`));
  const took = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(`${name}: ${content.length} bytes in ${took} s\n`);
}

/** Runs in the page. */
async function encode({
  name,
  length,
  ...options
}: typeof OPTIONS & { name: string; length: number }): Promise<string> {
  const load = (path: string) => import(path);
  const bunny = (await load('/mediabunny.js')) as typeof import('mediabunny');
  const aac = (await load('/aac.js')) as typeof import('@mediabunny/aac-encoder');
  const films = (await load('/demo_video_films.ts')) as typeof import('./demo_video_films.ts');
  aac.registerAacEncoder();
  const canvas = new OffscreenCanvas(720, 1_280);
  const pen = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  const target = new bunny.BufferTarget();
  const output = new bunny.Output({ format: new bunny.Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const video = new bunny.CanvasSource(canvas, {
    codec: 'avc',
    quality: new bunny.Quality({ bitrate: options.PICTURE_BITS }),
    keyFrameInterval: 3,
    latencyMode: 'quality',
  });
  const audio = new bunny.AudioBufferSource({
    codec: 'aac',
    quality: new bunny.Quality({ bitrate: options.SOUND_BITS }),
  });
  output.addVideoTrack(video, { frameRate: options.FRAME_RATE });
  output.addAudioTrack(audio);
  await output.start();
  const sound = audio.add(await films.playFilm(name)).then(() => audio.close());
  for (let i = 0; i < length * options.FRAME_RATE; i += 1) {
    films.drawFilm(pen, name, i / options.FRAME_RATE);
    await video.add(i / options.FRAME_RATE, 1 / options.FRAME_RATE);
  }
  video.close();
  await sound;
  await output.finalize();
  return (new Uint8Array(target.buffer as ArrayBuffer) as unknown as { toBase64(): string }).toBase64();
}

async function drawStill(page: Page, name: string, second: number, path: string): Promise<void> {
  const draw = async ({ film, t }: { film: string; t: number }) => {
    const load = (from: string) => import(from);
    const films = (await load('/demo_video_films.ts')) as typeof import('./demo_video_films.ts');
    const canvas = new OffscreenCanvas(720, 1_280);
    films.drawFilm(canvas.getContext('2d') as OffscreenCanvasRenderingContext2D, film, t);
    const jpeg = await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer();
    return (new Uint8Array(jpeg) as unknown as { toBase64(): string }).toBase64();
  };
  writeFileSync(path, Buffer.from(await page.evaluate(draw, { film: name, t: second }), 'base64'));
}
