import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, buyCoins, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive } from '../test/room.ts';

const house = await openHouse(test);
type Person = Awaited<ReturnType<typeof house.person>>;

async function rotate(who: Person): Promise<string> {
  const { status, body } = await ask(who, 'POST', '/gifts/overlay');
  assert.equal(status, 201);
  return body.secret;
}

async function feed(secret: string) {
  const reply = await fetch(`${house.url}/api/gifts/overlay/feed`, { headers: { 'x-overlay-secret': secret } });
  return { status: reply.status, text: await reply.text() };
}

test('whoever has the address sees gifts, goals and momentum of the live, and nothing else', async () => {
  const [host, ada] = [await house.person(), await house.person()];
  await buyCoins(ada, 300n);
  const secret = await rotate(host);
  assert.equal(JSON.parse((await feed(secret)).text).live, false);
  const room = await goLive(house, host);
  await ask(host, 'POST', '/gifts/goals', { title: 'A new kiln', unit: 'coins', target: '500', room_id: room.id });
  const { body } = await ask(ada, 'POST', '/gifts', { gift: 'diamond', count: 2, room_id: room.id });
  await house.drain();
  const { status, text } = await feed(secret);
  const shown = JSON.parse(text);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(shown).toSorted(), ['events', 'goals', 'live', 'momentum']);
  const [gift] = shown.events;
  assert.deepEqual([gift.id, gift.gift, gift.count, gift.by.handle], [body.gift_id, 'diamond', 2, ada.handle]);
  assert.deepEqual([shown.goals[0].progress, shown.goals[0].target], ['200', '500']);
  for (const never of ['balance', 'email', '"coins":', 'stream_key', 'session'])
    assert.ok(!text.includes(never), never);
  await ask(ada, 'POST', '/gifts/undo', { gift_ids: [body.gift_id] });
  await house.drain();
  assert.deepEqual(JSON.parse((await feed(secret)).text).events, [], 'what is taken back leaves it');
  assert.equal(await coinsOf(ada), 300n);
});

test('D4: an old address dies at once when a new one is made, and when it is given up', async () => {
  const host = await house.person();
  const first = await rotate(host);
  assert.equal((await feed(first)).status, 200);
  const second = await rotate(host);
  assert.notEqual(first, second);
  assert.deepEqual([(await feed(first)).status, (await feed(second)).status], [404, 200]);
  await ask(host, 'DELETE', '/gifts/overlay');
  assert.equal((await feed(second)).status, 404);
});

test('D4: the secret is long, kept only as a hash, and told once', async () => {
  const host = await house.person();
  const secret = await rotate(host);
  assert.ok(Buffer.from(secret, 'base64url').length >= 16, '128 bits');
  const { rows } = await house.ctx.db.pool.query('select * from gift_overlays where person_id = $1', [host.person_id]);
  assert.ok(!JSON.stringify(rows).includes(secret));
  assert.ok(!JSON.stringify((await ask(host, 'GET', '/gifts/overlay')).body).includes(secret));
});

test('D4: guesses and a session without the address see nothing', async () => {
  const host = await house.person();
  const secret = await rotate(host);
  const guesses = ['', 'x', secret.slice(0, -1), `${secret}=`, secret.toLowerCase().toUpperCase(), 'a'.repeat(5_000)];
  for (const guess of guesses) assert.notEqual((await feed(guess)).status, 200, guess.slice(0, 40));
  assert.equal((await ask(host, 'GET', '/gifts/overlay/feed')).status, 404);
});
