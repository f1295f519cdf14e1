import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, type Watcher, watch } from '../test/room.ts';
import { openBuyer, openShop } from '../test/shop.ts';
import { gridOf, inSteps, sampleViewers } from './summary.ts';

type House = Awaited<ReturnType<typeof openHouse>>;
const LONG_MS = 30_000;

interface Summary {
  step_s: number;
  steps: { at: string; viewers: number; gifts: number; sales: number; followers: number; lines: number }[];
  totals: Record<string, unknown>;
}

test('a summary has at most 120 steps, and every column adds up to its total', () => {
  const from = new Date('2026-11-02T11:00:30Z');
  const minute = (n: number) => new Date(Date.parse('2026-11-02T11:00:00Z') + n * 60_000);
  for (const length of [0, 1, 119, 120, 121, 250, 1_000]) {
    const to = new Date(from.getTime() + length * 60_000);
    const { steps, step_ms } = gridOf(from, to);
    assert.ok(steps >= 1 && steps <= 120, `${length} minutes: ${steps}`);
    assert.ok(steps * step_ms >= length * 60_000);
    // Also what was settled before the first and after the last minute.
    const minutes = [-1, 0, 1, Math.floor(length / 2), length, length + 5].map((n) => ({ minute_at: minute(n), n: 3 }));
    const columns = inSteps(minutes, { from, to }, (a, b) => a + b);
    assert.equal(columns.length, steps);
    assert.equal(
      columns.reduce((a, b) => a + b, 0),
      18,
      `${length} minutes`,
    );
  }
});

async function give(who: TestPerson, room_id: string, count: number): Promise<string> {
  const body = { gift: 'rose', count, room_id };
  const { data } = await who.api.POST('/api/gifts', { body: body as never });
  return (data as unknown as { gift_id: string }).gift_id;
}

async function buyIn(house: House, room_id: string): Promise<void> {
  const shop = await openShop(house, [5]);
  const buyer = await openBuyer(house);
  const order = {
    lines: [{ variant_id: shop.variant_ids[0], quantity: 1 }],
    address_id: buyer.address_id,
    method_id: buyer.method_id,
    expected_total: { amount: '2390', currency: 'EUR' },
    room_id,
  };
  const response = await buyer.person.fetch('/api/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'summary-order-1' },
    body: JSON.stringify(order),
  });
  assert.equal(response.status, 201, await response.clone().text());
  await house.drain();
}

test('D1: the host sees what came of a live, from the records: viewers, gifts, sales, followers, lines; nobody else', async (t) => {
  const house = await openHouse(t);
  const [hanna, ann] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'ann', coins: 50 })];
  const room = await goLive(house, hanna);
  const viewer = await watch(house, room.id, ann);
  const counts = new Map([[room.room_id, 7]]);
  const hub = { viewersOf: (id: string) => counts.get(id) ?? 0 };
  await sampleViewers(house.ctx, hub);
  counts.set(room.room_id, 4);
  await sampleViewers(house.ctx, hub);
  await viewer.ask({ type: 'chat.send', text: 'hello' });
  await give(ann, room.id, 3);
  house.clock.advance(60_000);
  counts.set(room.room_id, 9);
  await sampleViewers(house.ctx, hub);
  await call(ann, 'PUT', `/api/people/${toWire('person', hanna.person_id)}/follow`);
  const undone = await give(ann, room.id, 5);
  await buyIn(house, room.id);
  await ann.fetch('/api/gifts/undo', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'summary-undo-1' },
    body: JSON.stringify({ gift_ids: [undone] }),
  });
  house.clock.advance(60_000);
  await call(hanna, 'POST', `/api/rooms/${room.id}/end`);
  const path = `/api/rooms/${room.id}/summary`;
  assert.equal((await call<{ code: string }>(ann, 'GET', path)).body.code, 'not_your_room');
  const { body } = await call<Summary>(hanna, 'GET', path);
  assert.equal(body.step_s, 60);
  const { gifts, gift_coins, supporters, sales, revenue, buyers, followers, lines } = body.totals;
  assert.deepEqual(
    { gifts, gift_coins, supporters, sales, revenue, buyers, followers, lines },
    {
      ...{ gifts: 3, gift_coins: '3', supporters: 1, sales: 1, buyers: 1, followers: 1, lines: 1 },
      revenue: [{ amount: '1900', currency: 'EUR' }],
    },
  );
  // What the house itself samples in between can only be fewer: one viewer is there.
  assert.deepEqual(
    body.steps.slice(0, 2).map(({ viewers }) => viewers),
    [7, 9],
  );
  for (const column of ['gifts', 'sales', 'followers', 'lines'] as const) {
    assert.equal(
      body.steps.reduce((sum, step) => sum + step[column], 0),
      body.totals[column],
      column,
    );
  }
});

test('I11: a host deletes their replay, with its chat; the summary stays, and only theirs', async (t) => {
  const house = await openHouse(t);
  const [hanna, ann] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'ann' })];
  const room = await goLive(house, hanna, 'Teapots');
  const viewer = await watch(house, room.id, ann);
  await viewer.ask({ type: 'chat.send', text: 'hello' });
  const path = `/api/rooms/${room.id}`;
  assert.equal((await call<{ code: string }>(hanna, 'DELETE', `${path}/replay`)).body.code, 'room_not_over');
  await call(hanna, 'POST', `${path}/end`);
  type Page = { stream: { replay: { url: string }[] } };
  const url = (await call<Page>(ann, 'GET', path)).body.stream.replay[0]?.url ?? '';
  assert.equal((await ann.fetch(url)).status, 200);
  assert.equal((await call<{ code: string }>(ann, 'DELETE', `${path}/replay`)).body.code, 'not_your_room');
  for (let twice = 0; twice < 2; twice += 1) assert.equal((await call(hanna, 'DELETE', `${path}/replay`)).status, 200);
  assert.equal((await ann.fetch(url)).status, 404, 'no cache of ours has it');
  assert.deepEqual((await call<Page>(ann, 'GET', path)).body.stream.replay, []);
  assert.deepEqual((await call<{ items: unknown[] }>(ann, 'GET', `${path}/timeline`)).body.items, []);
  const listed = async (who: TestPerson) =>
    (await call<{ items: unknown[] }>(who, 'GET', '/api/rooms?state=ended')).body.items.length;
  assert.deepEqual([await listed(ann), await listed(hanna)], [0, 1]);
  assert.equal((await call(hanna, 'GET', `${path}/summary`)).status, 200);
});

const welcome = (who: TestPerson, wanted = true) => call(who, 'PUT', '/api/rooms/handovers', { welcome: wanted });

const handOver = (who: TestPerson, from: string, to: string) =>
  call<{ code: string; state: string }>(who, 'PUT', `/api/rooms/${from}/handover`, { to_room_id: to });

async function endedOf(watcher: Watcher) {
  await watcher.until((message) => 'events' in message && message.events.some(({ type }) => type === 'ended'), LONG_MS);
  return watcher.events().find((event) => event.type === 'ended');
}

test('a host hands over to a live that welcomes it; viewers hear where to, once, however often it is asked', async (t) => {
  const house = await openHouse(t);
  const [hanna, paul] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'paul' })];
  const [from, to] = [await goLive(house, hanna), await goLive(house, paul)];
  const viewer = await watch(house, from.id);
  assert.equal((await handOver(hanna, from.id, to.id)).body.code, 'handover_unwelcome');
  await welcome(paul);
  type List = { items: { room_id: string }[]; welcome: boolean };
  const list = async (who: TestPerson) => (await call<List>(who, 'GET', '/api/rooms/handovers')).body;
  assert.deepEqual(
    (await list(hanna)).items.map(({ room_id }) => room_id),
    [to.id],
  );
  assert.deepEqual([(await list(paul)).welcome, (await list(paul)).items], [true, []]);
  assert.equal((await handOver(paul, from.id, to.id)).body.code, 'not_your_room');
  const tries = await Promise.all([0, 1, 2].map(() => handOver(hanna, from.id, to.id)));
  assert.deepEqual(
    tries.map(({ status, body }) => [status, body.state]),
    Array(3).fill([200, 'ended']),
  );
  await house.drain();
  const ended = await endedOf(viewer);
  assert.equal(ended?.type === 'ended' && ended.to_room_id, to.id);
  const page = await call<{ handed_to: string }>(paul, 'GET', `/api/rooms/${from.id}`);
  assert.equal(page.body.handed_to, to.id);
});

test('D9: no hand-over past a block, to what is over, to oneself, or back to a host who handed over before', async (t) => {
  const house = await openHouse(t);
  const people = await Promise.all(['hanna', 'paul', 'rosa'].map((handle) => house.person({ handle })));
  const [hanna, paul, rosa] = people as [TestPerson, TestPerson, TestPerson];
  for (const who of people) await welcome(who);
  const first = await goLive(house, hanna);
  const second = await goLive(house, paul);
  assert.equal((await handOver(hanna, first.id, first.id)).body.code, 'handover_loop');
  const third = await goLive(house, rosa);
  await call(rosa, 'PUT', `/api/people/${toWire('person', hanna.person_id)}/block`);
  assert.equal((await handOver(hanna, first.id, third.id)).body.code, 'handover_unwelcome');
  assert.equal((await handOver(hanna, first.id, second.id)).status, 200);
  // Hanna begins anew; her former viewers sit with Paul, and then with Rosa.
  const anew = await goLive(house, hanna);
  assert.equal((await handOver(paul, second.id, anew.id)).body.code, 'handover_loop');
  assert.equal((await handOver(paul, second.id, first.id)).body.code, 'room_not_live');
  assert.equal((await handOver(paul, second.id, third.id)).status, 200);
  await call(rosa, 'DELETE', `/api/people/${toWire('person', hanna.person_id)}/block`);
  assert.equal((await handOver(rosa, third.id, anew.id)).body.code, 'handover_loop', 'also over two steps');
});
