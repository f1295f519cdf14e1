/** What a chosen file is, and what is to be done with it before it is sent: told at once, not after an upload. */
import type { InputVideoTrack } from 'mediabunny';

export interface Facts {
  /** Undistorted and upright. */
  width: number;
  height: number;
  duration_s: number;
  bits_per_s: number;
  container: string;
  video_codec: string | null;
  /** Null: unknown, or no sound at all; `has_sound` tells which. */
  audio_codec: string | null;
  has_sound: boolean;
  /** More than 8 bits a colour: most browsers show nothing of it. */
  is_deep: boolean;
  /** Whether this browser can take the picture apart, to make another of it. */
  can_decode: boolean;
}

export type ConvertReason = 'codec' | 'size' | 'rate' | 'sound' | 'container';
export type RefuseReason =
  | 'unreadable'
  | 'no_picture'
  | 'too_short'
  | 'too_long'
  | 'too_big'
  | 'too_small'
  | 'codec_unknown';

export type Verdict =
  | { kind: 'send' }
  | { kind: 'convert'; why: ConvertReason }
  | { kind: 'refuse'; why: RefuseReason };

/** The house's own bounds (server/media); what is in the feed lasts 3 to 180 seconds, a profile takes 10 minutes. */
export const SHORTEST_S = 1;
export const FEED_S = { from: 3, to: 180 } as const;
export const LONGEST_S = 600;
export const LARGEST_BYTES = 1_000_000_000;
const LONG_SIDE = 1_920;
const SHORT_SIDE = 1_080;
const SMALLEST_SIDE = 64;
const MOST_BITS = 38_000_000;

const PICTURES = new Set(['avc', 'vp9', 'av1']);
const SOUNDS = new Set(['aac', 'opus']);
const CONTAINERS = new Set(['MP4', 'QuickTime File Format', 'WebM', 'Matroska']);

/** Opens a file for reading. Playlists are no files: nothing named inside of one is ever fetched. */
export async function openFile(file: Blob) {
  const { BlobSource, Input, MATROSKA, MP4, MPEG_TS, QTFF, WEBM } = await import('mediabunny');
  return new Input({ source: new BlobSource(file), formats: [MP4, QTFF, WEBM, MATROSKA, MPEG_TS] });
}

/** Reads a file's head and tracks; its bytes stay where they are. Null: this is no video file. */
export async function examine(file: Blob): Promise<Facts | null> {
  const input = await openFile(file);
  try {
    if (!(await input.canRead())) return null;
    const picture = await input.getPrimaryVideoTrack();
    const sound = await input.getPrimaryAudioTrack();
    // The picture's own: a sound that goes on after it does not make it longer.
    const duration_s = await (picture ?? input).computeDuration();
    return {
      ...(picture
        ? await pictureOf(picture)
        : { width: 0, height: 0, video_codec: null, is_deep: false, can_decode: false }),
      duration_s,
      bits_per_s: duration_s > 0 ? (file.size * 8) / duration_s : 0,
      container: (await input.getFormat()).name,
      audio_codec: (await sound?.getCodec()) ?? null,
      has_sound: sound !== null,
    };
  } catch {
    return null;
  } finally {
    input.dispose();
  }
}

async function pictureOf(track: InputVideoTrack) {
  return {
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    video_codec: await track.getCodec(),
    is_deep: isDeep((await track.getCodecParameterString()) ?? ''),
    can_decode: await track.canDecode().catch(() => false),
  };
}

/** PURE: read out of a codec's name (RFC 6381): High 10 and above, VP9 profile 2 and 3, AV1 with its depth. */
export function isDeep(codec: string): boolean {
  if (codec.startsWith('avc')) return /^avc\d\.(6e|7a|f4)/i.test(codec);
  if (codec.startsWith('vp09')) return /^vp09\.0[23]/.test(codec);
  return codec.startsWith('av01') && /^av01\.[^.]+\.[^.]+\.1/.test(codec);
}

/** PURE: whether a file goes as it is, is made anew in this browser, or cannot be taken. */
export function judge(facts: Facts | null, bytes: number): Verdict {
  if (!facts) return { kind: 'refuse', why: 'unreadable' };
  if (facts.width === 0 && facts.video_codec === null) return { kind: 'refuse', why: 'no_picture' };
  if (facts.duration_s < SHORTEST_S) return { kind: 'refuse', why: 'too_short' };
  if (facts.duration_s > LONGEST_S + 0.5) return { kind: 'refuse', why: 'too_long' };
  if (Math.min(facts.width, facts.height) < SMALLEST_SIDE) return { kind: 'refuse', why: 'too_small' };
  const why = reasonToConvert(facts);
  if (!why) return bytes > LARGEST_BYTES ? { kind: 'refuse', why: 'too_big' } : { kind: 'send' };
  // Its sound alone can be made anew without seeing the picture.
  if (!facts.can_decode && why !== 'sound' && why !== 'container') return { kind: 'refuse', why: 'codec_unknown' };
  return { kind: 'convert', why };
}

function reasonToConvert({
  video_codec,
  audio_codec,
  has_sound,
  width,
  height,
  container,
  is_deep,
  bits_per_s,
}: Facts) {
  if (!video_codec || !PICTURES.has(video_codec) || is_deep) return 'codec';
  if (bits_per_s > MOST_BITS) return 'rate';
  if (Math.max(width, height) > LONG_SIDE || Math.min(width, height) > SHORT_SIDE) return 'size';
  if (has_sound && (!audio_codec || !SOUNDS.has(audio_codec))) return 'sound';
  return CONTAINERS.has(container) ? null : 'container';
}

/** PURE: a picture's size inside a box, upright or lying as it is, in even numbers; never larger than it was. */
export function within(size: { width: number; height: number }, long: number, short: number) {
  const [a, b] = [Math.max(size.width, size.height), Math.min(size.width, size.height)];
  const scale = Math.min(1, long / a, short / b);
  const even = (n: number) => Math.max(2, Math.round((n * scale) / 2) * 2);
  return { width: even(size.width), height: even(size.height) };
}
