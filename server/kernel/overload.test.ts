/** What people meet when the database does not answer, and when clients are slow on purpose. */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ask, buyCoins, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive, watch } from '../test/room.ts';
import { mintId } from './ids.ts';

const house = await openHouse(test, { real: true });
const owner = new pg.Client({ connectionString: house.owner_url });
owner.on('error', () => {});
await owner.connect();

test('G5: a lock that is not let go: 503 over HTTP, overloaded over the socket, nothing happened, the key works later', async () => {
  const [host, ada] = [await house.person(), await house.person()];
  await buyCoins(ada, 100n);
  const room = await goLive(house, host);
  const mine = await watch(house, room.id, ada);
  const rose = { gift: 'rose', count: 1, room_id: room.id };
  const [over_http, over_socket] = [mintId(), mintId()];
  await owner.query('begin; lock table gifts in access exclusive mode');
  try {
    const [reply, said] = await Promise.all([
      ada.fetch('/api/gifts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': over_http },
        body: JSON.stringify(rose),
      }),
      mine.ask({ type: 'gift.send', key: over_socket, gift: 'rose', count: 1 }),
    ]);
    const problem = (await reply.json()) as Record<string, unknown>;
    assert.deepEqual([reply.status, problem.code, problem.money_moved], [503, 'overloaded', false]);
    assert.ok(Number(reply.headers.get('retry-after')) >= 1);
    assert.deepEqual([said.type, said.type === 'refused' && said.problem.code], ['refused', 'overloaded']);
  } finally {
    await owner.query('rollback');
    await owner.end();
  }
  assert.equal(await coinsOf(ada), 100n);
  assert.equal((await ask(ada, 'POST', '/gifts', rose, over_http)).status, 201);
  mine.say({ type: 'gift.send', key: over_socket, gift: 'rose', count: 1 });
  await mine.until((message) => message.type === 'ack' && message.key === over_socket);
  assert.equal(await coinsOf(ada), 98n);
  mine.close();
});

test('G5: all connections taken: 503 after a wait that ends, the process lives, a socket says so too', async () => {
  const [host, ada] = [await house.person(), await house.person()];
  await buyCoins(ada, 100n);
  const room = await goLive(house, host);
  const mine = await watch(house, room.id, ada);
  const { pool } = house.ctx.db;
  const held = await Promise.all(Array.from({ length: pool.options.max as number }, () => pool.connect()));
  try {
    // What a session says of its person is kept for a second.
    await sleep(1_100);
    const [reply, said] = await Promise.all([
      ada.fetch('/api/wallet'),
      mine.ask({ type: 'chat.send', text: 'Hello?' }),
    ]);
    assert.deepEqual([reply.status, ((await reply.json()) as Record<string, unknown>).code], [503, 'overloaded']);
    assert.equal(said.type === 'refused' && said.problem.code, 'overloaded');
    assert.equal((await fetch(`${house.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${house.url}/readyz`)).status, 503);
  } finally {
    for (const client of held) client.release();
  }
  assert.equal((await ada.fetch('/api/wallet')).status, 200);
  assert.equal((await mine.ask({ type: 'chat.send', text: 'Hello again' })).type, 'ack');
  mine.close();
});

/** A client that begins to ask and then says one more byte a second. */
function drip(start: string): Socket {
  const { hostname, port } = new URL(house.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.on('connect', () => socket.write(start));
  const timer = setInterval(() => socket.writable && socket.write('x'), 1_000);
  socket.on('close', () => clearInterval(timer));
  socket.resume();
  return socket;
}

test('F5: four hundred clients that drip their headers or bodies: everybody else is served, and they are cut off', async (t) => {
  const headers = 'GET /api/rooms HTTP/1.1\r\nHost: souk\r\nX-Slow: ';
  const body =
    'POST /api/people HTTP/1.1\r\nHost: souk\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"';
  const slow = Array.from({ length: 400 }, (_, n) => drip(n % 2 ? headers : body));
  const begun = performance.now();
  const open = () => slow.filter((socket) => !socket.destroyed).length;
  let served = 0;
  while (open() > 0) {
    assert.equal((await fetch(`${house.url}/api/rooms`)).status, 200);
    served += 1;
    assert.ok(performance.now() - begun < 240_000, `${open()} are still there`);
    await sleep(250);
  }
  t.diagnostic(`all cut off after ${((performance.now() - begun) / 1000).toFixed(0)} s; ${served} others were served`);
});
