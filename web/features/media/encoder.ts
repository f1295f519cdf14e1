import type { Output } from 'mediabunny';
import { type Codecs, FRAME_RATE, HEIGHT, SOUND_BITRATE, WIDTH } from './codecs.ts';

export interface EncoderOptions {
  picture: MediaStreamVideoTrack;
  /** Null: the run has no sound. */
  sound: MediaStreamAudioTrack | null;
  codecs: Codecs;
  bits_per_s: number;
  onInit(bytes: ArrayBuffer): void;
  onSegment(bytes: ArrayBuffer): void;
  /** An encoder or a device gave up. */
  onFault(track: 'picture' | 'sound', error: unknown): void;
}

export interface Encoder {
  /** What went in and what encoders made of it: tells what is missing when no segment comes. */
  readonly count: { frames: number; pictures: number; sound_s: number; sounds: number };
  /** `performance.now()` of media time zero of this run; null before the first frame. */
  readonly zero_at: number | null;
  /** Writes out what is under way; gives up on an encoder that hangs. */
  stop(): Promise<void>;
  /** Throws away what is under way, and encodes nothing more. */
  cancel(): void;
}

const SEGMENT_S = 1;
const STOP_MS = 2_000;

/** Encodes and cuts one run: an init segment, then a segment a second with picture and sound together. */
export async function startEncoder(options: EncoderOptions): Promise<Encoder> {
  const bunny = await import('mediabunny');
  const count = { frames: 0, pictures: 0, sound_s: 0, sounds: 0 };
  let zero_at: number | null = null;
  let first_s: number | null = null;
  const output = new bunny.Output({
    format: new bunny.HlsOutputFormat({
      segmentFormat: new bunny.CmafOutputFormat(),
      live: true,
      targetDuration: SEGMENT_S,
      // The server writes the playlists; this one is thrown away.
      maxLiveSegmentCount: 1,
      getInitPath: () => 'init',
      getSegmentPath: () => 'segment',
    }),
    target: new bunny.PathedTarget('list', ({ path }) => {
      const take = path === 'init' ? options.onInit : path === 'segment' ? options.onSegment : () => undefined;
      return new bunny.BufferTarget({ onFinalize: take });
    }),
  });
  const video = new bunny.MediaStreamVideoTrackSource(options.picture, {
    codec: options.codecs.video,
    quality: new bunny.Quality({ bitrate: options.bits_per_s }),
    keyFrameInterval: SEGMENT_S,
    latencyMode: 'realtime',
    // A camera turned or a window resized must not end the live.
    sizeChangeBehavior: 'passThrough',
    ...(!fits(options.picture) && { transform: { width: WIDTH, height: HEIGHT, fit: 'cover' } }),
    onEncodedSample: ({ timestamp }) => {
      count.frames += 1;
      // A frame can only come late, the first one above all: the least late one tells when time began.
      // The server counts from the first picture; sound may have begun before it.
      first_s ??= timestamp;
      zero_at = Math.min(zero_at ?? Number.POSITIVE_INFINITY, performance.now() - (timestamp - first_s) * 1_000);
    },
    onEncodedPacket: () => {
      count.pictures += 1;
    },
  });
  video.errorPromise.catch((error) => options.onFault('picture', error));
  output.addVideoTrack(video, { frameRate: FRAME_RATE });
  if (options.sound && options.codecs.audio) {
    const audio = new bunny.MediaStreamAudioTrackSource(options.sound, {
      codec: options.codecs.audio,
      quality: new bunny.Quality({ bitrate: SOUND_BITRATE }),
      onEncodedSample: ({ duration }) => {
        count.sound_s += duration;
      },
      onEncodedPacket: () => {
        count.sounds += 1;
      },
    });
    audio.errorPromise.catch((error) => options.onFault('sound', error));
    output.addAudioTrack(audio);
  }
  await output.start();
  return {
    count,
    get zero_at() {
      return zero_at;
    },
    stop: () => stop(output),
    cancel: () => void output.cancel().catch(() => undefined),
  };
}

/**
 * A camera that gives the wanted size costs no canvas a frame. One that is cropped and scaled only says so: its frames
 * reach an encoder cropped and as large as the camera makes them, those of a 4K camera larger than the house takes.
 */
export function fits(camera: Pick<MediaStreamVideoTrack, 'getSettings'>): boolean {
  const { width, height, resizeMode } = camera.getSettings() as MediaTrackSettings & { resizeMode?: string };
  return width === WIDTH && height === HEIGHT && resizeMode !== 'crop-and-scale';
}

/** A track that never spoke lets `finalize` wait for ever. */
async function stop(output: Output): Promise<void> {
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), STOP_MS));
  const done = output.finalize().catch(() => undefined);
  if ((await Promise.race([done, late])) === 'late') void output.cancel().catch(() => undefined);
}
