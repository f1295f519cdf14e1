/** Small well-formed media for tests: the boxes of a real encoder, with noise for picture and sound. */

const u8 = (...bytes: number[]) => Buffer.from(bytes);
const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const u32 = (...numbers: number[]) => Buffer.concat(numbers.map((n) => Buffer.from(Uint32Array.of(n).buffer).swap32()));
const u64 = (n: bigint) => Buffer.from(BigUint64Array.of(n).buffer).swap64();
const zeros = (bytes: number) => Buffer.alloc(bytes);

export function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

const ENTRIES = {
  avc1: box('avc1', picture(), box('avcC', u8(1, 0x42, 0xc0, 0x1f, 0xff, 0xe0, 0))),
  vp09: box('vp09', picture(), box('vpcC', u8(1, 0, 0, 0, 0, 31, 0x82, 1, 1, 1, 0, 0))),
  mp4a: box(
    'mp4a',
    sound(),
    box('esds', zeros(4), u8(3, 25, 0, 1, 0, 4, 17, 0x40, 0x15), zeros(11), u8(5, 2, 0x11, 0x90, 6, 1, 2)),
  ),
  Opus: box('Opus', sound(), box('dOps', u8(0, 2, 1, 0x38), u32(48_000), zeros(3))),
};

function picture(): Buffer {
  return Buffer.concat([zeros(6), u16(1), zeros(16), u16(720), u16(1280), zeros(50)]);
}

function sound(): Buffer {
  return Buffer.concat([zeros(6), u16(1), zeros(8), u16(2), u16(16), zeros(4), u32(48_000 << 16)]);
}

export type Codecs = { video?: 'avc1' | 'vp09'; audio?: 'mp4a' | 'Opus' };

const TRACKS = [
  {
    id: 1,
    kind: 'video',
    handler: 'vide',
    header: box('vmhd', u32(1), zeros(8)),
    timescale: 57_600,
    ticks: 1_920,
    size: 900,
  },
  { id: 2, kind: 'audio', handler: 'soun', header: box('smhd', zeros(8)), timescale: 48_000, ticks: 960, size: 160 },
] as const;

/** An init segment with a picture, a sound, or both. */
export function makeInit(codecs: Codecs = { video: 'vp09', audio: 'Opus' }): Buffer {
  const tracks = TRACKS.filter(({ kind }) => codecs[kind]);
  const traks = tracks.map(({ id, kind, handler, header, timescale }) => {
    const empty = ['stts', 'stsc', 'stco'].map((type) => box(type, zeros(8)));
    const stsd = box('stsd', u32(0, 1), ENTRIES[codecs[kind] as keyof typeof ENTRIES]);
    const stbl = box('stbl', stsd, ...empty, box('stsz', zeros(12)));
    const dinf = box('dinf', box('dref', u32(0, 1), box('url ', u32(1))));
    const hdlr = box('hdlr', zeros(8), Buffer.from(handler), zeros(13));
    const mdhd = box('mdhd', zeros(12), u32(timescale), zeros(8));
    return box(
      'trak',
      box('tkhd', zeros(12), u32(id), zeros(68)),
      box('mdia', mdhd, hdlr, box('minf', header, dinf, stbl)),
    );
  });
  const trexes = tracks.map(({ id }) => box('trex', u32(0, id, 1, 0, 0, 0)));
  return Buffer.concat([
    box('ftyp', Buffer.from('iso5'), zeros(4), Buffer.from('iso5cmfc')),
    box('moov', box('mvhd', zeros(100)), ...traks, box('mvex', ...trexes)),
  ]);
}

/**
 * A segment that begins `at_s` after its run did.
 * @param noise bytes of each frame beyond the usual, to make it large
 */
export function makeSegment(
  at_s: number,
  duration_s = 1,
  codecs: Codecs = { video: 'vp09', audio: 'Opus' },
  noise = 0,
): Buffer {
  const runs = TRACKS.filter(({ kind }) => codecs[kind]).map(({ id, kind, timescale, ticks, size }) => {
    const starts = BigInt(Math.round((at_s * timescale) / ticks) * ticks);
    const samples = Math.max(1, Math.round((duration_s * timescale) / ticks));
    return { id, kind, ticks, starts, samples, size: size + noise };
  });
  const build = (offsets: number[]) =>
    box(
      'moof',
      box('mfhd', u32(0, 1)),
      ...runs.map(({ id, kind, ticks, starts, samples, size }, i) =>
        box(
          'traf',
          box('tfhd', u32(0x2_0038, id, ticks, size, kind === 'video' ? 0x101_0000 : 0x200_0000)),
          box('tfdt', u32(0x100_0000), u64(starts)),
          box(
            'trun',
            u32(kind === 'video' ? 5 : 1, samples, offsets[i] ?? 0),
            ...(kind === 'video' ? [u32(0x200_0000)] : []),
          ),
        ),
      ),
    );
  let offset = build([]).length + 8;
  const offsets = runs.map(({ samples, size }) => {
    offset += samples * size;
    return offset - samples * size;
  });
  const data = Buffer.alloc(offset - build([]).length - 8, 0x5a);
  return Buffer.concat([box('styp', Buffer.from('iso5'), zeros(4)), build(offsets), box('mdat', data)]);
}
