/**
 * Draws the demo's live loop in the bundled Chromium and writes it, cut and ready to be sent, to server/demo/loop/.
 *
 *     node scripts/render_demo_loop.ts [--still SECOND FILE.jpg]
 *
 * H.264 and AAC, because every phone plays them; AAC by @mediabunny/aac-encoder, as this Chromium has none.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Page, chromium as playwright } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '..');
const OUT = join(ROOT, 'server/demo/loop');
const MAX_BYTES = 2_000_000;
const SEGMENT_S = 2;
const FRAME_RATE = 24;
const PICTURE_BITS = 190_000;
const SOUND_BITS = 40_000;
/** The moment that stands on the room's card before its picture moves. */
const STILL_S = 24;

const SCRIPTS: Record<string, () => string> = {
  '/mediabunny.js': () => readFileSync(join(ROOT, 'node_modules/mediabunny/dist/bundles/mediabunny.mjs'), 'utf8'),
  '/aac.js': () =>
    readFileSync(join(ROOT, 'node_modules/@mediabunny/aac-encoder/dist/bundles/mediabunny-aac-encoder.mjs'), 'utf8'),
};
const IMPORTS = '<script type="importmap">{"imports":{"mediabunny":"/mediabunny.js"}}</script>';

const [flag, second, file] = process.argv.slice(2);
await withPage(async (page) => {
  if (flag === '--still') await drawStill(page, Number(second), file ?? 'still.jpg');
  else await renderLoop(page);
});

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
  const [, name] = /^\/(demo_loop_[a-z]+\.ts)$/.exec(url) ?? [];
  if (name) return stripTypeScriptTypes(readFileSync(join(import.meta.dirname, name), 'utf8'));
  return SCRIPTS[url]?.();
}

async function renderLoop(page: Page): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  let bytes = 0;
  await page.exposeFunction('write', (name: string, base64: string) => {
    const content = Buffer.from(base64, 'base64');
    bytes += content.length;
    writeFileSync(join(OUT, name), content);
  });
  await page.evaluate(encode, { SEGMENT_S, FRAME_RATE, PICTURE_BITS, SOUND_BITS });
  await drawStill(page, STILL_S, join(OUT, 'still.jpg'));
  process.stdout.write(`${bytes} bytes in ${OUT}\n`);
  if (bytes > MAX_BYTES) throw new Error(`the loop takes ${bytes} bytes, ${MAX_BYTES} are allowed`);
}

/** Runs in the page. */
async function encode(options: { SEGMENT_S: number; FRAME_RATE: number; PICTURE_BITS: number; SOUND_BITS: number }) {
  const load = (path: string) => import(path);
  const bunny = (await load('/mediabunny.js')) as typeof import('mediabunny');
  const aac = (await load('/aac.js')) as typeof import('@mediabunny/aac-encoder');
  const scene = (await load('/demo_loop_scene.ts')) as typeof import('./demo_loop_scene.ts');
  const write = (window as unknown as { write(name: string, base64: string): Promise<void> }).write;
  const base64 = (buffer: ArrayBuffer) => (new Uint8Array(buffer) as unknown as { toBase64(): string }).toBase64();
  aac.registerAacEncoder();
  const canvas = new OffscreenCanvas(scene.WIDTH, scene.HEIGHT);
  const pen = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  let cut = 0;
  const output = new bunny.Output({
    format: new bunny.HlsOutputFormat({
      segmentFormat: new bunny.CmafOutputFormat(),
      targetDuration: options.SEGMENT_S,
      getInitPath: () => 'init',
      getSegmentPath: () => 'segment',
    }),
    target: new bunny.PathedTarget('list', ({ path }) => {
      const onFinalize = (buffer: ArrayBuffer) => {
        if (path === 'init') return write('init.mp4', base64(buffer));
        // The last sounds outlast the last frame by some milliseconds: a segment without a picture.
        if (path !== 'segment' || cut >= scene.LOOP_S / options.SEGMENT_S) return;
        cut += 1;
        return write(`seg-${String(cut - 1).padStart(2, '0')}.m4s`, base64(buffer));
      };
      return new bunny.BufferTarget({ onFinalize });
    }),
  });
  const video = new bunny.CanvasSource(canvas, {
    codec: 'avc',
    quality: new bunny.Quality({ bitrate: options.PICTURE_BITS }),
    keyFrameInterval: options.SEGMENT_S,
    latencyMode: 'quality',
  });
  const audio = new bunny.AudioBufferSource({
    codec: 'aac',
    quality: new bunny.Quality({ bitrate: options.SOUND_BITS }),
  });
  output.addVideoTrack(video, { frameRate: options.FRAME_RATE });
  output.addAudioTrack(audio);
  await output.start();
  const sound = audio.add(await scene.renderMusic()).then(() => audio.close());
  const frames = scene.LOOP_S * options.FRAME_RATE;
  for (let i = 0; i < frames; i += 1) {
    scene.drawScene(pen, i / options.FRAME_RATE);
    await video.add(i / options.FRAME_RATE, 1 / options.FRAME_RATE);
    if (i % (options.FRAME_RATE * 10) === 0) console.log(`${i} of ${frames} frames`);
  }
  video.close();
  await sound;
  await output.finalize();
}

async function drawStill(page: Page, second: number, path: string): Promise<void> {
  const jpeg = await page.evaluate(async (t) => {
    const load = (from: string) => import(from);
    const scene = (await load('/demo_loop_scene.ts')) as typeof import('./demo_loop_scene.ts');
    const canvas = new OffscreenCanvas(scene.WIDTH, scene.HEIGHT);
    scene.drawScene(canvas.getContext('2d') as OffscreenCanvasRenderingContext2D, t);
    const bytes = new Uint8Array(
      await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer(),
    );
    return (bytes as unknown as { toBase64(): string }).toBase64();
  }, second);
  writeFileSync(path, Buffer.from(jpeg, 'base64'));
}
