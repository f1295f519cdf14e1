import type { Codecs } from './codecs.ts';
import type { Refused } from './upload.ts';

/** What the host is told. Notes stay until they no longer hold. */
export type HostNote =
  /** The browser sends what some iPhones cannot play. */
  | 'phones_may_not_play'
  /** The microphone gives nothing but silence. */
  | 'microphone_silent'
  /** No sound can be sent: the picture goes on without. */
  | 'without_sound'
  /** The camera gives no picture. */
  | 'camera_dead'
  /** The uplink does not keep up: the picture was made smaller in bits, has fewer frames, or stands still. */
  | 'uplink_slow'
  | 'fewer_frames'
  | 'sound_only'
  /** Another page publishes to this stream. */
  | 'busy';

export interface PublisherState {
  phase: 'starting' | 'live' | 'reconnecting' | 'paused' | 'stopped';
  /** Why it stopped by itself; null while it runs and when the host stopped it. */
  refused: Exclude<Refused, 'again' | 'too_slow'> | 'no_encoder' | null;
  notes: HostNote[];
  codecs: Codecs | null;
  /** Segments taken by the server, and the bits a second of the last ones. */
  taken: number;
  bits_per_s: number;
  /** Seconds of media that wait to be sent. */
  backlog: number;
  /** Bits a second that the uplink was seen to carry; null until something telling was sent. */
  carries: number | null;
  /** Whether a smaller picture goes out beside the large one. */
  two: boolean;
}
