import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Counters } from '@souk/sdk/live';
import { toWire } from '../kernel/ids.ts';
import { ask, buyCoins } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive } from '../test/room.ts';
import { ASKED_MS, CLOSING_MS, HEAD_START_MS, phaseOf } from './battles.ts';

const house = await openHouse(test, { start: new Date() });
const told = new Map<string, Counters>();
house.ctx.bus.subscribe('rooms.counted', (said) => {
  if (!('counters' in (said as object))) return;
  const { room_id, counters } = said as { room_id: string; counters: Counters };
  told.set(room_id, { ...told.get(room_id), ...counters });
});

const live = async () => {
  const host = await house.person();
  return { host, room: await goLive(house, host, 'A live') };
};
type Live = Awaited<ReturnType<typeof live>>;

const challenge = (one: Live, two: Live, lasts_s = 60) =>
  ask(one.host, 'POST', `/rooms/${one.room.id}/battle`, { rival_id: two.room.id, lasts_s });
const accept = (by: Live, battle_id: string) => ask(by.host, 'PUT', `/battles/${battle_id}/accept`);
const stop = (by: Live, battle_id: string) => ask(by.host, 'DELETE', `/battles/${battle_id}`);
const battleIn = async ({ host, room }: Live) => (await ask(host, 'GET', `/rooms/${room.id}/battle`)).body.battle;

async function running(lasts_s = 60) {
  const [one, two] = [await live(), await live()];
  const { body } = await challenge(one, two, lasts_s);
  assert.equal((await accept(two, body.battle_id)).status, 200);
  house.clock.advance(HEAD_START_MS);
  return { one, two, battle_id: body.battle_id as string };
}

async function giver() {
  const person = await house.person();
  await buyCoins(person, 500n);
  return person;
}
const give = (from: Awaited<ReturnType<typeof giver>>, to: Live, count = 1) =>
  ask(from, 'POST', '/gifts', { gift: 'rose', count, room_id: to.room.id });
const score = async (of: Live) => (await battleIn(of)).sides.map((side: { coins: string }) => side.coins);

test('PURE: asked for a minute, coming, running, closing while gifts can be taken back, over', () => {
  const at = new Date('2026-11-21T12:00:00Z');
  const later = (ms: number) => new Date(at.getTime() + ms);
  const asked = { battle_id: 'b', room_id: 'r', rival_id: 's', lasts_s: 60, asked_at: at };
  const open = { ...asked, starts_at: null, ends_at: null, stopped_at: null, stopped_by: null };
  assert.deepEqual([phaseOf(open, later(ASKED_MS - 1)), phaseOf(open, later(ASKED_MS))], ['asked', 'off']);
  const battle = { ...open, starts_at: later(5_000), ends_at: later(65_000) };
  const seen = [4_999, 5_000, 64_999, 65_000, 65_000 + CLOSING_MS - 1, 65_000 + CLOSING_MS];
  assert.deepEqual(
    seen.map((ms) => phaseOf(battle, later(ms))),
    ['coming', 'running', 'running', 'closing', 'closing', 'over'],
  );
  assert.equal(phaseOf({ ...battle, stopped_at: later(9_000), stopped_by: 'p' }, later(10_000)), 'off');
});

test('a battle: asked, accepted, scored by gifts between two instants of one clock, told to both rooms', async () => {
  const { one, two } = await running();
  const fan = await giver();
  const before = await battleIn(one);
  assert.deepEqual(
    [before.phase, before.sides.map((side: { room_id: string }) => side.room_id)],
    ['running', [one.room.id, two.room.id]],
  );
  assert.equal((await give(fan, one, 3)).status, 201);
  assert.equal((await give(fan, two, 5)).status, 201);
  await house.drain();
  assert.deepEqual(await score(one), ['3', '5']);
  assert.deepEqual(
    told.get(one.room.room_id)?.battle?.sides.map(({ coins }) => coins),
    ['3', '5'],
  );
  assert.deepEqual(told.get(two.room.room_id)?.battle, told.get(one.room.room_id)?.battle, 'both rooms hear the same');

  house.clock.advance(59_999);
  await give(fan, one, 10);
  house.clock.advance(1);
  await give(fan, two, 100);
  assert.deepEqual(await score(two), ['13', '5'], 'the last millisecond counts, the instant of the end does not');
  assert.equal((await battleIn(two)).phase, 'closing');
  house.clock.advance(CLOSING_MS);
  assert.equal((await battleIn(two)).phase, 'over');
});

test('a gift that is taken back no longer counts; given before the start it never did', async () => {
  const [one, two] = [await live(), await live()];
  const fan = await giver();
  await give(fan, one, 7);
  const { body } = await challenge(one, two);
  await accept(two, body.battle_id);
  await give(fan, one, 9);
  house.clock.advance(HEAD_START_MS);
  const sent = await give(fan, one, 2);
  assert.deepEqual(await score(one), ['2', '0']);
  const undone = await ask(fan, 'POST', '/gifts/undo', { gift_ids: [sent.body.gift_id] });
  assert.ok(undone.status < 300, JSON.stringify(undone.body));
  await house.drain();
  assert.deepEqual(await score(one), ['0', '0']);
  assert.deepEqual(
    told.get(two.room.room_id)?.battle?.sides.map(({ coins }) => coins),
    ['0', '0'],
  );
});

test('one battle at a time: of two that ask the same live at once, one is told that it is busy', async () => {
  const [one, two, three] = [await live(), await live(), await live()];
  const asked = await Promise.all([challenge(one, three), challenge(two, three), challenge(three, one)]);
  assert.deepEqual(asked.map(({ status }) => status).sort(), [201, 409, 409]);
  assert.ok(asked.every(({ status, body }) => status === 201 || body.code === 'battle_busy'));
  house.clock.advance(ASKED_MS);
  assert.equal((await challenge(two, three)).status, 201, 'an invitation that nobody answered is gone');
});

test('only its hosts decide: who asked cannot accept, strangers find nothing, and late is over', async () => {
  const [one, two, stranger] = [await live(), await live(), await live()];
  const { body } = await challenge(one, two);
  assert.equal((await accept(one, body.battle_id)).status, 404);
  assert.equal((await accept(stranger, body.battle_id)).status, 404);
  assert.equal((await stop(stranger, body.battle_id)).status, 404);
  house.clock.advance(ASKED_MS);
  assert.equal((await accept(two, body.battle_id)).body.code, 'battle_over');
  assert.equal(await battleIn(one), null);
  const again = (await challenge(one, two)).body.battle_id;
  assert.equal((await stop(two, again)).status, 200, 'declined');
  assert.equal((await stop(two, again)).body.code, 'battle_over');
  assert.equal(told.get(one.room.room_id)?.battle, null);
});

test('a live that ended meanwhile is no rival', async () => {
  const [one, two] = [await live(), await live()];
  const { body } = await challenge(one, two);
  await ask(one.host, 'POST', `/rooms/${one.room.id}/end`);
  assert.equal((await accept(two, body.battle_id)).body.code, 'battle_over');
});

test('no battle with oneself, with a live that is over, or across a block', async () => {
  const [one, two] = [await live(), await live()];
  assert.equal((await challenge(one, one)).body.code, 'battle_refused');
  const blocked = toWire('person', two.host.person_id);
  assert.equal((await ask(one.host, 'PUT', `/people/${blocked}/block`)).status, 200);
  assert.equal((await challenge(one, two)).body.code, 'battle_refused');
  const three = await live();
  await ask(three.host, 'POST', `/rooms/${three.room.id}/end`);
  assert.equal((await challenge(one, three)).body.code, 'room_not_live');
  assert.equal((await challenge(three, one)).body.code, 'room_not_live');
  assert.equal(
    (await ask(two.host, 'POST', `/rooms/${one.room.id}/battle`, { rival_id: two.room.id, lasts_s: 60 })).status,
    404,
  );
});
