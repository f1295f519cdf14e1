import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { ask, buyCoins } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive } from '../test/room.ts';

const house = await openHouse(test);
type Person = Awaited<ReturnType<typeof house.person>>;
const DAY = 86_400_000;

async function giver(coins = 300n): Promise<Person> {
  const person = await house.person();
  await buyCoins(person, coins);
  return person;
}

const give = async (from: Person, place: object, gift = 'rose', more: object = {}): Promise<string> =>
  (await ask(from, 'POST', '/gifts', { gift, count: 1, ...place, ...more })).body.gift_id;
const to = (person: Person) => ({ receiver_id: toWire('person', person.person_id) });
const galleryOf = async (who: Person, of: Person) =>
  (await ask(who, 'GET', `/gifts/gallery/${toWire('person', of.person_id)}`)).body;
const DEFAULTS = { momentum_in_my_rooms: true, momentum_for_me: true, gallery_shown: true, named_as_supporter: true };

test('the gallery shows which gifts came, dearest first, and not what was taken back', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  await give(ada, to(bob));
  await give(ada, to(bob));
  await give(ada, to(bob), 'diamond');
  const back = await give(ada, to(bob), 'star');
  await ask(ada, 'POST', '/gifts/undo', { gift_ids: [back] });
  const { gifts, supporters } = await galleryOf(ada, bob);
  assert.deepEqual(gifts, [
    { gift: 'diamond', count: '1' },
    { gift: 'rose', count: '2' },
  ]);
  assert.deepEqual(supporters, [], 'what was given from person to person names nobody');
});

test('supporters stand by the days they came, not by what they spent; who opts out is gone at once', async () => {
  const host = await house.person();
  const [rich, faithful] = await Promise.all([giver(), giver()]);
  const room = await goLive(house, host);
  await give(faithful, { room_id: room.id });
  house.clock.advance(DAY);
  await give(faithful, { room_id: room.id });
  await give(rich, { room_id: room.id }, 'butterfly');
  await give(rich, { room_id: room.id }, 'diamond');
  const named = async () => (await galleryOf(host, host)).supporters.map((one: { handle: string }) => one.handle);
  assert.deepEqual(await named(), [faithful.handle, rich.handle]);
  assert.ok(!JSON.stringify((await galleryOf(host, host)).supporters).includes('coins'));
  await ask(faithful, 'PUT', '/gifts/settings', { ...DEFAULTS, named_as_supporter: false });
  assert.deepEqual(await named(), [rich.handle]);
});

test('a creator who shows no gallery has none; between people with a block there is none', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  await give(ada, to(bob));
  await ask(bob, 'PUT', '/gifts/settings', { ...DEFAULTS, gallery_shown: false });
  assert.deepEqual(await galleryOf(ada, bob), { shown: false, gifts: [], supporters: [] });
  assert.equal((await galleryOf(bob, bob)).gifts.length, 1);
  await house.ctx.db.pool.query('insert into blocks (blocker_id, blocked_id, blocked_at) values ($1, $2, $3)', [
    bob.person_id,
    ada.person_id,
    house.clock.now(),
  ]);
  assert.equal((await galleryOf(ada, bob)).code, 'not_found');
});

test('a thank-you is said once for a run of taps, and its sender is told once', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const combo_id = crypto.randomUUID();
  const [one, two] = [await give(ada, to(bob), 'rose', { combo_id }), await give(ada, to(bob), 'rose', { combo_id })];
  const thank = (gift_id: string, who = bob) => ask(who, 'POST', `/gifts/${gift_id}/thanks`);
  const replies = await Promise.all([...Array(6)].map((_, i) => thank(i % 2 ? one : two)));
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
  await house.drain();
  const { rows } = await house.ctx.db.pool.query(`select from notices where person_id = $1 and kind = 'gift.thanked'`, [
    ada.person_id,
  ]);
  assert.equal(rows.length, 1);
  const { items } = (await ask(bob, 'GET', '/gifts/received')).body;
  assert.deepEqual([items.length, items[0].count, items[0].thanked_at !== null], [1, '2', true]);
  assert.equal((await thank(one, ada)).status, 404, 'only who received it thanks');
  const back = await give(ada, to(bob));
  await ask(ada, 'POST', '/gifts/undo', { gift_ids: [back] });
  assert.equal((await thank(back)).body.code, 'gift_gone');
});
