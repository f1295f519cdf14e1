/** Makes another file of a file, in this browser: other codecs, smaller, shorter, with words on it. */
import type { ConversionVideoOptions } from 'mediabunny';
import { chooseCodecs } from '../media/codecs.ts';
import { type Facts, openFile, within } from './examine.ts';
import { drawWords, type Words } from './words.ts';

export interface Cut {
  /** Seconds of the file. */
  from_s: number;
  to_s: number;
}

export interface RenderWish {
  /** Longest and shortest side of the result at most. */
  long: number;
  short: number;
  bits_per_s: number;
  sound_bits_per_s: number;
  frame_rate?: number;
  cut?: Cut;
  words?: readonly Words[];
  /** Make every frame anew, even where the old ones would do. */
  anew?: boolean;
}

export interface Rendering {
  file: Promise<Blob>;
  cancel(): void;
}

/** This browser has no encoder for pictures, or the sound cannot be read. */
export class CannotRender extends Error {}

export const FULL: RenderWish = { long: 1_920, short: 1_080, bits_per_s: 4_500_000, sound_bits_per_s: 128_000 };
/** What a weak connection gets: the feed changes to it by itself. */
export const SMALL: RenderWish = {
  long: 640,
  short: 360,
  bits_per_s: 400_000,
  sound_bits_per_s: 64_000,
  frame_rate: 30,
  anew: true,
};

/** @param onProgress share that is done, 0 to 1 */
export function render(file: Blob, facts: Facts, wish: RenderWish, onProgress: (share: number) => void): Rendering {
  let cancel: (() => void) | null = null;
  let cancelled = false;
  const run = async (): Promise<Blob> => {
    const bunny = await import('mediabunny');
    const codecs = await chooseCodecs();
    if (!codecs) throw new CannotRender('no encoder');
    const input = await openFile(file);
    const target = new bunny.BufferTarget();
    const output = new bunny.Output({ format: new bunny.Mp4OutputFormat({ fastStart: 'in-memory' }), target });
    const { audio } = codecs;
    const conversion = await bunny.Conversion.init({
      input,
      output,
      tracks: 'primary',
      // What a phone writes beside the picture (place, device, date) stays on the phone.
      tags: {},
      video: pictureWish(facts, wish, codecs.video, new bunny.Quality({ bitrate: wish.bits_per_s })),
      audio: audio
        ? { codec: audio, quality: new bunny.Quality({ bitrate: wish.sound_bits_per_s }), sampleRate: 48_000 }
        : { discard: true },
      ...(wish.cut && { trim: { start: wish.cut.from_s, end: wish.cut.to_s } }),
      showWarnings: false,
    });
    if (!conversion.utilizedTracks.some((track) => track.isVideoTrack())) throw new CannotRender('no picture');
    if (audio && facts.has_sound && !conversion.utilizedTracks.some((track) => track.isAudioTrack())) {
      throw new CannotRender('no sound');
    }
    conversion.onProgress = onProgress;
    cancel = () => void conversion.cancel();
    if (cancelled) throw new bunny.ConversionCanceledError();
    try {
      await conversion.execute();
    } finally {
      input.dispose();
    }
    return new Blob([target.buffer as ArrayBuffer], { type: 'video/mp4' });
  };
  return {
    file: run(),
    cancel() {
      cancelled = true;
      cancel?.();
    },
  };
}

function pictureWish(
  facts: Facts,
  wish: RenderWish,
  codec: 'avc' | 'vp9' | string,
  quality: ConversionVideoOptions['quality'],
): ConversionVideoOptions {
  const size = within(facts, wish.long, wish.short);
  const same = size.width === facts.width && size.height === facts.height;
  const { words } = wish;
  if (!wish.anew && !words?.length && same && facts.video_codec === 'avc') return {};
  const pen = words?.length ? new OffscreenCanvas(size.width, size.height) : null;
  return {
    ...size,
    fit: 'contain',
    codec: codec as 'avc',
    ...(quality && { quality }),
    keyFrameInterval: 2,
    allowTransformationMetadata: false,
    forceTranscode: true,
    ...(wish.frame_rate && { frameRate: wish.frame_rate }),
    ...(pen && words && { process: (sample) => over(pen, words, (context) => sample.draw(context, 0, 0)) }),
  };
}

function over(
  canvas: OffscreenCanvas,
  words: readonly Words[],
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): OffscreenCanvas {
  const context = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  draw(context);
  drawWords(context, words, canvas.width, canvas.height);
  return canvas;
}
