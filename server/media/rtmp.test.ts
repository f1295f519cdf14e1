import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { M3U8Parser, PlaylistLevelType } from 'hls.js';
import { inTx } from '../kernel/db.ts';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { connectEncoder, type FlvTag, type Recording, readRecording, type TestEncoder } from '../test/rtmp.ts';
import { createStream, endStream, type RtmpServer, startRtmp, streamState } from './index.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
let rtmp: RtmpServer;
let recording: Recording;
before(async (t) => {
  house = await openHouse(t as never);
  rtmp = await startRtmp(house.ctx, 0, '127.0.0.1');
  recording = await readRecording(12);
});
after(() => rtmp.stop());

const makeKey = async (who: TestPerson) => {
  const answer = await who.fetch('/api/media/encoder/key', { method: 'POST' });
  return ((await answer.json()) as { key: string }).key;
};

/** A creator with an open live and an encoder's key. */
async function creator() {
  const person = await house.person();
  const { stream_id } = await inTx(house.ctx.db, (tx) => createStream(tx, house.ctx, { owner_id: person.person_id }));
  return { person, stream_id, key: await makeKey(person) };
}
type Creator = Awaited<ReturnType<typeof creator>>;

const between = (from_ms: number, to_ms: number) => recording.frames.filter(({ dts }) => dts >= from_ms && dts < to_ms);
const moved = (tags: FlvTag[], by_ms: number) => tags.map((tag) => ({ ...tag, dts: tag.dts + by_ms }));

/** The media of so many seconds may come: the house's clock stands still otherwise. */
const pass = (seconds: number) => house.clock.advance(seconds * 1_000);

async function faultOf({ person }: Creator): Promise<string | null> {
  const answer = await person.fetch('/api/media/encoder');
  return ((await answer.json()) as { fault: string | null }).fault;
}

async function segmentsOf({ stream_id }: Creator) {
  const { rows } = await house.ctx.db.pool.query<{ run: number; duration_ms: number }>(
    'select run, duration_ms from stream_segments where stream_id = $1 order by seq',
    [stream_id],
  );
  return rows;
}

/** Waits until that much media is stored. */
async function stored(of: Creator, seconds: number) {
  for (let tries = 0; ; tries += 1) {
    const segments = await segmentsOf(of);
    const ms = segments.reduce((sum, { duration_ms }) => sum + duration_ms, 0);
    if (ms >= seconds * 1_000 - 100) return segments;
    if (tries > 400) assert.fail(`${ms} ms of ${seconds} s are stored; fault: ${await faultOf(of)}`);
    await sleep(25);
  }
}

async function livePlaylist({ stream_id }: Creator) {
  const base = `${house.url}/media/streams/${toWire('stream', stream_id)}`;
  const master = await (await fetch(`${base}/master.m3u8`)).text();
  const file = /live-\d+\.m3u8/.exec(master)?.[0];
  const text = await (await fetch(`${base}/${file}`)).text();
  const details = M3U8Parser.parseLevelPlaylist(text, 'x:/y', 0, PlaylistLevelType.MAIN, 0, null);
  assert.equal(details.playlistParsingError, null);
  return { master, details };
}

async function cutOff(encoder: TestEncoder) {
  await Promise.race([encoder.closed, sleep(20_000, undefined, { ref: false })]);
  assert.ok(encoder.isClosed(), 'the encoder is cut off');
}

const refusal = (key: string) =>
  connectEncoder(rtmp.port, key).then(
    (encoder) => {
      encoder.disconnect();
      return 'let in';
    },
    (error: Error) => error.message,
  );

test('OBS sends H.264 and AAC: they are remuxed into segments that the browser ingest would take', async () => {
  const someone = await creator();
  const encoder = await connectEncoder(rtmp.port, someone.key);
  pass(10);
  encoder.send(...recording.configs, ...between(0, 6_000));
  await stored(someone, 4);
  encoder.disconnect();
  const segments = await stored(someone, 5.5);
  const durations = segments.slice(0, -1).map(({ duration_ms }) => duration_ms);
  assert.ok(
    durations.every((ms) => ms >= 1_990 && ms <= 2_010),
    String(durations),
  );
  assert.ok(segments.every(({ run }) => run === 1));
  const { master, details } = await livePlaylist(someone);
  assert.match(master, /CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2",RESOLUTION=720x1280/);
  assert.equal(details.fragments.length, segments.length);
  assert.equal((await streamState(house.ctx, someone.stream_id)).state, 'live');
  await inTx(house.ctx.db, (tx) => endStream(tx, house.ctx, someone.stream_id));
  const { replay } = await streamState(house.ctx, someone.stream_id);
  assert.ok((replay[0]?.duration_ms ?? 0) > 5_500);
});

test('a key: shown once, refused when unknown, rotated or without an open live', async () => {
  const someone = await creator();
  assert.match(await refusal('nobodys-key'), /key/i);
  const encoder = await connectEncoder(rtmp.port, someone.key);
  pass(10);
  encoder.send(...recording.configs, ...between(0, 4_000));
  await stored(someone, 2);
  const key = await makeKey(someone.person);
  encoder.send(...between(4_000, 8_000));
  await cutOff(encoder);
  assert.match(await refusal(someone.key), /key/i, 'the old key');
  assert.equal(await refusal(key), 'let in');
  await inTx(house.ctx.db, (tx) => endStream(tx, house.ctx, someone.stream_id));
  assert.match(await refusal(key), /Open your live in the studio first/);
});

test('D4: a second encoder with the same key is refused while the first sends', async () => {
  const someone = await creator();
  const first = await connectEncoder(rtmp.port, someone.key);
  pass(10);
  first.send(...recording.configs, ...between(0, 3_500));
  await stored(someone, 1.9);
  assert.match(await refusal(someone.key), /already|another/i);
  first.send(...between(3_500, 6_000));
  await stored(someone, 3.9);
  first.disconnect();
});

test('E7: a connection that breaks and comes back goes on in the same stream', async () => {
  const someone = await creator();
  for (let turn = 1; turn <= 2; turn += 1) {
    pass(10);
    const encoder = await connectEncoder(rtmp.port, someone.key);
    encoder.send(...recording.configs, ...between(0, 3_000));
    await stored(someone, turn * 2.6 - 1);
    encoder.disconnect();
    await stored(someone, turn * 2.6);
  }
  const segments = await segmentsOf(someone);
  assert.deepEqual(new Set(segments.map(({ run }) => run)), new Set([1, 2]));
  const { details } = await livePlaylist(someone);
  assert.equal(details.fragments.filter(({ cc }) => cc === 1).length, segments.filter(({ run }) => run === 2).length);
});

test('E7: times that jump, forward and back, begin another run; the playlist stays valid', async () => {
  const someone = await creator();
  const encoder = await connectEncoder(rtmp.port, someone.key);
  pass(30);
  encoder.send(...recording.configs, ...between(0, 3_000), ...moved(between(3_000, 6_000), 3_600_000));
  encoder.send(...between(6_000, 9_000));
  await stored(someone, 6.5);
  encoder.disconnect();
  const segments = await stored(someone, 7.5);
  assert.deepEqual([...new Set(segments.map(({ run }) => run))], [1, 2, 3]);
  assert.equal((await livePlaylist(someone)).details.fragments.length, segments.length);
  assert.equal(await faultOf(someone), null);
});

test('E7: sound that falls silent does not stop the picture, and is taken in again', async () => {
  const someone = await creator();
  const encoder = await connectEncoder(rtmp.port, someone.key);
  pass(30);
  const picture = (from: number, to: number) => between(from, to).filter(({ type }) => type === 9);
  encoder.send(...recording.configs, ...between(0, 2_000), ...picture(2_000, 8_000), ...between(8_000, 12_000));
  await stored(someone, 8.5);
  encoder.disconnect();
  await stored(someone, 10);
  const { rows } = await house.ctx.db.pool.query<{ codecs: string }>(
    'select codecs from stream_runs where stream_id = $1 and layout is not null order by run',
    [someone.stream_id],
  );
  assert.deepEqual(
    rows.map(({ codecs }) => codecs.split(',').length),
    [2, 1, 2],
  );
});

test('E7: no picture for long, a key frame too rare, too many bits: the owner is told, the stream survives', async () => {
  const someone = await creator();
  const told = async (tags: FlvTag[], says: RegExp, metadata?: object) => {
    pass(30);
    const encoder = await connectEncoder(rtmp.port, someone.key, metadata);
    encoder.send(...recording.configs, ...tags);
    await cutOff(encoder);
    assert.match((await faultOf(someone)) ?? '', says);
  };
  const rare = between(0, 12_000).filter(({ type, key, dts }) => type === 8 || !key || dts === 0 || dts > 9_000);
  await told(rare, /^encoder_key_frames$/);
  const heavy = between(0, 3_000).map((tag) => ({ ...tag, body: Buffer.concat([tag.body, Buffer.alloc(50_000)]) }));
  await told(heavy, /^encoder_bitrate$/);
  const hevc: FlvTag = { type: 9, dts: 0, key: true, body: Buffer.from([0x90, 0x68, 0x76, 0x63, 0x31]) };
  await told([hevc], /^encoder_picture$/);
  const mp3: FlvTag = { type: 8, dts: 0, key: true, body: Buffer.from([0x2f, 1, 2, 3]) };
  await told([mp3], /^encoder_sound$/);
  await told(between(0, 3_000), /^encoder_size$/, {});

  pass(30);
  const encoder = await connectEncoder(rtmp.port, someone.key);
  encoder.send(...recording.configs, ...between(0, 500));
  pass(61);
  encoder.send(...moved(between(0, 3_000), 61_000));
  await stored(someone, 2);
  encoder.disconnect();
  assert.equal(await faultOf(someone), null, 'a new connection begins without a fault');
  assert.equal((await streamState(house.ctx, someone.stream_id)).state, 'live');
});

test('E7: what is no RTMP is dropped, and whoever sends meanwhile is not disturbed', async () => {
  const someone = await creator();
  const encoder = await connectEncoder(rtmp.port, someone.key);
  pass(30);
  encoder.send(...recording.configs, ...between(0, 3_000));
  const garbage = Array.from({ length: 24 }, (_, n) => strange(n));
  const ended = await Promise.all(garbage.map(sendStranger));
  assert.ok(ended.every(Boolean), 'each was cut off');
  encoder.send(...between(3_000, 6_000));
  await stored(someone, 3.9);
  // An encoder that was let in and then sends nonsense.
  encoder.write(Buffer.concat([Buffer.from([0x04, 0, 0, 0, 0xff, 0xff, 0xff, 9, 1, 0, 0, 0]), randomBytes(4_000)]));
  await cutOff(encoder);
  await stored(someone, 3.9);
  await livePlaylist(someone);
});

/** Handshakes that go on with noise, chunk headers that promise megabytes, and plain noise. */
function strange(n: number): Buffer {
  const handshake = Buffer.concat([Buffer.from([3]), randomBytes(1_536), randomBytes(1_536)]);
  const large = Buffer.from([0x03, 0, 0, 0, 0xff, 0xff, 0xff, 20, 0, 0, 0, 0]);
  const many = Buffer.concat(
    Array.from({ length: 60 }, (_, id) => Buffer.from([id + 2, 0, 0, 0, 0, 0, 200, 20, 0, 0, 0, 0, 1])),
  );
  const connecting = Buffer.from([0x03, 0, 0, 0, 0, 0, 12, 20, 0, 0, 0, 0, 2, 0, 7]);
  const kinds = [
    Buffer.concat([handshake, randomBytes(70_000)]),
    Buffer.concat([handshake, large, randomBytes(70_000)]),
    Buffer.concat([handshake, many]),
    Buffer.concat([handshake, connecting, Buffer.from('connect\0\0')]),
    randomBytes(70_000),
    Buffer.from('GET / HTTP/1.1\r\nhost: souk\r\n\r\n'.repeat(4_000)),
  ];
  return kinds[n % kinds.length] as Buffer;
}

/** Whether the server ended it. */
function sendStranger(bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(rtmp.port, '127.0.0.1', () => socket.write(bytes));
    const late = setTimeout(() => {
      socket.destroy();
      resolve(false);
    }, 20_000);
    socket.on('data', () => undefined);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve(true);
    });
  });
}
