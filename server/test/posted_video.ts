/** What a browser makes of a published video: its bytes through MediaSource, with nothing of ours between. */
import type { Page } from 'playwright-core';

export interface Posted {
  playlist_url: string;
  duration_ms: number;
  width: number;
  height: number;
  has_sound: boolean;
  cover_url: string | null;
  tags: string[];
  sound: { sound_id: string } | null;
  duet_of: { video_id: string } | null;
}

export interface Played {
  /** Media time of the frame that is shown, in seconds. */
  at_s: number;
  width: number;
  height: number;
  /** When the fake camera took it; null: it carries no stamp. */
  taken_at: number | null;
}

/** Loads a playlist's first rendition into the page, plays a little, and shows the frames of these moments. */
export function playAt(page: Page, url: string, moments_s: number[]): Promise<Played[]> {
  return page.evaluate(playInPage, { url, moments_s });
}

/** Runs in the page. */
async function playInPage({ url, moments_s }: { url: string; moments_s: number[] }): Promise<Played[]> {
  const lines = async (path: string) => (await (await fetch(path)).text()).trim().split('\n');
  const list = await lines(url);
  const at = list.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF'));
  const codecs = /CODECS="([^"]+)"/.exec(list[at] ?? '')?.[1] ?? '';
  const media = new URL(list[at + 1] ?? '', new URL(url, location.href)).href;
  const all = await lines(media);
  const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(all.join('\n'))?.[1] ?? '';
  const files = [init, ...all.filter((line) => line && !line.startsWith('#'))];
  const once = (target: EventTarget, event: string) =>
    new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));
  const source = new MediaSource();
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(source);
  video.style.cssText = 'position:fixed;inset:0;width:180px;height:320px;z-index:99';
  document.body.append(video);
  await once(source, 'sourceopen');
  const buffer = source.addSourceBuffer(`video/mp4; codecs="${codecs}"`);
  for (const file of files) {
    buffer.appendBuffer(await (await fetch(new URL(file, media))).arrayBuffer());
    await once(buffer, 'updateend');
  }
  source.endOfStream();
  await video.play();
  while (video.currentTime < 0.2) await new Promise((resume) => setTimeout(resume, 50));
  video.pause();

  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [80, 60];
  const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const stampOf = (): number | null => {
    pen.drawImage(video, 0, 0, video.videoWidth, (video.videoHeight * 540) / 1280, 0, 0, 80, 60);
    const { data } = pen.getImageData(0, 0, 80, 60);
    const lit = (i: number) => (data[((Math.floor(i / 8) * 10 + 5) * 80 + (i % 8) * 10 + 5) * 4] ?? 0) > 127;
    const bits = Array.from({ length: 40 }, (_, i) => (lit(i) ? 1 : 0));
    if (bits.reduce<number>((sum, bit) => sum + bit, 0) % 2 !== (lit(40) ? 1 : 0)) return null;
    return Math.floor(Date.now() / 2 ** 40) * 2 ** 40 + Number.parseInt(bits.join(''), 2);
  };
  const shown: Played[] = [];
  for (const moment of moments_s) {
    const frame = new Promise<number>((resolve) =>
      video.requestVideoFrameCallback((_now, { mediaTime }) => resolve(mediaTime)),
    );
    video.currentTime = moment;
    const at_s = await frame;
    shown.push({ at_s, width: video.videoWidth, height: video.videoHeight, taken_at: stampOf() });
  }
  video.remove();
  return shown;
}

/** Where a published video's sound sets in, in seconds: its first sample above a tenth of the loudest. */
export function soundSetsIn(page: Page, url: string): Promise<number> {
  return page.evaluate(async (playlist) => {
    const lines = async (path: string) => (await (await fetch(path)).text()).trim().split('\n');
    const list = await lines(playlist);
    const media = new URL(list.findLast((line) => !line.startsWith('#')) ?? '', new URL(playlist, location.href)).href;
    const all = await lines(media);
    const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(all.join('\n'))?.[1] ?? '';
    const files = [init, ...all.filter((line) => line && !line.startsWith('#'))];
    const parts = await Promise.all(files.map(async (file) => (await fetch(new URL(file, media))).arrayBuffer()));
    const bytes = await new Blob(parts).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
    const samples = sound.getChannelData(0);
    const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    return samples.findIndex((one) => Math.abs(one) > loudest / 10) / sound.sampleRate;
  }, url);
}

/** Puts a video into a file field as the browser's own MediaRecorder writes it: 432 × 768, silent at first, then a tone. */
export function giveFile(page: Page, field: string, name: string, ms: number): Promise<void> {
  return page.evaluate(recordInPage, { field, name, ms });
}

/** Runs in the page. */
async function recordInPage({ field, name, ms }: { field: string; name: string; ms: number }): Promise<void> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [432, 768];
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.imageSmoothingEnabled = false;
  // Noise: what costs bits on every machine, so that a smaller rendition is worth making.
  const noise = new ImageData(45, 80);
  const grain = new OffscreenCanvas(45, 80);
  const draw = setInterval(() => {
    for (let i = 0; i < noise.data.length; i += 1) noise.data[i] = i % 4 === 3 ? 255 : Math.random() * 255;
    grain.getContext('2d')?.putImageData(noise, 0, 0);
    pen.drawImage(grain, 0, 0, 432, 768);
  }, 80);
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 330 });
  const gate = new GainNode(context, { gain: 0 });
  const out = context.createMediaStreamDestination();
  tone.connect(gate).connect(out);
  tone.start();
  gate.gain.setValueAtTime(0.5, context.currentTime + 1);
  const stream = new MediaStream([...canvas.captureStream(12).getTracks(), ...out.stream.getTracks()]);
  const mimeType = 'video/webm;codecs=vp9,opus';
  const record = async (): Promise<Blob> => {
    const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 2_000_000 });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start(500);
    await new Promise((resume) => setTimeout(resume, ms));
    recorder.stop();
    await stopped;
    return new Blob(parts);
  };
  let file = await record();
  // A machine under load may have encoded a frame or two in all that time.
  for (let again = 0; again < 3 && file.size < 200_000; again += 1) file = await record();
  clearInterval(draw);
  await context.close();
  const given = new DataTransfer();
  given.items.add(new File([file], name, { type: 'video/webm' }));
  const input = document.querySelector<HTMLInputElement>(field) as HTMLInputElement;
  input.files = given.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
