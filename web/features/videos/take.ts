/** Films one take: the camera through a canvas into an encoder, the microphone beside it, both on one clock. */
import { type Codecs, HEIGHT, WIDTH } from '../media/codecs.ts';
import { type CameraFrame, coverOf } from './camera_frames.ts';

export type Speed = 0.5 | 1 | 2;

export interface Take {
  picture: Blob;
  /** WAV; null: without a microphone. */
  voice: Blob | null;
  /** Seconds by which the voice begins before (negative) or after the picture. */
  voice_at_s: number;
  /** How much faster than life it plays. */
  speed: Speed;
  /** Seconds of the film, after the speed. */
  length_s: number;
}

export interface TakeWish {
  codecs: Codecs;
  microphone: MediaStreamAudioTrack | null;
  speed: Speed;
}

export interface Filming {
  /** @param zero_at the moment of `performance.now()` that is second zero of the take; may lie ahead */
  begin(zero_at: number): void;
  add(frame: CameraFrame): void;
  /** Seconds of the film so far. */
  length_s(): number;
  stop(): Promise<Take | null>;
}

const BITS_PER_S = 4_500_000;
/** Frames on their way into the encoder; a machine that falls behind loses some instead of all its memory. */
const MOST_WAITING = 4;
const FRAME_S = 1 / 30;

/** Readies a take; frames that were taken before its zero only wait on the canvas. */
export async function readyTake({ codecs, microphone, speed }: TakeWish): Promise<Filming> {
  const bunny = await import('mediabunny');
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  const target = new bunny.BufferTarget();
  const output = new bunny.Output({ format: new bunny.Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const source = new bunny.VideoSampleSource({
    codec: codecs.video,
    quality: new bunny.Quality({ bitrate: BITS_PER_S }),
    keyFrameInterval: 2,
    latencyMode: 'realtime',
  });
  output.addVideoTrack(source);
  await output.start();
  const voice = microphone && (await startVoice(microphone));
  let zero_at = Number.POSITIVE_INFINITY;
  let last_s = -1;
  let waiting = 0;
  let pending = Promise.resolve();
  let has_drawn = false;
  let stopped = false;

  const encode = (at_s: number) => {
    const sample = new bunny.VideoSample(canvas, { timestamp: at_s, duration: FRAME_S });
    waiting += 1;
    last_s = at_s;
    // One after the other: what is added closes itself, and the order is the order of time.
    pending = pending
      .then(() => source.add(sample))
      .catch(() => undefined)
      .finally(() => {
        sample.close();
        waiting -= 1;
      });
  };
  return {
    begin(at) {
      zero_at = at;
    },
    add({ image, width, height, taken_at }) {
      const at_s = (taken_at - zero_at) / 1_000;
      if (stopped || (at_s >= 0 && (at_s <= last_s || waiting >= MOST_WAITING))) return;
      // The take begins with the frame that stood when its first second began.
      if (last_s < 0 && at_s > 0 && has_drawn) encode(0);
      const cut = coverOf({ width, height }, { width: WIDTH, height: HEIGHT });
      pen.drawImage(image, cut.x, cut.y, cut.width, cut.height, 0, 0, WIDTH, HEIGHT);
      has_drawn = true;
      if (at_s >= 0) encode(last_s < 0 ? 0 : at_s);
    },
    length_s: () => Math.max(0, (performance.now() - zero_at) / 1_000) / speed,
    async stop() {
      stopped = true;
      const real_s = Math.max(last_s + FRAME_S, 0);
      await pending;
      const sound = await voice?.stop();
      if (last_s < 0) {
        await output.cancel();
        return null;
      }
      await output.finalize();
      return {
        picture: new Blob([target.buffer as ArrayBuffer], { type: 'video/mp4' }),
        voice: sound?.wav ?? null,
        voice_at_s: sound ? (sound.began_at - zero_at) / 1_000 : 0,
        speed,
        length_s: real_s / speed,
      };
    },
  };
}

/** Keeps the microphone as it is: it is encoded once, when the film is whole. */
async function startVoice(track: MediaStreamAudioTrack) {
  const bunny = await import('mediabunny');
  const target = new bunny.BufferTarget();
  const output = new bunny.Output({ format: new bunny.WavOutputFormat(), target });
  let began_at = Number.POSITIVE_INFINITY;
  let heard_s = 0;
  const source = new bunny.MediaStreamAudioTrackSource(
    track,
    {
      codec: 'pcm-s16',
      onEncodedSample({ duration }) {
        heard_s += duration;
        // A piece comes after its last sound at the earliest: the least late one tells when the first began.
        began_at = Math.min(began_at, performance.now() - heard_s * 1_000);
      },
    },
    { timestampBase: 'zero' },
  );
  source.errorPromise.catch(() => undefined);
  output.addAudioTrack(source);
  await output.start();
  return {
    async stop(): Promise<{ wav: Blob; began_at: number } | null> {
      if (heard_s === 0) {
        await output.cancel();
        return null;
      }
      await output.finalize();
      return { wav: new Blob([target.buffer as ArrayBuffer], { type: 'audio/wav' }), began_at };
    },
  };
}
