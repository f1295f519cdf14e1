import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeClip } from '../test/clips.ts';
import { disguised } from '../test/disguised.ts';
import { openHouse } from '../test/harness.ts';
import { uploadAndPack } from '../test/upload.ts';
import { packFile } from './package_file.ts';
import { type Packed, type PackSink, Unfit } from './package_limits.ts';
import { packInThread } from './package_thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-disguised-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let hits = 0;
const canary = createServer((_, response) => {
  hits += 1;
  response.end('#EXTM3U\n');
}).listen(0, '127.0.0.1');
await new Promise((resume) => canary.once('listening', resume));
after(() => canary.close());
const address = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;

const file = join(folder, 'upload');

const unfit = (error: unknown): Unfit => {
  if (error instanceof Unfit) return error;
  throw error;
};

function sinkFor(content: Buffer): PackSink {
  let bytes = 0;
  const take = async (piece: Uint8Array) => {
    bytes += piece.length;
    assert.ok(bytes < content.length * 1.2 + 5_000_000, 'what comes out is bounded');
  };
  return { init: take, segment: (_, piece) => take(piece) };
}

/** @returns what was made of it, or why nothing was */
async function pack(content: Buffer): Promise<Packed | Unfit> {
  writeFileSync(file, content);
  return packFile(file, sinkFor(content)).catch(unfit);
}

/** The same in a thread, for what may never end by itself. */
async function packBounded(content: Buffer, ms: number, heap_mb = 128): Promise<Packed | Unfit> {
  writeFileSync(file, content);
  return packInThread(file, sinkFor(content), { ms, heap_mb }).catch(unfit);
}

const clip = await makeClip({ seconds: 3 });

test('E2: what only pretends to be a video is refused with the reason, and nothing it names is fetched', async (t) => {
  assert.ok(!((await pack(clip)) instanceof Unfit), 'the clip itself is good');
  const files = disguised(clip, address);
  assert.ok(Object.keys(files).length >= 40, `${Object.keys(files).length} files`);
  const taken: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const result = name.includes('Matroska') ? await packBounded(content, 3_000) : await pack(content);
    if (!(result instanceof Unfit)) taken.push(name);
    else t.diagnostic(`${name}: ${result.code}`);
  }
  assert.deepEqual(taken, []);
  assert.equal(hits, 0, 'nobody asked the address that they name');
});

test('E3: a clip with single bytes turned over is taken or refused, and always ends', async (t) => {
  let seed = 20_261_121;
  const random = (n: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed % n;
  };
  const tables = clip.indexOf('mdat');
  let refused = 0;
  for (let turn = 0; turn < 10; turn += 1) {
    const copy = Buffer.from(clip);
    for (let i = 0; i < 1 + random(8); i += 1) copy[random(tables)] = random(256);
    if ((await packBounded(copy, 10_000)) instanceof Unfit) refused += 1;
  }
  t.diagnostic(`${refused} of 10 refused`);
});

test('E3: who takes too long or too much memory is stopped, and the house goes on', async () => {
  const slow = await packBounded(clip, 1);
  assert.equal(slow instanceof Unfit && slow.code, 'video_too_slow');
  const full = await packBounded(await makeClip({ seconds: 7 }), 60_000, 4);
  assert.ok(full instanceof Unfit, 'memory that is not there is no crash');
});

test('E3: one bad file harms no other that waits beside it', async () => {
  const house = await openHouse(null);
  const [ann, eve] = [await house.person(), await house.person()];
  const files = disguised(clip, address);
  const bad = await uploadAndPack(house, eve, files['a thousand tracks'] as Buffer);
  const good = await uploadAndPack(house, ann, clip);
  assert.deepEqual([bad.state, bad.refusal, good.state], ['refused', 'video_too_complex', 'packaged']);
});

test('too long, too few key frames and no picture have reasons of their own', async () => {
  const reasons: [Buffer, string][] = [
    [await makeClip({ seconds: 0.6 }), 'video_too_short'],
    [await makeClip({ seconds: 7, stretch: 90 }), 'video_too_long'],
    [await makeClip({ seconds: 7, stretch: 5, one_key: true }), 'video_key_frames'],
  ];
  for (const [content, reason] of reasons) {
    const result = await pack(content);
    assert.equal(result instanceof Unfit && result.code, reason);
  }
});
