/** What an uploaded video may be. Whatever is beyond is converted in the uploader's browser first, or refused. */

export const VIDEO_LIMITS = {
  /** What is shorter than three seconds stays on the profile; the feed has 3 to 180 s. */
  shortest_ms: 1_000,
  longest_ms: 600_000,
  /** 1080p, upright or across. */
  short_side: 1_080,
  long_side: 1_920,
  smallest_side: 64,
  bits_per_s: 40_000_000,
  /** From key frame to key frame: a segment is held in memory whole. */
  key_frame_s: 20,
  segment_bytes: 64_000_000,
  tracks: 32,
  packets: 250_000,
} as const;

/**
 * What takes longer or more memory is refused: it could only be hostile, or broken. Copying takes about 5 ms a
 * megabyte; a file that makes its reader loop takes all its time in vain, so that a small one has little.
 */
export const workLimits = (size_bytes: number) => ({ ms: 15_000 + Math.round(size_bytes / 10_000), heap_mb: 384 });

/** Why a file cannot be used, as codes of media's refusals. */
export type Unusable =
  | 'video_unreadable'
  | 'video_no_picture'
  | 'video_codec'
  | 'audio_codec'
  | 'video_too_short'
  | 'video_too_long'
  | 'video_too_large'
  | 'video_too_small'
  | 'video_bitrate'
  | 'video_key_frames'
  | 'video_too_complex'
  | 'video_too_slow'
  | 'rendition_differs'
  | 'upload_expired'
  | 'upload_cancelled';

export class Unfit extends Error {
  readonly code: Unusable;

  constructor(code: Unusable, detail: string = code) {
    super(detail);
    this.code = code;
  }
}

/** A rendition as it is stored: its picture as it is shown (turned, with square pixels). */
export interface Packed {
  duration_ms: number;
  width: number;
  height: number;
  has_sound: boolean;
  /** RFC 6381, joined by commas. */
  codecs: string;
  peak_bits_per_s: number;
  /** Of init segment and segments. */
  bytes: number;
  segments: { ms: number; bytes: number }[];
}

/** Takes what was written, one after the other. */
export interface PackSink {
  init(bytes: Uint8Array): Promise<void>;
  segment(n: number, bytes: Uint8Array): Promise<void>;
}
