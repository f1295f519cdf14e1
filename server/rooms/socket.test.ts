import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RoomEvent } from '@souk/sdk/live';
import { backoffMs, connectRoom, type RoomSocket } from '@souk/sdk/room';
import WebSocket from 'ws';
import { suspend } from '../access/index.ts';
import { inTx } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { PERSON_CHANGED, SESSION_ENDED } from '../people/index.ts';
import { type House, openHouse } from '../test/harness.ts';
import { call, goLive, knock, textOf, watch } from '../test/room.ts';
import { show } from './index.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isClosing = (message: { type: string }) => message.type === 'closing';

async function setting(t: { after(fn: () => unknown): void }) {
  const house = await openHouse(t);
  const host = await house.person({ handle: 'hanna' });
  const ann = await house.person({ handle: 'ann' });
  const room = await goLive(house, host);
  return { house, host, ann, room };
}

/** Tells of something as another room would: through the outbox. */
async function happen(house: House, type: string, events: Omit<NewEvent, 'type'>[]): Promise<void> {
  await inTx(house.ctx.db, (tx) =>
    emit(
      tx,
      house.ctx,
      events.map((event) => ({ type, ...event })),
    ),
  );
  await house.drain();
}

const giveGifts = (house: House, room_id: string, actor: string, gift_ids: string[]): Promise<void> =>
  happen(
    house,
    'test.given',
    gift_ids.map((subject) => ({ actor, subject, data: { room_id } })),
  );

function showGifts(house: House): void {
  show(house.ctx, 'test.given', ({ subject, actor, at, data }) => [
    {
      happening: {
        event_id: subject,
        room_id: data.room_id as string,
        person_id: actor,
        happened_at: new Date(at),
        what: { type: 'gift', gift: 'rose', count: 1, combo_id: null },
      },
    },
  ]);
}

test('a visitor watches, and is asked to sign in when writing', async (t) => {
  const { house, ann, room } = await setting(t);
  const visitor = await watch(house, room.id);
  const welcome = visitor.heard.find((message) => message.type === 'welcome');
  assert.deepEqual([welcome?.person_id, welcome?.role], [null, 'viewer']);
  const refused = await visitor.ask({ type: 'chat.send', text: 'hello' });
  assert.equal(refused.type === 'refused' && refused.problem.code, 'sign_in_required');
  const viewer = await watch(house, room.id, ann);
  await viewer.ask({ type: 'chat.send', text: 'hello' });
  await visitor.until(
    (message) => message.type === 'frame' && message.events.some((e) => textOf(e) === 'hello'),
    1_000,
  );
  viewer.say({ type: 'like', count: 7 });
  visitor.say({ type: 'like', count: 9 });
  const counted = await visitor.until((m) => m.type === 'frame' && m.counters?.likes !== undefined);
  assert.equal(counted.type === 'frame' && counted.counters?.likes, 7);
  await visitor.until((m) => m.type === 'frame' && m.counters?.viewers === 2);
});

test('unknown types are ignored; a room that is none says so and wants no retry', async (t) => {
  const { house, ann, room } = await setting(t);
  const viewer = await watch(house, room.id, ann);
  viewer.say({ type: 'dance', key: 'abcdefgh' });
  assert.equal((await viewer.ask({ type: 'chat.send', text: 'still here' })).type, 'ack');
  for (const id of [toWire('room', mintId()), 'room_x', '..%2f']) {
    const lost = await watch(house, id);
    const closing = lost.heard.find(isClosing);
    assert.ok(closing?.type === 'closing' && closing.reason === 'not_found' && !closing.retry, id);
  }
});

test('chat: a key and text sent twice is one line; five at once, then one a second', async (t) => {
  const { house, ann, room } = await setting(t);
  const viewer = await watch(house, room.id, ann);
  const twice = [1, 2].map(() => viewer.ask({ type: 'chat.send', key: 'same-key-1', text: 'once' }));
  await Promise.all(twice);
  for (const text of ['2', '3', '4']) assert.equal((await viewer.ask({ type: 'chat.send', text })).type, 'ack');
  const refused = await viewer.ask({ type: 'chat.send', text: '5' });
  assert.equal(refused.type === 'refused' && refused.problem.code, 'too_many_requests');
  house.clock.advance(1_000);
  assert.equal((await viewer.ask({ type: 'chat.send', text: '5' })).type, 'ack');
  await viewer.until((m) => m.type === 'frame' && m.events.some((event) => textOf(event) === '5'));
  assert.deepEqual(viewer.events().map(textOf), ['once', '2', '3', '4', '5']);
});

test('F3: a line whose writer has to be looked up first is not overtaken by the next one', async (t) => {
  const { house, ann, host, room } = await setting(t);
  const [anns, hosts] = [await watch(house, room.id, ann), await watch(house, room.id, host)];
  await hosts.ask({ type: 'chat.send', text: 'known' });
  const { pool } = house.ctx.db;
  const query = pool.query.bind(pool) as (asked: { name?: string }) => Promise<unknown>;
  let held = 0;
  t.mock.method(pool, 'query', async (asked: { name?: string }) => {
    if (asked.name === 'people_find' && held++ === 0) await new Promise((resume) => setTimeout(resume, 300));
    return query(asked);
  });
  for (const watcher of [anns, hosts]) await watcher.ask({ type: 'chat.send', text: watcher === anns ? 'one' : 'two' });
  await anns.until((m) => m.type === 'frame' && m.events.some((event) => textOf(event) === 'one'));
  await anns.until((m) => m.type === 'frame' && m.events.some((event) => textOf(event) === 'two'));
  assert.ok(held > 0, 'a card was looked up');
  assert.deepEqual(anns.events().map(textOf).slice(-2), ['one', 'two']);
});

test('D16: text that is empty, too long, not Unicode or hides something is refused or cleaned', async (t) => {
  const { house, ann, room } = await setting(t);
  const viewer = await watch(house, room.id, ann);
  for (const text of ['', '   ', '\u200b\u200b', 'x'.repeat(201), '\ud800', 7, null, { a: 1 }]) {
    const said = await viewer.ask({ type: 'chat.send', text });
    assert.equal(said.type === 'refused' && said.problem.code, 'invalid_request', JSON.stringify(text));
    house.clock.advance(1_000);
  }
  const said = await viewer.ask({ type: 'chat.send', text: ' a\u0000\u202eb \n\n <b>c</b> ' });
  assert.equal((said as unknown as { body: { line: { text: string } } }).body.line.text, 'ab <b>c</b>');
});

test('F3: what one person sends in a burst is shown in the order in which it was sent', async (t) => {
  const { house, ann, room } = await setting(t);
  const viewer = await watch(house, room.id, ann);
  const texts = ['a', 'b', 'c', 'd', 'e'];
  for (const [i, text] of texts.entries()) viewer.say({ type: 'chat.send', key: `burst-no-${i}`, text });
  await viewer.until((m) => m.type === 'frame' && m.events.some((event) => textOf(event) === 'e'));
  assert.deepEqual(viewer.events().map(textOf), texts);
});

test('F4: handed on twice, cut off, after a restart: no gift banner is lost or doubled for any of fifty viewers', async (t) => {
  const { house, ann, room } = await setting(t);
  showGifts(house);
  const url = `${house.url.replace('http', 'ws')}/api/rooms/${room.id}/socket`;
  let restarted = false;
  const viewers = Array.from({ length: 50 }, () => {
    const seen: RoomEvent[] = [];
    const viewer = { seen, socket: undefined as WebSocket | undefined };
    const open = (address: string) => {
      viewer.socket = new WebSocket(address);
      const { send } = viewer.socket;
      // What a server says that was started anew: it does not know the epoch.
      const forget = (text: string) => (restarted ? text.replace(/"epoch":"[^"]+"/, '"epoch":"before"') : text);
      viewer.socket.send = (text: unknown) => send.call(viewer.socket, forget(text as string), {});
      return viewer.socket as unknown as RoomSocket;
    };
    const connection = connectRoom({ url, open, on: { events: (events) => seen.push(...events) } });
    t.after(() => connection.close());
    return viewer;
  });
  const gifts = Array.from({ length: 12 }, mintId);
  const give = (from: number, to: number) => giveGifts(house, room.room_id, ann.person_id, gifts.slice(from, to));
  const everyoneHas = async (n: number) => {
    for (let i = 0; i < 100 && viewers.some(({ seen }) => seen.length < n); i += 1) await sleep(50);
    const expected = new Set(gifts.slice(0, n).map((id) => toWire('gift', id)));
    for (const { seen } of viewers) {
      assert.equal(seen.length, n);
      assert.deepEqual(new Set(seen.map((event) => event.id)), expected);
    }
  };
  const cutAll = () => {
    for (const { socket } of viewers) socket?.terminate();
  };
  for (let i = 0; i < 100 && viewers.some(({ socket }) => socket?.readyState !== WebSocket.OPEN); i += 1)
    await sleep(20);
  await give(0, 3);
  await everyoneHas(3);
  await give(0, 6);
  await everyoneHas(6);
  cutAll();
  await give(4, 9);
  await everyoneHas(9);
  restarted = true;
  cutAll();
  await give(9, 12);
  await everyoneHas(12);
});

test('F4: reconnects are spread over time, further apart with every failure', () => {
  for (const [n, most] of [
    [0, 500],
    [1, 1_000],
    [4, 8_000],
    [20, 15_000],
  ] as const) {
    const waits = Array.from({ length: 1_000 }, () => backoffMs(n, Math.random));
    assert.ok(Math.max(...waits) <= most && Math.min(...waits) >= most / 4, `${n}`);
    const buckets = new Set(waits.map((wait) => Math.floor((wait / most) * 10)));
    assert.ok(buckets.size >= 7, 'no crowd at one moment');
  }
});

test('F4: a newcomer, and whoever names another epoch, gets a snapshot with the last gifts', async (t) => {
  const { house, ann, room } = await setting(t);
  showGifts(house);
  const gift_id = mintId();
  await giveGifts(house, room.room_id, ann.person_id, [gift_id]);
  const viewer = knock(house, room.id);
  await new Promise((resolve) => viewer.socket.once('open', resolve));
  viewer.say({ type: 'hello', epoch: 'event_of_yesterday', seq: 4 });
  await viewer.until((message) => message.type === 'snapshot');
  assert.deepEqual(
    viewer.events().map((event) => event.id),
    [toWire('gift', gift_id)],
  );
});

test('D5: a suspended person’s sockets close within a second, without a retry', async (t) => {
  const { house, host, ann, room } = await setting(t);
  const viewer = await watch(house, room.id, ann);
  const until_at = new Date(house.clock.now().getTime() + 86_400_000);
  await inTx(house.ctx.db, (tx) =>
    suspend(house.ctx, tx, { person_id: ann.person_id, until_at, reason: 'spam', by: host.person_id }),
  );
  const closing = await viewer.until(isClosing, 1_000);
  assert.ok(closing.type === 'closing' && closing.reason === 'suspended' && !closing.retry);
  const again = knock(house, room.id, { cookie: ann.cookie });
  await again.until(isClosing, 1_000);
});

test('D5, D8: signing out closes the socket within a second, and it comes back as a visitor', async (t) => {
  const { house, ann, room } = await setting(t);
  const viewer = await watch(house, room.id, ann);
  await house.ctx.db.pool.query('delete from auth.sessions where user_id = $1', [ann.person_id]);
  house.ctx.bus.publish(SESSION_ENDED, { person_id: ann.person_id });
  const closing = await viewer.until(isClosing, 1_000);
  assert.ok(closing.type === 'closing' && closing.reason === 'signed_out' && closing.retry);
  const back = await watch(house, room.id, ann);
  assert.equal(back.heard.find((message) => message.type === 'welcome')?.person_id, null);
  house.ctx.bus.publish(PERSON_CHANGED, { person_id: ann.person_id });
  assert.equal(back.socket.readyState, WebSocket.OPEN);
});

test('a product’s stock is told as its latest value where it is pinned', async (t) => {
  const { house, host, room } = await setting(t);
  show(house.ctx, 'test.stock', ({ subject, data }) => [
    { thing: { type: 'product', id: toWire('product', subject) }, stock: data.left as number },
  ]);
  const product_id = mintId();
  const id = toWire('product', product_id);
  await call(host, 'PUT', `/api/rooms/${room.id}/pin`, { thing: { type: 'product', id } });
  const viewer = await watch(house, room.id);
  for (const left of [3, 2]) {
    await happen(house, 'test.stock', [{ actor: null, subject: product_id, data: { left } }]);
    await viewer.until((m) => m.type === 'frame' && m.counters?.stock?.[id] === left, 1_000);
  }
});
