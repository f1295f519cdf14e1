/** An encoder that others wrote, where this machine has it. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import hlsParser from 'hls-parser';
import { inTx } from '../kernel/db.ts';
import { toWire } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { createStream, startRtmp } from './index.ts';

/** `ffmpeg` may be built without these. */
const encoders = spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout ?? '';
const skip =
  /\blibx264\b/.test(encoders) && /\baac\b/.test(encoders) ? false : 'this machine has no ffmpeg with H.264 and AAC';

const SECONDS = 4;

test('ffmpeg sends by RTMP what players can list', { skip, timeout: 120_000 }, async (t) => {
  const house = await openHouse(t);
  const rtmp = await startRtmp(house.ctx, 0, '127.0.0.1');
  t.after(() => rtmp.stop());
  const person = await house.person();
  const { stream_id } = await inTx(house.ctx.db, (tx) => createStream(tx, house.ctx, { owner_id: person.person_id }));
  const { key } = (await (await person.fetch('/api/media/encoder/key', { method: 'POST' })).json()) as { key: string };

  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=360x640:rate=30', '-f', 'lavfi', '-i', 'sine=sample_rate=48000'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '30', '-c:a', 'aac'];
  const target = `rtmp://127.0.0.1:${rtmp.port}/live/${key}`;
  const sender = spawn('ffmpeg', ['-v', 'error', ...picture, ...codecs, '-t', String(SECONDS), '-f', 'flv', target]);
  let said = '';
  sender.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => sender.on('close', resolve));
  assert.equal(code, 0, said);

  const at = `${house.url}/media/streams/${toWire('stream', stream_id)}`;
  const taken = async (): Promise<number> => {
    const list = hlsParser.parse(await (await fetch(`${at}/live-1.m3u8`)).text());
    assert.ok(!list.isMasterPlaylist);
    return list.segments.reduce((sum, { duration }) => sum + duration, 0);
  };
  // The sender is gone before its last segments are stored.
  let lasts = 0;
  for (let tries = 0; tries < 100 && lasts < SECONDS - 1.5; tries += 1) {
    await sleep(200);
    lasts = await taken();
  }
  assert.ok(lasts >= SECONDS - 1.5 && lasts <= SECONDS + 0.5, `${lasts} s were taken`);
  const master = await (await fetch(`${at}/master.m3u8`)).text();
  assert.match(master, /CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2",RESOLUTION=360x640/);
});
