import assert from 'node:assert/strict';
import { test } from 'node:test';
import HLS from 'hls-parser';
import {
  type Edge,
  edgeOf,
  type OutsideMaster,
  type OutsideMedia,
  readPlaylist,
  sortOf,
  timesOf,
  Unusable,
  writeMaster,
  writeMedia,
} from './external_playlist.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const media = (text: string) => readPlaylist(text) as OutsideMedia;

/** Segments of 2 s, numbered from `from`. */
const list = (from: number, count: number, more: { at?: Date; end?: boolean } = {}) =>
  [
    ...['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:2', `#EXT-X-MEDIA-SEQUENCE:${from}`],
    ...['#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES', '#EXT-X-SOMETHING:<script>alert(1)</script>'],
    ...(more.at ? [`#EXT-X-PROGRAM-DATE-TIME:${more.at.toISOString()}`] : []),
    ...Array.from({ length: count }, (_, i) => `#EXTINF:2.000,a title\nseg${from + i}.ts`),
    ...(more.end ? ['#EXT-X-ENDLIST'] : []),
  ].join('\n');

test('a playlist is read and written anew: what is not known does not reach a viewer, and another parser reads it', () => {
  const read = media(list(7, 3, { at: NOW }));
  assert.deepEqual(
    read.segments.map(({ seq, uri, at }) => [seq, uri, at?.getTime()]),
    [7, 8, 9].map((seq, i) => [seq, `seg${seq}.ts`, NOW.getTime() + i * 2_000]),
  );
  const edge: Edge = { edge_seq: 9, edge_at: after(6_000), source_clock: true };
  const text = writeMedia(read, edge, (uri) => `piece?u=${uri}`);
  assert.doesNotMatch(text, /script|SOMETHING|SERVER-CONTROL|title/);
  const parsed = HLS.parse(text) as HLS.types.MediaPlaylist;
  assert.deepEqual([parsed.mediaSequenceBase, parsed.segments.length, parsed.endlist], [7, 3, false]);
  assert.equal(parsed.segments[2]?.programDateTime?.getTime(), NOW.getTime() + 4_000);
  assert.equal(parsed.segments[0]?.uri, 'piece?u=seg7.ts');
  assert.equal(media(list(7, 3, { end: true })).ended, true);
  assert.equal(media(list(0, 100)).segments.length, 60, 'the newest ones of a long one');
});

test('a master keeps only attributes that are what they should be', () => {
  const master = readPlaylist(
    [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Main <b>",URI="sound.m3u8",DEFAULT=YES',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="x",URI="words.m3u8"',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="i.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS="avc1.42e01e,mp4a.40.2",RESOLUTION=720x1280,AUDIO="a",X="\u0022>"',
      'low/list.m3u8',
      '#EXT-X-STREAM-INF:CODECS="avc1"',
      'without-bandwidth.m3u8',
    ].join('\n'),
  ) as OutsideMaster;
  const text = writeMaster(master, (uri) => `list.m3u8?u=${uri}`);
  const { variants } = HLS.parse(text) as HLS.types.MasterPlaylist;
  assert.deepEqual(
    variants.map(({ uri, bandwidth, codecs }) => [uri, bandwidth, codecs]),
    [['list.m3u8?u=low/list.m3u8', 800_000, 'avc1.42e01e,mp4a.40.2']],
  );
  assert.doesNotMatch(text, /<b>|words|I-FRAME|X=/);
  assert.match(text, /URI="list\.m3u8\?u=sound\.m3u8"/);
});

test('E2: what is no playlist, or needs more than handing bytes on, is refused', () => {
  const hostile = [
    ...['', 'ffconcat version 1.0\nfile x', '<html>', '{}', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1'],
    '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="https://x/key"\n#EXTINF:2,\na.ts',
    ...['#EXTM3U\n#EXT-X-BYTERANGE:10@0\n#EXTINF:2,\na.ts', '#EXTM3U\n#EXT-X-DEFINE:NAME="x",VALUE="y"'],
    ...[
      '#EXTM3U\n#EXTINF:0,\na.ts',
      '#EXTM3U\n#EXTINF:1000000000,\na.ts',
      '#EXTM3U\na.ts',
      '#EXTM3U\n#EXTINF:NaN,\na.ts',
    ],
    '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:99999999999999999999\n#EXTINF:2,\na.ts',
    `#EXTM3U\n${'#EXT-X-STREAM-INF:BANDWIDTH=1\nx.m3u8\n'.repeat(13)}`,
  ];
  for (const text of hostile) assert.throws(() => readPlaylist(text), Unusable, text.slice(0, 60));
});

test('media time: the playlist’s own clock where it can be true, else when the house first saw a segment', () => {
  const own = edgeOf(media(list(5, 2, { at: after(-9_000) })), null, NOW);
  assert.deepEqual(own, { edge_seq: 6, edge_at: after(-5_000), source_clock: true });
  const odd = edgeOf(media(list(5, 2, { at: new Date('2001-01-01T00:00:00Z') })), null, NOW);
  assert.deepEqual(odd, { edge_seq: 6, edge_at: NOW, source_clock: false });

  const first = edgeOf(media(list(5, 3)), null, NOW) as Edge;
  assert.deepEqual(first, { edge_seq: 7, edge_at: NOW, source_clock: false });
  const next = edgeOf(media(list(7, 3)), first, after(3_700)) as Edge;
  assert.deepEqual(next, { edge_seq: 9, edge_at: after(4_000), source_clock: false }, 'it grows by what was added');
  assert.deepEqual(edgeOf(media(list(7, 3)), next, after(9_000)), next, 'and by nothing else');
  assert.deepEqual(edgeOf(media(list(0, 2)), next, after(9_000)), { ...next, edge_seq: 1, edge_at: after(9_000) });
  assert.deepEqual(edgeOf(media(list(6, 2)), next, after(9_000)), next, 'an answer that was overtaken');
  const times = timesOf(media(list(8, 4)), next).map((at) => at.getTime() - NOW.getTime());
  assert.deepEqual(times, [0, 2_000, 4_000, 6_000], 'before the edge and after it');
});

test('E8, E10: only pictures and sound are handed on, told by their bytes', () => {
  const ts = Buffer.alloc(376, 0);
  ts[0] = 0x47;
  ts[188] = 0x47;
  const box = (type: string) => Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from(type)]);
  assert.deepEqual([ts, box('moof'), box('ftyp'), Buffer.from('ID3xxxxx')].map(sortOf), [
    ...['video/mp2t', 'video/mp4', 'video/mp4', 'audio/aac'],
  ]);
  for (const text of ['<html><script>', 'GIF89a', '%PDF-1.7', '{"a":1}', '', 'PK\u0003\u0004', '\u007fELF']) {
    assert.equal(sortOf(Buffer.from(text)), null, text);
  }
});
