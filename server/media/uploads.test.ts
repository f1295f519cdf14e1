import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import { fromWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { askOffset, beginUpload, sendPiece, uploadFile, uploadState } from '../test/upload.ts';
import { uploadFile as fileOf, uploadFolder } from './upload_files.ts';
import { expireUploads, UPLOAD_LIMITS } from './uploads.ts';

const house = await openHouse(null);
const { ctx } = house;
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const bytes = (n: number, fill = 7) => new Uint8Array(n).fill(fill);

test('a file arrives in pieces, is asked for, goes on where it stopped, and waits for packaging', async () => {
  const ann = await house.person();
  const { id, response } = await beginUpload(ann, 30_000, { filename: 'Mein Töpferkurs.mp4' });
  assert.equal(response.status, 201);
  assert.match(response.headers.get('location') ?? '', /^\/api\/media\/uploads\/upload_[0-9a-z]{26}$/);
  assert.equal(await askOffset(ann, id), 0);
  assert.equal((await sendPiece(ann, id, 0, bytes(10_000))).status, 204);
  assert.equal(await askOffset(ann, id), 10_000);
  const { data } = await ann.api.GET('/api/media/uploads/{upload_id}', { params: { path: { upload_id: id } } });
  assert.deepEqual([data?.state, data?.file_name, data?.size_bytes], ['receiving', 'Mein Töpferkurs.mp4', 30_000]);
  assert.equal((await sendPiece(ann, id, 10_000, bytes(20_000))).headers.get('upload-offset'), '30000');
  assert.equal((await uploadState(ann, id)).state, 'packaging');
  assert.equal(await askOffset(ann, id), 30_000, 'a client that comes back learns that it is done');
});

test('E6: a wrong offset is 409, a huge length 413, no length 400, another’s upload 403, signed out 401', async () => {
  const [ann, eve] = [await house.person(), await house.person()];
  const { id } = await beginUpload(ann, 1_000);
  const wrong = await sendPiece(ann, id, 5, bytes(10));
  assert.deepEqual([wrong.status, await codeOf(wrong)], [409, 'upload_offset']);
  const more = await sendPiece(ann, id, 0, bytes(1_001));
  assert.equal(more.status, 413);
  for (const size of [UPLOAD_LIMITS.bytes + 1, '9'.repeat(15)]) {
    assert.equal((await beginUpload(ann, size)).response.status, 413, `${size} bytes`);
  }
  for (const size of ['0', '-1', 'x', '1e3', '']) {
    assert.equal((await beginUpload(ann, size)).response.status, 400, `${size} bytes`);
  }
  for (const method of ['HEAD', 'PATCH', 'DELETE']) {
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    };
    assert.equal((await eve.fetch(`/api/media/uploads/${id}`, { method, headers })).status, 403, method);
    assert.equal((await fetch(`${house.url}/api/media/uploads/${id}`, { method, headers })).status, 401, method);
  }
  assert.equal((await eve.fetch(`/api/media/uploads/${id}`)).status, 404, 'its state is not told either');
  assert.equal(await askOffset(ann, id), 0, 'nothing was written');
});

test('E6: who finishes what is not theirs, or twice, changes nothing; a rendition belongs to its owner’s upload', async () => {
  const [ann, eve] = [await house.person(), await house.person()];
  const id = await uploadFile(ann, bytes(100));
  assert.equal((await sendPiece(ann, id, 100, bytes(1))).status, 409);
  assert.equal((await beginUpload(eve, 100, { of: id })).response.status, 404);
  assert.equal((await beginUpload(ann, 100, { of: id })).response.status, 201);
});

test('E6: of two writers one goes on: the bytes are never mixed', async () => {
  const ann = await house.person();
  const { id } = await beginUpload(ann, 400_000);
  const slow = openPatch(ann, id, 400_000);
  slow.write(bytes(100_000, 1));
  await until(async () => (await askOffset(ann, id)) === 100_000);
  const second = await sendPiece(ann, id, 0, bytes(400_000, 2));
  assert.equal(second.status, 409);
  assert.equal(await askOffset(ann, id), 100_000, 'the first one’s bytes stand');
  slow.destroy();
  const third = await sendPiece(ann, id, 100_000, bytes(300_000, 3));
  assert.equal(third.status, 204);
});

test('a connection that breaks in the middle keeps what arrived, and goes on from there', async () => {
  const ann = await house.person();
  const { id } = await beginUpload(ann, 200_000);
  const line = openPatch(ann, id, 200_000);
  line.write(bytes(80_000));
  await until(async () => (await askOffset(ann, id)) === 80_000);
  line.destroy();
  await until(async () => (await sendPiece(ann, id, await askOffset(ann, id), bytes(120_000))).status === 204);
  assert.equal((await uploadState(ann, id)).state, 'packaging');
});

test('E6: what nobody finishes frees the disk after two days; so does what its owner cancels', async () => {
  const ann = await house.person();
  const { id } = await beginUpload(ann, 10_000);
  await sendPiece(ann, id, 0, bytes(5_000));
  const cancelled = await beginUpload(ann, 10_000);
  const file = fileOf(ctx, fromWire('upload', id));
  assert.ok(existsSync(file));
  const gone = await ann.fetch(`/api/media/uploads/${cancelled.id}`, {
    method: 'DELETE',
    headers: { 'tus-resumable': '1.0.0' },
  });
  assert.equal(gone.status, 204);
  assert.deepEqual(await uploadState(ann, cancelled.id).then(({ refusal }) => refusal), 'upload_cancelled');
  assert.equal(existsSync(fileOf(ctx, fromWire('upload', cancelled.id))), false);
  await expireUploads(ctx, ctx.clock.now());
  assert.ok(existsSync(file), 'not before its time');
  house.clock.advance(UPLOAD_LIMITS.kept_ms + 1);
  assert.ok((await expireUploads(ctx, ctx.clock.now())) >= 1);
  assert.equal(existsSync(file), false);
  const late = await sendPiece(ann, id, 5_000, bytes(5_000));
  assert.deepEqual([late.status, await codeOf(late)], [410, 'upload_gone']);
});

test('E6: a person has ten uploads and two gigabytes under way at most', async () => {
  const ann = await house.person();
  for (let i = 0; i < UPLOAD_LIMITS.unfinished; i += 1) {
    assert.equal((await beginUpload(ann, 1_000)).response.status, 201);
  }
  const { response } = await beginUpload(ann, 1_000);
  assert.deepEqual([response.status, await codeOf(response)], [413, 'upload_quota']);
});

test('G3: a full disk is said as such, and what arrived before goes on when there is space again', async () => {
  const ann = await house.person();
  const { id } = await beginUpload(ann, 1_000);
  const file = fileOf(ctx, fromWire('upload', id));
  rmSync(file);
  symlinkSync('/dev/full', file);
  const full = await sendPiece(ann, id, 0, bytes(1_000));
  assert.deepEqual([full.status, await codeOf(full)], [507, 'storage_full']);
});

test('E10: the name of a file is shown to its owner only, and is no path', async () => {
  const ann = await house.person();
  const before = readdirSync(uploadFolder(ctx));
  const { id } = await beginUpload(ann, 1_000, { filename: '../../../etc/passwd\u202e\r\nSet-Cookie: a=b' });
  const { data } = await ann.api.GET('/api/media/uploads/{upload_id}', { params: { path: { upload_id: id } } });
  assert.equal(data?.file_name, '../../../etc/passwd Set-Cookie: a=b');
  const fresh = readdirSync(uploadFolder(ctx)).filter((name) => !before.includes(name));
  assert.deepEqual(fresh, [id]);
  for (const name of ['..%2f..%2fsouk.env', 'upload_', `${id}.json`, 'x'.repeat(150)]) {
    assert.equal((await ann.fetch(`/api/media/uploads/${name}`, { method: 'PATCH' })).status, 404, name);
  }
});

/** A PATCH whose body comes when the test says so. */
function openPatch(who: TestPerson, id: string, length: number) {
  const { port } = new URL(house.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  const head = [
    `PATCH /api/media/uploads/${id} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Cookie: ${who.cookie}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return socket;
}

async function until(is: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    if (await is()) return;
    await new Promise((resume) => setTimeout(resume, 50));
  }
  assert.fail('it never came true');
}
