import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '../kernel/refusal.ts';
import { box, makeInit, makeSegment } from '../test/media.ts';
import { readInit, readSegment } from './cmaf.ts';

const refused = (reason: RegExp) => (error: unknown) =>
  error instanceof Refusal && error.code === 'media_invalid' && reason.test(error.message);

test('an init segment says its codecs, sizes and clocks', () => {
  const told = (codecs: Parameters<typeof makeInit>[0]) => readInit(makeInit(codecs)).map(({ codec }) => codec);
  assert.deepEqual(told({ video: 'vp09', audio: 'Opus' }), ['vp09.00.31.08', 'opus']);
  assert.deepEqual(told({ video: 'avc1', audio: 'mp4a' }), ['avc1.42c01f', 'mp4a.40.2']);
  assert.deepEqual(told({ video: 'avc1' }), ['avc1.42c01f']);
  assert.deepEqual(told({ audio: 'mp4a' }), ['mp4a.40.2']);
  const [picture] = readInit(makeInit());
  assert.deepEqual([picture?.width, picture?.height, picture?.timescale], [720, 1280, 57_600]);
});

test('a segment says where each track begins and ends', () => {
  const segment = readSegment(makeSegment(3), readInit(makeInit()));
  assert.equal(segment.duration_s, 1);
  assert.deepEqual(segment.spans, [
    { track_id: 1, starts: 172_800n, ends: 230_400n },
    { track_id: 2, starts: 144_000n, ends: 192_000n },
  ]);
});

test('E2: an init segment that names another file, or is none, is refused', () => {
  const init = makeInit();
  const self = box('url ', Buffer.from([0, 0, 0, 1]));
  const at = init.indexOf(self);
  const elsewhere = Buffer.from(init);
  elsewhere[at + 11] = 0;
  assert.throws(() => readInit(elsewhere), refused(/in the segment itself/));
  for (const disguised of [
    '#EXTM3U\n#EXTINF:1,\nhttp://169.254.169.254/',
    'ffconcat version 1.0\nfile /etc/passwd',
    '<MPD/>',
  ]) {
    assert.throws(() => readInit(Buffer.from(disguised)), refused(/longer|cut off/));
    assert.throws(() => readSegment(Buffer.from(disguised), readInit(init)), refused(/longer|cut off/));
  }
});

test('boxes beyond the grammar, a foreign codec and a giant picture are refused', () => {
  const init = makeInit();
  assert.throws(() => readInit(Buffer.concat([init, box('udta')])), refused(/may not hold/));
  assert.throws(() => readInit(Buffer.concat([init, init])), refused(/holds 2 boxes/));
  const swap = (from: string, to: string) => Buffer.from(init.toString('latin1').replace(from, to), 'latin1');
  assert.throws(() => readInit(swap('vp09', 'hvc1')), refused(/Only H\.264/));
  const giant = Buffer.from(init);
  giant.writeUInt16BE(60_000, giant.indexOf('vp09') + 4 + 26);
  assert.throws(() => readInit(giant), refused(/sides/));
});

test('E3, E7: a segment that lies about its samples, lasts too long or is too dense is refused', () => {
  const tracks = readInit(makeInit());
  const segment = makeSegment(0);
  assert.throws(() => readSegment(makeSegment(0, 30), tracks), refused(/lasts at most/));
  assert.throws(() => readSegment(makeSegment(0, 1, undefined, 40_000), tracks), refused(/Mbit/));
  assert.throws(() => readSegment(makeSegment(0, 1, { audio: 'Opus' }), tracks), refused(/no video/));
  assert.throws(() => readSegment(makeSegment(0), readInit(makeInit({ video: 'vp09' }))), refused(/does not have/));
  const bent = (find: string, at: number, value: number) => {
    const copy = Buffer.from(segment);
    copy.writeUInt32BE(value, copy.indexOf(find) + 4 + at);
    return copy;
  };
  assert.throws(() => readSegment(bent('trun', 8, 0x7fff_ffff), tracks), refused(/outside/));
  assert.throws(() => readSegment(bent('trun', 4, 0x7fff_ffff), tracks), refused(/samples/));
  assert.throws(() => readSegment(bent('trun', 12, 0x101_0000), tracks), refused(/key frame/));
  assert.throws(() => readSegment(bent('tfhd', 8, 0x7fff_ffff), tracks), refused(/lasts at most/));
  assert.throws(() => readSegment(segment.subarray(0, -1), tracks), refused(/longer/));
});

test('E3: whatever bytes are changed, cut or added: a clear refusal or a bounded answer, never another error', () => {
  const init = makeInit();
  const segment = makeSegment(0);
  const tracks = readInit(init);
  const edit = fc.record({ at: fc.nat(1_200), byte: fc.nat(255) });
  const edits = fc.array(edit, { minLength: 1, maxLength: 8 });
  const change = (original: Buffer, changes: { at: number; byte: number }[], cut: number) => {
    const copy = Buffer.from(original.subarray(0, original.length - cut));
    for (const { at, byte } of changes) copy[at % copy.length] = byte;
    return copy;
  };
  const bounded = (read: () => unknown) => {
    try {
      read();
    } catch (error) {
      assert.ok(error instanceof Refusal && error.code === 'media_invalid', String(error));
    }
  };
  fc.assert(
    fc.property(edits, fc.nat(40), fc.boolean(), (changes, cut, cuts) => {
      bounded(() => readInit(change(init, changes, cuts ? cut : 0)));
      bounded(() => readSegment(change(segment, changes, cuts ? cut : 0), tracks));
    }),
    { numRuns: 5_000 },
  );
});
