/** FLV tags as RTMP carries them (Adobe FLV 10.1, annex E): H.264 and AAC only. Nothing is decoded. */
import { Refusal } from '../kernel/refusal.ts';
import './refusals.ts';

export type Tag =
  /** What a decoder must know first: avcC or AudioSpecificConfig. */
  | { is: 'config'; track: 'picture' | 'sound'; bytes: Buffer }
  | { is: 'frame'; track: 'picture' | 'sound'; key: boolean; dts_ms: number; pts_ms: number; bytes: Buffer }
  /** A tag that carries nothing for us: data, an end of sequence, an empty body. */
  | { is: 'nothing' };

const SOUND = 8;
const PICTURE = 9;
const AVC = 7;
const AAC = 10;
const KEY_FRAME = 1;
/** Enhanced RTMP marks its tags by this bit: HEVC, AV1, VP9. */
const ENHANCED = 0x80;

/**
 * @param body of the tag; the frame shares its memory
 * Refuses `encoder_picture`, `encoder_sound`: the title tells what to set.
 */
export function readTag(type: number, dts_ms: number, body: Buffer): Tag {
  if (type === PICTURE && body.length > 0) return readPicture(dts_ms, body);
  if (type === SOUND && body.length > 0) return readSound(dts_ms, body);
  return { is: 'nothing' };
}

function readPicture(dts_ms: number, body: Buffer): Tag {
  const head = body.readUInt8(0);
  if (head & ENHANCED || (head & 0x0f) !== AVC) throw new Refusal('encoder_picture');
  if (body.length < 5) return { is: 'nothing' };
  const bytes = body.subarray(5);
  if (body[1] === 0) return { is: 'config', track: 'picture', bytes };
  if (body[1] !== 1 || bytes.length === 0) return { is: 'nothing' };
  // Signed: a frame is shown after the one it was coded from.
  const shift = body.readIntBE(2, 3);
  return { is: 'frame', track: 'picture', key: head >> 4 === KEY_FRAME, dts_ms, pts_ms: dts_ms + shift, bytes };
}

function readSound(dts_ms: number, body: Buffer): Tag {
  if (body.readUInt8(0) >> 4 !== AAC) throw new Refusal('encoder_sound');
  if (body.length < 3) return { is: 'nothing' };
  const bytes = body.subarray(2);
  if (body[1] === 0) return { is: 'config', track: 'sound', bytes };
  return { is: 'frame', track: 'sound', key: true, dts_ms, pts_ms: dts_ms, bytes };
}

const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/** AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1). Refuses `encoder_sound`: mono or stereo, LC or HE. */
export function readAacConfig(config: Buffer): { codec: string; sampleRate: number; numberOfChannels: number } {
  if (config.length < 2) throw new Refusal('encoder_sound');
  const bits = config.readUInt16BE(0);
  const object = bits >> 11;
  const sampleRate = RATES[(bits >> 7) & 15];
  const numberOfChannels = (bits >> 3) & 15;
  if (![2, 5, 29].includes(object) || !sampleRate || numberOfChannels < 1 || numberOfChannels > 2) {
    throw new Refusal('encoder_sound');
  }
  return { codec: `mp4a.40.${object}`, sampleRate, numberOfChannels };
}

/** avcC (ISO/IEC 14496-15 §5.3.3.1). Refuses `encoder_picture`. */
export function readAvcConfig(config: Buffer): { codec: string } {
  if (config.length < 7 || config[0] !== 1) throw new Refusal('encoder_picture');
  return { codec: `avc1.${config.subarray(1, 4).toString('hex')}` };
}
