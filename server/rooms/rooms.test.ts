import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { fromWire, mintId, toWire } from '../kernel/ids.ts';
import { noticeSilence } from '../media/index.ts';
import { openHouse } from '../test/harness.ts';
import { call, goLive, textOf, watch } from '../test/room.ts';
import { endRoom } from './index.ts';

const product = () => toWire('product', mintId());
const thing = () => ({ type: 'product', id: product() });

test('a room is live with its first segment, is listed, and ends for everyone at once', async (t) => {
  const house = await openHouse(t);
  const host = await house.person({ handle: 'hanna' });
  const opened = await call<{ room: { room_id: string; title: string; state: string } }>(host, 'POST', '/api/rooms', {
    title: '  Teapots\n by hand\u202e ',
    language: 'en',
  });
  assert.equal(opened.status, 201);
  assert.equal(opened.body.room.title, 'Teapots by hand');
  assert.equal(opened.body.room.state, 'preparing');
  const listed = async (state: string) =>
    (await call<{ items: { room_id: string }[] }>(host, 'GET', `/api/rooms?state=${state}`)).body.items.length;
  assert.deepEqual([await listed('live'), await listed('ended')], [0, 0]);
  const second = await call<{ code: string; room_id: string }>(host, 'POST', '/api/rooms', {
    title: 'x',
    language: 'en',
  });
  assert.deepEqual(
    [second.status, second.body.code, second.body.room_id],
    [409, 'room_open', opened.body.room.room_id],
  );
  const renewed = await call<{ stream_key: string }>(host, 'POST', `/api/rooms/${opened.body.room.room_id}/stream-key`);
  assert.equal(renewed.status, 201);
  await call(host, 'POST', `/api/rooms/${opened.body.room.room_id}/end`);
  assert.deepEqual([await listed('live'), await listed('ended')], [0, 0], 'what never was live is no replay');

  const room = await goLive(house, host);
  assert.equal(await listed('live'), 1);
  const viewer = await watch(house, room.id);
  const ended = await call<{ state: string; end_reason: string }>(host, 'POST', `/api/rooms/${room.id}/end`);
  assert.deepEqual([ended.body.state, ended.body.end_reason], ['ended', 'host']);
  await house.drain();
  await viewer.until((message) => message.type === 'frame' && message.events.some((e) => e.type === 'ended'), 1_000);
  assert.deepEqual(await viewer.closed, { code: 1000, reason: 'ended' });
  assert.deepEqual([await listed('live'), await listed('ended')], [0, 1]);
  const twice = await call<{ end_reason: string }>(host, 'POST', `/api/rooms/${room.id}/end`);
  assert.deepEqual([twice.status, twice.body.end_reason], [200, 'host']);
  const page = await call<{ stream: { replay: unknown[] } }>(host, 'GET', `/api/rooms/${room.id}`);
  assert.equal(page.body.stream.replay.length, 1);
});

test('only the host ends and pins; moderation ends through the door', async (t) => {
  const house = await openHouse(t);
  const [host, other] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'other' })];
  const room = await goLive(house, host);
  for (const [method, path, body] of [
    ['POST', 'end'],
    ['POST', 'stream-key'],
    ['PUT', 'pin', { thing: thing() }],
    ['DELETE', 'pin'],
  ] as const) {
    const { status, body: problem } = await call<{ code: string }>(
      other,
      method,
      `/api/rooms/${room.id}/${path}`,
      body,
    );
    assert.deepEqual([status, problem.code], [403, 'not_your_room'], path);
  }
  const ended = () =>
    inTx(house.ctx.db, (tx) => endRoom(house.ctx, tx, room.room_id, { reason: 'moderation', by: other.person_id }));
  assert.equal(await ended(), true);
  assert.equal(await ended(), false);
  const { body } = await call<{ end_reason: string }>(other, 'GET', `/api/rooms/${room.id}`);
  assert.equal(body.end_reason, 'moderation');
  const late = await call<{ code: string }>(host, 'PUT', `/api/rooms/${room.id}/pin`, { thing: thing() });
  assert.deepEqual([late.status, late.body.code], [409, 'room_not_live']);
});

test('a host who does not come back within a minute ends the room', async (t) => {
  const house = await openHouse(t);
  const host = await house.person({ handle: 'hanna' });
  const room = await goLive(house, host);
  house.clock.advance(61_000);
  await noticeSilence(house.ctx, house.clock.now());
  await house.drain();
  const { body } = await call<{ state: string; end_reason: string }>(host, 'GET', `/api/rooms/${room.id}`);
  assert.deepEqual([body.state, body.end_reason], ['ended', 'host_gone']);
});

test('the youngest may watch and not go live', async (t) => {
  const house = await openHouse(t);
  const teen = await house.person({ handle: 'tim', born_on: '2010-01-01' });
  const { status, body } = await call<{ code: string }>(teen, 'POST', '/api/rooms', { title: 'x', language: 'de' });
  assert.deepEqual([status, body.code], [403, 'too_young']);
});

test('a pin is stamped with the host’s media time, at most 10 s from the edge, and pinning again changes nothing', async (t) => {
  const house = await openHouse(t);
  const host = await house.person({ handle: 'hanna' });
  const room = await goLive(house, host);
  for (let i = 0; i < 30; i += 1) await room.encoder.send();
  const viewer = await watch(house, room.id);
  const edge = house.clock.now().getTime();
  const at = (ms: number) => new Date(edge + ms).toISOString();
  const wanted = [-4_000, -60_000, 60_000];
  const things = wanted.map(thing);
  for (const [i, ms] of wanted.entries()) {
    const pin = { thing: things[i], media_at: at(ms) };
    for (let twice = 0; twice < 2; twice += 1) {
      const { status } = await call(host, 'PUT', `/api/rooms/${room.id}/pin`, pin);
      assert.equal(status, 200);
    }
  }
  await call(host, 'DELETE', `/api/rooms/${room.id}/pin`);
  await viewer.until((message) => 'events' in message && message.events.some((event) => event.type === 'unpin'));
  const pins = viewer.events().filter((event) => event.type === 'pin');
  assert.deepEqual(
    pins.map((pin) => Date.parse(pin.media_at) - edge),
    [-4_000, -10_000, 10_000],
  );
  assert.deepEqual(
    pins.map((pin) => pin.thing),
    things,
  );
  const page = await call<{ pinned: unknown }>(host, 'GET', `/api/rooms/${room.id}`);
  assert.equal(page.body.pinned, null);
});

test('the replay has chat and pins at their second, page by page, without what was taken away', async (t) => {
  const house = await openHouse(t);
  const [host, ann] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'ann' })];
  const room = await goLive(house, host);
  const viewer = await watch(house, room.id, ann);
  const lines: string[] = [];
  for (let i = 0; i < 4; i += 1) {
    const said = await viewer.ask({ type: 'chat.send', text: `line ${i}` });
    assert.equal(said.type, 'ack');
    lines.push((said as unknown as { body: { line: { id: string } } }).body.line.id);
    await room.encoder.send();
  }
  await call(host, 'PUT', `/api/rooms/${room.id}/pin`, { thing: thing() });
  await call(ann, 'DELETE', `/api/rooms/${room.id}/lines/${lines[1]}`);
  await viewer.until((message) => 'events' in message && message.events.some((event) => event.type === 'chat.deleted'));
  await call(host, 'POST', `/api/rooms/${room.id}/end`);

  const told: { media_at: string; event: Parameters<typeof textOf>[0] }[] = [];
  for (let after = '', pages = 0; pages < 10; pages += 1) {
    type Page = { items: typeof told; next: string | null };
    const { body } = await call<Page>(ann, 'GET', `/api/rooms/${room.id}/timeline?limit=2${after}`);
    told.push(...body.items);
    if (body.next === null) break;
    after = `&after=${encodeURIComponent(body.next)}`;
  }
  assert.deepEqual(
    told.map(({ event }) => textOf(event) ?? event.type),
    ['line 0', 'line 2', 'line 3', 'pin'],
  );
  assert.deepEqual(
    told.map(({ media_at }) => media_at),
    told.map(({ media_at }) => media_at).toSorted(),
  );
});

test('D5: who is muted cannot write from the next message on, and may again when it is over', async (t) => {
  const house = await openHouse(t);
  const [host, ann, mia] = [
    await house.person({ handle: 'hanna' }),
    await house.person({ handle: 'ann' }),
    await house.person({ handle: 'mia' }),
  ];
  const room = await goLive(house, host);
  const [viewer, moderator] = [await watch(house, room.id, ann), await watch(house, room.id, mia)];
  assert.equal((await viewer.ask({ type: 'chat.send', text: 'one' })).type, 'ack');
  const path = `/api/rooms/${room.id}/mutes/${toWire('person', ann.person_id)}`;
  const early = await call<{ code: string }>(mia, 'PUT', path, { for_s: 60 });
  assert.deepEqual([early.status, early.body.code], [403, 'not_a_moderator']);

  await call(host, 'PUT', `/api/rooms/moderators/${toWire('person', mia.person_id)}`);
  await moderator.until((message) => message.type === 'welcome' && message.role === 'moderator');
  assert.equal((await call(mia, 'PUT', path, { for_s: 60 })).status, 200);
  await viewer.until((message) => message.type === 'muted', 1_000);
  const refused = await viewer.ask({ type: 'chat.send', text: 'two' });
  assert.equal(refused.type === 'refused' && refused.problem.code, 'muted');
  house.clock.advance(60_001);
  assert.equal((await viewer.ask({ type: 'chat.send', text: 'three' })).type, 'ack');
  const host_path = `/api/rooms/${room.id}/mutes/${toWire('person', host.person_id)}`;
  assert.equal((await call(mia, 'PUT', host_path, { for_s: 60 })).status, 403, 'nobody mutes the host');
});

test('D9: a moderator of one host has no power in another’s room', async (t) => {
  const house = await openHouse(t);
  const [host, other, mia, ann] = [
    await house.person({ handle: 'hanna' }),
    await house.person({ handle: 'other' }),
    await house.person({ handle: 'mia' }),
    await house.person({ handle: 'ann' }),
  ];
  await call(host, 'PUT', `/api/rooms/moderators/${toWire('person', mia.person_id)}`);
  const room = await goLive(house, other);
  const viewer = await watch(house, room.id, ann);
  const said = await viewer.ask({ type: 'chat.send', text: 'hello' });
  const { line } = (said as unknown as { body: { line: { id: string } } }).body;
  for (const [method, path, body] of [
    ['PUT', `mutes/${toWire('person', ann.person_id)}`, { for_s: 60 }],
    ['DELETE', `lines/${line.id}`],
  ] as const) {
    assert.equal((await call(mia, method, `/api/rooms/${room.id}/${path}`, body)).status, 403);
  }
  assert.ok(fromWire('line', line.id));
});
