import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CohostChanged, RoomEvent, ServerMessage } from '@souk/sdk/live';
import { suspend } from '../access/index.ts';
import { readConfig } from '../config.ts';
import { inTx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, type TestRoom, type Watcher, watch } from '../test/room.ts';
import { ASKED_MS, stateOf } from './cohosts.ts';

const ICE = [{ urls: 'stun:stun.example.org' }, { urls: ['turn:turn.example.org'], secret: 'shh' }];
const house = await openHouse(null, { env: { SOUK_ICE_SERVERS: JSON.stringify(ICE) } });
const { ctx } = house;

const idOf = ({ person_id }: TestPerson) => toWire('person', person_id);
const path = (room: TestRoom, person: TestPerson, more = '') => `/api/rooms/${room.id}/cohosts/${idOf(person)}${more}`;

interface Answer {
  code?: string;
  items: { person: { handle: string }; state: string; shown: boolean }[];
  ice_servers: { urls: string[]; username?: string; credential?: string }[];
}

async function say(who: TestPerson, method: string, where: string, body?: object): Promise<string> {
  const answer = await call<Answer>(who, method, where, body);
  return answer.status === 200 ? 'yes' : (answer.body.code ?? String(answer.status));
}
const yes = (who: TestPerson, room: TestRoom, guest: TestPerson) => say(who, 'PUT', path(room, guest));
const end = (who: TestPerson, room: TestRoom, guest: TestPerson) => say(who, 'DELETE', path(room, guest));
const shown = (who: TestPerson, room: TestRoom, guest: TestPerson) => say(who, 'PUT', path(room, guest, '/shown'), {});
const openFor = async (who: TestPerson, room: TestRoom) =>
  (await call<Answer>(who, 'GET', `/api/rooms/${room.id}/cohosts`)).body;
const statesFor = async (who: TestPerson, room: TestRoom) =>
  (await openFor(who, room)).items.map(({ person, state }) => `${person.handle}: ${state}`);

async function live() {
  const host = await house.person();
  return { host, room: await goLive(house, host, 'A live') };
}

/** A host and a guest who both said yes. */
async function agreed() {
  const { host, room } = await live();
  const guest = await house.person();
  assert.equal(await yes(host, room, guest), 'yes');
  assert.equal(await yes(guest, room, guest), 'yes');
  return { host, room, guest };
}

const isCohost = (event: RoomEvent): event is CohostChanged => event.type === 'cohost';
const told = ({ heard }: Watcher, type: ServerMessage['type']) => heard.filter((message) => message.type === type);
const signal = (to: TestPerson, more: object = {}) => ({
  ...{ type: 'cohost.signal', to: idOf(to), session: crypto.randomUUID(), kind: 'offer', data: 'v=0' },
  ...more,
});
const codeOf = (said: ServerMessage) => (said.type === 'refused' ? said.problem.code : said.type);

test('PURE: a yes waits two minutes for the other one', () => {
  const at = new Date('2026-11-21T12:00:00Z');
  const row = { cohost_id: 'c', room_id: 'r', person_id: 'p', host_id: 'h', shown_at: null };
  const later = (ms: number) => new Date(at.getTime() + ms);
  const asked = { ...row, host_yes_at: at, guest_yes_at: null };
  assert.deepEqual([stateOf(asked, later(ASKED_MS - 1)), stateOf(asked, later(ASKED_MS))], ['asked_by_host', 'gone']);
  assert.equal(stateOf({ ...row, host_yes_at: null, guest_yes_at: at }, at), 'asked_by_guest');
  assert.equal(stateOf({ ...asked, guest_yes_at: later(1) }, later(ASKED_MS * 9)), 'together');
});

test('a host asks a viewer in: the two alone hear of it, then everyone sees who is there, also in the replay', async () => {
  const { host, room } = await live();
  const [guest, other] = [await house.person({ name: 'Gusti' }), await house.person()];
  const [of_host, of_guest, of_other] = await Promise.all(
    [host, guest, other].map((who) => watch(house, room.id, who)),
  );
  assert(of_host && of_guest && of_other);
  assert.equal(await yes(host, room, guest), 'yes');
  await of_guest.until(({ type }) => type === 'cohosts.changed');
  assert.deepEqual(await statesFor(guest, room), [`${guest.handle}: asked_by_host`]);
  assert.equal(await yes(guest, room, guest), 'yes');
  assert.deepEqual(await statesFor(host, room), [`${guest.handle}: together`]);

  // What one browser says reaches the other, as it is, and nobody else.
  const session = crypto.randomUUID();
  const ready = await of_guest.ask(signal(host, { session, kind: 'ready', data: '' }));
  assert.equal(codeOf(ready), 'ack');
  const sdp = `v=0\r\n${'a=x\r\n'.repeat(1_500)}`;
  assert.equal(codeOf(await of_host.ask(signal(guest, { session, data: sdp }))), 'ack');
  const heard = await of_guest.until((message) => message.type === 'cohost.signal');
  const from = idOf(host);
  assert.deepEqual(heard, { v: 1, type: 'cohost.signal', from, session, kind: 'offer', data: sdp });

  assert.equal(await shown(host, room, guest), 'yes');
  assert.equal(await shown(host, room, guest), 'yes', 'again is no error');
  await house.drain();
  const seen = await of_other.until((message) => 'events' in message && message.events.some(isCohost));
  assert.equal(told(of_other, 'cohosts.changed').length + told(of_other, 'cohost.signal').length, 0);
  const [event] = 'events' in seen ? seen.events.filter(isCohost) : [];
  assert.deepEqual([event?.by.name, event?.here], ['Gusti', true]);
  const late = await watch(house, room.id);
  assert.equal(late.events().filter(isCohost).length, 1, 'who comes later is told as well');

  assert.equal(await end(guest, room, guest), 'yes');
  await house.drain();
  await of_other.until((message) => 'events' in message && message.events.some((one) => isCohost(one) && !one.here));
  assert.deepEqual(await statesFor(host, room), []);
  const timeline = await call<{ items: { event: RoomEvent }[] }>(other, 'GET', `/api/rooms/${room.id}/timeline`);
  const kept = timeline.body.items.map(({ event }) => event).filter(isCohost);
  assert.deepEqual(
    kept.map(({ here }) => here),
    [true, false],
  );
});

test('a viewer asks, the host takes them in; both may ask at once; a wish that nobody answers is gone', async () => {
  const { host, room } = await live();
  const [one, two] = [await house.person(), await house.person()];
  assert.equal(await yes(one, room, one), 'yes');
  assert.equal(await yes(two, room, two), 'yes');
  const waiting = [`${one.handle}: asked_by_guest`, `${two.handle}: asked_by_guest`];
  assert.deepEqual(await statesFor(host, room), waiting);
  assert.deepEqual(await statesFor(one, room), waiting.slice(0, 1), 'others are none of their business');
  house.clock.advance(ASKED_MS);
  assert.deepEqual(await statesFor(host, room), []);
  assert.equal(await yes(host, room, one), 'yes');
  assert.deepEqual(await statesFor(host, room), [`${one.handle}: asked_by_host`], 'the old yes does not count');
  await end(host, room, one);
  const both = await Promise.all([yes(host, room, two), yes(two, room, two)]);
  assert.deepEqual(both, ['yes', 'yes']);
  assert.deepEqual(await statesFor(host, room), [`${two.handle}: together`]);
});

test('B20: who may not go live is in no picture, on either side, and the other learns no age', async () => {
  const { host, room } = await live();
  const child = await house.person({ born_on: '2012-01-01' });
  assert.equal(await yes(child, room, child), 'too_young');
  assert.equal(await yes(host, room, child), 'cohost_refused');
  const nobody = await house.person({ born_on: null });
  assert.equal(await yes(nobody, room, nobody), 'birth_date_missing');
  assert.equal(await yes(host, room, nobody), 'cohost_refused');
});

test('one picture at a time: a second guest, a guest elsewhere and a host of their own are refused', async () => {
  const { host, room, guest } = await agreed();
  const third = await house.person();
  assert.equal(await yes(host, room, third), 'cohost_busy');
  const elsewhere = await live();
  assert.equal(await yes(elsewhere.host, elsewhere.room, guest), 'cohost_busy');
  assert.equal(await yes(host, room, elsewhere.host), 'cohost_busy');
  assert.equal(await yes(host, room, host), 'cohost_refused');
  const race = await live();
  const guests = [await house.person(), await house.person()];
  for (const who of guests) assert.equal(await yes(who, race.room, who), 'yes');
  const won = await Promise.all(guests.map((who) => yes(race.host, race.room, who)));
  assert.deepEqual(won.sort(), ['cohost_busy', 'yes']);
});

test('D1, D5: strangers neither see, end nor signal; a signal needs both yeses and holds no longer than they do', async () => {
  const { host, room, guest } = await agreed();
  const [stranger, asked] = [await house.person(), await house.person()];
  await yes(asked, room, asked);
  const [of_host, of_guest, of_stranger, of_asked] = await Promise.all(
    [host, guest, stranger, asked].map((who) => watch(house, room.id, who)),
  );
  assert(of_host && of_guest && of_stranger && of_asked);
  for (const [by, to] of [
    [of_stranger, host],
    [of_stranger, guest],
    [of_asked, host],
    [of_host, asked],
    [of_host, stranger],
    [of_guest, stranger],
    [of_host, host],
  ] as const) {
    assert.equal(codeOf(await by.ask(signal(to))), 'cohost_over');
  }
  assert.deepEqual(await statesFor(stranger, room), []);
  assert.deepEqual((await openFor(stranger, room)).ice_servers, [], 'nor do they get a way through the relay');
  assert.equal(await end(stranger, room, guest), 'not_your_room');
  assert.equal(await shown(guest, room, guest), 'not_your_room');
  assert.equal(await shown(host, room, stranger), 'cohost_over');
  assert.equal(codeOf(await of_guest.ask(signal(host))), 'ack');
  await end(host, room, guest);
  assert.equal(codeOf(await of_guest.ask(signal(host))), 'cohost_over');
  const elsewhere = await agreed();
  const of_other = await watch(house, room.id, elsewhere.guest);
  assert.equal(codeOf(await of_other.ask(signal(elsewhere.host))), 'cohost_over', 'from another room');
});

test('F2: signals are measured: their size, their rate, and what is not one', async () => {
  const { host, room, guest } = await agreed();
  const of_guest = await watch(house, room.id, guest);
  assert.equal(codeOf(await of_guest.ask(signal(host, { data: 'x'.repeat(12_001) }))), 'invalid_request');
  assert.equal(codeOf(await of_guest.ask(signal(host, { kind: 'shout' }))), 'invalid_request');
  assert.equal(codeOf(await of_guest.ask(signal(host, { session: 'mine' }))), 'invalid_request');
  assert.equal(codeOf(await of_guest.ask(signal(host, { to: 'everybody' }))), 'invalid_request');
  // Longer than a message may be, though not than the socket takes: a strike, without an answer.
  of_guest.say(signal(host, { data: 'x'.repeat(16_000), key: 'too-long-1' }));
  of_guest.say({ type: 'chat.send', text: 'x'.repeat(5_000), key: 'too-long-2' });
  const codes: string[] = [];
  for (let i = 0; i < 130; i += 1) codes.push(codeOf(await of_guest.ask(signal(host))));
  assert.ok(codes.includes('too_many_requests'));
  assert.ok(of_guest.heard.every((message) => !('key' in message) || !String(message.key).startsWith('too-long')));
});

test('D5: a block of either side, a suspension, the end of the live and a deleted account end it at once', async () => {
  const states = async ({ host, room }: Awaited<ReturnType<typeof agreed>>) => statesFor(host, room);
  for (const by of ['host', 'guest'] as const) {
    const pair = await agreed();
    await shown(pair.host, pair.room, pair.guest);
    const whom = by === 'host' ? pair.guest : pair.host;
    const of_host = await watch(house, pair.room.id, pair.host);
    assert.equal(await say(pair[by], 'PUT', `/api/people/${idOf(whom)}/block`), 'yes');
    assert.equal(codeOf(await of_host.ask(signal(pair.guest))), 'blocked', 'before any event was handed on');
    await house.drain();
    assert.deepEqual(await states(pair), [], `blocked by the ${by}`);
    assert.equal(await yes(pair.host, pair.room, pair.guest), 'cohost_refused');
    assert.equal(await yes(pair.guest, pair.room, pair.guest), 'not_found');
  }
  const suspended = await agreed();
  const of_host = await watch(house, suspended.room.id, suspended.host);
  const until_at = new Date(house.clock.now().getTime() + 86_400_000);
  const sanction = { person_id: suspended.guest.person_id, until_at, reason: 'spam', by: suspended.host.person_id };
  await inTx(ctx.db, (tx) => suspend(ctx, tx, sanction));
  await of_host.until(({ type }) => type === 'cohosts.changed');
  assert.deepEqual(await states(suspended), []);
  assert.equal(await yes(suspended.guest, suspended.room, suspended.guest), 'suspended');
  assert.equal(await yes(suspended.host, suspended.room, suspended.guest), 'cohost_refused');

  const over = await agreed();
  await say(over.host, 'POST', `/api/rooms/${over.room.id}/end`);
  await house.drain();
  const { rows } = await ctx.db.pool.query('select end_reason from cohosts where room_id = $1', [over.room.room_id]);
  assert.deepEqual(rows, [{ end_reason: 'live_ended' }]);
  assert.equal(await yes(over.guest, over.room, over.guest), 'room_not_live');
});

test('asking has a limit, and an unknown room or person is not found', async () => {
  const { host, room } = await live();
  const eager = await house.person();
  const codes: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    codes.push(await yes(eager, room, eager));
    await end(host, room, eager);
  }
  assert.deepEqual(codes, ['yes', 'yes', 'yes', 'yes', 'too_many_requests', 'too_many_requests']);
  assert.equal(await say(host, 'PUT', `/api/rooms/${room.id}/cohosts/${toWire('person', mintId())}`), 'cohost_refused');
  assert.equal(await say(eager, 'PUT', `/api/rooms/${toWire('room', mintId())}/cohosts/${idOf(eager)}`), 'not_found');
});

test('the relay’s secret stays in the house: the two get names that end by themselves', async () => {
  const { room, guest } = await agreed();
  const { ice_servers } = await openFor(guest, room);
  assert.deepEqual(ice_servers[0], { urls: ['stun:stun.example.org'] });
  const { username = '', credential = '' } = ice_servers[1] ?? {};
  assert.ok(Number(username.split(':')[0]) * 1_000 > house.clock.now().getTime());
  assert.match(credential, /^[A-Za-z0-9+/]{27}=$/);
  assert.doesNotMatch(JSON.stringify(ice_servers), /shh/);
});

test('G14: what is no list of servers stops the start, and says so', () => {
  const wrong = [
    'turn:x',
    '{}',
    '[{}]',
    '[{"urls":"https://x"}]',
    '[{"urls":"turn:x","password":"y"}]',
    '[{"urls":[]}]',
  ];
  for (const SOUK_ICE_SERVERS of wrong) assert.throws(() => readConfig({ SOUK_ICE_SERVERS }, []), /SOUK_ICE_SERVERS/);
  assert.deepEqual(readConfig({}, []).ice_servers, []);
});
