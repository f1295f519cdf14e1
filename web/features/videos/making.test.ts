import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverOf } from './camera_frames.ts';
import { begunAt, complete } from './caption.ts';
import { faultsOf, readTime, readVtt, writeTime, writeVtt } from './cues.ts';
import { isDeep, judge, within } from './examine.ts';
import { placesOf } from './join.ts';
import { progressOf, type Upload } from './uploads.ts';
import { linesOf } from './words.ts';

const FACTS = {
  width: 720,
  height: 1_280,
  duration_s: 12,
  bits_per_s: 2e6,
  container: 'MP4',
  video_codec: 'avc',
  audio_codec: 'aac',
  has_sound: true,
  is_deep: false,
  can_decode: true,
};

test('captions are written as WebVTT and read back as they were', () => {
  const cues = [
    { from_ms: 0, to_ms: 1_500, text: 'Clay & water <first>' },
    { from_ms: 61_020, to_ms: 3_602_003, text: 'two\nlines' },
  ];
  const vtt = writeVtt(cues);
  assert.match(vtt, /^WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nClay &amp; water &lt;first&gt;\n/);
  assert.deepEqual(readVtt(vtt), cues);
});

test('captions of other programs are read: SubRip, markup, notes, settings, a byte order mark', () => {
  const srt =
    '\uFEFF1\r\n00:00:01,000 --> 00:00:02,250\r\n<i>Hello</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nAgain\r\n';
  assert.deepEqual(
    readVtt(srt)?.map(({ from_ms, to_ms, text }) => [from_ms, to_ms, text]),
    [
      [1_000, 2_250, 'Hello'],
      [3_000, 4_000, 'Again'],
    ],
  );
  const vtt =
    'WEBVTT\n\nNOTE a note\n\nSTYLE\n::cue { color: red }\n\nid\n01:00.000 --> 01:01.000 align:start\n<v Ann>Hi\n';
  assert.deepEqual(readVtt(vtt), [{ from_ms: 60_000, to_ms: 61_000, text: 'Hi' }]);
  assert.equal(readVtt('just words'), null);
});

test('times are read as people write them', () => {
  assert.deepEqual(['1:02.5', '00:01:02.500', '62,5', '7', 'later', ''].map(readTime), [
    62_500,
    62_500,
    62_500,
    7_000,
    null,
    null,
  ]);
  assert.equal(writeTime(62_500), '1:02.500');
});

test('a cue without text, with its end before its start or beyond the video is told', () => {
  const cues = [
    { from_ms: 0, to_ms: 10, text: ' ' },
    { from_ms: 10, to_ms: 10, text: 'a' },
    { from_ms: 9_000, to_ms: 9_100, text: 'b' },
    { from_ms: 0, to_ms: 10, text: 'c' },
  ];
  assert.deepEqual(
    [...faultsOf(cues, 5_000)],
    [
      [0, 'text'],
      [1, 'times'],
      [2, 'beyond'],
    ],
  );
});

test('a file is sent, made anew or refused, and why is known before a byte is sent', () => {
  const verdict = (change: Partial<typeof FACTS>, bytes = 1e6) => judge({ ...FACTS, ...change }, bytes);
  assert.deepEqual(verdict({}), { kind: 'send' });
  assert.deepEqual(verdict({ video_codec: 'hevc' }), { kind: 'convert', why: 'codec' });
  assert.deepEqual(verdict({ width: 3_840, height: 2_160 }), { kind: 'convert', why: 'size' });
  assert.deepEqual(verdict({ width: 1_080, height: 1_920 }), { kind: 'send' });
  assert.deepEqual(verdict({ is_deep: true }), { kind: 'convert', why: 'codec' });
  assert.deepEqual(verdict({ bits_per_s: 5e7 }), { kind: 'convert', why: 'rate' });
  assert.deepEqual(verdict({ width: 48 }), { kind: 'refuse', why: 'too_small' });
  assert.deepEqual(verdict({ audio_codec: 'ac3' }), { kind: 'convert', why: 'sound' });
  assert.deepEqual(verdict({ container: 'MPEG Transport Stream' }), { kind: 'convert', why: 'container' });
  assert.deepEqual(verdict({ video_codec: 'hevc', can_decode: false }), { kind: 'refuse', why: 'codec_unknown' });
  assert.deepEqual(verdict({ duration_s: 601 }), { kind: 'refuse', why: 'too_long' });
  assert.deepEqual(verdict({ duration_s: 0.4 }), { kind: 'refuse', why: 'too_short' });
  assert.deepEqual(verdict({}, 2e9), { kind: 'refuse', why: 'too_big' });
  assert.deepEqual(judge(null, 10), { kind: 'refuse', why: 'unreadable' });
});

test('ten bits a colour are seen in the name of the codec', () => {
  const names = ['avc1.64001f', 'avc1.6E001F', 'vp09.00.10.08', 'vp09.02.10.10', 'av01.0.05M.08', 'av01.0.05M.10'];
  assert.deepEqual(names.map(isDeep), [false, true, false, true, false, true]);
});

test('a picture is made smaller in even numbers, never larger, upright or lying as it was', () => {
  assert.deepEqual(within({ width: 1_080, height: 1_920 }, 640, 360), { width: 360, height: 640 });
  assert.deepEqual(within({ width: 1_920, height: 1_080 }, 640, 360), { width: 640, height: 360 });
  assert.deepEqual(within({ width: 321, height: 241 }, 640, 360), { width: 322, height: 242 });
  assert.deepEqual(within({ width: 1_000, height: 1_000 }, 640, 360), { width: 360, height: 360 });
});

test('a tag or a name that is begun is found at the caret and completed there', () => {
  assert.deepEqual(begunAt('Bowls #cla', 10), { sign: '#', start: 'cla' });
  assert.deepEqual(begunAt('@mi', 3), { sign: '@', start: 'mi' });
  assert.equal(begunAt('mail@home', 9), null);
  assert.equal(begunAt('#clay is', 8), null);
  assert.deepEqual(complete('See #cla and', 8, { sign: '#', start: 'cla' }, 'clay'), {
    text: 'See #clay and',
    caret: 10,
  });
});

test('words on the picture break where they no longer fit', () => {
  const fits = (line: string) => line.length <= 10;
  assert.deepEqual(linesOf('glazing the autumn mugs\nnow', fits), ['glazing', 'the autumn', 'mugs', 'now']);
  assert.deepEqual(linesOf('unbreakablelongword a', fits), ['unbreakablelongword', 'a']);
});

test('takes stand one after the other, each as long as it plays', () => {
  assert.deepEqual(placesOf([{ length_s: 2 }, { length_s: 0.5 }, { length_s: 4 }]), {
    starts: [0, 2, 2.5],
    length_s: 6.5,
  });
  assert.deepEqual(placesOf([]), { starts: [], length_s: 0 });
});

test('a picture of other proportions is cut evenly on both sides', () => {
  const box = { width: 720, height: 1_280 };
  assert.deepEqual(coverOf({ width: 1_280, height: 720 }, box), { x: 437.5, y: 0, width: 405, height: 720 });
  assert.deepEqual(coverOf(box, box), { x: 0, y: 0, width: 720, height: 1_280 });
});

test('the pill tells how far all uploads are together, and nothing once none is at work', () => {
  const at = (phase: Upload['phase'], done = 0, of = 0) => ({ phase, done, of }) as Upload;
  assert.deepEqual(progressOf([at('sending', 25, 100), at('packaging'), at('done')]), { n: 2, share: 0.625 });
  assert.equal(progressOf([at('ready'), at('refused'), at('done')]), null);
});
