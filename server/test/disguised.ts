/** Files that pretend to be videos, or are videos that no camera would write (FAULTS E2, E3). */
import { box } from './media.ts';

const text = (content: string) => Buffer.from(content);
const zeros = (n: number) => Buffer.alloc(n);
const u32 = (...numbers: number[]) => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [i, n] of numbers.entries()) bytes.writeUInt32BE(n >>> 0, 4 * i);
  return bytes;
};
const FTYP = box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'));

/** Documents that name addresses; whoever followed one would be seen at `canary`. */
const documents = (canary: string): Record<string, Buffer> => ({
  'a playlist': text(`#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${canary}/a.ts\n#EXT-X-ENDLIST\n`),
  'a playlist with a key': text(
    `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${canary}/key"\n#EXTINF:9,\nfile:///etc/passwd\n`,
  ),
  'a master playlist': text(`#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${canary}/b.m3u8\n`),
  ffconcat: text(`ffconcat version 1.0\nfile '${canary}/c.mp4'\nfile '/etc/passwd'\n`),
  'a session description': text(
    `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=control:${canary}\n`,
  ),
  'a DASH manifest': text(
    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${canary}/</BaseURL></MPD>`,
  ),
  SVG: text(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${canary}/d.png"/></svg>`),
  HTML: text(`<!doctype html><script src="${canary}/e.js"></script>`),
  'XML with an entity': text(`<!DOCTYPE x [<!ENTITY e SYSTEM "${canary}/f">]><x>&e;</x>`),
  'an AVI of one playlist (GAB2)': Buffer.concat([
    text('RIFF'),
    u32(0xff_00_00_00),
    text('AVI LIST'),
    text(`GAB2\0#EXTM3U\n#EXTINF:1,\n${canary}/g.ts\n`),
  ]),
  'a film that lies elsewhere': Buffer.concat([
    FTYP,
    box('moov', box('rmra', box('rmda', box('rdrf', u32(0), text('url '), u32(canary.length), text(canary))))),
  ]),
});

const others: Record<string, Buffer> = {
  'a zip': Buffer.concat([text('PK\u0003\u0004'), zeros(60), text('PK\u0005\u0006'), zeros(18)]),
  'a program (ELF)': Buffer.concat([text('\u007fELF'), zeros(200)]),
  'a program (MZ)': Buffer.concat([text('MZ'), zeros(200)]),
  'a shell script': text('#!/bin/sh\nexit 0\n'),
  'a PDF': text('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'),
  'a GIF': Buffer.concat([text('GIF89a'), zeros(100)]),
  'a PNG': Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), zeros(100)]),
  'a sound (ID3)': Buffer.concat([text('ID3'), Buffer.from([4, 0, 0, 0, 0, 0, 20]), zeros(400)]),
  'a sound (WAVE)': Buffer.concat([text('RIFF'), u32(0x24_00_00_00), text('WAVEfmt '), zeros(40)]),
  'a transport stream': Buffer.concat(Array.from({ length: 10 }, () => Buffer.concat([text('G'), zeros(187)]))),
  'one byte': zeros(1),
  'a million zeros': zeros(1_000_000),
  'a head without a body': FTYP,
  'a box of four gigabytes': Buffer.concat([FTYP, u32(0xff_ff_ff_ff), text('moov'), zeros(64)]),
  'a box of eight exabytes': Buffer.concat([FTYP, u32(1), text('moov'), u32(0x7f_ff_ff_ff, 0xff_ff_ff_ff), zeros(64)]),
  'boxes inside boxes': Array.from({ length: 5_000 }).reduce<Buffer>((inside) => box('moov', inside), zeros(8)),
  'an element of Matroska that never ends': Buffer.concat([
    Buffer.from(
      '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
      'hex',
    ),
    zeros(4_000),
  ]),
  'an element of Matroska inside itself': Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d428781044285810218538067', 'hex'),
    Buffer.from('1853806701ffffffffffffff'.repeat(400), 'hex'),
  ]),
};

/** A real clip with one thing made impossible. @param clip an MP4 with its tables at the front */
const broken = (clip: Buffer): Record<string, Buffer> => ({
  'cut off in its tables': clip.subarray(0, 900),
  'cut off behind its tables': clip.subarray(0, clip.indexOf('mdat') + 4),
  'frames of 1 × 60,000': patched(clip, 'avc1', 24, Buffer.from([0, 1, 0xea, 0x60])),
  'frames of 0 × 0': patched(clip, 'avc1', 24, zeros(4)),
  'frames of 60,000 × 60,000': patched(clip, 'avc1', 24, Buffer.from('ea60ea60', 'hex')),
  'a picture of another codec': patched(clip, 'avc1', 0, text('hvc1'), true),
  'frames that last 10⁹ each': patched(clip, 'stts', 12, u32(1_000_000_000)),
  'two thousand million frames': patched(clip, 'stsz', 8, u32(0x7f_ff_ff_ff)),
  'two thousand million runs of frames': patched(clip, 'stts', 4, u32(0x7f_ff_ff_ff)),
  'frames beyond the end of the file': patched(clip, 'stco', 8, u32(0x7f_ff_ff_f0)),
  'no ticks in a second': patched(clip, 'mdhd', 12, u32(0)),
  'a thousand tracks': crowded(clip),
});

/** Writes over a field of the first box of a type, counted from behind its name. */
function patched(clip: Buffer, type: string, at: number, bytes: Buffer, name = false): Buffer {
  const copy = Buffer.from(clip);
  // The first bytes name brands that are called like codecs.
  const found = copy.indexOf(type, copy.indexOf('moov')) + (name ? 0 : 4);
  bytes.copy(copy, name ? found : found + at);
  return copy;
}

function crowded(clip: Buffer): Buffer {
  const start = clip.indexOf('moov') - 4;
  const size = clip.readUInt32BE(start);
  const moov = clip.subarray(start + 8, start + size);
  const trak = moov.indexOf('trak') - 4;
  const track = moov.subarray(trak, trak + moov.readUInt32BE(trak));
  const many = Array.from({ length: 1_000 }, () => track);
  return Buffer.concat([clip.subarray(0, start), box('moov', moov, ...many), clip.subarray(start + size)]);
}

/** Name → content. None of them may be taken, and nothing may be asked of `canary`. */
export const disguised = (clip: Buffer, canary: string): Record<string, Buffer> => ({
  ...documents(canary),
  ...others,
  ...broken(clip),
});
