import type { AudioCodec, EncodedPacket, Output, VideoSample, VideoTransformOptions } from 'mediabunny';
import { type Codecs, HEIGHT, LOW_HEIGHT, LOW_WIDTH, WIDTH } from './codecs.ts';
import { halve, halves } from './halve.ts';
import { LIVE_SOUND_BITRATE, LOW_BITRATE, type Step } from './ladder.ts';
import { createStill } from './still.ts';

/** One piece of a run: the picture with its sound, and, where two are sent, the smaller picture of the same second. */
export interface Piece {
  main: ArrayBuffer;
  low: ArrayBuffer | null;
}

export interface EncoderOptions {
  picture: MediaStreamVideoTrack;
  /** Null: the run has no sound. */
  sound: MediaStreamAudioTrack | null;
  codecs: Codecs;
  step: Step;
  onInit(piece: Piece): void;
  onSegment(piece: Piece): void;
  /** An encoder or a device gave up. */
  onFault(track: 'picture' | 'low' | 'sound', error: unknown): void;
}

export interface Encoder {
  /** What went in and what encoders made of it: tells what is missing when no segment comes. */
  readonly count: { frames: number; pictures: number; lows: number; sound_s: number; sounds: number };
  /** `performance.now()` of media time zero of this run; null before the first frame. */
  readonly zero_at: number | null;
  /** Writes out what is under way; gives up on an encoder that hangs. */
  stop(): Promise<void>;
  /** Throws away what is under way, and encodes nothing more. */
  cancel(): void;
}

type Bunny = typeof import('mediabunny');

const SEGMENT_S = 1;
const STOP_MS = 2_000;
/** Frames that may wait for the smaller picture's encoder: beyond, it goes without some. */
const LOW_QUEUE = 6;

/** Encodes and cuts one run: an init segment, then a segment a second with picture and sound together. */
export async function startEncoder(options: EncoderOptions): Promise<Encoder> {
  const bunny = await import('mediabunny');
  const { codecs, step } = options;
  const count = { frames: 0, pictures: 0, lows: 0, sound_s: 0, sounds: 0 };
  let zero_at: number | null = null;
  let first_s: number | null = null;
  const output = new bunny.Output({ format: formatOf(bunny), target: targetOf(bunny, options) });
  const low = step.low ? createLow(bunny, options, count) : null;
  const transform = transformOf(options);
  const video = new bunny.MediaStreamVideoTrackSource(
    options.picture,
    {
      codec: codecs.video,
      quality: new bunny.Quality({ bitrate: step.bits_per_s }),
      keyFrameInterval: SEGMENT_S,
      latencyMode: 'realtime',
      // A camera turned or a window resized must not end the live.
      sizeChangeBehavior: 'passThrough',
      ...(transform && { transform }),
      onEncodedSample: (sample) => {
        count.frames += 1;
        // A frame can only come late, the first one above all: the least late one tells when time began.
        // The server counts from the first picture; sound may have begun before it.
        first_s ??= sample.timestamp;
        const began_at = performance.now() - (sample.timestamp - first_s) * 1_000;
        zero_at = Math.min(zero_at ?? Number.POSITIVE_INFINITY, began_at);
        low?.addFrame(sample);
      },
      onEncodedPacket: () => {
        count.pictures += 1;
      },
    },
    step.frame_rate < 30 ? { frameRate: step.frame_rate } : {},
  );
  video.errorPromise.catch((error) => options.onFault('picture', error));
  const group = new bunny.OutputTrackGroup();
  output.addVideoTrack(video, { frameRate: step.frame_rate, group });
  if (options.sound && codecs.audio) {
    const audio = new bunny.MediaStreamAudioTrackSource(options.sound, {
      codec: codecs.audio,
      quality: new bunny.Quality({ bitrate: LIVE_SOUND_BITRATE }),
      onEncodedSample: ({ duration }) => {
        count.sound_s += duration;
      },
      onEncodedPacket: (packet, meta) => {
        count.sounds += 1;
        void low?.addSound(packet, meta);
      },
    });
    audio.errorPromise.catch((error) => options.onFault('sound', error));
    output.addAudioTrack(audio, { group });
  }
  low?.join(output, options.sound ? codecs.audio : null);
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

const formatOf = (bunny: Bunny) =>
  new bunny.HlsOutputFormat({
    segmentFormat: new bunny.CmafOutputFormat(),
    live: true,
    targetDuration: SEGMENT_S,
    // The server writes the playlists; these are thrown away.
    maxLiveSegmentCount: 1,
    getInitPath: ({ n }) => `init/${n}/0`,
    getSegmentPath: ({ n, playlist }) => `segment/${playlist.n}/${n}`,
  });

/** Hands pieces on in their order, each once both of its pictures are there. */
function targetOf(bunny: Bunny, { step, onInit, onSegment }: EncoderOptions) {
  const halves = new Map<string, Partial<Record<'main' | 'low', ArrayBuffer>>>();
  const take = (path: string, bytes: ArrayBuffer) => {
    const [kind, playlist, n] = path.split('/');
    if (kind !== 'init' && kind !== 'segment') return;
    const name = `${kind}/${n}`;
    const piece = { ...halves.get(name), [playlist === '1' ? 'main' : 'low']: bytes };
    halves.set(name, piece);
    if (!piece.main || (step.low && !piece.low)) return;
    halves.delete(name);
    (kind === 'init' ? onInit : onSegment)({ main: piece.main, low: piece.low ?? null });
  };
  return new bunny.PathedTarget(
    'list',
    ({ path }) => new bunny.BufferTarget({ onFinalize: (bytes) => take(path, bytes) }),
  );
}

/** The smaller picture: the very frames of the large one, so that both are cut at the same moments, and its sound. */
function createLow(bunny: Bunny, { codecs, onFault }: EncoderOptions, count: Encoder['count']) {
  const video = new bunny.VideoSampleSource({
    codec: codecs.video,
    quality: new bunny.Quality({ bitrate: LOW_BITRATE }),
    keyFrameInterval: SEGMENT_S,
    latencyMode: 'realtime',
    sizeChangeBehavior: 'passThrough',
    onEncodedPacket: () => {
      count.lows += 1;
    },
  });
  let audio: InstanceType<Bunny['EncodedAudioPacketSource']> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let second = -1;
  const fail = (error: unknown) => onFault('low', error);
  const encode = async (frame: VideoSample) => {
    const small = await shrink(bunny, frame).finally(() => frame.close());
    await video.add(small).finally(() => small.close());
  };
  return {
    join(output: Output, codec: AudioCodec | null) {
      const group = new bunny.OutputTrackGroup();
      output.addVideoTrack(video, { group });
      if (!codec) return;
      audio = new bunny.EncodedAudioPacketSource(codec);
      output.addAudioTrack(audio, { group });
    },
    addFrame(sample: VideoSample) {
      // A second begins with its first frame, in both pictures.
      const begins = Math.floor(sample.timestamp / SEGMENT_S) > second;
      if (waiting >= LOW_QUEUE && !begins) return;
      second = Math.floor(sample.timestamp / SEGMENT_S);
      const frame = sample.clone();
      waiting += 1;
      last = last
        .then(() => encode(frame))
        .catch(fail)
        .finally(() => {
          waiting -= 1;
        });
    },
    async addSound(packet: EncodedPacket, meta: EncodedAudioChunkMetadata | undefined) {
      try {
        await audio?.add(packet, meta);
      } catch (error) {
        fail(error);
      }
    },
  };
}

async function shrink({ VideoSample }: Bunny, frame: VideoSample): Promise<VideoSample> {
  const { format, codedWidth, codedHeight, timestamp, duration, colorSpace } = frame;
  if (!halves(format) || codedWidth !== 2 * LOW_WIDTH || codedHeight !== 2 * LOW_HEIGHT) {
    return frame.transform({ width: LOW_WIDTH, height: LOW_HEIGHT, fit: 'cover' });
  }
  const pixels = new Uint8Array(frame.allocationSize());
  await frame.copyTo(pixels);
  const size = { codedWidth: LOW_WIDTH, codedHeight: LOW_HEIGHT };
  const data = halve(pixels, format, codedWidth, codedHeight);
  return new VideoSample(data, { ...size, format, timestamp, duration, colorSpace: colorSpace.toJSON() });
}

/** A screen is shown whole; a camera fills the picture. */
function transformOf({ picture, step }: EncoderOptions): VideoTransformOptions | null {
  if (!step.still && fits(picture)) return null;
  const fit = 'displaySurface' in picture.getSettings() ? 'contain' : 'cover';
  return { width: WIDTH, height: HEIGHT, fit, ...(step.still && { process: createStill() }) };
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
