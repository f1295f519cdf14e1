import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { fromWire, toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { encoderFor } from '../test/publish.ts';
import { call } from '../test/room.ts';
import { goLive as wentLive } from './rooms.ts';
import { cancelPlansOf } from './schedules.ts';
import { passMissed } from './starts.ts';

const HOUR_MS = 3_600_000;
let keys = 0;

interface Page {
  schedule_id: string;
  state: string;
  starts_at: string;
  reminders: number;
  reminded: boolean;
  title: string;
  room: { room_id: string; state: string } | null;
}

// The clock stands at noon of 2 November 2026 in Berlin.
const WISH = { title: 'Teapots', language: 'en', local_time: '2026-11-03T19:00', zone: 'Europe/Berlin' };

async function plan(host: TestPerson, wish: object = {}) {
  const key = `plan-key-${++keys}`;
  const response = await host.fetch('/api/schedules', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ ...WISH, ...wish }),
  });
  return { status: response.status, body: (await response.json()) as { schedule_id: string; code: string } };
}

const pageOf = async (who: TestPerson, id: string) => (await call<Page>(who, 'GET', `/api/schedules/${id}`)).body;
const remind = (who: TestPerson, id: string, method = 'PUT') => call(who, method, `/api/schedules/${id}/reminder`);

type House = Awaited<ReturnType<typeof openHouse>>;

async function toldTo(who: TestPerson): Promise<string[]> {
  const { body } = await call<{ items: { line: string; category: string }[] }>(who, 'GET', '/api/notices?limit=100');
  const ofLives = body.items.filter(({ category }) => category === 'live');
  return ofLives.map(({ line }) => line).sort();
}

type Opened = { room: { room_id: string }; stream_id: string; stream_key: string };
const start = (host: TestPerson, id: string) => call<Opened>(host, 'POST', `/api/schedules/${id}/start`);

/** Opens the plan's room and sends its first second. */
async function goLiveFrom(house: House, host: TestPerson, id: string): Promise<Opened> {
  const { status, body }: { status: number; body: Opened } = await start(host, id);
  assert.equal(status, 201, JSON.stringify(body));
  const encoder = encoderFor(house, fromWire('stream', body.stream_id), body.stream_key);
  await encoder.open();
  await encoder.send();
  await house.drain();
  return body;
}

test('D11: a live is planned on the host’s wall, listed soonest first, found by title and name, page by page', async (t) => {
  const house = await openHouse(t);
  const [hanna, paul] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'paul' })];
  for (let day = 9; day >= 3; day -= 1) {
    const { status } = await plan(day % 2 ? hanna : paul, {
      title: `100 % Day_${day}`,
      local_time: `2026-11-0${day}T19:00`,
    });
    assert.equal(status, 201);
  }
  const found: string[] = [];
  for (let after = ''; ; ) {
    const { body } = await call<{ items: Page[]; next: string | null }>(hanna, 'GET', `/api/schedules?limit=2${after}`);
    found.push(...body.items.map(({ title }) => title));
    if (body.next === null) break;
    // What is planned meanwhile shifts nothing.
    await plan(hanna, { title: 'First', local_time: '2026-11-02T20:00' });
    after = `&after=${encodeURIComponent(body.next)}`;
  }
  assert.deepEqual(
    found,
    [3, 4, 5, 6, 7, 8, 9].map((day) => `100 % Day_${day}`),
  );
  const search = async (q: string) =>
    (await call<{ items: Page[] }>(hanna, 'GET', `/api/schedules?q=${encodeURIComponent(q)}`)).body.items.length;
  assert.deepEqual(await Promise.all(['day_4', 'PAUL', '100 %', '_', '%%', 'nothing'].map(search)), [1, 3, 7, 7, 0, 0]);
  const one = await call<{ items: Page[] }>(hanna, 'GET', '/api/schedules?q=day_4');
  assert.equal(one.body.items[0]?.starts_at, '2026-11-04T18:00:00.000Z');
});

test('a plan is refused in the past, too far ahead, in no zone, at no time, and to who may not go live', async (t) => {
  const house = await openHouse(t);
  const hanna = await house.person({ handle: 'hanna' });
  const teen = await house.person({ handle: 'tim', born_on: '2010-01-01' });
  for (const [wish, code] of [
    [{ local_time: '2026-11-02T11:59' }, 'schedule_in_past'],
    [{ local_time: '2028-11-02T11:59' }, 'schedule_too_far'],
    [{ zone: 'Mars/Base' }, 'zone_unknown'],
    [{ local_time: '2026-11-31T11:59' }, 'invalid_request'],
  ] as const) {
    assert.equal((await plan(hanna, wish)).body.code, code);
  }
  assert.equal((await plan(teen)).body.code, 'too_young');
});

test('D1: only the host edits and cancels; who asked to be reminded hears of another time and of the end, once', async (t) => {
  const house = await openHouse(t);
  const [hanna, ann, bob] = await Promise.all(['hanna', 'ann', 'bob'].map((handle) => house.person({ handle })));
  assert.ok(hanna && ann && bob);
  const { schedule_id: id } = (await plan(hanna)).body;
  await remind(ann, id);
  await remind(bob, id);
  await remind(bob, id);
  await remind(bob, id, 'DELETE');
  assert.deepEqual([(await pageOf(ann, id)).reminded, (await pageOf(bob, id)).reminded], [true, false]);
  assert.equal((await pageOf(bob, id)).reminders, 1);
  const path = `/api/schedules/${id}`;
  const wish = { ...WISH, local_time: '2026-11-03T20:00', title: 'Teapots, later' };
  assert.equal((await call(ann, 'PUT', path, wish)).status, 404);
  assert.equal((await call(ann, 'DELETE', path)).status, 404);
  assert.equal((await call<Page>(hanna, 'PUT', path, { ...wish, local_time: WISH.local_time })).status, 200);
  const moved = await call<Page>(hanna, 'PUT', path, wish);
  assert.equal(moved.body.starts_at, '2026-11-03T19:00:00.000Z');
  await house.drain();
  await Promise.all([call(hanna, 'DELETE', path), call(hanna, 'DELETE', path)]);
  await house.drain();
  assert.deepEqual(await toldTo(ann), [
    'New time for “Teapots, later” by hanna: November 3, 2026 at 8:00 PM',
    'hanna has cancelled “Teapots, later”.',
  ]);
  assert.deepEqual(await toldTo(bob), []);
  assert.equal((await call<{ code: string }>(hanna, 'PUT', path, wish)).body.code, 'schedule_closed');
  assert.equal((await remind(bob, id)).status, 409);
  assert.equal((await pageOf(ann, id)).state, 'cancelled');
  const file = await ann.fetch(`${path}/calendar`);
  assert.match(file.headers.get('content-type') ?? '', /^text\/calendar/);
  assert.match(await file.text(), /STATUS:CANCELLED\r\n/);
});

test('I12: followers and reminded are told once at the start: parallel starts, events twice, a host who begins anew', async (t) => {
  const house = await openHouse(t);
  const names = ['hanna', 'fan', 'both', 'reminded', 'blocked', 'stranger'];
  const people = await Promise.all(names.map((handle) => house.person({ handle })));
  const [hanna, fan, both, reminded, blocked, stranger] = people;
  assert.ok(hanna && fan && both && reminded && blocked && stranger);
  const { schedule_id: id } = (await plan(hanna)).body;
  for (const who of [fan, both]) {
    await call(who, 'PUT', `/api/people/${toWire('person', hanna.person_id)}/follow`);
  }
  for (const who of [both, reminded, blocked]) await remind(who, id);
  await call(hanna, 'PUT', `/api/people/${toWire('person', blocked.person_id)}/block`);
  assert.equal((await call(blocked, 'GET', `/api/schedules/${id}`)).status, 404, 'a block hides the plan');
  const early = await call<{ code: string }>(hanna, 'POST', `/api/schedules/${id}/start`);
  assert.deepEqual([early.status, early.body.code], [409, 'schedule_not_due']);
  assert.equal((await start(stranger, id)).status, 404);
  house.clock.set(new Date('2026-11-03T17:55:00Z'));
  const tries = await Promise.all(Array.from({ length: 5 }, () => start(hanna, id)));
  assert.deepEqual(tries.map(({ status }) => status).sort(), [201, 409, 409, 409, 409]);
  const opened = tries.find(({ status }) => status === 201)?.body as Opened;
  const encoder = encoderFor(house, fromWire('stream', opened.stream_id), opened.stream_key);
  await encoder.open();
  await encoder.send();
  const stream_id = fromWire('stream', opened.stream_id);
  await Promise.all(Array.from({ length: 5 }, () => wentLive(house.ctx, stream_id)));
  await house.drain();
  assert.equal((await pageOf(fan, id)).room?.state, 'live');
  // The first try broke off: another room for the same time.
  await call(hanna, 'POST', `/api/rooms/${opened.room.room_id}/end`);
  house.clock.advance(40 * 60_000);
  const again = await goLiveFrom(house, hanna, id);
  assert.notEqual(again.room.room_id, opened.room.room_id);
  const told = await Promise.all(people.map((who) => toldTo(who)));
  const asked = ['hanna is live now, as you wanted to know: Teapots'];
  assert.deepEqual(told, [[], ['hanna is live: Teapots'], asked, asked, [], []]);
  assert.equal((await pageOf(fan, id)).state, 'over');
  assert.equal((await pageOf(fan, id)).room?.room_id, again.room.room_id);
});

test('a live without a plan is told of too, but not again within half an hour', async (t) => {
  const house = await openHouse(t);
  const [hanna, fan] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'fan' })];
  await call(fan, 'PUT', `/api/people/${toWire('person', hanna.person_id)}/follow`);
  const { goLive } = await import('../test/room.ts');
  for (const wait_ms of [0, 60_000, HOUR_MS]) {
    house.clock.advance(wait_ms);
    const room = await goLive(house, hanna, 'A room');
    await call(hanna, 'POST', `/api/rooms/${room.id}/end`);
    await house.drain();
  }
  assert.equal((await toldTo(fan)).length, 2);
});

test('a weekly live moves on to next week when it took place, and when its host did not come', async (t) => {
  const house = await openHouse(t);
  const [hanna, ann] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'ann' })];
  const weekly = (await plan(hanna, { repeat: 'weekly' })).body.schedule_id;
  const once = (await plan(hanna, { local_time: '2026-11-03T19:30' })).body.schedule_id;
  await remind(ann, weekly);
  house.clock.set(new Date('2026-11-03T18:05:00Z'));
  const { room } = await goLiveFrom(house, hanna, weekly);
  assert.equal((await pageOf(ann, weekly)).starts_at, '2026-11-10T18:00:00.000Z');
  await call(hanna, 'POST', `/api/rooms/${room.room_id}/end`);
  house.clock.set(new Date('2026-11-03T21:00:00Z'));
  assert.equal(await passMissed(house.ctx, house.clock.now()), 1);
  assert.equal((await pageOf(ann, once)).state, 'over');
  house.clock.set(new Date('2026-11-11T09:00:00Z'));
  assert.equal(await passMissed(house.ctx, house.clock.now()), 1);
  assert.equal(await passMissed(house.ctx, house.clock.now()), 0);
  assert.equal((await pageOf(ann, weekly)).starts_at, '2026-11-17T18:00:00.000Z');
  house.clock.set(new Date('2026-11-17T18:00:00Z'));
  await goLiveFrom(house, hanna, weekly);
  assert.equal((await toldTo(ann)).length, 2, 'a reminder holds for every time');
});

test('E4: a plan has a picture, drawn anew; only its host gives it one', async (t) => {
  const house = await openHouse(t);
  const [hanna, ann] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'ann' })];
  const { schedule_id: id } = (await plan(hanna)).body;
  const { default: sharp } = await import('sharp');
  const png = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#a04020' } })
    .png()
    .toBuffer();
  const put = (who: TestPerson, body: Buffer) =>
    who.fetch(`/api/schedules/${id}/picture`, {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(body),
    });
  assert.equal((await put(ann, png)).status, 404);
  assert.equal((await put(hanna, Buffer.from('no picture'))).status, 400);
  const { picture_url } = (await (await put(hanna, png)).json()) as { picture_url: string };
  const served = await hanna.fetch(picture_url);
  assert.deepEqual([served.status, served.headers.get('content-type')], [200, 'image/webp']);
  assert.equal(
    (await call<{ picture_url: null }>(hanna, 'DELETE', `/api/schedules/${id}/picture`)).body.picture_url,
    null,
  );
  assert.equal((await hanna.fetch(picture_url)).status, 404);
});

test('whoever deletes their account cancels their plans, and is reminded of nothing', async (t) => {
  const house = await openHouse(t);
  const [hanna, ann] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'ann' })];
  const { schedule_id: id } = (await plan(hanna)).body;
  const { schedule_id: theirs } = (await plan(ann)).body;
  await remind(ann, id);
  await remind(hanna, theirs);
  await inTx(house.ctx.db, (tx) => cancelPlansOf(house.ctx, tx, hanna.person_id));
  await house.drain();
  assert.deepEqual(await toldTo(ann), ['hanna has cancelled “Teapots”.']);
  assert.equal((await pageOf(ann, theirs)).reminders, 0);
});
