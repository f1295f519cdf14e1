/**
 * What of a file is taken: its picture, its first sound that browsers play, from the first frame that is shown to the
 * last. Only packets' times, sizes and kinds are read; no data, no decoder.
 */
import {
  type EncodedPacket,
  EncodedPacketSink,
  type Input,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';
import { Unfit, type Unusable, VIDEO_LIMITS } from './package_limits.ts';

export interface Plan {
  video: InputVideoTrack;
  audio: InputAudioTrack | null;
  /** Where decoding begins: a key frame. */
  first: EncodedPacket;
  /** Seconds in the file's own time; what is shown lies between. */
  starts_s: number;
  ends_s: number;
  /** How many pictures that is. */
  pictures: number;
  codecs: string;
  width: number;
  height: number;
}

const METADATA = { metadataOnly: true } as const;
/** As MP4, browsers play neither VP8 nor MP3: the uploader's browser makes those anew. */
const PICTURES = new Set(['avc', 'vp9', 'av1']);
const SOUNDS = new Set(['aac', 'opus']);
/** 8 bits, 4:2:0, as every browser plays it: baseline, main, extended, high; VP9 0 and 2, AV1 main. */
const PROFILES = /^(avc1\.(42|4d|58|64)|vp09\.0[02]|av01\.0)/i;

export async function planOf(input: Input): Promise<Plan> {
  if (!(await input.canRead())) throw new Unfit('video_unreadable');
  const tracks = await input.getTracks();
  if (tracks.length > VIDEO_LIMITS.tracks) throw new Unfit('video_too_complex');
  const video = await input.getPrimaryVideoTrack();
  if (!video) throw new Unfit('video_no_picture');
  const picture = await video.getCodecParameterString();
  const codec = await video.getCodec();
  if (codec === null || !PICTURES.has(codec) || picture === null || !PROFILES.test(picture)) {
    throw new Unfit('video_codec', String(picture ?? codec));
  }
  const size = { width: await video.getDisplayWidth(), height: await video.getDisplayHeight() };
  checkSize([size.width, size.height], [await video.getCodedWidth(), await video.getCodedHeight()]);
  const span = await spanOf(video);
  const audio = await soundOf(await input.getAudioTracks());
  const sound = audio && (await audio.getCodecParameterString());
  return { video, audio, ...span, ...size, codecs: [picture, ...(sound ? [sound] : [])].join(',') };
}

function checkSize(...sizes: [number, number][]): void {
  for (const [width, height] of sizes) {
    if (!(Math.min(width, height) >= VIDEO_LIMITS.smallest_side)) throw new Unfit('video_too_small');
    // A coded picture is padded to whole blocks of 16: 1088 lines of which 1080 are shown.
    const [short, long] = [Math.min(width, height) - 8, Math.max(width, height) - 8];
    if (short > VIDEO_LIMITS.short_side || long > VIDEO_LIMITS.long_side) throw new Unfit('video_too_large');
  }
}

/** The first that browsers play and that holds something. A file with sound, none of which is playable, is refused. */
async function soundOf(tracks: InputAudioTrack[]): Promise<InputAudioTrack | null> {
  let unplayable = false;
  for (const track of tracks) {
    if (!(await new EncodedPacketSink(track).getFirstPacket(METADATA))) continue;
    const codec = await track.getCodec();
    if (codec !== null && SOUNDS.has(codec) && (await track.getDecoderConfig())) return track;
    unplayable = true;
  }
  if (unplayable) throw new Unfit('audio_codec');
  return null;
}

/** Walks all packets of the picture once and refuses what is beyond the limits before a byte of it is copied. */
async function spanOf(video: InputVideoTrack): Promise<Pick<Plan, 'first' | 'starts_s' | 'ends_s' | 'pictures'>> {
  const sink = new EncodedPacketSink(video);
  // An edit list that cuts the beginning off makes times before it negative: decoding begins at the key frame before.
  const first = (await sink.getKeyPacket(0, METADATA)) ?? (await sink.getFirstKeyPacket(METADATA));
  if (!first) throw new Unfit('video_no_picture');
  const starts_s = first.timestamp;
  let [ends_s, key_s, group, bytes, count, pictures] = [starts_s, starts_s, 0, 0, 0, 0];
  let sparse = false;
  for await (const packet of sink.packets(first, undefined, METADATA)) {
    const { timestamp, duration, byteLength, type } = packet;
    if (![timestamp, duration, byteLength].every(Number.isFinite)) throw new Unfit('video_unreadable');
    ends_s = Math.max(ends_s, timestamp + Math.max(0, duration));
    if (type === 'key') [key_s, group] = [timestamp, 0];
    bytes += byteLength;
    group += byteLength;
    count += 1;
    if (timestamp >= starts_s) pictures += 1;
    sparse ||= timestamp - key_s > VIDEO_LIMITS.key_frame_s || group > VIDEO_LIMITS.segment_bytes;
    refuseIf(ends_s - starts_s > VIDEO_LIMITS.longest_ms / 1_000 + 0.5, 'video_too_long');
    refuseIf(count > VIDEO_LIMITS.packets, 'video_too_complex');
  }
  const seconds = ends_s - starts_s;
  refuseIf(seconds < VIDEO_LIMITS.shortest_ms / 1_000 - 0.05, 'video_too_short');
  refuseIf(sparse, 'video_key_frames');
  refuseIf((bytes * 8) / seconds > VIDEO_LIMITS.bits_per_s, 'video_bitrate');
  return { first, starts_s, ends_s, pictures };
}

function refuseIf(wrong: boolean, code: Unusable): void {
  if (wrong) throw new Unfit(code);
}
