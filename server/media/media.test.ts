import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { M3U8Parser, PlaylistLevelType } from 'hls.js';
import { inTx } from '../kernel/db.ts';
import { openHouse } from '../test/harness.ts';
import { makeInit, makeSegment } from '../test/media.ts';
import { type Encoder, encoderFor, encoderOf } from '../test/publish.ts';
import { endStream, liveEdge, mediaTimeAt, noticeSilence, purgeOutlived, rotateKey, streamState } from './index.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
before(async (t) => {
  house = await openHouse(t as never);
});

const host = async () => encoderOf(house, (await house.person()).person_id);
const fetched = (encoder: Encoder, file: string, init?: RequestInit) =>
  fetch(`${house.url}/media/streams/${encoder.id}/${file}`, init);
async function playlist(encoder: Encoder, file: string) {
  const response = await fetched(encoder, file);
  assert.equal(response.status, 200, `${file}: ${response.status}`);
  const details = M3U8Parser.parseLevelPlaylist(await response.text(), 'x:/y', 0, PlaylistLevelType.MAIN, 0, null);
  assert.equal(details.playlistParsingError, null);
  return details;
}
const end = (encoder: Encoder) => inTx(house.ctx.db, (tx) => endStream(tx, house.ctx, encoder.stream_id));
const code = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code ?? 'taken'}`;

test('a live: first segment, playlists at media time, end, replay', async () => {
  const encoder = await host();
  assert.equal((await fetched(encoder, 'master.m3u8')).status, 404);
  assert.deepEqual((await encoder.open()).body, { run: 1, next_seq: 0 });
  const started = house.clock.now();
  const first = await encoder.send();
  assert.equal(first.body.anchor_at, started.toISOString(), 'received a second later, a second long');
  for (let i = 0; i < 4; i += 1) assert.equal((await encoder.send()).status, 200);

  const master = await (await fetched(encoder, 'master.m3u8')).text();
  assert.match(master, /CODECS="vp09\.00\.31\.08,opus",RESOLUTION=720x1280\nlive-1\.m3u8/);
  const live = await playlist(encoder, 'live-1.m3u8');
  assert.deepEqual(
    live.fragments.map(({ programDateTime }) => (programDateTime ?? 0) - started.getTime()),
    [0, 1_000, 2_000, 3_000, 4_000],
  );
  assert.equal((await liveEdge(house.ctx, encoder.stream_id))?.getTime(), started.getTime() + 5_000);
  assert.equal((await fetched(encoder, 'vod-1.m3u8')).status, 404, 'a replay appears with the end');

  await end(encoder);
  assert.equal(code(await encoder.send()), '410 stream_ended');
  assert.equal((await playlist(encoder, 'live-1.m3u8')).live, false);
  assert.equal((await playlist(encoder, 'vod-1.m3u8')).fragments.length, 5);
  const { state, replay } = await streamState(house.ctx, encoder.stream_id);
  assert.equal(state, 'ended');
  assert.deepEqual(
    replay.map(({ duration_ms }) => duration_ms),
    [5_000],
  );
});

test('E10: segments are cacheable for ever, playlists for a second, both with their own type and no sniffing', async () => {
  const encoder = await host();
  await encoder.open();
  await encoder.send();
  const head = async (file: string) => {
    const { headers } = await fetched(encoder, file);
    return [headers.get('content-type'), headers.get('cache-control'), headers.get('x-content-type-options')];
  };
  const forever = 'public, max-age=31536000, immutable';
  assert.deepEqual(await head('seg-0.m4s'), ['video/iso.segment', forever, 'nosniff']);
  assert.deepEqual(await head('init-1.mp4'), ['video/mp4', forever, 'nosniff']);
  const list = 'application/vnd.apple.mpegurl';
  assert.deepEqual(await head('live-1.m3u8'), [list, 'public, max-age=0, s-maxage=1', 'nosniff']);
  for (const file of [
    'seg-1.m4s',
    'seg-0.m4s.part',
    '..%2F..%2Fx',
    'init-9.mp4',
    'master-1.m3u8',
    'live.m3u8',
    'x.css',
  ]) {
    const refused = await fetched(encoder, file);
    assert.equal(refused.status, 404, file);
    assert.equal(refused.headers.get('cache-control'), 'no-store');
  }
});

test('D4: a wrong key, a key of another stream, a rotated key and a second publisher are refused', async () => {
  const person = await house.person();
  const encoder = await encoderOf(house, person.person_id);
  const other = await host();
  assert.equal(Buffer.from(encoder.key, 'base64url').length, 16, '128 bits');
  const { rows } = await house.ctx.db.pool.query('select s::text as row from streams s');
  assert.ok(!JSON.stringify(rows).includes(encoder.key), 'the key is stored nowhere');
  for (const key of ['', 'x'.repeat(64), other.key, `${encoder.key}x`]) {
    const sent = await encoder.put(`runs/${randomUUID()}/init`, makeInit(), { 'souk-stream-key': key });
    assert.equal(code(sent), '401 stream_key_refused');
  }
  const unknown = encoderFor(house, randomUUID(), encoder.key);
  assert.equal(code(await unknown.open()), '401 stream_key_refused', 'an unknown stream answers like a wrong key');

  await encoder.open();
  await encoder.send();
  const hijacker = encoderFor(house, encoder.stream_id, encoder.key);
  assert.equal(code(await hijacker.open()), '409 stream_busy');
  assert.equal((await encoder.send()).status, 200, 'the running one goes on');

  const stranger = await house.person();
  const rotate = (who: typeof person) => inTx(house.ctx.db, (tx) => rotateKey(tx, encoder.stream_id, who.person_id));
  await assert.rejects(rotate(stranger), { code: 'not_found' });
  const key = await rotate(person);
  assert.equal(code(await encoder.send()), '401 stream_key_refused');
  hijacker.key = key;
  assert.equal((await hijacker.open()).status, 200, 'whoever has the new key takes over at once');
  assert.equal((await hijacker.send()).status, 200);
});

test('a host who comes back goes on in the same playlist, behind a discontinuity with a new init segment', async () => {
  const encoder = await host();
  await encoder.open();
  await encoder.send();
  await encoder.send();
  house.clock.advance(40_000);
  const again = encoderFor(house, encoder.stream_id, encoder.key);
  assert.deepEqual((await again.open()).body, { run: 2, next_seq: 2 });
  assert.equal(code(await encoder.send()), '409 run_not_current');
  await again.send();
  const { fragments } = await playlist(again, 'live-1.m3u8');
  assert.deepEqual(
    fragments.map(({ sn, cc, initSegment }) => [sn, cc, initSegment?.relurl]),
    [
      [0, 0, 'init-1.mp4'],
      [1, 0, 'init-1.mp4'],
      [2, 1, 'init-2.mp4'],
    ],
  );
  const gap = (fragments[2]?.programDateTime ?? 0) - (fragments[1]?.programDateTime ?? 0);
  assert.ok(gap > 40_000, `media time shows the gap (${gap} ms)`);
});

test('a run without sound begins another playlist; the old one ends, and the replay has two parts', async () => {
  const encoder = await host();
  await encoder.open();
  await encoder.send();
  await encoder.open({ video: 'vp09' });
  assert.match(await (await fetched(encoder, 'master.m3u8')).text(), /live-1/, 'nothing changes before a segment came');
  await encoder.send();
  assert.match(await (await fetched(encoder, 'master.m3u8')).text(), /CODECS="vp09\.00\.31\.08",.*\nlive-2/);
  assert.equal((await playlist(encoder, 'live-1.m3u8')).live, false);
  assert.equal((await playlist(encoder, 'live-2.m3u8')).live, true);
  await end(encoder);
  assert.equal((await streamState(house.ctx, encoder.stream_id)).replay.length, 2);
  assert.equal((await playlist(encoder, 'vod-2.m3u8')).fragments.length, 1);
});

test('E7: out of order, twice, garbage, too large, a jump in time: refused, and the playlist stays whole', async () => {
  const encoder = await host();
  await encoder.open();
  await encoder.send();
  const path = (seq: number) => `runs/${encoder.run_id}/segments/${seq}`;
  const next = makeSegment(1);
  assert.equal(code(await encoder.put(path(0), makeSegment(0))), '200 taken', 'the last one again is answered again');
  const ahead = await encoder.put(path(5), next);
  assert.equal(code(ahead), '409 segment_out_of_order');
  assert.equal(ahead.body.next_seq, 1);
  assert.equal(code(await encoder.put(path(1), Buffer.from('#EXTM3U\n/etc/passwd\n'))), '400 media_invalid');
  assert.equal(code(await encoder.put(path(1), Buffer.alloc(0))), '400 media_invalid');
  assert.equal(code(await encoder.put(path(1), Buffer.alloc(4_500_000))), '413 too_large');
  assert.equal(code(await encoder.put(path(1), makeSegment(50))), '409 segment_gap');
  assert.equal(code(await encoder.put(path(1), makeSegment(0))), '409 segment_gap', 'time does not go back');
  assert.equal(code(await encoder.put(path(1), next, { 'content-type': 'application/json' })), '400 invalid_request');
  assert.equal(code(await encoder.put(path(1), next, { 'content-type': 'text/html' })), '415 media_type_refused');
  assert.equal((await encoder.send()).status, 200, 'after all that the next one is taken');
  assert.equal((await playlist(encoder, 'live-1.m3u8')).fragments.length, 2);
});

test('E7: media faster than the clock is refused, and taken once the clock has caught up', async () => {
  const encoder = await host();
  await encoder.open();
  const put = (n: number) => encoder.put(`runs/${encoder.run_id}/segments/${n}`, makeSegment(n));
  for (let n = 0; n < 10; n += 1) assert.equal((await put(n)).status, 200);
  assert.equal(code(await put(10)), '429 media_too_fast');
  house.clock.advance(1_000);
  assert.equal((await put(10)).status, 200);
});

test('parallel senders of one segment: one is taken', async () => {
  const encoder = await host();
  await encoder.open();
  house.clock.advance(5_000);
  const path = `runs/${encoder.run_id}/segments/0`;
  const sent = await Promise.all(Array.from({ length: 8 }, () => encoder.put(path, makeSegment(0))));
  for (const one of sent) assert.ok(['200 taken', '409 segment_out_of_order'].includes(code(one)), code(one));
  assert.equal((await playlist(encoder, 'live-1.m3u8')).fragments.length, 1);
});

test('E7: silence for a minute is told once, and ends with the next segment', async () => {
  const encoder = await host();
  const heard: string[] = [];
  for (const type of ['stream.started', 'stream.resumed', 'stream.silent']) {
    house.ctx.relay.on(type, 'test', (events) => {
      for (const { subject } of events) if (subject === encoder.stream_id) heard.push(type);
    });
  }
  await encoder.open();
  await encoder.send();
  house.clock.advance(59_000);
  await noticeSilence(house.ctx, house.clock.now());
  assert.equal((await streamState(house.ctx, encoder.stream_id)).state, 'live');
  house.clock.advance(2_000);
  await noticeSilence(house.ctx, house.clock.now());
  await noticeSilence(house.ctx, house.clock.now());
  assert.equal((await streamState(house.ctx, encoder.stream_id)).state, 'silent');
  await house.drain();
  await encoder.open();
  await encoder.send();
  assert.equal((await streamState(house.ctx, encoder.stream_id)).state, 'live');
  await house.drain();
  assert.deepEqual(heard, ['stream.started', 'stream.silent', 'stream.resumed']);
});

test('a stamp of the host stays within 10 s of the picture', async () => {
  const encoder = await host();
  await encoder.open();
  await encoder.send();
  const edge = (await liveEdge(house.ctx, encoder.stream_id)) as Date;
  const stamp = async (ms: number) =>
    (await mediaTimeAt(house.ctx, encoder.stream_id, new Date(edge.getTime() + ms))).getTime() - edge.getTime();
  assert.deepEqual([await stamp(-3_000), await stamp(-60_000), await stamp(60_000)], [-3_000, -10_000, 10_000]);
});

test('D2: a protected stream is asked for on every byte, and a stranger sees nothing of it', async () => {
  const owner = await house.person();
  const encoder = await encoderOf(house, owner.person_id, true);
  await encoder.open();
  await encoder.send();
  const stranger = await house.person();
  for (const file of ['master.m3u8', 'live-1.m3u8', 'init-1.mp4', 'seg-0.m4s']) {
    assert.equal((await fetched(encoder, file)).status, 404, file);
    assert.equal((await stranger.fetch(`/media/streams/${encoder.id}/${file}`)).status, 404, file);
    const own = await owner.fetch(`/media/streams/${encoder.id}/${file}`);
    assert.equal(own.status, 200, file);
    assert.equal(own.headers.get('cache-control'), 'private, no-store');
  }
});

test('a full disk refuses more, and a replay leaves the disk after its time', async () => {
  const encoder = await host();
  await encoder.open();
  await encoder.send();
  await end(encoder);
  const fill = (bytes: bigint) =>
    house.ctx.db.pool.query('update streams set bytes = $2 where stream_id = $1', [encoder.stream_id, bytes]);
  await fill(60_000_000_000n);
  const late = await host();
  await late.open();
  assert.equal(code(await late.send()), '507 disk_full');
  house.clock.advance(31 * 86_400_000);
  assert.ok((await purgeOutlived(house.ctx, house.clock.now())) >= 1);
  assert.deepEqual((await streamState(house.ctx, encoder.stream_id)).replay, []);
  assert.equal(await house.ctx.storage.read(`streams/${encoder.stream_id}/seg-0.m4s`), null);
});
