/** The server dies by SIGKILL in the middle of an upload, and again while the video is packaged. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStorage } from '../kernel/storage.ts';
import { packageWaiting } from '../media/packaging.ts';
import { makeClip } from './clips.ts';
import * as processes from './processes.ts';
import { askOffset, beginUpload, sendPiece, uploadState } from './upload.ts';

const data_dir = processes.makeDataDir();
const PACKAGED = ['--no-demo', '--die=before', '--in=insert into package_renditions'];
const open = (port: string, args: string[], main?: string) =>
  processes.startSouk({ SOUK_DATA_DIR: data_dir, PORT: port }, args, main);

let running = await open('0', PACKAGED, processes.DYING);
const { port } = new URL(running.url);
const guest = await processes.visit(processes.databaseOf(data_dir));
test.after(async () => {
  await guest.close();
  await running.stop('SIGTERM');
  assert.deepEqual(processes.processesOf(data_dir), [], 'no process is left');
  processes.removeDataDir(data_dir);
});

test('E6, G1: killed in the middle of an upload it goes on; killed while it packages, it is packaged anew', async () => {
  const ann = await guest.person(running.url);
  const clip = await makeClip({ seconds: 7 });
  const half = clip.length >> 1;
  const { id } = await beginUpload(ann, clip.length);
  assert.equal((await sendPiece(ann, id, 0, clip.subarray(0, half))).status, 204);
  process.kill(running.pid, 'SIGKILL');
  await running.exited;

  running = await open(port, PACKAGED, processes.DYING);
  assert.equal(await askOffset(ann, id), half, 'what arrived is still there');
  process.kill(running.pid, 'SIGUSR2');
  while (!running.output().includes('armed')) await sleep(10);
  assert.equal((await sendPiece(ann, id, half, clip.subarray(half))).status, 204);
  await running.exited; // at the commit of the package

  running = await open(port, ['--no-demo']);
  assert.equal((await uploadState(ann, id)).state, 'packaging', 'nothing of it was kept');
  const { config } = guest.ctx;
  const here = { ...guest.ctx, config: { ...config, data_dir }, storage: createStorage(`${data_dir}/storage`) };
  // Whoever comes first, this process or the server's next minute: the other finds nothing to do.
  await packageWaiting(here);
  for (let i = 0; i < 600 && (await uploadState(ann, id)).state === 'packaging'; i += 1) await sleep(200);
  assert.deepEqual(await uploadState(ann, id).then(({ state, refusal }) => [state, refusal]), ['packaged', null]);
});
