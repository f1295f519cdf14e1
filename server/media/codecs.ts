/** The codecs a host may send, named as players want to hear them (RFC 6381). */
import { listBoxes, malformed, within } from './boxes.ts';

export interface Codec {
  kind: 'video' | 'audio';
  /** RFC 6381, `avc1.42c01f`. */
  codec: string;
  /** Pixels; 0 for sound. */
  width: number;
  height: number;
}

const LARGEST_SIDE = 1_920;
/** Bytes before the boxes of a sample entry (ISO/IEC 14496-12 §12.1.3, §12.2.3). */
const PICTURE_ENTRY = 78;
const SOUND_ENTRY = 28;

const hex = (n: number) => n.toString(16).padStart(2, '0');
const two = (n: number) => String(n).padStart(2, '0');

type Describe = { kind: Codec['kind']; box: string; name(config: DataView): string };

const CODECS: Record<string, Describe> = {
  avc1: {
    kind: 'video',
    box: 'avcC',
    name: (c) => `avc1.${hex(c.getUint8(1))}${hex(c.getUint8(2))}${hex(c.getUint8(3))}`,
  },
  vp09: {
    kind: 'video',
    box: 'vpcC',
    name: (c) => `vp09.${two(c.getUint8(4))}.${two(c.getUint8(5))}.${two(c.getUint8(6) >> 4)}`,
  },
  av01: {
    kind: 'video',
    box: 'av1C',
    name: (c) => {
      const [profile, level] = [c.getUint8(1) >> 5, c.getUint8(1) & 31];
      const flags = c.getUint8(2);
      const depth = flags & 0x40 ? (profile === 2 && flags & 0x20 ? 12 : 10) : 8;
      return `av01.${profile}.${two(level)}${flags & 0x80 ? 'H' : 'M'}.${two(depth)}`;
    },
  },
  mp4a: { kind: 'audio', box: 'esds', name: (c) => `mp4a.40.${aacObject(c)}` },
  Opus: { kind: 'audio', box: 'dOps', name: () => 'opus' },
};

/** Reads the sample description of a track: exactly one, of a codec in the list. */
export function readCodec(stsd: DataView): Codec {
  if (stsd.byteLength < 8 || stsd.getUint32(4) !== 1) malformed('A track has exactly one sample description');
  const [entry, more] = listBoxes(within(stsd, 8));
  if (!entry || more) return malformed('A track has exactly one sample description');
  const known = Object.hasOwn(CODECS, entry.type) ? CODECS[entry.type] : undefined;
  if (!known) return malformed('Only H.264, VP9, AV1, AAC and Opus are taken');
  const inner = listBoxes(within(entry.body, known.kind === 'video' ? PICTURE_ENTRY : SOUND_ENTRY));
  const config = inner.find(({ type }) => type === known.box);
  if (!config || config.body.byteLength < 4) return malformed(`The box ${known.box} is missing`);
  const codec = nameOf(known, config.body);
  return known.kind === 'audio'
    ? { kind: 'audio', codec, width: 0, height: 0 }
    : { kind: 'video', codec, ...sizeOf(entry.body) };
}

function nameOf(known: Describe, config: DataView): string {
  try {
    return known.name(config);
  } catch (error) {
    if (error instanceof RangeError) return malformed(`The box ${known.box} is cut off`);
    throw error;
  }
}

function sizeOf(entry: DataView): { width: number; height: number } {
  const [width, height] = [entry.getUint16(24), entry.getUint16(26)];
  if (Math.min(width, height) < 16 || Math.max(width, height) > LARGEST_SIDE) {
    malformed(`The picture's sides are 16 to ${LARGEST_SIDE} pixels`);
  }
  return { width, height };
}

/** Walks ES → decoder config → decoder specific info (ISO/IEC 14496-1 §7.2.6) to the audio object type. */
function aacObject(esds: DataView): number {
  const found = descend(within(esds, 4), [3, 4, 5]);
  const object = found.getUint8(0) >> 3;
  // 2: AAC-LC, 5: HE-AAC, 29: HE-AAC v2.
  if (![2, 5, 29].includes(object)) malformed('Of AAC only LC and HE are taken');
  return object;
}

/** Bytes of fixed fields before the descriptors inside a descriptor, by tag. */
const FIXED: Record<number, number> = { 3: 3, 4: 13 };

function descend(view: DataView, [tag, ...rest]: number[]): DataView {
  if (view.getUint8(0) !== tag) return malformed('The AAC configuration is not in its place');
  let at = 1;
  let length = 0;
  for (let more = true; more && at < 5; at += 1) {
    const byte = view.getUint8(at);
    length = (length << 7) | (byte & 0x7f);
    more = (byte & 0x80) !== 0;
  }
  const body = within(view, at, length);
  return rest.length > 0 ? descend(within(body, FIXED[tag as number] ?? 0), rest) : body;
}
