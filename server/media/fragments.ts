/** Track fragments (ISO/IEC 14496-12 §8.8): where their samples lie and how long they last. */
import { type Box, child, childrenOf, malformed, type Node } from './boxes.ts';
import type { Span, Track } from './cmaf.ts';

const MAX_SAMPLES = 4_000;
const NOT_A_KEY_FRAME = 0x1_0000;

/** tfhd flags */
const BASE_DATA_OFFSET = 0x1;
const DESCRIPTION_INDEX = 0x2;
const DEFAULT_DURATION = 0x8;
const DEFAULT_SIZE = 0x10;
const DEFAULT_FLAGS = 0x20;
const BASE_IS_MOOF = 0x2_0000;

/** trun flags */
const DATA_OFFSET = 0x1;
const FIRST_FLAGS = 0x4;
const DURATIONS = 0x100;
const SIZES = 0x200;
const FLAGS = 0x400;
const COMPOSITION = 0x800;

interface Defaults {
  duration: number;
  size: number;
  flags: number;
}

/** Reads numbers one after the other; what is cut off is refused. */
function reader(view: DataView) {
  let at = 0;
  const step = (bytes: number): number => {
    if (at + bytes > view.byteLength) malformed('A field is cut off');
    at += bytes;
    return at - bytes;
  };
  return {
    u32: () => view.getUint32(step(4)),
    i32: () => view.getInt32(step(4)),
    u64: () => view.getBigUint64(step(8)),
    skip: (bytes: number) => void step(bytes),
    rest: () => view.byteLength - at,
  };
}

/**
 * @param moof the fragment's own box, from which data offsets count
 * @param mdat the data that follows it: every sample must lie inside
 * @param opens the fragment is the segment's first: a picture must begin with a key frame
 */
export function readFragment(traf: Node, tracks: readonly Track[], moof: Box, mdat: Box, opens: boolean): Span {
  const { track, defaults } = readHeader(child(traf.children, 'tfhd').body, tracks);
  const tfdt = reader(child(traf.children, 'tfdt').body);
  const starts = tfdt.u32() >>> 24 === 1 ? tfdt.u64() : BigInt(tfdt.u32());
  const data = { from: mdat.start + 8 - moof.start, to: mdat.start + 8 + mdat.body.byteLength - moof.start };
  let ends = starts;
  for (const [i, trun] of childrenOf(traf.children, 'trun').entries()) {
    const run = readRun(reader(trun.body), defaults);
    if (run.offset < data.from || run.offset + run.bytes > data.to) malformed('Samples lie outside their data');
    if (i === 0 && opens && track.kind === 'video' && run.first_flags & NOT_A_KEY_FRAME) {
      malformed('A segment begins with a key frame');
    }
    ends += BigInt(run.duration);
  }
  return { track_id: track.track_id, starts, ends };
}

function readHeader(tfhd: DataView, tracks: readonly Track[]): { track: Track; defaults: Defaults } {
  const fields = reader(tfhd);
  const flags = fields.u32();
  if (flags & BASE_DATA_OFFSET || !(flags & BASE_IS_MOOF)) malformed('Data offsets count from the fragment');
  const track_id = fields.u32();
  const track = tracks.find((known) => known.track_id === track_id);
  if (!track) return malformed('A fragment names a track that the init segment does not have');
  if (flags & DESCRIPTION_INDEX && fields.u32() !== 1) malformed('There is one sample description');
  return {
    track,
    defaults: {
      duration: flags & DEFAULT_DURATION ? fields.u32() : track.default_duration,
      size: flags & DEFAULT_SIZE ? fields.u32() : track.default_size,
      flags: flags & DEFAULT_FLAGS ? fields.u32() : track.default_flags,
    },
  };
}

function readRun(fields: ReturnType<typeof reader>, defaults: Defaults) {
  const flags = fields.u32();
  const samples = fields.u32();
  if (samples < 1 || samples > MAX_SAMPLES) malformed(`A run holds 1 to ${MAX_SAMPLES} samples`);
  if (!(flags & DATA_OFFSET)) malformed('A run says where its data lies');
  const run = { offset: fields.i32(), bytes: 0, duration: 0, first_flags: defaults.flags };
  if (flags & FIRST_FLAGS) run.first_flags = fields.u32();
  for (let i = 0; i < samples; i += 1) {
    run.duration += flags & DURATIONS ? fields.u32() : defaults.duration;
    run.bytes += flags & SIZES ? fields.u32() : defaults.size;
    if (flags & FLAGS) {
      const own = fields.u32();
      if (i === 0 && !(flags & FIRST_FLAGS)) run.first_flags = own;
    }
    if (flags & COMPOSITION) fields.skip(4);
  }
  if (fields.rest() > 0) malformed('A run is longer than its samples');
  return run;
}
