/** Takes become one film: pictures one after the other without being made anew, one sound below them. */
import type { EncodedPacket, Output } from 'mediabunny';
import { type Codecs, HEIGHT, SOUND_BITRATE, WIDTH } from '../media/codecs.ts';
import { coverOf } from './camera_frames.ts';
import { openFile } from './examine.ts';
import type { Guide } from './guide.ts';
import type { Take } from './take.ts';

export interface JoinWish {
  takes: readonly Take[];
  codecs: Codecs;
  guide: Guide | null;
  /** Whether the microphone is heard beside the guide; without a guide it always is. */
  with_voice: boolean;
  /** The guide's picture stands beside the takes. */
  duet: boolean;
}

const RATE = 48_000;
const BITS_PER_S = 4_500_000;
/** What one films over is not shouted down. */
const GUIDE_BESIDE_VOICE = 0.7;

/** PURE: where each take begins in the film, and how long the film is, in seconds. */
export function placesOf(takes: readonly Pick<Take, 'length_s'>[]): { starts: number[]; length_s: number } {
  const starts: number[] = [];
  let length_s = 0;
  for (const take of takes) {
    starts.push(length_s);
    length_s += take.length_s;
  }
  return { starts, length_s };
}

/** @param onProgress share that is done, 0 to 1 */
export async function joinTakes(wish: JoinWish, onProgress: (share: number) => void): Promise<Blob> {
  const bunny = await import('mediabunny');
  const target = new bunny.BufferTarget();
  const output = new bunny.Output({ format: new bunny.Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const sound = await mixSound(wish);
  const write = wish.duet || !(await areAlike(wish.takes)) ? await redraw(output, wish) : await copy(output, wish);
  const audio =
    sound && wish.codecs.audio
      ? new bunny.AudioBufferSource({
          codec: wish.codecs.audio,
          quality: new bunny.Quality({ bitrate: SOUND_BITRATE * sound.numberOfChannels }),
        })
      : null;
  if (audio) output.addAudioTrack(audio);
  await output.start();
  const speak = async () => {
    for (const piece of sound && audio ? piecesOf(sound) : []) await audio?.add(piece);
    audio?.close();
  };
  await Promise.all([write(onProgress), speak()]);
  await output.finalize();
  return new Blob([target.buffer as ArrayBuffer], { type: 'video/mp4' });
}

type Write = (onProgress: (share: number) => void) => Promise<void>;

/** Encoders that were set up alike say the same of themselves; then their pictures may follow each other. */
async function areAlike(takes: readonly Take[]): Promise<boolean> {
  const heads = await Promise.all(takes.map(headOf));
  return heads.every((head) => head === heads[0]);
}

async function headOf({ picture }: Take): Promise<string> {
  const input = await openFile(picture);
  const config = await (await input.getPrimaryVideoTrack())?.getDecoderConfig();
  input.dispose();
  const { codec, codedWidth, codedHeight, description } = config ?? {};
  const bytes = description ? new Uint8Array(description as ArrayBuffer) : [];
  return [codec, codedWidth, codedHeight, ...bytes].join();
}

/** Only their times change: what is slow or fast was encoded in the time of life. */
async function copy(output: Output, { takes, codecs }: JoinWish): Promise<Write> {
  const bunny = await import('mediabunny');
  const source = new bunny.EncodedVideoPacketSource(codecs.video);
  output.addVideoTrack(source);
  const { starts } = placesOf(takes);
  return async (onProgress) => {
    for (const [i, { picture, speed }] of takes.entries()) {
      const input = await openFile(picture);
      const track = await input.getPrimaryVideoTrack();
      const decoderConfig = await track?.getDecoderConfig();
      if (!track || !decoderConfig) throw new Error('a take without a picture');
      for await (const packet of new bunny.EncodedPacketSink(track).packets()) {
        await source.add(moved(packet, starts[i] ?? 0, speed), { decoderConfig });
      }
      input.dispose();
      onProgress((i + 1) / takes.length);
    }
    source.close();
  };
}

const moved = (packet: EncodedPacket, start_s: number, speed: number): EncodedPacket =>
  packet.clone({ timestamp: start_s + packet.timestamp / speed, duration: packet.duration / speed });

const HALF = { width: WIDTH / 2, height: Math.round((WIDTH / 2) * (HEIGHT / WIDTH)) };
const TOP = (HEIGHT - HALF.height) / 2;

/** Frame by frame: for a duet, each take's frame stands left of the original's frame of the same moment. */
async function redraw(output: Output, { takes, codecs, guide, duet }: JoinWish): Promise<Write> {
  const bunny = await import('mediabunny');
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  const source = new bunny.CanvasSource(canvas, {
    codec: codecs.video,
    quality: new bunny.Quality({ bitrate: BITS_PER_S }),
    keyFrameInterval: 2,
  });
  output.addVideoTrack(source);
  const original = duet && guide ? await openOriginal(guide.playlist_url) : null;
  const { starts, length_s } = placesOf(takes);
  return async (onProgress) => {
    for (const [i, { picture, speed }] of takes.entries()) {
      const input = await openFile(picture);
      const track = await input.getPrimaryVideoTrack();
      if (!track) throw new Error('a take without a picture');
      for await (const frame of new bunny.CanvasSink(track, { poolSize: 2 }).canvases()) {
        const at_s = (starts[i] ?? 0) + frame.timestamp / speed;
        if (duet) {
          drawHalf(pen, frame.canvas, 0);
          drawHalf(pen, (await original?.at(at_s)) ?? null, HALF.width);
        } else pen.drawImage(frame.canvas, 0, 0);
        await source.add(at_s, Math.max(frame.duration, 1 / 60) / speed);
        onProgress(at_s / length_s);
      }
      input.dispose();
    }
    original?.close();
    source.close();
  };
}

function drawHalf(
  pen: OffscreenCanvasRenderingContext2D,
  picture: OffscreenCanvas | HTMLCanvasElement | null,
  x: number,
) {
  pen.fillStyle = '#000';
  if (!picture) return pen.fillRect(x, TOP, HALF.width, HALF.height);
  const cut = coverOf(picture, HALF);
  pen.drawImage(picture, cut.x, cut.y, cut.width, cut.height, x, TOP, HALF.width, HALF.height);
}

async function openOriginal(playlist_url: string) {
  const bunny = await import('mediabunny');
  const source = new bunny.UrlSource(new URL(playlist_url, location.href).href);
  const input = new bunny.Input({ source, formats: bunny.HLS_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('an original without a picture');
  const frames = new bunny.CanvasSink(track, { poolSize: 3 }).canvases();
  let next = await frames.next();
  let shown: OffscreenCanvas | HTMLCanvasElement | null = null;
  return {
    /** The frame of a moment; moments only go forward. Its last one stays when it is over. */
    async at(at_s: number) {
      while (!next.done && next.value.timestamp <= at_s + 0.001) {
        shown = next.value.canvas;
        next = await frames.next();
      }
      return shown;
    },
    close: () => input.dispose(),
  };
}

/** The guide from its beginning, and the voices where their takes stand; null: silence. */
async function mixSound({ takes, guide, with_voice }: JoinWish): Promise<AudioBuffer | null> {
  const { starts, length_s } = placesOf(takes);
  const voices =
    guide && !with_voice ? [] : takes.flatMap((take, i) => (take.voice ? [{ take, at: starts[i] ?? 0 }] : []));
  if (!guide && voices.length === 0) return null;
  const channels = guide?.buffer.numberOfChannels ?? 1;
  const context = new OfflineAudioContext(channels, Math.ceil(length_s * RATE), RATE);
  if (guide) {
    const gain = new GainNode(context, { gain: voices.length > 0 ? GUIDE_BESIDE_VOICE : 1 });
    const node = new AudioBufferSourceNode(context, { buffer: guide.buffer });
    node.connect(gain).connect(context.destination);
    node.start(0);
  }
  for (const { take, at } of voices) {
    const buffer = await context.decodeAudioData((await take.voice?.arrayBuffer()) as ArrayBuffer);
    const node = new AudioBufferSourceNode(context, { buffer, playbackRate: take.speed });
    node.connect(context.destination);
    const late_s = Math.max(0, take.voice_at_s / take.speed);
    node.start(at + late_s, Math.max(0, -take.voice_at_s), take.length_s * take.speed);
  }
  return context.startRendering();
}

function* piecesOf(sound: AudioBuffer): Generator<AudioBuffer> {
  const { length, sampleRate, numberOfChannels } = sound;
  for (let from = 0; from < length; from += sampleRate) {
    const piece = new AudioBuffer({ length: Math.min(sampleRate, length - from), sampleRate, numberOfChannels });
    for (let channel = 0; channel < numberOfChannels; channel += 1) {
      piece.copyToChannel(sound.getChannelData(channel).subarray(from, from + piece.length), channel);
    }
    yield piece;
  }
}
