import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import WebSocket from 'ws';
import { toWire } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { goLive, knock, watch } from '../test/room.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isClosing = (message: { type: string }) => message.type === 'closing';

async function setting(t: { after(fn: () => unknown): void }) {
  const house = await openHouse(t);
  const host = await house.person({ handle: 'hanna' });
  const ann = await house.person({ handle: 'ann' });
  const room = await goLive(house, host);
  return { house, host, ann, room };
}

test('D7: another site’s page cannot open the socket, one’s own can', async (t) => {
  const { house, ann, room } = await setting(t);
  const { host } = new URL(house.url);
  for (const [origin, allowed] of [
    ['https://evil.example', false],
    ['null', false],
    [`https://${host}.evil.example`, false],
    [house.url, true],
  ] as const) {
    const viewer = knock(house, room.id, { cookie: ann.cookie, origin });
    const opened = await new Promise((resolve) => {
      viewer.socket.once('open', () => resolve(true));
      viewer.socket.once('unexpected-response', (_request, response) =>
        resolve(response.statusCode === 403 ? false : null),
      );
      viewer.socket.once('error', () => resolve(false));
    });
    assert.equal(opened, allowed, origin);
    viewer.close();
  }
});

test('F2: floods, giant frames, endless fragments and garbage end that socket only', async (t) => {
  const { house, ann, room } = await setting(t);
  const calm = await watch(house, room.id, ann);

  const flood = await watch(house, room.id);
  for (let i = 0; i < 5_000 && flood.socket.readyState === WebSocket.OPEN; i += 1)
    flood.say({ type: 'like', count: 1 });
  assert.equal((await flood.closed).reason, 'flood');

  const giant = await watch(house, room.id);
  giant.socket.send('x'.repeat(1_000_000));
  assert.equal((await giant.closed).code, 1009);

  const garbage = await watch(house, room.id);
  for (let i = 0; i < 12; i += 1) garbage.socket.send(i % 2 ? '{"v":1' : Buffer.from([1, 2, 3]));
  assert.equal((await garbage.closed).reason, 'flood');

  const fragments = await watch(house, room.id);
  const stop = setInterval(() => {
    for (let i = 0; i < 2_000; i += 1) fragments.socket.send('', { fin: false });
  }, 1);
  assert.ok([1006, 1008, 1009].includes((await fragments.closed).code));
  clearInterval(stop);

  assert.equal((await calm.ask({ type: 'chat.send', text: 'I am still here' })).type, 'ack');
});

test('F2: two thousand headers are refused before anything is opened', async (t) => {
  const { house, room } = await setting(t);
  const { hostname, port } = new URL(house.url);
  const headers = Array.from({ length: 2_100 }, (_, i) => `x-${i}: ${'y'.repeat(20)}`).join('\r\n');
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET /api/rooms/${room.id}/socket HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`);
    });
    socket.once('data', (data) => resolve(data.toString().slice(0, 12)));
    socket.once('close', () => resolve('closed'));
    socket.on('error', () => {});
  });
  assert.match(answer, /HTTP\/1\.1 4(31|00)|closed/);
});

test('F2: a person has at most twenty sockets', async (t) => {
  const { house, ann, room } = await setting(t);
  for (let i = 0; i < 20; i += 1) await watch(house, room.id, ann);
  const surplus = knock(house, room.id, { cookie: ann.cookie });
  const closing = await surplus.until(isClosing);
  assert.ok(closing.type === 'closing' && closing.reason === 'too_many');
});

test('F1: a viewer who reads nothing fills its buffer and no more, catches up by a summary, or is closed after a minute', async (t) => {
  const { house, host, room } = await setting(t);
  const [lazy, lost] = [await watch(house, room.id), await watch(house, room.id)];
  lazy.socket.pause();
  lost.socket.pause();
  const by = { person_id: toWire('person', host.person_id), handle: 'h', name: 'x'.repeat(600), avatar_url: null };
  const happened = () => ({ at: house.clock.now().toISOString(), by, gift: 'rose', count: 1, combo_id: null });
  let fullest = 0;
  for (let n = 0; n < 40; n += 1) {
    const events = Array.from({ length: 500 }, (_, i) => ({ type: 'gift', id: `gift_${n}_${i}`, ...happened() }));
    house.ctx.bus.publish('rooms.happened', { room_id: room.room_id, events });
    await sleep(105);
    fullest = Math.max(fullest, ...[...house.app.websocketServer.clients].map((client) => client.bufferedAmount));
  }
  const frame = 500_000;
  assert.ok(fullest > 256 * 1024, 'the buffer was full');
  assert.ok(fullest < 256 * 1024 + frame, `${fullest}`);
  lazy.socket.resume();
  const summary = await lazy.until((message) => message.type === 'summary', 5_000);
  assert.ok(summary.type === 'summary' && summary.left_out > 0);
  house.clock.advance(61_000);
  await sleep(1_200);
  lost.socket.resume();
  assert.equal((await lost.closed).reason, 'slow');
});
