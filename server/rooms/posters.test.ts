import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { inTx } from '../kernel/db.ts';
import { openHouse } from '../test/harness.ts';
import { call, goLive, type Someone } from '../test/room.ts';
import { endRoom } from './index.ts';

const house = await openHouse(null);

const still = (background: string) =>
  sharp({ create: { width: 405, height: 720, channels: 3, background } })
    .jpeg()
    .toBuffer();

async function send(
  who: Someone,
  room: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<{ status: number; code?: string }> {
  const headers = { 'content-type': 'image/jpeg' };
  const response = await who.fetch(`/api/rooms/${room}/poster`, { method: 'PUT', body, headers });
  return { status: response.status, code: (await response.json()).code };
}

const bytes = async (background: string) => new Uint8Array(await still(background));

const posterOf = async (who: Someone, room: string) =>
  (await call<{ poster_url: string | null }>(who, 'GET', `/api/rooms/${room}`)).body.poster_url;

test('a live has the still that its host sent last, on its card and in the lists, also after the end', async () => {
  const host = await house.person();
  const room = await goLive(house, host);
  assert.equal(await posterOf(host, room.id), null);
  assert.equal((await send(host, room.id, await bytes('#c33'))).status, 200);
  const first = await posterOf(host, room.id);
  const file = await fetch(`${house.url}${first}`);
  assert.equal(file.headers.get('content-type'), 'image/webp');
  const { format, width, height } = await sharp(Buffer.from(await file.arrayBuffer())).metadata();
  assert.deepEqual([format, width, height], ['webp', 405, 720]);

  assert.equal((await send(host, room.id, await bytes('#3c3'))).status, 200);
  const second = await posterOf(host, room.id);
  assert.notEqual(second, first);
  // A list that was read before names the still by its old address for some seconds more.
  assert.equal((await fetch(`${house.url}${first}`)).status, 200);
  const { body } = await call<{ items: { poster_url: string }[] }>(host, 'GET', '/api/rooms?state=live');
  assert.equal(body.items[0]?.poster_url, second);
  await call(host, 'POST', `/api/rooms/${room.id}/end`);
  assert.equal(await posterOf(host, room.id), second);
  assert.equal((await send(host, room.id, await bytes('#33c'))).code, 'room_not_live');
});

test('only the host of a running live sends stills, and only pictures; a moderated live shows none', async () => {
  const [host, other] = [await house.person(), await house.person()];
  const room = await goLive(house, host);
  assert.equal((await send(other, room.id, await bytes('#c33'))).code, 'not_your_room');
  assert.equal((await send(host, room.id, new TextEncoder().encode('hello'))).code, 'image_refused');
  assert.equal((await send(host, room.id, new Uint8Array(600_000))).status, 413);
  assert.equal((await fetch(`${house.url}/room-posters/..%2f..%2fsouk.env`)).status, 404);
  assert.equal(await posterOf(host, room.id), null);
  assert.equal((await send(host, room.id, await bytes('#c33'))).status, 200);
  await inTx(house.ctx.db, (tx) => endRoom(house.ctx, tx, room.room_id, { reason: 'moderation', by: other.person_id }));
  assert.equal(await posterOf(other, room.id), null);
});
