/** Small real videos for tests, made of the demo's recording (H.264 and AAC, 720 × 1280, a key frame a second). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  type MetadataTags,
  MkvOutputFormat,
  MovOutputFormat,
  MP4,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  type Rotation,
} from 'mediabunny';

/** The folder of recordings of real cameras, where this machine has one. */
const real = join(process.env.SOUK_REAL_DATA ?? '', 'video');
export const REAL_VIDEOS = process.env.SOUK_REAL_DATA && existsSync(real) ? real : null;

const LOOP = join(import.meta.dirname, '../demo/loop');

export interface ClipWish {
  seconds?: number;
  /** So many times in a row. */
  repeat?: number;
  container?: 'mp4' | 'mov' | 'mkv';
  rotation?: Rotation;
  /** How many tracks of sound; the recording's own is the last. Those before it hold nothing. */
  sounds?: number;
  tags?: MetadataTags;
  /** Times every packet by it: frames at odd distances. */
  stretch?: number;
  /** Only the first key frame is one. */
  one_key?: boolean;
}

const FORMATS: Record<NonNullable<ClipWish['container']>, () => OutputFormat> = {
  mp4: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  mov: () => new MovOutputFormat({ fastStart: 'in-memory' }),
  mkv: () => new MkvOutputFormat(),
};

function recording(): Input {
  const names = readdirSync(LOOP).filter((name) => name.startsWith('seg-'));
  const files = ['init.mp4', ...names.sort()].map((name) => readFileSync(join(LOOP, name)));
  return new Input({ source: new BufferSource(Buffer.concat(files)), formats: [MP4] });
}

/** The bytes of a video file. */
export async function makeClip(wish: ClipWish = {}): Promise<Buffer> {
  const { seconds = 4, container = 'mp4', rotation = 0, sounds = 1, stretch = 1, one_key = false, repeat = 1 } = wish;
  const input = recording();
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  if (!picture || !sound) throw new Error('the recording has picture and sound');
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS[container](), target });
  if (wish.tags) output.setMetadataTags(wish.tags);
  const to_picture = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(to_picture, { rotation });
  const to_sounds = Array.from({ length: sounds }, () => new EncodedAudioPacketSource('aac'));
  for (const one of to_sounds) output.addAudioTrack(one);
  await output.start();
  const copy = async (from: typeof picture | typeof sound, to: EncodedVideoPacketSource | EncodedAudioPacketSource) => {
    const meta = { decoderConfig: (await from.getDecoderConfig()) as never };
    const start = await from.getFirstTimestamp();
    for (let turn = 0; turn < repeat; turn += 1) {
      for await (const packet of new EncodedPacketSink(from).packets()) {
        if (packet.timestamp - start >= seconds) break;
        const at = packet.timestamp - start + turn * seconds;
        const type = one_key && at > 0 && from === picture ? 'delta' : packet.type;
        await to.add(packet.clone({ timestamp: at * stretch, duration: packet.duration * stretch, type }), meta);
      }
    }
    to.close();
  };
  const last = to_sounds.at(-1);
  await Promise.all([copy(picture, to_picture), ...(last ? [copy(sound, last)] : [])]);
  for (const one of to_sounds.slice(0, -1)) one.close();
  await output.finalize();
  return Buffer.from(target.buffer as ArrayBuffer);
}
