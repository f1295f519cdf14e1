import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Counters } from '@souk/sdk/live';
import { toWire } from '../kernel/ids.ts';
import { ask, buyCoins } from '../test/coins.ts';
import { clientOf, openHouse } from '../test/harness.ts';
import { makeDataDir, removeDataDir, startSouk } from '../test/processes.ts';
import { goLive } from '../test/room.ts';
import { tellGoals } from './goals.ts';
import { returnGiftsOf } from './index.ts';

// Behind the clock on the wall, by which another process gives after this one was moved on.
const house = await openHouse(test, { start: new Date(Date.now() - 60_000) });
type Person = Awaited<ReturnType<typeof house.person>>;

const reached: string[] = [];
house.ctx.relay.on('goal.reached', 'test', (events) => {
  reached.push(...events.map(({ subject }) => toWire('goal', subject)));
});
const told = new Map<string, Counters>();
house.ctx.bus.subscribe('rooms.counted', (said) => {
  if (!('counters' in (said as object))) return;
  const { room_id, counters } = said as { room_id: string; counters: Counters };
  told.set(room_id, { ...told.get(room_id), ...counters });
});

async function giver(coins = 200n): Promise<Person> {
  const person = await house.person();
  await buyCoins(person, coins);
  return person;
}

const give = (from: Person, place: object, gift = 'rose', count = 1) =>
  ask(from, 'POST', '/gifts', { gift, count, ...place });
const to = (person: Person) => ({ receiver_id: toWire('person', person.person_id) });

async function setGoal(of: Person, body: object): Promise<string> {
  const { status, body: answer } = await ask(of, 'POST', '/gifts/goals', {
    title: 'A new kiln',
    unit: 'coins',
    ...body,
  });
  assert.equal(status, 201, JSON.stringify(answer));
  return answer.goal_id;
}

const goalsOf = async (who: Person) =>
  (await ask(who, 'GET', `/gifts/goals/${toWire('person', who.person_id)}`)).body.items;

test('a goal in coins counts what is given from its beginning on, a goal in money what that cost', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  await give(ada, to(bob), 'star');
  house.clock.advance(1_000);
  await setGoal(bob, { target: '150' });
  await give(ada, to(bob), 'diamond');
  assert.deepEqual(
    (await goalsOf(bob)).map((goal: { progress: string; reached: boolean }) => [goal.progress, goal.reached]),
    [['100', false]],
  );
  house.clock.advance(1_000);
  const goal_id = await setGoal(bob, { target: '100', unit: 'money' });
  await give(ada, to(bob), 'star', 8);
  await house.drain();
  const [goal, ...rest] = await goalsOf(bob);
  assert.equal(rest.length, 0, 'the one that stood there has ended');
  assert.deepEqual([goal.goal_id, goal.progress, goal.currency, goal.reached], [goal_id, '112', 'EUR', true]);
});

test('fifty gifts at once reach a goal exactly once, however often it is looked at', async () => {
  const host = await house.person();
  const givers = await Promise.all(Array.from({ length: 10 }, () => giver(100n)));
  const goal_id = await setGoal(host, { target: '50' });
  const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => give(givers[i % 10] as Person, to(host))));
  assert.ok(replies.every(({ status }) => status === 201));
  await Promise.all([...Array.from({ length: 8 }, () => tellGoals(house.ctx, [host.person_id])), house.drain()]);
  await house.drain();
  assert.deepEqual(
    reached.filter((id) => id === goal_id),
    [goal_id],
  );
  await give(givers[0] as Person, to(host));
  await house.drain();
  assert.equal(reached.filter((id) => id === goal_id).length, 1);
});

test('what is taken back or returned counts back; a goal that was reached stays reached', async () => {
  const [ada, host] = [await giver(), await house.person()];
  const room = await goLive(house, host);
  await setGoal(host, { target: '100', room_id: room.id });
  const { body } = await give(ada, { room_id: room.id }, 'star', 5);
  await give(ada, to(host), 'star');
  assert.equal((await goalsOf(host))[0].progress, '50', 'a goal of a room counts what is given there');
  await ask(ada, 'POST', '/gifts/undo', { gift_ids: [body.gift_id] });
  assert.equal((await goalsOf(host))[0].progress, '0');
  await give(ada, { room_id: room.id }, 'diamond');
  await house.drain();
  const [full] = await goalsOf(host);
  assert.deepEqual([full.progress, full.reached], ['100', true]);
  assert.equal(told.get(room.room_id)?.goals?.[0]?.progress, '100');
  await returnGiftsOf(house.ctx, room.room_id);
  await house.drain();
  const [empty] = await goalsOf(host);
  assert.deepEqual([empty.progress, empty.reached], ['0', true]);
  assert.equal(told.get(room.room_id)?.goals?.[0]?.progress, '0');
});

test('G1, I14: kill -9 between gifts and the goal: the next process reaches it, once', {
  timeout: 240_000,
}, async () => {
  const [ada, host] = [await giver(), await house.person()];
  const goal_id = await setGoal(host, { target: '20' });
  const data_dir = makeDataDir();
  const env = { SOUK_DATA_DIR: data_dir, DATABASE_URL: house.app_url, DATABASE_OWNER_URL: house.owner_url };
  const souk = await startSouk(env);
  const there = clientOf(souk.url, ada);
  const replies = await Promise.all(Array.from({ length: 20 }, () => give(there, to(host))));
  const ended = souk.stop('SIGKILL');
  assert.ok(replies.every(({ status }) => status === 201));
  await ended;
  // The killed process may have handed some of it on; its lock is gone as soon as the database has noticed.
  for (;;) {
    await house.drain();
    const { rows } = await house.ctx.db.pool.query('select from outbox where not parked limit 1');
    if (rows.length === 0) break;
    house.clock.advance(60_000);
    await pause(20);
  }
  const [goal] = await goalsOf(host);
  assert.deepEqual([goal.goal_id, goal.progress, goal.reached], [goal_id, '20', true]);
  assert.ok(reached.filter((id) => id === goal_id).length <= 1);
  removeDataDir(data_dir);
});

test('a goal is one’s own: another’s room, an ended one and a minor are refused', async () => {
  const [ada, bob, teen] = [await house.person(), await house.person(), await house.person({ born_on: '2011-01-01' })];
  const room = await goLive(house, ada);
  const goal = { title: 'x', unit: 'coins', target: '10' };
  assert.equal((await ask(bob, 'POST', '/gifts/goals', { ...goal, room_id: room.id })).status, 404);
  assert.equal((await ask(teen, 'POST', '/gifts/goals', goal)).body.code, 'too_young');
  for (const target of ['0', '-5', '1e3', 10, '99999999999999999999']) {
    assert.equal((await ask(ada, 'POST', '/gifts/goals', { ...goal, target })).status, 400, String(target));
  }
});

test('momentum: three different people raise a room; who opted out is not counted, nor is a gift taken back', {
  timeout: 240_000,
}, async () => {
  const host = await house.person();
  const room = await goLive(house, host);
  const [ada, bob, eve, ida] = await Promise.all([giver(), giver(), giver(), giver()]);
  const quiet = { momentum_in_my_rooms: true, momentum_for_me: false, gallery_shown: true, named_as_supporter: true };
  await ask(eve, 'PUT', '/gifts/settings', quiet);
  const at = async () => (await ask(host, 'GET', `/gifts/rooms/${room.id}`)).body.momentum;
  await give(ada, { room_id: room.id }, 'diamond');
  await give(bob, { room_id: room.id });
  await give(eve, { room_id: room.id });
  assert.equal(await at(), null);
  const { body } = await give(ida, { room_id: room.id });
  await house.drain();
  // The room is told a moment later.
  while (told.get(room.room_id)?.momentum?.level !== 1) await pause(20);
  assert.deepEqual([(await at()).level, (await at()).supporters], [1, 3]);
  await ask(ida, 'POST', '/gifts/undo', { gift_ids: [body.gift_id] });
  assert.equal(await at(), null);
  await give(ida, { room_id: room.id });
  assert.equal((await at()).level, 1);
  house.clock.advance(121_000);
  assert.equal(await at(), null, 'nobody new for two minutes');
  house.clock.advance(60_000);
  for (const one of [ada, bob, ida]) await give(one, { room_id: room.id });
  assert.equal(await at(), null, 'the room rests');
});

test('momentum: a host who wants none has none', async () => {
  const host = await house.person();
  const room = await goLive(house, host);
  for (const one of await Promise.all([giver(), giver(), giver()])) await give(one, { room_id: room.id });
  const at = async () => (await ask(host, 'GET', `/gifts/rooms/${room.id}`)).body.momentum;
  assert.equal((await at()).level, 1);
  const none = { momentum_in_my_rooms: false, momentum_for_me: true, gallery_shown: true, named_as_supporter: true };
  await ask(host, 'PUT', '/gifts/settings', none);
  assert.equal(await at(), null);
});
