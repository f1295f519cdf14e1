import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { RoomEvent } from '@souk/sdk/live';
import { inTx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { endRoom } from '../rooms/index.ts';
import { ask, buyCoins, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive, type Watcher, watch } from '../test/room.ts';

const house = await openHouse(test, { real: true });
type Person = Awaited<ReturnType<typeof house.person>>;
type GiftEvent = Extract<RoomEvent, { type: 'gift' }>;

async function giver(coins = 100n): Promise<Person> {
  const person = await house.person();
  await buyCoins(person, coins);
  return person;
}

const giftsSeen = (watcher: Watcher): GiftEvent[] => watcher.events().filter((event) => event.type === 'gift');
const pieces = (events: GiftEvent[]): number => events.reduce((sum, { count }) => sum + count, 0);

async function sees(watcher: Watcher, count: number): Promise<void> {
  for (let waited = 0; pieces(giftsSeen(watcher)) < count; waited += 20) {
    assert.ok(waited < 30_000, `saw ${pieces(giftsSeen(watcher))} of ${count}`);
    await pause(20);
  }
}

test('a Rose over the socket: acknowledged as over HTTP, seen by another viewer', async (t) => {
  const [host, ada] = [await house.person(), await giver()];
  const room = await goLive(house, host);
  const [mine, theirs] = [await watch(house, room.id, ada), await watch(house, room.id)];
  const said = await mine.ask({ type: 'gift.send', gift: 'rose', count: 7 });
  const acknowledged = performance.now();
  assert.equal(said.type, 'ack', JSON.stringify(said));
  const { status, body } = said as { status: number; body: Record<string, unknown> };
  assert.deepEqual([status, body.balance, body.room_id], [201, '93', room.id]);
  await sees(theirs, 7);
  t.diagnostic(`seen ${(performance.now() - acknowledged).toFixed(0)} ms after the acknowledgement (goal 1000)`);
  const [gift] = giftsSeen(theirs);
  assert.deepEqual([gift?.gift, gift?.count, gift?.by.handle, gift?.id], ['rose', 7, ada.handle, body.gift_id]);
});

test('A1: the same key over the socket again is the same gift', async () => {
  const [host, ada] = [await house.person(), await giver()];
  const room = await goLive(house, host);
  const mine = await watch(house, room.id, ada);
  const key = mintId();
  for (let i = 0; i < 5; i += 1) mine.say({ type: 'gift.send', key, gift: 'rose', count: 2 });
  await mine.until((message) => message.type === 'ack' && message.key === key);
  await pause(200);
  const acks = mine.heard.filter((message) => message.type === 'ack');
  assert.equal(acks.length, 5);
  assert.equal(new Set(acks.map((message) => JSON.stringify(message))).size, 1);
  assert.equal(await coinsOf(ada), 98n);
});

test('a refusal over the socket says what is missing and that no money moved', async () => {
  const [host, ada] = [await house.person(), await house.person()];
  const room = await goLive(house, host);
  const mine = await watch(house, room.id, ada);
  const said = await mine.ask({ type: 'gift.send', gift: 'diamond', count: 1 });
  assert.equal(said.type, 'refused');
  const { problem } = said as { problem: Record<string, unknown> };
  assert.deepEqual([problem.code, problem.missing, problem.money_moved], ['no_funds', '100', false]);
});

test('a combo: flushes are gifts of their own, shown as one run', async () => {
  const [host, ada] = [await house.person(), await giver()];
  const room = await goLive(house, host);
  const [mine, theirs] = [await watch(house, room.id, ada), await watch(house, room.id)];
  const combo_id = crypto.randomUUID();
  const flushes = [3, 4, 5].map((count) => mine.ask({ type: 'gift.send', gift: 'rose', count, combo_id }));
  const said = await Promise.all(flushes);
  assert.ok(said.every(({ type }) => type === 'ack'));
  await sees(theirs, 12);
  const ids = new Set(giftsSeen(theirs).flatMap(({ id, parts }) => parts?.map((part) => part.id) ?? [id]));
  assert.equal(ids.size, 3);
  assert.deepEqual([...new Set(giftsSeen(theirs).map((event) => event.combo_id))], [combo_id]);
  assert.equal(await coinsOf(ada), 88n);
});

test('nobody gives to a room that has ended, over HTTP or the socket', async () => {
  const [host, ada] = [await house.person(), await giver()];
  const room = await goLive(house, host);
  const mine = await watch(house, room.id, ada);
  await inTx(house.ctx.db, (tx) => endRoom(house.ctx, tx, room.room_id, { reason: 'host', by: host.person_id }));
  await mine.until((message) => message.type === 'frame' && message.events.some(({ type }) => type === 'ended'));
  const said = await mine.ask({ type: 'gift.send', gift: 'rose', count: 1 });
  assert.equal(said.type === 'refused' && said.problem.code, 'room_not_live');
  const { body } = await ask(ada, 'POST', '/gifts', { gift: 'rose', count: 1, room_id: room.id });
  assert.equal(body.code, 'room_not_live');
  assert.equal(await coinsOf(ada), 100n);
});

test('A28: a room ended by moderation gives every gift back by itself', async () => {
  const [host, ada] = [await house.person(), await giver()];
  const room = await goLive(house, host);
  const mine = await watch(house, room.id, ada);
  await mine.ask({ type: 'gift.send', gift: 'diamond', count: 1 });
  assert.equal(await coinsOf(ada), 0n);
  await inTx(house.ctx.db, (tx) => endRoom(house.ctx, tx, room.room_id, { reason: 'moderation', by: host.person_id }));
  await house.drain();
  assert.equal(await coinsOf(ada), 100n);
});

test('F3: a storm of gifts in one room: the book is exact, the room sees every piece, each sender in order', {
  timeout: 240_000,
}, async () => {
  const host = await house.person();
  const room = await goLive(house, host);
  const givers = await Promise.all(Array.from({ length: 20 }, () => giver(200n)));
  const sockets = await Promise.all(givers.map((one) => watch(house, room.id, one)));
  const theirs = await watch(house, room.id);
  const sent = await Promise.all(
    sockets.map((mine) =>
      Promise.all(
        Array.from({ length: 18 }, (_, i) => mine.ask({ type: 'gift.send', gift: 'rose', count: (i % 3) + 1 })),
      ),
    ),
  );
  const acks = sent.flat().filter((said) => said.type === 'ack');
  assert.equal(acks.length, 20 * 18);
  await sees(theirs, 20 * 36);
  for (const one of givers) {
    assert.equal(await coinsOf(one), 164n);
    const { rows } = await house.ctx.db.pool.query('select count from gifts where sender_id = $1 order by from_pos', [
      one.person_id,
    ]);
    assert.deepEqual(
      rows.map(({ count }) => count),
      Array.from({ length: 18 }, (_, i) => (i % 3) + 1),
    );
  }
  const { rows } = await house.ctx.db.pool.query(
    'select count(*) as gifts, sum(coins)::bigint as coins from gifts where receiver_id = $1',
    [host.person_id],
  );
  assert.deepEqual([rows[0].gifts, rows[0].coins], [360n, 720n]);
  assert.equal(toWire('room', room.room_id), room.id);
});
