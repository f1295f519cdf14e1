/** Which codecs this browser can send. Mediabunny is loaded here and in encoder.ts only: nobody needs it to watch. */
import type { AudioCodec, VideoCodec } from 'mediabunny';
import { STEPS } from './ladder.ts';

export const WIDTH = 720;
export const HEIGHT = 1280;
export const FRAME_RATE = 30;
/** The smaller picture beside it. */
export const LOW_WIDTH = 360;
export const LOW_HEIGHT = 640;

export interface Codecs {
  video: VideoCodec;
  /** Null: no sound can be sent. */
  audio: AudioCodec | null;
}

/** Of a film; a live's sound has less, for lines that carry little (`ladder.ts`). */
export const SOUND_BITRATE = 96_000;

/** What iPhones play for certain. Everything else reaches most of them, but not all. */
export const playsOnPhones = ({ video, audio }: Codecs): boolean => video === 'avc' && audio !== 'opus';

/**
 * H.264, else VP9; beside H.264 AAC, with an encoder of our own where the browser has none; else Opus.
 * @param without codecs that were tried here and failed although the browser promised them
 */
export async function chooseCodecs(without: ReadonlySet<string> = new Set()): Promise<Codecs | null> {
  const { canEncodeAudio, canEncodeVideo, Quality } = await import('mediabunny');
  const picture = {
    width: WIDTH,
    height: HEIGHT,
    frameRate: FRAME_RATE,
    quality: new Quality({ bitrate: STEPS[0].bits_per_s }),
    latencyMode: 'realtime' as const,
  };
  const sound = { numberOfChannels: 1, sampleRate: 48_000, quality: new Quality({ bitrate: SOUND_BITRATE }) };
  const firstOf = async <C extends string>(codecs: C[], can: (codec: C) => Promise<boolean>): Promise<C | null> => {
    for (const codec of codecs) if (!without.has(codec) && (await can(codec).catch(() => false))) return codec;
    return null;
  };
  const video = await firstOf(['avc', 'vp9'], (codec) => canEncodeVideo(codec, picture));
  if (!video) return null;
  const canSpeak = async (codec: AudioCodec) => (await canEncodeAudio(codec, sound)) && (await speaks(codec));
  const aac = video === 'avc' ? await firstOf(['aac'], async (codec) => (await canSpeak(codec)) || addAac()) : null;
  return { video, audio: aac ?? (await firstOf(['opus', 'aac'], canSpeak)) };
}

async function addAac(): Promise<boolean> {
  const { registerAacEncoder } = await import('@mediabunny/aac-encoder');
  registerAacEncoder();
  return true;
}

const NATIVE: Partial<Record<AudioCodec, string>> = { aac: 'mp4a.40.2', opus: 'opus' };
const trials = new Map<string, Promise<boolean>>();
/** A slow machine is not a mute one: the watchdog of the publisher judges what takes longer. */
const TRIAL_MS = 2_000;

/** Some browsers promise an encoder that gives nothing. It is tried once, with a tenth of a second of silence. */
function speaks(codec: AudioCodec): Promise<boolean> {
  const known = trials.get(codec);
  if (known) return known;
  const trial = tryEncoder(NATIVE[codec]).catch(() => false);
  trials.set(codec, trial);
  return trial;
}

async function tryEncoder(codec: string | undefined): Promise<boolean> {
  const config = { codec: codec ?? '', numberOfChannels: 1, sampleRate: 48_000, bitrate: SOUND_BITRATE };
  // Where the encoder is one that we bring there is nothing to doubt.
  if (!codec || !(await AudioEncoder.isConfigSupported(config)).supported) return true;
  let packets = 0;
  const encoder = new AudioEncoder({ output: () => (packets += 1), error: () => undefined });
  encoder.configure(config);
  const [numberOfFrames, format] = [4_800, 'f32'] as const;
  const layout = { format, numberOfFrames, numberOfChannels: 1, sampleRate: 48_000, timestamp: 0 };
  const silence = new AudioData({ ...layout, data: new Float32Array(numberOfFrames) });
  encoder.encode(silence);
  silence.close();
  const done = await Promise.race([encoder.flush().then(() => true), pause(TRIAL_MS)]);
  if (encoder.state !== 'closed') encoder.close();
  return packets > 0 || done !== true;
}

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));
