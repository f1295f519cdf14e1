/** A camera whose every frame says when it was taken, in black and white squares that survive encoding. */
import type { BrowserContext, Page } from 'playwright-core';

/** `tone`: a microphone that hums. `dead`: one that is there and never says a word. */
export type Microphone = 'tone' | 'dead';

/** What the camera sees below the squares: luma and both chromas (BT.601). */
export const COLOURS = { grey: [128, 128, 128], red: [81, 90, 240], blue: [41, 240, 110] } as const;
export type Colour = keyof typeof COLOURS;

/** What the camera sees. */
export interface Scene {
  colour?: Colour | undefined;
  /** Below the squares: much to send. */
  grain?: boolean | undefined;
}

/** Gives all pages of a context the camera. Call before they load. */
export async function installCamera(
  context: BrowserContext,
  microphone: Microphone = 'tone',
  { colour = 'grey', grain = false }: Scene = {},
): Promise<void> {
  await context.addInitScript(fakeDevices, { microphone, colour: COLOURS[colour], grain });
}

/**
 * Runs in the page. 40 squares of 90 pixels hold the milliseconds of the clock; a 41st their parity. The frames are
 * made as a camera makes them (I420, in memory): those of a canvas would come late by its reading back.
 */
function fakeDevices({
  microphone,
  colour,
  grain,
}: {
  microphone: Microphone;
  colour: readonly [number, number, number];
  grain: boolean;
}): void {
  type Track = MediaStreamTrack & { writable: WritableStream<VideoFrame> };
  const Generator = (globalThis as never as Record<string, new (of: { kind: string }) => Track>)
    .MediaStreamTrackGenerator as new (of: {
    kind: string;
  }) => Track;
  const [WIDTH, HEIGHT, SIDE] = [720, 1280, 90];
  const BELOW = 6 * SIDE * WIDTH;
  const GRAIN = 48;
  // Coarse grain, made once: each frame shows another place of it.
  const sand = new Uint8Array(grain ? WIDTH * HEIGHT : 0);
  for (let at = 0; at < sand.length; at += GRAIN) sand.fill(112 + Math.random() * 32, at, at + GRAIN);
  const take = (): VideoFrame => {
    const bits = (Date.now() % 2 ** 40).toString(2).padStart(40, '0');
    const parity = [...bits].filter((bit) => bit === '1').length % 2;
    const size = WIDTH * HEIGHT;
    const pixels = new Uint8Array(size * 1.5);
    for (const [plane, value] of colour.entries()) {
      pixels.fill(value, plane && size + (size / 4) * (plane - 1), size + (size / 4) * plane);
    }
    for (const [i, bit] of [...bits, String(parity)].entries()) {
      const from = Math.floor(i / 8) * SIDE * WIDTH + (i % 8) * SIDE;
      for (let row = 0; row < SIDE; row += 1) {
        pixels.fill(bit === '1' ? 235 : 16, from + row * WIDTH, from + row * WIDTH + SIDE);
      }
    }
    if (grain) {
      const end = WIDTH * HEIGHT;
      const from = Math.floor(Math.random() * BELOW);
      pixels.set(sand.subarray(from, from + end - BELOW), BELOW);
    }
    const layout = { format: 'I420', codedWidth: WIDTH, codedHeight: HEIGHT } as const;
    return new VideoFrame(pixels, { ...layout, timestamp: Math.round(performance.now() * 1_000) });
  };
  const look = (): MediaStreamTrack => {
    const track = new Generator({ kind: 'video' });
    track.getSettings = () => ({ width: WIDTH, height: HEIGHT, frameRate: 25 });
    const writer = track.writable.getWriter();
    const timer = setInterval(() => {
      if (track.readyState === 'ended') return clearInterval(timer);
      // A frame that nobody has taken yet is not followed by another, as with a camera.
      if ((writer.desiredSize ?? 0) > 0) void writer.write(take()).catch(() => clearInterval(timer));
    }, 40);
    return track;
  };
  const listen = (): MediaStreamTrack => {
    if (microphone === 'dead') return new Generator({ kind: 'audio' });
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency: 220 });
    tone.connect(new GainNode(context, { gain: 0.2 })).connect(out);
    tone.start();
    return out.stream.getAudioTracks()[0] as MediaStreamTrack;
  };
  navigator.mediaDevices.getUserMedia = async (wanted) =>
    new MediaStream([look(), ...(wanted?.audio ? [listen()] : [])]);
}

export interface Stamp {
  /** When the frame on the screen was taken, and when it was read, in milliseconds. */
  taken_at: number;
  read_at: number;
}

/** Reads the stamps of the page's first video for `ms`: each new one once. */
export function readStamps(page: Page, ms: number): Promise<Stamp[]> {
  return page.evaluate(watchVideo, { ms, enough: Number.POSITIVE_INFINITY, until: null });
}

/** Waits until the picture has moved: two different stamps. @returns how long that took, or null after `ms` */
export async function untilMoving(page: Page, ms: number): Promise<number | null> {
  const began = Date.now();
  const stamps = await page.evaluate(watchVideo, { ms, enough: 2, until: null });
  return stamps.length >= 2 ? Date.now() - began : null;
}

/** Waits until a button says `text`. @returns the stamp of the picture that was on the screen then; null after `ms` */
export async function stampWhen(page: Page, text: string, ms: number): Promise<Stamp | null> {
  const stamps = await page.evaluate(watchVideo, { ms, enough: Number.POSITIVE_INFINITY, until: text });
  return stamps.at(-1) ?? null;
}

/** Runs in the page. */
async function watchVideo({
  ms,
  enough,
  until,
}: {
  ms: number;
  enough: number;
  until: string | null;
}): Promise<Stamp[]> {
  const canvas = document.createElement('canvas');
  // Ten pixels a square: one drawing of the picture's upper part a look, because each costs as much as the frame.
  [canvas.width, canvas.height] = [80, 60];
  const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const read = (): number | null => {
    const video = document.querySelector('video');
    if (!video || video.readyState < 2 || video.videoWidth === 0) return null;
    pen.drawImage(video, 0, 0, video.videoWidth, (video.videoHeight * 540) / 1280, 0, 0, 80, 60);
    const { data } = pen.getImageData(0, 0, 80, 60);
    // The middle of each square: its edges are what encoding spoils.
    const lit = (i: number) => (data[((Math.floor(i / 8) * 10 + 5) * 80 + (i % 8) * 10 + 5) * 4] ?? 0) > 127;
    const bits = Array.from({ length: 40 }, (_, i) => (lit(i) ? 1 : 0));
    if (bits.reduce<number>((sum, bit) => sum + bit, 0) % 2 !== (lit(40) ? 1 : 0)) return null;
    const low = Number.parseInt(bits.join(''), 2);
    const high = Math.floor(Date.now() / 2 ** 40) * 2 ** 40;
    return high + low;
  };
  const seen = (text: string) =>
    [...document.querySelectorAll('button')].some((one) => one.textContent?.includes(text));
  const stamps: Stamp[] = [];
  const end = performance.now() + ms;
  const ANCIENT_MS = 3_600_000;
  while (performance.now() < end && stamps.length < enough) {
    const there = until !== null && seen(until);
    const taken_at = read();
    const read_at = Date.now();
    if (taken_at !== null && Math.abs(read_at - taken_at) < ANCIENT_MS) {
      if (there) return [{ taken_at, read_at }];
      if (taken_at !== stamps.at(-1)?.taken_at) stamps.push({ taken_at, read_at });
    }
    await new Promise((resume) => setTimeout(resume, 50));
  }
  return until === null ? stamps : [];
}
