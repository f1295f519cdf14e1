/** A camera whose every frame says when it was taken, in black and white squares that survive encoding. */
import type { BrowserContext, Page } from 'playwright-core';

/** `tone`: a microphone that hums. `dead`: one that is there and never says a word. */
export type Microphone = 'tone' | 'dead';

/** Gives all pages of a context the camera. Call before they load. */
export async function installCamera(context: BrowserContext, microphone: Microphone = 'tone'): Promise<void> {
  await context.addInitScript(fakeDevices, microphone);
}

/** Runs in the page. 40 squares of 90 pixels hold the milliseconds of the clock; a 41st their parity. */
function fakeDevices(microphone: Microphone): void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [720, 1280];
  const pen = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const draw = () => {
    const bits = (Date.now() % 2 ** 40).toString(2).padStart(40, '0');
    const parity = [...bits].filter((bit) => bit === '1').length % 2;
    pen.fillStyle = '#777';
    pen.fillRect(0, 0, 720, 1280);
    for (const [i, bit] of [...bits, String(parity)].entries()) {
      pen.fillStyle = bit === '1' ? '#fff' : '#000';
      pen.fillRect((i % 8) * 90, Math.floor(i / 8) * 90, 90, 90);
    }
  };
  const listen = (): MediaStreamTrack => {
    if (microphone === 'dead') {
      const Generator = (globalThis as never as Record<string, new (of: { kind: string }) => MediaStreamTrack>)
        .MediaStreamTrackGenerator as new (of: {
        kind: string;
      }) => MediaStreamTrack;
      return new Generator({ kind: 'audio' });
    }
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency: 220 });
    tone.connect(new GainNode(context, { gain: 0.2 })).connect(out);
    tone.start();
    return out.stream.getAudioTracks()[0] as MediaStreamTrack;
  };
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    draw();
    setInterval(draw, 40);
    const camera = canvas.captureStream(25);
    if (wanted?.audio) camera.addTrack(listen());
    return camera;
  };
}

export interface Stamp {
  /** When the frame on the screen was taken, and when it was read, in milliseconds. */
  taken_at: number;
  read_at: number;
}

/** Reads the stamps of the page's first video for `ms`: each new one once. */
export function readStamps(page: Page, ms: number): Promise<Stamp[]> {
  return page.evaluate(watchVideo, { ms, enough: Number.POSITIVE_INFINITY });
}

/** Waits until the picture has moved: two different stamps. @returns how long that took, or null after `ms` */
export async function untilMoving(page: Page, ms: number): Promise<number | null> {
  const began = Date.now();
  const stamps = await page.evaluate(watchVideo, { ms, enough: 2 });
  return stamps.length >= 2 ? Date.now() - began : null;
}

/** Runs in the page. */
async function watchVideo({ ms, enough }: { ms: number; enough: number }): Promise<Stamp[]> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [8, 6];
  const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const read = (): number | null => {
    const video = document.querySelector('video');
    if (!video || video.readyState < 2 || video.videoWidth === 0) return null;
    const [sx, sy] = [video.videoWidth / 8, (video.videoHeight / 1280) * 90];
    const bits: number[] = [];
    // The middle of each square: its edges are what encoding spoils.
    for (let i = 0; i < 41; i += 1) {
      const [x, y] = [i % 8, Math.floor(i / 8)];
      pen.drawImage(video, (x + 0.3) * sx, (y + 0.3) * sy, sx * 0.4, sy * 0.4, x, y, 1, 1);
    }
    const { data } = pen.getImageData(0, 0, 8, 6);
    for (let i = 0; i < 41; i += 1) bits.push((data[i * 4] ?? 0) > 127 ? 1 : 0);
    const parity = bits.pop();
    if (bits.reduce((sum, bit) => sum + bit, 0) % 2 !== parity) return null;
    const low = Number.parseInt(bits.join(''), 2);
    const high = Math.floor(Date.now() / 2 ** 40) * 2 ** 40;
    return high + low;
  };
  const stamps: { taken_at: number; read_at: number }[] = [];
  const until = performance.now() + ms;
  while (performance.now() < until && stamps.length < enough) {
    const taken_at = read();
    const read_at = Date.now();
    const fresh = taken_at !== null && taken_at !== stamps.at(-1)?.taken_at;
    if (fresh && Math.abs(read_at - taken_at) < 120_000) stamps.push({ taken_at, read_at });
    await new Promise((resume) => setTimeout(resume, 100));
  }
  return stamps;
}
