import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintId, toWire } from '../kernel/ids.ts';
import { ask, buyCoins, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { call, goLive } from '../test/room.ts';
import { returnGiftsOf, settleDue } from './index.ts';

const house = await openHouse(test);
type Person = Awaited<ReturnType<typeof house.person>>;
const EUR = (amount: number) => ({ amount: String(amount), currency: 'EUR' });

async function giver(coins = 200n): Promise<Person> {
  const person = await house.person();
  await buyCoins(person, coins);
  return person;
}

async function give(from: Person, to: Person, gift = 'diamond', more: object = {}): Promise<string> {
  const receiver_id = toWire('person', to.person_id);
  const { status, body } = await ask(from, 'POST', '/gifts', { gift, count: 1, receiver_id, confirmed: true, ...more });
  assert.equal(status, 201, JSON.stringify(body));
  return body.gift_id;
}

const undo = (who: Person, gift_ids: string[], key?: string) => ask(who, 'POST', '/gifts/undo', { gift_ids }, key);
const stateOf = async (who: Person, gift_id: string) => (await ask(who, 'GET', `/gifts/${gift_id}`)).body.state;

test('MISSION 16: a gift is taken back within ten seconds, and what was spent today counts back', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  await ask(ada, 'PUT', '/wallet/limits', { day: EUR(140), month: null });
  const gift_id = await give(ada, bob);
  assert.equal((await ask(ada, 'GET', '/wallet/limits')).body.day.spent.amount, '140');
  house.clock.advance(10_000);
  const { status, body } = await undo(ada, [gift_id]);
  assert.deepEqual([status, body], [200, { undone: [gift_id], too_late: [], coins: '100', balance: '200' }]);
  assert.equal((await ask(ada, 'GET', '/wallet/limits')).body.day.spent.amount, '0');
  assert.equal(await stateOf(ada, gift_id), 'returned');
  await give(ada, bob);
});

test('after ten seconds of the server’s clock it stays given', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const gift_id = await give(ada, bob);
  house.clock.advance(10_001);
  const { status, body } = await undo(ada, [gift_id]);
  assert.deepEqual([status, body.code, body.money_moved], [409, 'undo_too_late', false]);
  assert.equal(await coinsOf(ada), 100n);
});

test('A1: one key, twenty undos at once: reversed once, all replies alike', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const gift_id = await give(ada, bob);
  const key = mintId();
  const replies = await Promise.all(Array.from({ length: 20 }, () => undo(ada, [gift_id], key)));
  assert.equal(new Set(replies.map((reply) => JSON.stringify([reply.status, reply.body]))).size, 1);
  assert.equal(await coinsOf(ada), 200n);
});

test('I4: twenty undos under keys of their own at once: the coins come back once', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const gift_id = await give(ada, bob);
  const replies = await Promise.all(Array.from({ length: 20 }, () => undo(ada, [gift_id])));
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
  assert.equal(replies.filter(({ body }) => body.coins === '100').length, 1);
  assert.equal(await coinsOf(ada), 200n);
});

test('an undo and a settlement at the same instant: the gift ends in one way', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [ada, bob] = [await giver(), await house.person()];
    const gift_id = await give(ada, bob);
    const now = house.clock.now();
    await house.ctx.db.pool.query('update gifts set settle_at = $2 where sender_id = $1', [ada.person_id, now]);
    const [settled, undone] = await Promise.all([settleDue(house.ctx, now), undo(ada, [gift_id])]);
    const state = await stateOf(ada, gift_id);
    assert.ok(settled === 1 ? undone.status === 409 : undone.status === 200, `settled ${settled}: ${undone.status}`);
    assert.equal(state, settled === 1 ? 'settled' : 'returned');
    assert.equal(await coinsOf(ada), settled === 1 ? 100n : 200n);
  }
});

test('A28: an undo and a live ended for a violation at the same instant: returned once', async () => {
  const [ada, host] = [await giver(), await house.person()];
  const room = await goLive(house, host);
  const { body } = await ask(ada, 'POST', '/gifts', { gift: 'diamond', count: 1, room_id: room.id });
  const [, undone] = await Promise.all([returnGiftsOf(house.ctx, room.room_id), undo(ada, [body.gift_id])]);
  assert.ok([200, 409].includes(undone.status));
  assert.equal(await coinsOf(ada), 200n);
});

test('a run of taps is taken back together: what is too old stays', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const combo_id = crypto.randomUUID();
  const old = await give(ada, bob, 'rose', { combo_id });
  house.clock.advance(9_000);
  const [one, two] = [await give(ada, bob, 'rose', { combo_id }), await give(ada, bob, 'rose', { combo_id })];
  house.clock.advance(2_000);
  const { body } = await undo(ada, [old, one, two]);
  assert.deepEqual([body.undone.toSorted(), body.too_late, body.coins], [[one, two].toSorted(), [old], '2']);
  assert.equal(await coinsOf(ada), 199n);
});

test('D1: nobody takes back what another one gave', async () => {
  const [ada, bob, eve] = [await giver(), await house.person(), await house.person()];
  const gift_id = await give(ada, bob);
  for (const who of [bob, eve]) assert.equal((await undo(who, [gift_id])).status, 404);
  assert.equal((await undo(ada, [gift_id, toWire('gift', mintId())])).status, 404);
  assert.equal(await coinsOf(ada), 100n);
});

test('the coins that came back can be given again, and settle for the same purchase', async () => {
  const [ada, bob] = [await giver(100n), await house.person()];
  await undo(ada, [await give(ada, bob)]);
  const again = await give(ada, bob);
  house.clock.advance(14 * 86_400_000);
  await settleDue(house.ctx, house.clock.now());
  const { splits } = (await ask(bob, 'GET', `/gifts/${again}`)).body;
  assert.deepEqual(splits[0].creator, EUR(59));
});

test('the room hears of it, whichever of the two events is handed on first', async () => {
  const [ada, host] = [await giver(), await house.person()];
  const room = await goLive(house, host);
  const told: string[] = [];
  house.ctx.bus.subscribe('rooms.happened', (said) => {
    for (const event of (said as { events: { type: string }[] }).events) told.push(event.type);
  });
  const { body } = await ask(ada, 'POST', '/gifts', { gift: 'rose', count: 1, room_id: room.id });
  await undo(ada, [body.gift_id]);
  // The younger event first, as after a failed delivery of the older one.
  await house.ctx.db.pool.query(`update outbox set next_at = next_at - interval '1 minute'
    where events::text like '%gift.returned%'`);
  await house.drain();
  assert.deepEqual(told, ['gift.returned']);
  const { body: page } = await call<{ items: unknown[] }>(host, 'GET', `/api/rooms/${room.id}/timeline`);
  assert.deepEqual(page.items, []);
});
