import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import HLS from 'hls-parser';
import { Parser } from 'm3u8-parser';
import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import { fromWire, toWire } from '../kernel/ids.ts';
import { type ClipWish, makeClip, REAL_VIDEOS } from '../test/clips.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { uploadAndPack, uploadFile, uploadState } from '../test/upload.ts';
import { listBoxes } from './boxes.ts';
import { readInit, readSegment } from './cmaf.ts';
import { packageWaiting } from './packaging.ts';
import { uploadFile as fileOf } from './upload_files.ts';

const house = await openHouse(null);
const { ctx } = house;

interface Presentation {
  master: ReturnType<typeof HLS.parse>;
  list: { uri: string; duration: number }[];
  init: Buffer;
  segments: Buffer[];
}

/** Makes a post of the upload, so that its owner may see it, and fetches all of it. */
async function fetchAll(who: TestPerson, upload: string, rendition = 0): Promise<Presentation> {
  await who.api.POST('/api/videos', { body: { upload_id: upload, caption: '', language: 'en' } as never });
  const base = `/media/packages/${toWire('package', fromWire('upload', upload))}`;
  const text = async (file: string) => {
    const response = await who.fetch(`${base}/${file}`);
    assert.equal(response.status, 200, file);
    return response.text();
  };
  const bytes = async (file: string) => Buffer.from(await (await who.fetch(`${base}/${file}`)).arrayBuffer());
  const [master, list] = [await text('master.m3u8'), await text(`r${rendition}.m3u8`)];
  const parser = new Parser();
  parser.push(list);
  parser.end();
  const second = parser.manifest;
  const parsed = HLS.parse(list) as HLS.types.MediaPlaylist;
  assert.equal(second.endList, true);
  assert.deepEqual(
    second.segments?.map(({ uri, duration }) => [uri, duration]),
    parsed.segments.map(({ uri, duration }) => [uri, duration]),
    'two parsers read the same',
  );
  const longest = Math.max(...parsed.segments.map(({ duration }) => duration));
  assert.ok(parsed.targetDuration >= Math.round(longest), 'RFC 8216 §4.3.3.1');
  return {
    master: HLS.parse(master),
    list: parsed.segments,
    init: await bytes(parsed.segments[0]?.map?.uri ?? ''),
    segments: await Promise.all(parsed.segments.map(({ uri }) => bytes(uri))),
  };
}

const inputOf = ({ init, segments }: Presentation) =>
  new Input({ source: new BufferSource(Buffer.concat([init, ...segments])), formats: [MP4] });

test('a recording becomes segments of two seconds that begin with key frames, byte for byte its own packets', async () => {
  const ann = await house.person();
  const clip = await makeClip({ seconds: 7 });
  const { id, state } = await uploadAndPack(house, ann, clip);
  assert.equal(state, 'packaged');
  const shown = await fetchAll(ann, id);
  assert.deepEqual(
    shown.list.map(({ duration }) => Math.round(duration)),
    [2, 2, 2, 1],
  );
  const tracks = readInit(shown.init);
  for (const segment of shown.segments) readSegment(segment, tracks); // refuses what does not begin with a key frame
  const [variant] = (shown.master as HLS.types.MasterPlaylist).variants;
  assert.deepEqual([variant?.resolution?.width, variant?.resolution?.height], [720, 1_280]);
  assert.match(variant?.codecs ?? '', /^avc1\.[0-9a-f]{6},mp4a\.40\.2$/);
  const before = await packetsOf(new Input({ source: new BufferSource(clip), formats: [MP4] }));
  assert.deepEqual(await packetsOf(inputOf(shown)), before);
  assert.equal(existsSync(fileOf(ctx, fromWire('upload', id))), false, 'the upload’s bytes are gone');
});

async function packetsOf(input: Input): Promise<string[]> {
  const track = await input.getPrimaryVideoTrack();
  const found: string[] = [];
  if (track) {
    for await (const { data, timestamp, type } of new EncodedPacketSink(track).packets()) {
      found.push(`${timestamp.toFixed(3)} ${type} ${data.length} ${Buffer.from(data).subarray(0, 24).toString('hex')}`);
    }
  }
  return found;
}

const variants: [what: string, wish: ClipWish, facts: object][] = [
  ['MOV', { container: 'mov' }, { width: 720, height: 1_280, has_sound: true }],
  ['MKV', { container: 'mkv' }, { width: 720, height: 1_280, has_sound: true }],
  ['turned by 90°', { rotation: 90 }, { width: 1_280, height: 720, has_sound: true }],
  ['turned by 270°', { rotation: 270, container: 'mov' }, { width: 1_280, height: 720, has_sound: true }],
  ['without sound', { sounds: 0 }, { width: 720, height: 1_280, has_sound: false }],
  ['three tracks of sound, two of them empty', { sounds: 3 }, { width: 720, height: 1_280, has_sound: true }],
  ['an odd frame rate', { stretch: 1.2345 }, { width: 720, height: 1_280, has_sound: true }],
];
for (const [what, wish, facts] of variants) {
  test(`taken: ${what}`, async () => {
    const ann = await house.person();
    const { id, state, refusal } = await uploadAndPack(house, ann, await makeClip({ seconds: 4, ...wish }));
    assert.equal(state, 'packaged', String(refusal));
    const { rows } = await ctx.db.pool.query('select width, height, has_sound from packages where package_id = $1', [
      fromWire('upload', id),
    ]);
    assert.deepEqual(rows, [facts]);
    const shown = await fetchAll(ann, id);
    const track = await inputOf(shown).getPrimaryVideoTrack();
    assert.equal(await track?.getRotation(), wish.rotation ?? 0, 'the player is told how to turn it');
  });
}

test('place, device, title and dates of a recording are not in what others get', async () => {
  const ann = await house.person();
  const gps = '+52.5200+013.4050/';
  const clip = await makeClip({
    seconds: 3,
    container: 'mov',
    tags: {
      title: 'My kitchen',
      artist: 'Ann Example',
      raw: { '©xyz': gps, '©mak': 'PhoneMaker', '©mod': 'Phone 12' },
    },
  });
  const secrets = [gps, 'PhoneMaker', 'Phone 12', 'My kitchen', 'Ann Example'];
  for (const secret of secrets) assert.ok(clip.includes(secret), `${secret} is in the file that is sent`);
  const { id } = await uploadAndPack(house, ann, clip);
  const shown = await fetchAll(ann, id);
  const all = Buffer.concat([shown.init, ...shown.segments]);
  for (const secret of secrets) assert.equal(all.includes(secret), false, secret);
  const [, moov] = listBoxes(new DataView(shown.init.buffer, shown.init.byteOffset, shown.init.byteLength));
  const inside = moov ? listBoxes(moov.body).map(({ type }) => type) : [];
  assert.deepEqual(inside, ['mvhd', 'trak', 'trak', 'mvex']);
});

test('a smaller version from the uploader’s browser is a second rendition; one of another video is refused', async () => {
  const ann = await house.person();
  const { id } = await uploadAndPack(house, ann, await makeClip({ seconds: 6 }));
  const smaller = await uploadAndPack(house, ann, await makeClip({ seconds: 6, container: 'mkv' }), { of: id });
  assert.equal(smaller.state, 'packaged');
  const shown = await fetchAll(ann, id, 1);
  assert.equal((shown.master as HLS.types.MasterPlaylist).variants.length, 2);
  const other = await uploadAndPack(house, ann, await makeClip({ seconds: 3 }), { of: id });
  assert.deepEqual([other.state, other.refusal], ['refused', 'rendition_differs']);
  assert.equal((await uploadAndPack(house, ann, await makeClip({ seconds: 6 }))).state, 'packaged');
});

test('D2: of what not everybody may see each byte is asked for; of what everybody sees any cache may keep it', async () => {
  const [ann, eve] = [await house.person(), await house.person()];
  const { id } = await uploadAndPack(house, ann, await makeClip({ seconds: 3 }));
  const body = { upload_id: id, caption: '', language: 'en' } as never;
  const { data } = await ann.api.POST('/api/videos', { body });
  const path = { video_id: (data as { video_id: string }).video_id };
  const base = `/media/packages/${toWire('package', fromWire('upload', id))}`;
  const files = ['master.m3u8', 'r0.m3u8', 'r0-init.mp4', 'r0-0.m4s'];
  const statuses = (who: TestPerson) =>
    Promise.all(files.map(async (file) => (await who.fetch(`${base}/${file}`)).status));
  assert.deepEqual(await statuses(eve), [404, 404, 404, 404]);
  assert.deepEqual(await statuses(ann), [200, 200, 200, 200]);
  await ann.api.POST('/api/videos/{video_id}/publish', { params: { path }, body: { at: null } as never });
  assert.deepEqual(await statuses(eve), [200, 200, 200, 200]);
  const open = await fetch(`${house.url}${base}/r0-0.m4s`);
  assert.equal(open.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  const details = {
    caption: '',
    language: 'en',
    visibility: 'followers',
    who_comments: 'everyone',
    may_duet: true,
  } as const;
  await ann.api.PUT('/api/videos/{video_id}', { params: { path }, body: details });
  assert.deepEqual(await statuses(eve), [404, 404, 404, 404]);
  assert.equal((await ann.fetch(`${base}/r0-0.m4s`)).headers.get('cache-control'), 'private, no-store');
  for (const file of ['..%2fsouk.env', 'r0-99.m4s', 'r5.m3u8', 'x.mp4']) {
    assert.equal((await ann.fetch(`${base}/${file}`)).status, 404, file);
  }
});

test('a process that died in the middle leaves the upload to the next; the third death refuses it', async () => {
  const ann = await house.person();
  const id = await uploadFile(ann, await makeClip({ seconds: 3 }));
  const upload_id = fromWire('upload', id);
  // What a killed process leaves: an attempt that was begun, some files, no package.
  await ctx.db.pool.query('update uploads set attempts = 1 where upload_id = $1', [upload_id]);
  await ctx.storage.put(`packages/${upload_id}/r0-0.m4s`, Buffer.from('half'));
  assert.equal(await packageWaiting(ctx), 1);
  assert.equal((await uploadState(ann, id)).state, 'packaged');
  await fetchAll(ann, id);
  const deadly = await uploadFile(ann, await makeClip({ seconds: 3 }));
  await ctx.db.pool.query('update uploads set attempts = 3 where upload_id = $1', [fromWire('upload', deadly)]);
  assert.equal(await packageWaiting(ctx), 1);
  assert.equal((await uploadState(ann, deadly)).refusal, 'video_unreadable');
});

test('what another process is at is left to it', async () => {
  const ann = await house.person();
  const id = await uploadFile(ann, await makeClip({ seconds: 3 }));
  const other = await ctx.db.pool.connect();
  await other.query('select pg_advisory_lock(hashtextextended($1, 29))', [fromWire('upload', id)]);
  assert.equal(await packageWaiting(ctx), 0);
  assert.equal((await uploadState(ann, id)).state, 'packaging');
  await other.query('select pg_advisory_unlock_all()');
  other.release();
  assert.equal(await packageWaiting(ctx), 1);
  assert.equal((await uploadState(ann, id)).state, 'packaged');
});

test('recordings of real cameras are packaged', { skip: REAL_VIDEOS ? false : 'no SOUK_REAL_DATA' }, async () => {
  const ann = await house.person();
  for (const [file, facts] of [
    ['landscape-1080p.mp4', { width: 1_920, height: 1_080, duration_ms: 5_000 }],
    ['rotated.mp4', { width: 1_080, height: 1_920, duration_ms: 1_875 }],
  ] as const) {
    const { id, state, refusal } = await uploadAndPack(house, ann, readFileSync(join(REAL_VIDEOS ?? '', file)));
    assert.equal(state, 'packaged', String(refusal));
    const sql = 'select width, height, duration_ms from packages where package_id = $1';
    assert.deepEqual((await ctx.db.pool.query(sql, [fromWire('upload', id)])).rows, [facts]);
    const shown = await fetchAll(ann, id);
    readSegment(shown.segments[0] as Buffer, readInit(shown.init));
  }
});
