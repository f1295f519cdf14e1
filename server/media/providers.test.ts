/** What every provider must do, done by each; then what only lives from elsewhere do. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import HLS from 'hls-parser';
import { inTx } from '../kernel/db.ts';
import type { Event } from '../kernel/events.ts';
import { fromWire, toWire } from '../kernel/ids.ts';
import { type LiveProviderName, liveProviders } from '../markets/index.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { openPlaylistServer } from '../test/playlist_server.ts';
import { encoderFor } from '../test/publish.ts';
import { call } from '../test/room.ts';
import { lookAgain } from './external_watch.ts';
import { noticeSilence } from './jobs.ts';
import { PROVIDERS } from './providers.ts';
import { liveEdge, setProtected, streamState } from './streams.ts';

const there = await openPlaylistServer();
const house = await openHouse(null, { stand_ins: [there.origin], start: new Date() });
after(there.close);
const { ctx } = house;
const events: Event[] = [];
for (const type of ['stream.started', 'stream.finished', 'stream.silent', 'room.ended']) {
  ctx.relay.on(type, 'test', (told) => void events.push(...told));
}
const told = (type: string, subject: string) =>
  events.filter((event) => event.type === type && event.subject === subject).length;

interface Live {
  stream_id: string;
  room_id: string;
  /** Another second of picture. */
  go(): Promise<void>;
}
type Opened = { room: { room_id: string }; stream_id: string; stream_key?: string; code?: string };

const WAYS: Record<LiveProviderName, (host: TestPerson) => Promise<Live>> = {
  async own(host) {
    const { body } = await call<Opened>(host, 'POST', '/api/rooms', { title: 'Own', language: 'en' });
    const stream_id = fromWire('stream', body.stream_id);
    const encoder = encoderFor(house, stream_id, body.stream_key ?? '');
    await encoder.open();
    return { stream_id, room_id: body.room.room_id, go: async () => void (await encoder.send()) };
  },
  async external_hls(host) {
    there.grow();
    const { body } = await openThere(host);
    const stream_id = fromWire('stream', body.stream_id);
    return { stream_id, room_id: body.room.room_id, go: () => growThere(stream_id) };
  },
};

const openThere = (host: TestPerson, playlist_url = there.url) =>
  call<Opened>(host, 'POST', '/api/rooms/external', { title: 'Elsewhere', language: 'en', playlist_url });

async function growThere(stream_id: string): Promise<void> {
  there.grow();
  house.clock.advance(1_000);
  await lookAgain(ctx, stream_id);
}

const at = (stream_id: string, file: string) => `/media/streams/${toWire('stream', stream_id)}/${file}`;

/** Every place that a viewer's player would ask for, from the master on. */
async function walk(stream_id: string, who?: TestPerson) {
  const seen: { file: string; status: number; type: string | null; bytes: number; text: string }[] = [];
  const waiting = ['master.m3u8'];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (seen.some((one) => one.file === file)) continue;
    const path = at(stream_id, file);
    const response = who ? await who.fetch(path) : await fetch(house.url + path);
    const body = Buffer.from(await response.arrayBuffer());
    const type = response.headers.get('content-type');
    seen.push({
      file,
      status: response.status,
      type,
      bytes: body.length,
      text: body.toString('latin1').slice(0, 4_000),
    });
    if (response.status !== 200 || !file.includes('.m3u8')) continue;
    const list = HLS.parse(body.toString());
    if (list.isMasterPlaylist) waiting.push(...list.variants.map(({ uri }) => uri));
    else waiting.push(...list.segments.flatMap(({ uri, map }) => [...(map ? [map.uri] : []), uri]));
  }
  return seen;
}

for (const name of liveProviders) {
  test(`every provider: ${name} begins with its first picture, is watched below our own roof, and ends`, async () => {
    const host = await house.person();
    const live = await WAYS[name](host);
    const { stream_id } = live;
    const state = async () => (await streamState(ctx, stream_id)).state;
    assert.equal((await streamState(ctx, stream_id)).provider, name);
    await live.go();
    await live.go();
    await house.drain();
    assert.equal(await state(), 'live');
    assert.equal(told('stream.started', stream_id), 1, 'told once');
    const edge = await liveEdge(ctx, stream_id);
    assert.ok(edge && Math.abs(edge.getTime() - house.clock.now().getTime()) < 10_000, 'media time is near the clock');

    const seen = await walk(stream_id);
    assert.ok(seen.length >= 3, JSON.stringify(seen));
    for (const { file, status, bytes, type } of seen) {
      assert.doesNotMatch(file, /^(https?:)?\/\//, 'nothing is fetched from elsewhere');
      assert.ok(status === 200 && bytes > 0, `${file}: ${status}`);
      assert.match(type ?? '', /^(application\/vnd\.apple\.mpegurl|video\/)/);
    }
    const list = seen.findLast(({ file }) => file.includes('m3u8'))?.text ?? '';
    const times = [...list.matchAll(/#EXT-X-PROGRAM-DATE-TIME:(\S+)\n#EXTINF:([\d.]+)/g)];
    const [, begins = '', lasts = ''] = times.at(-1) ?? [];
    assert.equal(
      Date.parse(begins) + Number(lasts) * 1_000,
      edge?.getTime(),
      'what a player shows is what a pin is set by',
    );

    // D2: the same decision for every byte.
    await inTx(ctx.db, (tx) => setProtected(tx, ctx, stream_id, true));
    const stranger = await house.person();
    for (const { file } of seen) {
      assert.equal((await fetch(house.url + at(stream_id, file))).status, 404, file);
      assert.equal((await stranger.fetch(at(stream_id, file))).status, 404, file);
      const mine = await host.fetch(at(stream_id, file));
      assert.deepEqual([mine.status, mine.headers.get('cache-control')], [200, 'private, no-store'], file);
    }

    await call(host, 'POST', `/api/rooms/${live.room_id}/end`);
    await house.drain();
    const { replay } = await streamState(ctx, stream_id);
    assert.equal(await state(), 'ended');
    assert.equal(replay.length > 0, PROVIDERS[name].keeps_replay);
    const after_end = await walk(stream_id, host);
    assert.ok(name === 'own' || after_end.every(({ status }) => status === 404), 'nothing more is handed on');
  });

  test(`every provider: ${name} that is silent for a minute ends its room`, async () => {
    const live = await WAYS[name](await house.person());
    await live.go();
    await house.drain();
    there.fail(503);
    house.clock.advance(61_000);
    await noticeSilence(ctx, house.clock.now());
    await house.drain();
    there.fail(null);
    assert.equal(told('stream.silent', live.stream_id), 1);
    const { body } = await call<{ state: string; end_reason: string }>(
      await house.person(),
      'GET',
      `/api/rooms/${live.room_id}`,
    );
    assert.deepEqual([body.state, body.end_reason], ['ended', 'host_gone']);
  });
}

test('a playlist that says it is over ends the live as its host would; no replay is kept', async () => {
  const host = await house.person();
  const live = await WAYS.external_hls(host);
  await live.go();
  await house.drain();
  there.finish();
  await lookAgain(ctx, live.stream_id);
  await lookAgain(ctx, live.stream_id);
  await house.drain();
  there.resume();
  assert.equal(told('stream.finished', live.stream_id), 1);
  const { body } = await call<{ state: string; end_reason: string }>(host, 'GET', `/api/rooms/${live.room_id}`);
  assert.deepEqual([body.state, body.end_reason], ['ended', 'host']);
  assert.deepEqual((await streamState(ctx, live.stream_id)).replay, []);
});

test('E1: an address inside is refused before anything is opened; what is no running live, as well', async () => {
  const host = await house.person();
  const refused = async (url: string) => (await openThere(host, url)).body.code;
  const canary = await openPlaylistServer();
  after(canary.close);
  canary.grow();
  for (const url of [
    canary.url,
    'http://example.org/x.m3u8',
    'https://127.0.0.1/x',
    'https://2130706433/',
    'https://[::1]/',
  ]) {
    assert.equal(await refused(url), 'external_refused', url);
  }
  for (const url of ['https://169.254.169.254/latest/meta-data', 'https://[::ffff:10.0.0.1]/', 'file:///etc/passwd']) {
    assert.equal(await refused(url), 'external_refused', url);
  }
  assert.equal(await refused('https://10.0.0.1/'), 'external_refused');
  assert.equal(await refused('https://192.168.0.1/'), 'external_refused');
  assert.equal(await refused(there.url), 'too_many_requests', 'each asks another house');
  house.clock.advance(60_000);
  assert.equal(await refused(`${there.origin}/nothing`), 'external_unreachable');
  assert.equal(await refused(`${there.origin}/v/init.mp4`), 'external_unreachable', 'the wrong type');
  there.finish();
  assert.equal(await refused(there.url), 'external_unusable', 'over');
  there.resume();
  assert.deepEqual(canary.asked, []);
  const { rows } = await ctx.db.pool.query('select 1 from rooms where host_id = $1', [host.person_id]);
  assert.equal(rows.length, 0);
});

test('the pack decides: where a market does not offer it, nobody goes live with it', async () => {
  const american = await house.person({ market: 'US', locale: 'en' });
  const before = there.asked.length;
  assert.equal((await openThere(american)).body.code, 'provider_unavailable');
  assert.equal(there.asked.length, before, 'nor is anything fetched');
});

test('D4: nobody sends to a live that lies elsewhere, and it has no key', async () => {
  const host = await house.person();
  const live = await WAYS.external_hls(host);
  const sent = await encoderFor(house, live.stream_id, 'x'.repeat(22)).open();
  assert.equal(sent.body.code, 'stream_key_refused');
  const key = await call<{ code: string }>(host, 'POST', `/api/rooms/${live.room_id}/stream-key`);
  assert.equal(key.body.code, 'stream_external');
  await call(host, 'POST', `/api/rooms/${live.room_id}/end`);
});

test('E1, E10: the house fetches only what a playlist named, once for a crowd, and hands on nothing but pictures', async () => {
  const host = await house.person();
  const live = await WAYS.external_hls(host);
  await live.go();
  await house.drain();
  const { stream_id } = live;
  const seen = await walk(stream_id);
  const piece = seen.findLast(({ file }) => file.startsWith('piece'))?.file ?? '';
  const other = await WAYS.own(await house.person());
  const [, u = '', s = ''] = /u=([^&]+)&s=(.+)$/.exec(piece) ?? [];
  const inside = Buffer.from('https://169.254.169.254/').toString('base64url');
  const wrong = [
    `piece?u=${inside}&s=${s}`,
    `piece?u=${u}&s=${s.slice(0, -1)}`,
    `piece?u=${u}`,
    `list.m3u8?u=${u}&s=${s}`,
  ];
  for (const file of [...wrong, 'piece', 'seg-0.m4s', 'init-1.mp4', 'live-1.m3u8', `piece?u=${u}&u=${u}&s=${s}`]) {
    assert.equal((await fetch(house.url + at(stream_id, file))).status, 404, file);
  }
  assert.equal((await fetch(house.url + at(other.stream_id, piece))).status, 404, 'signed for one stream');

  await growThere(stream_id);
  const fresh = (await walk(stream_id)).findLast(({ file }) => file.startsWith('piece'))?.file ?? '';
  const pieces = () => there.asked.filter((path) => path.endsWith('.m4s')).length;
  const before = pieces();
  house.clock.advance(60_000);
  const crowd = await Promise.all(Array.from({ length: 20 }, () => fetch(house.url + at(stream_id, fresh))));
  assert.ok(crowd.every(({ status }) => status === 200));
  assert.equal(pieces() - before, 1);

  there.disguise('<html><script>alert(1)</script>');
  house.clock.advance(60_000);
  assert.equal((await fetch(house.url + at(stream_id, fresh))).status, 404);
  there.disguise(null);
});
