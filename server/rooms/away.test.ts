import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Away, ServerMessage } from '@souk/sdk/live';
import { noticeSilence } from '../media/index.ts';
import { openHouse } from '../test/harness.ts';
import { goLive, type Watcher, watch } from '../test/room.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
before(async (t) => {
  house = await openHouse(t as never);
});

async function live() {
  const host = await house.person();
  const room = await goLive(house, host);
  const away = (who: typeof host, is: boolean) =>
    who.api.PUT('/api/rooms/{room_id}/away', { params: { path: { room_id: room.id } }, body: { away: is } });
  return { host, room_id: room.id, encoder: room.encoder, away };
}

const awayIn = (message: ServerMessage): Away | null | undefined =>
  'counters' in message ? message.counters?.away : undefined;

/** What is told of it next. */
async function nextAway(viewer: Watcher): Promise<Away | null | undefined> {
  const told = await viewer.until((message) => awayIn(message) !== undefined);
  viewer.heard.splice(0);
  return awayIn(told);
}

test('a host who is away says so to who watches and to who comes, and is back with the picture', async () => {
  const { host, room_id, encoder, away } = await live();
  const viewer = await watch(house, room_id);
  assert.equal((await away(host, true)).response.status, 200);
  const said = await nextAway(viewer);
  assert.ok(said);
  assert.equal(Date.parse(said.ends_at) - Date.parse(said.since), 60_000);
  house.clock.advance(20_000);
  assert.equal((await away(host, true)).response.status, 200);
  const late = await watch(house, room_id);
  assert.equal((await nextAway(late))?.since, said.since, 'said again it changes nothing');

  await encoder.open();
  await encoder.send();
  await house.drain();
  for (const who of [viewer, late]) assert.equal(await nextAway(who), null);
  await away(host, true);
  assert.ok(await nextAway(viewer));
  await away(host, false);
  assert.equal(await nextAway(viewer), null);
});

test('nobody else says it, and who stays away for longer than a minute has ended', async () => {
  const { host, room_id, away } = await live();
  const stranger = await house.person();
  assert.equal((await away(stranger, true)).response.status, 403);
  await away(host, true);
  house.clock.advance(61_000);
  await noticeSilence(house.ctx, house.clock.now());
  await house.drain();
  assert.equal((await host.api.GET('/api/rooms/{room_id}', { params: { path: { room_id } } })).data?.state, 'ended');
  assert.equal((await away(host, false)).response.status, 409);
});
