/**
 * Pictures from outside: decoded and drawn anew in a process of their own, so that a decoder that is attacked or
 * runs wild takes nothing with it (FAULTS E3, E4). JPEG, PNG, WebP and AVIF, at most 40 Mpx and 5 s; the result is
 * WebP without metadata (no place where a photo was taken).
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { App } from './http.ts';
import { defineRefusals, Refusal } from './refusal.ts';

export const imageRefusals = defineRefusals({
  image_refused: [400, 'This file is not a picture that can be used'],
  image_too_slow: [400, 'This picture takes too long to read'],
});

/** What a picture is drawn anew as. `cover` fills the frame and cuts what is over, `inside` keeps the whole picture. */
export interface Frame {
  width: number;
  height: number;
  fit: 'cover' | 'inside';
}

export interface Picture {
  /** WebP */
  data: Buffer;
  width: number;
  height: number;
}

export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
/** Bytes of an upload. */
export const IMAGE_MAX_BYTES = 15_000_000;
const TIMEOUT_MS = 5_000;
const AT_ONCE = 2;
const WAITING = 32;

const CHILD = fileURLToPath(new URL('./image_child.ts', import.meta.url));

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Draws a picture anew, once for each frame.
 * Refuses `image_refused` for what is no picture or too large, `image_too_slow`, `overloaded` when too many wait.
 */
export async function redraw(input: Buffer, frames: Frame[]): Promise<Picture[]> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) throw new Refusal('overloaded', { retry_after_s: 2 });
    await new Promise<void>((resume) => waiting.push(resume));
  } else running += 1;
  try {
    return await inChild(input, frames);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function inChild(input: Buffer, frames: Frame[]): Promise<Picture[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Picture[]>();
  const child = fork(CHILD, [], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=128'],
    env: {}, // knows no secret
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const timer = setTimeout(() => {
    reject(new Refusal('image_too_slow'));
    child.kill('SIGKILL');
  }, TIMEOUT_MS);
  child.once('message', (pictures: Picture[] | null) => {
    if (pictures === null) reject(new Refusal('image_refused'));
    else resolve(pictures.map((picture) => ({ ...picture, data: Buffer.from(picture.data) })));
    child.kill('SIGKILL');
  });
  child.once('error', () => reject(new Refusal('image_refused')));
  child.once('exit', () => {
    clearTimeout(timer);
    reject(new Refusal('image_refused'));
  });
  child.send({ input, frames }, (error) => error && reject(new Refusal('image_refused')));
  return promise;
}

/** Lets routes take a picture as their body: `PUT` with its media type, the handler gets a Buffer. Once per app. */
export function acceptImages(app: App): void {
  for (const type of IMAGE_TYPES) {
    if (app.hasContentTypeParser(type)) continue;
    app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: IMAGE_MAX_BYTES }, (_request, body, done) =>
      done(null, body),
    );
  }
}
