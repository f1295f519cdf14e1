/**
 * What a host may send: an init segment and media segments (fragmented MP4, ISO/IEC 14496-12 §8.8), at most one
 * picture and one sound. Only boxes and their numbers are read; no decoder touches what came from outside.
 */
import { type Box, child, childrenOf, type Grammar, listBoxes, malformed, type Node, readBoxes } from './boxes.ts';
import { type Codec, readCodec } from './codecs.ts';
import { readFragment } from './fragments.ts';

export interface Track extends Codec {
  track_id: number;
  /** Ticks a second of all times of the track. */
  timescale: number;
  default_duration: number;
  default_size: number;
  default_flags: number;
}

/** Where a track of a segment begins and ends, in the ticks of the track. */
export interface Span {
  track_id: number;
  starts: bigint;
  ends: bigint;
}

export interface Segment {
  spans: Span[];
  /** Seconds the segment lasts: its picture's, or its sound's where there is no picture. */
  duration_s: number;
  bytes: number;
}

export const LIMITS = {
  init_bytes: 4_096,
  segment_bytes: 4_000_000,
  bits_per_s: 8_000_000,
  segment_s: 6,
  tracks: 2,
} as const;

const leaf = (max: number): { max: number } => ({ max });
const maybe = [0, 1] as const;

const TRACK: Grammar = {
  tkhd: leaf(104),
  edts: { times: maybe, max: 64, inside: { elst: leaf(56) } },
  mdia: {
    max: 2_048,
    inside: {
      mdhd: leaf(44),
      hdlr: leaf(128),
      minf: {
        max: 2_048,
        inside: {
          vmhd: { times: maybe, max: 20 },
          smhd: { times: maybe, max: 16 },
          // 28 bytes hold exactly one reference to "this file": no name of another file fits (FAULTS E2).
          dinf: { max: 36, inside: { dref: leaf(28) } },
          stbl: {
            max: 1_500,
            inside: { stsd: leaf(1_400), stts: leaf(16), stsc: leaf(16), stsz: leaf(20), stco: leaf(16) },
          },
        },
      },
    },
  },
};

const INIT: Grammar = {
  ftyp: leaf(64),
  moov: {
    max: LIMITS.init_bytes,
    inside: {
      mvhd: leaf(120),
      trak: { times: [1, LIMITS.tracks], max: 2_048, inside: TRACK },
      mvex: { max: 128, inside: { mehd: { times: maybe, max: 20 }, trex: { times: [1, LIMITS.tracks], max: 32 } } },
    },
  },
};

const MOOF: Grammar = {
  mfhd: leaf(16),
  traf: {
    times: [1, LIMITS.tracks],
    max: 100_000,
    inside: { tfhd: leaf(40), tfdt: leaf(20), trun: { times: [1, 16], max: 100_000 } },
  },
};

/**
 * Reads an init segment.
 * @throws Refusal `media_invalid` with what is wrong
 */
export function readInit(bytes: Uint8Array): Track[] {
  if (bytes.byteLength > LIMITS.init_bytes) malformed('The init segment is too large');
  const moov = child(readBoxes(viewOf(bytes), INIT, 'An init segment'), 'moov');
  const defaults = childrenOf(child(moov.children, 'mvex').children, 'trex');
  const tracks = childrenOf(moov.children, 'trak').map((trak) => readTrack(trak, defaults));
  for (const kind of ['video', 'audio']) {
    if (tracks.filter((track) => track.kind === kind).length > 1) malformed(`More than one ${kind} track`);
  }
  if (new Set(tracks.map(({ track_id }) => track_id)).size < tracks.length) malformed('Two tracks have one id');
  return tracks;
}

function readTrack(trak: Node, defaults: Node[]): Track {
  const header = child(trak.children, 'tkhd').body;
  const wide = header.getUint8(0) === 1;
  const track_id = header.getUint32(wide ? 20 : 12);
  const extends_ = defaults.find((trex) => trex.body.getUint32(4) === track_id);
  if (!extends_) return malformed('A track has no defaults (trex)');
  const mdhd = child(trak.children, 'mdia', 'mdhd').body;
  const timescale = mdhd.getUint32(mdhd.getUint8(0) === 1 ? 20 : 12);
  if (timescale < 1 || timescale > 1_000_000) malformed('The timescale is not between 1 and 1,000,000');
  const dref = child(trak.children, 'mdia', 'minf', 'dinf', 'dref').body;
  if (dref.byteLength !== 20 || dref.getUint32(16) !== 1) malformed('The media must lie in the segment itself');
  return {
    ...readCodec(child(trak.children, 'mdia', 'minf', 'stbl', 'stsd').body),
    track_id,
    timescale,
    default_duration: extends_.body.getUint32(12),
    default_size: extends_.body.getUint32(16),
    default_flags: extends_.body.getUint32(20),
  };
}

/**
 * Reads a media segment against its init segment: kinds of boxes, samples inside their data, a key frame first,
 * every track present, length and bitrate within LIMITS.
 * @throws Refusal `media_invalid` with what is wrong
 */
export function readSegment(bytes: Uint8Array, tracks: readonly Track[]): Segment {
  if (bytes.byteLength > LIMITS.segment_bytes) malformed('The segment is too large');
  const spans = new Map<number, Span>();
  const boxes = listBoxes(viewOf(bytes));
  const first = boxes.findIndex(({ type }) => type === 'moof');
  if (first < 0) malformed('A segment holds no fragment');
  checkPreamble(boxes.slice(0, first));
  for (let i = first; i < boxes.length; i += 2) {
    const [moof, mdat] = boxes.slice(i, i + 2);
    if (moof?.type !== 'moof' || mdat?.type !== 'mdat') return malformed('A segment is made of pairs of moof and mdat');
    if (moof.body.byteLength > 200_000) malformed('The box moof is too large');
    const trafs = childrenOf(readBoxes(moof.body, MOOF, 'moof'), 'traf');
    for (const traf of trafs) extend(spans, readFragment(traf, tracks, moof, mdat, i === first));
  }
  return measure([...spans.values()], tracks, bytes.byteLength);
}

const PREAMBLE: Record<string, number> = { styp: 64, sidx: 256, prft: 32 };

function checkPreamble(boxes: Box[]): void {
  for (const { type, body } of boxes) {
    const max = Object.hasOwn(PREAMBLE, type) ? PREAMBLE[type] : undefined;
    if (max === undefined || body.byteLength + 8 > max) malformed('A segment begins with styp, sidx or prft at most');
  }
}

function extend(spans: Map<number, Span>, span: Span): void {
  const known = spans.get(span.track_id);
  if (known && span.starts !== known.ends) malformed('The fragments of a track do not follow each other');
  spans.set(span.track_id, known ? { ...known, ends: span.ends } : span);
}

function measure(spans: Span[], tracks: readonly Track[], bytes: number): Segment {
  const lead = leadOf(tracks);
  const span = spans.find(({ track_id }) => track_id === lead.track_id);
  if (!span) return malformed(`The segment has no ${lead.kind}`);
  const duration_s = Number(span.ends - span.starts) / lead.timescale;
  if (!(duration_s > 0 && duration_s <= LIMITS.segment_s)) malformed(`A segment lasts at most ${LIMITS.segment_s} s`);
  if (bytes * 8 > LIMITS.bits_per_s * Math.max(1, duration_s)) {
    malformed(`More than ${LIMITS.bits_per_s / 1e6} Mbit/s`);
  }
  return { spans, duration_s, bytes };
}

/** The track whose time is the stream's time: the picture, or the sound where there is none. */
export const leadOf = (tracks: readonly Track[]): Track =>
  (tracks.find(({ kind }) => kind === 'video') ?? tracks[0]) as Track;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
