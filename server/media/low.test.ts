import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import hlsParser from 'hls-parser';
import { inTx } from '../kernel/db.ts';
import { openHouse } from '../test/harness.ts';
import { type Encoder, encoderOf } from '../test/publish.ts';
import { deleteRecording, endStream, streamState } from './index.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
before(async (t) => {
  house = await openHouse(t as never);
});

const host = async () => encoderOf(house, (await house.person()).person_id);
const fetched = (encoder: Encoder, file: string, init?: RequestInit) =>
  fetch(`${house.url}/media/streams/${encoder.id}/${file}`, init);
const code = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code ?? 'taken'}`;

async function segmentsOf(encoder: Encoder, file: string) {
  const list = hlsParser.parse(await (await fetched(encoder, file)).text());
  assert.ok(!list.isMasterPlaylist);
  return list.segments;
}
const filesOf = async (encoder: Encoder, file: string) => (await segmentsOf(encoder, file)).map(({ uri }) => uri);

async function variantsOf(encoder: Encoder, file: string): Promise<string[]> {
  const master = hlsParser.parse(await (await fetched(encoder, file)).text());
  assert.ok(master.isMasterPlaylist);
  return master.variants.map(({ uri }) => uri);
}

test('two pictures: both in the live, both in the replay, one after a fall of the uplink', async () => {
  const encoder = await host();
  await encoder.open();
  assert.deepEqual(code(await encoder.openLow()), '200 taken');
  assert.deepEqual(code(await encoder.openLow()), '200 taken', 'twice is once');
  for (let i = 0; i < 2; i += 1) {
    assert.equal(code(await encoder.sendLow()), '200 taken');
    assert.equal(code(await encoder.send()), '200 taken');
  }
  assert.deepEqual(await variantsOf(encoder, 'master.m3u8'), ['live-1.m3u8', 'live-1-low.m3u8']);
  assert.deepEqual(await filesOf(encoder, 'live-1-low.m3u8'), ['low-0.m4s', 'low-1.m4s']);

  await encoder.open();
  await encoder.send();
  assert.deepEqual(await filesOf(encoder, 'live-1.m3u8'), ['seg-0.m4s', 'seg-1.m4s', 'seg-2.m4s']);
  const small = await segmentsOf(encoder, 'live-1-low.m3u8');
  assert.deepEqual(
    small.map(({ uri, discontinuity = false, map }) => [uri, discontinuity, map?.uri]),
    [
      ['low-0.m4s', false, 'low-init-1.mp4'],
      ['low-1.m4s', false, 'low-init-1.mp4'],
      ['seg-2.m4s', true, 'init-2.mp4'],
    ],
    'the list goes on with the one picture there is',
  );
  assert.deepEqual(
    small.map(({ programDateTime }) => programDateTime),
    (await segmentsOf(encoder, 'live-1.m3u8')).map(({ programDateTime }) => programDateTime),
  );

  await inTx(house.ctx.db, (tx) => endStream(tx, house.ctx, encoder.stream_id));
  const [part] = (await streamState(house.ctx, encoder.stream_id)).replay;
  assert.match(part?.url ?? '', /replay-1\.m3u8$/);
  assert.deepEqual(await variantsOf(encoder, 'replay-1.m3u8'), ['vod-1.m3u8', 'vod-1-low.m3u8']);
  assert.deepEqual(await filesOf(encoder, 'vod-1-low.m3u8'), ['low-0.m4s', 'low-1.m4s', 'seg-2.m4s']);
  for (const file of ['low-0.m4s', 'low-init-1.mp4']) assert.equal((await fetched(encoder, file)).status, 200);
  await deleteRecording(house.ctx, encoder.stream_id);
  for (const file of ['low-0.m4s', 'low-init-1.mp4', 'vod-1-low.m3u8']) {
    assert.equal((await fetched(encoder, file)).status, 404, file);
  }
});

test('E7: a second is complete with both of its pictures, in their order, at one time', async () => {
  const encoder = await host();
  const early = await encoder.openLow();
  assert.equal(code(early), '409 run_not_current', 'beside nothing there is no smaller picture');
  await encoder.open();
  assert.equal(code(await encoder.sendLow()), '409 run_not_current');
  await encoder.openLow();
  assert.equal(code(await encoder.send()), '409 low_missing');
  assert.equal(code(await encoder.sendLow()), '200 taken');
  assert.equal(code(await encoder.sendLow()), '200 taken', 'an answer that was lost is given again');
  assert.equal(code(await encoder.send()), '200 taken');

  encoder.seq += 1;
  assert.equal(code(await encoder.sendLow()), '409 segment_out_of_order', 'not ahead');
  encoder.seq -= 2;
  encoder.at_s -= 1;
  const written = async () => Buffer.from(await (await fetched(encoder, 'low-0.m4s')).arrayBuffer());
  const before = await written();
  assert.equal(code(await encoder.sendLow(0.3)), '200 taken', 'sent again');
  assert.deepEqual(await written(), before, 'what viewers have is not written again');
  encoder.seq += 1;
  encoder.at_s += 1;
  assert.equal(code(await encoder.sendLow(5)), '409 segment_gap', 'its times go on');
  assert.equal(code(await encoder.sendLow(0.3)), '200 taken');
  assert.equal(code(await encoder.send()), '400 media_invalid', 'the two pictures stand at one time');
  assert.equal((await filesOf(encoder, 'live-1-low.m3u8')).length, 1);

  await encoder.open();
  await encoder.send();
  assert.equal(code(await encoder.openLow()), '409 run_not_current', 'not in the middle of a run');
  const other = encoder.run_id;
  await encoder.open();
  encoder.run_id = other;
  assert.equal(code(await encoder.sendLow()), '409 run_not_current');
  assert.equal(code(await encoder.put(`runs/${other}/low/init`, Buffer.from('no boxes'))), '400 media_invalid');
});

test('D2: every byte of the smaller picture is guarded as the large one is', async () => {
  const owner = await house.person();
  const stranger = await house.person();
  const encoder = await encoderOf(house, owner.person_id, true);
  await encoder.open();
  await encoder.openLow();
  await encoder.sendLow();
  await encoder.send();
  for (const file of ['master.m3u8', 'live-1-low.m3u8', 'low-0.m4s', 'low-init-1.mp4']) {
    const as = (cookie?: string) => fetched(encoder, file, cookie ? { headers: { cookie } } : {});
    assert.equal((await as()).status, 404, file);
    assert.equal((await as(stranger.cookie)).status, 404, file);
    const own = await as(owner.cookie);
    assert.equal(own.status, 200, file);
    assert.equal(own.headers.get('cache-control'), 'private, no-store');
  }
  const key = { 'souk-stream-key': 'x'.repeat(22) };
  assert.equal(
    code(await encoder.put(`runs/${encoder.run_id}/low/segments/1`, Buffer.alloc(8), key)),
    '401 stream_key_refused',
  );
  assert.equal(code(await encoder.put(`runs/${encoder.run_id}/low/init`, Buffer.alloc(8), key)), '400 media_invalid');
});
