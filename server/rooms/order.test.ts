import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerMessage } from '@souk/sdk/live';
import { toWire } from '../kernel/ids.ts';
import { type House, openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, textOf, type Watcher, watch } from '../test/room.ts';
import { defineSubscribers } from './index.ts';

const LONG = 20_000;
const RULES = {
  slow_s: 0,
  followers_for_s: null as number | null,
  min_account_age_s: 0,
  subscribers_only: false,
  links_refused: false,
  block_words: [] as string[],
};
const idOf = (person: TestPerson) => toWire('person', person.person_id);

async function setting(t: { after(fn: () => unknown): void }) {
  const house = await openHouse(t);
  const host = await house.person({ handle: 'hanna' });
  const room = await goLive(house, host);
  const rulesPath = `/api/rooms/hosts/${idOf(host)}/chat-rules`;
  const set = async (rules: Partial<typeof RULES>, who = host) =>
    (await call<{ code?: string }>(who, 'PUT', rulesPath, { ...RULES, ...rules })).body.code ?? 'set';
  return { house, host, room, rulesPath, set };
}

type Said = { code: string; until: string | null; for_s?: number };

async function write(house: House, viewer: Watcher, text = 'hello'): Promise<Said> {
  house.clock.advance(1_100);
  const said = await viewer.ask({ type: 'chat.send', text });
  if (said.type === 'ack') return { code: 'said', until: null };
  const { code, until = null, for_s } = said.problem as unknown as Said;
  return { code, until, ...(for_s !== undefined && { for_s }) };
}

const inSeconds = (house: House, seconds: number) =>
  new Date(house.clock.now().getTime() + seconds * 1_000).toISOString();

test('slow mode: one line in so many seconds, told until when; the host and moderators write past it', async (t) => {
  const { house, host, room, set } = await setting(t);
  const [ann, mona] = [await house.person({ handle: 'ann' }), await house.person({ handle: 'mona' })];
  await call(host, 'PUT', `/api/rooms/moderators/${idOf(mona)}`);
  const [viewer, moderator, stage] = [
    await watch(house, room.id, ann),
    await watch(house, room.id, mona),
    await watch(house, room.id, host),
  ];
  assert.equal(await set({ slow_s: 30 }), 'set');
  assert.equal((await write(house, viewer)).code, 'said');
  const until = inSeconds(house, 30);
  assert.deepEqual(await write(house, viewer), { code: 'slow_mode', until, for_s: 30 });
  for (const exempt of [moderator, moderator, stage, stage]) assert.equal((await write(house, exempt)).code, 'said');
  house.clock.advance(30_000);
  assert.equal((await write(house, viewer)).code, 'said');
  // Inside one batch too: of five at once one is written.
  house.clock.advance(31_000);
  const burst = await Promise.all(
    [1, 2, 3, 4].map((n) => viewer.ask({ type: 'chat.send', key: `burst-key-${n}`, text: `burst ${n}` })),
  );
  assert.equal(burst.filter((said) => said.type === 'ack').length, 1);
  // Sent again under its key after a reconnect, it is still the line that was written.
  house.clock.advance(1_100);
  const again = await viewer.ask({ type: 'chat.send', key: 'burst-key-1', text: 'burst 1' });
  assert.equal(again.type, 'ack');
});

test('followers only: none but those who follow, and long enough where time is asked for', async (t) => {
  const { house, host, room, set } = await setting(t);
  const ann = await house.person({ handle: 'ann' });
  const viewer = await watch(house, room.id, ann);
  await set({ followers_for_s: 600 });
  assert.deepEqual(await write(house, viewer), { code: 'followers_only', until: null, for_s: 600 });
  await call(ann, 'PUT', `/api/people/${idOf(host)}/follow`);
  const until = inSeconds(house, 600);
  assert.deepEqual(await write(house, viewer), { code: 'followers_only', until, for_s: 600 });
  await set({ followers_for_s: 0 });
  assert.equal((await write(house, viewer)).code, 'said');
});

test('account age: a new account waits until it is old enough', async (t) => {
  const { house, room, set } = await setting(t);
  const ann = await house.person({ handle: 'ann' });
  const until = inSeconds(house, 86_400);
  const viewer = await watch(house, room.id, ann);
  await set({ min_account_age_s: 86_400 });
  assert.deepEqual(await write(house, viewer), { code: 'account_too_new', until, for_s: 86_400 });
  house.clock.advance(86_400_000);
  assert.equal((await write(house, viewer)).code, 'said');
});

test('subscribers only cannot be chosen before there are subscriptions, and then lets in none but them', async (t) => {
  const { house, host, room, set, rulesPath } = await setting(t);
  const [ann, ben] = [await house.person({ handle: 'ann' }), await house.person({ handle: 'ben' })];
  const known = async () => (await call<{ subscribers_known: boolean }>(host, 'GET', rulesPath)).body.subscribers_known;
  assert.deepEqual([await set({ subscribers_only: true }), await known()], ['mode_unavailable', false]);
  defineSubscribers(house.ctx, async (_q, pairs) =>
    pairs.map(([of, who]) => of === host.person_id && who === ann.person_id),
  );
  assert.deepEqual([await set({ subscribers_only: true }), await known()], ['set', true]);
  const codes = [];
  for (const who of [ann, ben]) codes.push((await write(house, await watch(house, room.id, who))).code);
  assert.deepEqual(codes, ['said', 'subscribers_only']);
});

test('links and block words: refused with the kind of reason, never with the word', async (t) => {
  const { house, host, room, set, rulesPath } = await setting(t);
  const viewer = await watch(house, room.id, await house.person({ handle: 'ann' }));
  assert.equal(await set({ links_refused: true, block_words: [' Idiot ', 'Idiot', 'blödmann', ''] }), 'set');
  const { body } = await call<typeof RULES>(host, 'GET', rulesPath);
  assert.deepEqual(body.block_words, ['Idiot', 'blödmann']);
  for (const [line, code] of [
    ['come to pots.example.com', 'link_refused'],
    ['du 1 d 1 0 t', 'word_refused'],
    ['so ein Bloedmann', 'word_refused'],
    ['the pen is mine', 'said'],
  ] as const) {
    assert.equal((await write(house, viewer, line)).code, code, line);
  }
  assert.equal(await set({ block_words: ['!'] }), 'block_word_invalid');
});

test('everyone in the room sees the modes, who comes later too; a moderator sets them as the host does', async (t) => {
  const { house, host, room, set } = await setting(t);
  const mona = await house.person({ handle: 'mona' });
  await call(host, 'PUT', `/api/rooms/moderators/${idOf(mona)}`);
  const visitor = await watch(house, room.id);
  assert.equal(await set({ slow_s: 10, block_words: ['secret'] }, mona), 'set');
  const seen = (message: ServerMessage) =>
    message.type === 'frame' && message.events.some((event) => event.type === 'modes' && event.modes.slow_s === 10);
  await visitor.until(seen, LONG);
  const late = await watch(house, room.id);
  const welcome = late.heard.find((message) => message.type === 'welcome');
  assert.equal(welcome?.type === 'welcome' && welcome.modes.slow_s, 10);
  assert.ok(!JSON.stringify([visitor.heard, late.heard]).includes('secret'), 'the words are nobody’s business');
});

test('D5: a mute for ever holds in the host’s next room; one in time ends by itself', async (t) => {
  const { house, host, room } = await setting(t);
  const [ann, ben] = [await house.person({ handle: 'ann' }), await house.person({ handle: 'ben' })];
  const mute = (who: TestPerson, for_s: number | null) =>
    call(host, 'PUT', `/api/rooms/${room.id}/mutes/${idOf(who)}`, { for_s });
  const viewer = await watch(house, room.id, ann);
  await mute(ann, null);
  const told = await viewer.until((message) => message.type === 'muted', LONG);
  assert.ok(told.type === 'muted' && told.until?.startsWith('9999-'));
  await mute(ben, 300);
  const list = await call<{ items: { person: { handle: string }; muted_until: string | null }[] }>(
    host,
    'GET',
    `/api/rooms/hosts/${idOf(host)}/mutes`,
  );
  const shown = list.body.items.map(({ person, muted_until }) => [person.handle, muted_until === null]);
  assert.deepEqual(shown.toSorted(), [
    ['ann', true],
    ['ben', false],
  ]);
  await call(host, 'POST', `/api/rooms/${room.id}/end`);
  await house.drain();
  house.clock.advance(301_000);
  const next = await goLive(house, host, 'The next one');
  const [anns, bens] = [await watch(house, next.id, ann), await watch(house, next.id, ben)];
  assert.equal((await write(house, anns)).code, 'muted');
  assert.equal((await write(house, bens)).code, 'said');
});

test('D5: a block hides both from each other in an open room, in its snapshot and its replay', async (t) => {
  const { house, host, room } = await setting(t);
  const [ann, ben, cem] = [
    await house.person({ handle: 'ann' }),
    await house.person({ handle: 'ben' }),
    await house.person({ handle: 'cem' }),
  ];
  const [anns, bens, cems] = [
    await watch(house, room.id, ann),
    await watch(house, room.id, ben),
    await watch(house, room.id, cem),
  ];
  await write(house, bens, 'before');
  await anns.until((m) => m.type === 'frame' && m.events.some((event) => textOf(event) === 'before'), LONG);
  await call(ann, 'PUT', `/api/people/${idOf(ben)}/block`);
  for (const [one, other] of [
    [anns, ben],
    [bens, ann],
  ] as const) {
    const hide = await one.until((message) => message.type === 'hide', LONG);
    assert.equal(hide.type === 'hide' && hide.person_id, idOf(other));
  }
  await write(house, bens, 'from ben');
  await write(house, anns, 'from ann');
  await write(house, cems, 'from cem');
  const heard = async (watcher: Watcher) => {
    await watcher.until((m) => 'events' in m && m.events.some((event) => textOf(event) === 'from cem'), LONG);
    return watcher
      .events()
      .map(textOf)
      .filter((text) => text?.startsWith('from'));
  };
  assert.deepEqual(await heard(cems), ['from ben', 'from ann', 'from cem']);
  assert.deepEqual(
    [await heard(anns), await heard(bens)],
    [
      ['from ann', 'from cem'],
      ['from ben', 'from cem'],
    ],
  );
  const late = await watch(house, room.id, ann);
  assert.deepEqual(late.events().map(textOf), ['from ann', 'from cem']);
  const replay = await call<{ items: { event: { text: string } }[] }>(ben, 'GET', `/api/rooms/${room.id}/timeline`);
  assert.deepEqual(
    replay.body.items.map(({ event }) => event.text),
    ['before', 'from ben', 'from cem'],
  );
  // A block with the host: the room is none.
  await call(host, 'PUT', `/api/people/${idOf(cem)}/block`);
  const closing = await cems.until((message) => message.type === 'closing', LONG);
  assert.equal(closing.type === 'closing' && closing.reason, 'not_found');
  assert.equal((await call(cem, 'GET', `/api/rooms/${room.id}`)).status, 404);
});
