import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { makeClip } from '../test/clips.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { uploadAndPack } from '../test/upload.ts';
import { postVideo } from '../test/video.ts';
import { readCues, writeCues } from './cues.ts';

const house = await openHouse(null);
const { ctx } = house;

const VTT = `WEBVTT - made by hand

STYLE
::cue { background: url(https://example.org/x.png) }

NOTE nobody reads this

2
00:00:02.000 --> 00:00:04.500 align:start
<v Ann>Second &amp; <b>last</b>
of two lines

00:01.000 --> 00:02.000
First <script>alert(1)</script>
`;

const put = (who: TestPerson, path: string, type: string, body: string | Uint8Array) =>
  who.fetch(path, { method: 'PUT', headers: { 'content-type': type }, body: body as BodyInit });

test('captions are read without markup, styles and notes, in the order of their times, and written escaped', () => {
  const cues = readCues(VTT);
  assert.deepEqual(cues, [
    { from_ms: 1_000, to_ms: 2_000, text: 'First alert(1)' },
    { from_ms: 2_000, to_ms: 4_500, text: 'Second & last\nof two lines' },
  ]);
  assert.match(writeCues(cues ?? []), /^WEBVTT\n\n00:00:01\.000 --> 00:00:02\.000\n/);
  assert.deepEqual(readCues(writeCues(cues ?? [])), cues);
  assert.equal(writeCues([{ from_ms: 0, to_ms: 1, text: '<img src=x>' }]).includes('<'), false);
  for (const bad of [
    '',
    'hello',
    '1\n00:00:01,000 --> 00:00:02,000\nSubRip',
    `WEBVTT\n\n00:03.000 --> 00:02.000\nback`,
  ]) {
    assert.equal(readCues(bad), null, bad);
  }
});

test('captions stand in any language beside a post, for whoever may see it', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { id } = await postVideo(ctx, ann.person_id);
  assert.equal((await put(ann, `/api/videos/${id}/captions/de`, 'text/vtt', VTT)).status, 200);
  assert.equal((await put(ann, `/api/videos/${id}/captions/en`, 'text/vtt', 'no captions')).status, 400);
  assert.equal((await put(ben, `/api/videos/${id}/captions/en`, 'text/vtt', VTT)).status, 404);
  const { data } = await ben.api.GET('/api/videos/{video_id}', { params: { path: { video_id: id } } });
  assert.deepEqual(
    data?.captions.map(({ language }) => language),
    ['de'],
  );
  const shown = await ben.fetch(data?.captions[0]?.url ?? '');
  assert.equal(shown.headers.get('content-type'), 'text/vtt; charset=utf-8');
  assert.match(await shown.text(), /Second &amp; last/);
  await ann.fetch(`/api/videos/${id}/captions/de`, { method: 'DELETE' });
  assert.equal((await ben.fetch(`/api/videos/${id}/captions/de`)).status, 404);
});

test('E4: a cover is drawn anew and asked for like the video it stands for', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const post = await postVideo(ctx, ann.person_id, { visibility: 'me' });
  const picture = await sharp({ create: { width: 1_440, height: 2_560, channels: 3, background: '#c33' } })
    .withExif({ IFD0: { Make: 'PhoneMaker' } })
    .jpeg()
    .toBuffer();
  const path = `/api/videos/${post.id}/cover`;
  assert.equal((await put(ben, path, 'image/jpeg', new Uint8Array(picture))).status, 404);
  assert.equal((await put(ann, path, 'image/jpeg', new TextEncoder().encode('<svg/>'))).status, 400);
  assert.equal((await put(ann, path, 'image/jpeg', new Uint8Array(picture))).status, 200);
  const { data } = await ann.api.GET('/api/videos/{video_id}', { params: { path: { video_id: post.id } } });
  const url = data?.cover_url ?? '';
  assert.equal((await ben.fetch(url)).status, 404);
  const own = await ann.fetch(url);
  assert.equal(own.headers.get('cache-control'), 'private, no-store');
  const drawn = Buffer.from(await own.arrayBuffer());
  const { format, width, height, exif } = await sharp(drawn).metadata();
  assert.deepEqual([format, width, height, exif], ['webp', 720, 1_280, undefined]);
  const details = {
    caption: '',
    language: 'en',
    visibility: 'everyone',
    who_comments: 'everyone',
    may_duet: true,
  } as const;
  await ann.api.PUT('/api/videos/{video_id}', { params: { path: { video_id: post.id } }, body: details });
  const open = await fetch(`${house.url}${url}`);
  assert.deepEqual([open.status, open.headers.get('cache-control')], [200, 'public, max-age=31536000, immutable']);
});

test('whoever uploaded a file is told what became of it, and what would work instead', async () => {
  const ann = await house.person();
  const good = await uploadAndPack(house, ann, await makeClip({ seconds: 3 }));
  assert.equal(good.state, 'packaged');
  await uploadAndPack(house, ann, new TextEncoder().encode('#EXTM3U\nhttps://example.org/a.ts\n'), {
    filename: 'a.avi',
  });
  const pending = await uploadAndPack(house, ann, new TextEncoder().encode('not yet'), { filename: 'b.mp4' });
  assert.equal(pending.refusal, 'video_unreadable');
  await house.drain();
  const { data } = await ann.api.GET('/api/notices');
  const lines = data?.items.map(({ line }) => line).sort();
  assert.deepEqual(lines, [
    '“a.avi” could not be used. It is not a video that can be read. MP4, MOV, WebM and MKV work.',
    '“b.mp4” could not be used. It is not a video that can be read. MP4, MOV, WebM and MKV work.',
  ]);
});
