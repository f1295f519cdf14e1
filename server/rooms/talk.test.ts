import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PollClosed, PollCounted, Question, RoomEvent } from '@souk/sdk/live';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, type Watcher, watch } from '../test/room.ts';
import { closeDuePolls } from './polls.ts';

type House = Awaited<ReturnType<typeof openHouse>>;
const LONG_MS = 30_000;
let keys = 0;

async function post<T = { code: string }>(who: TestPerson, path: string, body: object, key = `talk-key-${++keys}`) {
  const response = await who.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
}

const POLL = { question: 'Which glaze?', options: ['Blue', 'Green', 'Iron'], for_s: 60 };

async function openRoom(t: Parameters<typeof openHouse>[0], handles: string[]) {
  const house = await openHouse(t);
  const host = await house.person({ handle: 'hanna' });
  const viewers = await Promise.all(handles.map((handle) => house.person({ handle })));
  const room = await goLive(house, host);
  return { house, host, viewers, room, at: (path: string) => `/api/rooms/${room.id}${path}` };
}

async function heard<E extends RoomEvent>(watcher: Watcher, fits: (event: RoomEvent) => boolean): Promise<E> {
  await watcher.until((message) => 'events' in message && message.events.some(fits), LONG_MS);
  return watcher.events().find(fits) as E;
}

/** Closed by the house's own beat or by us: in both cases once. */
const closeDue = (house: House) => closeDuePolls(house.ctx, house.clock.now());

test('A1: one poll at a time, one vote a person, counted exactly once under parallel votes, told to everyone', async (t) => {
  const { house, host, viewers, room, at } = await openRoom(
    t,
    Array.from({ length: 12 }, (_, i) => `voter_${i}`),
  );
  const watcher = await watch(house, room.id, viewers[0]);
  assert.equal((await post(viewers[0] as TestPerson, at('/polls'), POLL)).body.code, 'not_a_moderator');
  const key = 'the-same-key-twice';
  const tries = await Promise.all([0, 1].map(() => post<{ poll_id: string }>(host, at('/polls'), POLL, key)));
  assert.deepEqual(
    tries.map(({ status }) => status),
    [201, 201],
  );
  assert.equal((await post(host, at('/polls'), POLL)).body.code, 'poll_open');
  const poll_id = tries[0]?.body.poll_id;
  const shown = await heard<RoomEvent & { type: 'poll' }>(watcher, ({ type }) => type === 'poll');
  assert.deepEqual([shown.poll_id, shown.options], [poll_id, POLL.options]);

  // Everybody twelve times over for the same option, and once for another.
  const votes = viewers.flatMap((who, i) => Array.from({ length: 3 }, () => [who, i % 3] as const));
  const answers = await Promise.all(
    votes.map(([who, option]) => call(who, 'PUT', at(`/polls/${poll_id}/vote`), { option })),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  const other = await call<{ code: string }>(viewers[0] as TestPerson, 'PUT', at(`/polls/${poll_id}/vote`), {
    option: 1,
  });
  assert.deepEqual([other.status, other.body.code], [409, 'voted_already']);
  const counted = (event: RoomEvent) => event.type === 'poll.counted' && event.votes.join() === '4,4,4';
  assert.equal((await heard<PollCounted>(watcher, counted)).poll_id, poll_id);
  const mine = await call<{ poll: { voted: number; votes: number[] } }>(viewers[2] as TestPerson, 'GET', at('/poll'));
  assert.deepEqual([mine.body.poll.voted, mine.body.poll.votes], [2, [4, 4, 4]]);
});

test('a poll closes by the server’s time, once, and no vote comes after it; the replay has both', async (t) => {
  const { house, host, viewers, room, at } = await openRoom(t, ['ann', 'bob', 'cora']);
  const [ann, bob, cora] = viewers as [TestPerson, TestPerson, TestPerson];
  const watcher = await watch(house, room.id);
  const { poll_id } = (await post<{ poll_id: string }>(host, at('/polls'), POLL)).body;
  const vote = (who: TestPerson, option: number) =>
    call<{ code: string }>(who, 'PUT', at(`/polls/${poll_id}/vote`), { option });
  assert.equal((await vote(ann, 1)).status, 200);
  house.clock.advance(59_999);
  assert.equal((await vote(bob, 1)).status, 200);
  house.clock.advance(1);
  // The very millisecond of the end, whether it was swept already or not.
  assert.equal((await vote(cora, 1)).body.code, 'poll_closed');
  assert.equal((await vote(ann, 1)).status, 200, 'a vote that counted still does');
  await Promise.all(Array.from({ length: 4 }, () => closeDue(house)));
  const closed = await heard<PollClosed>(watcher, ({ type }) => type === 'poll.closed');
  assert.deepEqual(closed.votes, [0, 2, 0]);
  const timeline = await call<{ items: { event: RoomEvent }[] }>(ann, 'GET', at('/timeline'));
  assert.deepEqual(
    timeline.body.items.map(({ event }) => event.type),
    ['poll', 'poll.closed'],
  );
  assert.equal((await post(host, at('/polls'), POLL)).status, 201, 'the next one may begin');
  await call(host, 'POST', at('/end'));
  await house.drain();
  const page = await call<{ poll: { closed_at: string | null } }>(ann, 'GET', at('/poll'));
  assert.notEqual(page.body.poll.closed_at, null, 'it ends with its room');
});

test('I14: votes that race with the close are counted or refused, never taken and lost', async (t) => {
  const { house, host, viewers, room, at } = await openRoom(
    t,
    Array.from({ length: 20 }, (_, i) => `racer_${i}`),
  );
  const watcher = await watch(house, room.id);
  const { poll_id } = (await post<{ poll_id: string }>(host, at('/polls'), POLL)).body;
  const [answers] = await Promise.all([
    Promise.all(viewers.map((who) => call(who, 'PUT', at(`/polls/${poll_id}/vote`), { option: 0 }))),
    call(host, 'DELETE', at(`/polls/${poll_id}`)),
  ]);
  const taken = answers.filter(({ status }) => status === 200).length;
  const closed = await heard<PollClosed>(watcher, ({ type }) => type === 'poll.closed');
  assert.deepEqual(closed.votes, [taken, 0, 0]);
});

test('questions: asked, voted up once each, answered at media time; the muted and the blocked ask none', async (t) => {
  const { house, host, viewers, room, at } = await openRoom(t, ['ann', 'bob', 'mute.one', 'bert']);
  const [ann, bob, muted, blocked] = viewers as [TestPerson, TestPerson, TestPerson, TestPerson];
  const watcher = await watch(house, room.id, bob);
  await call(host, 'PUT', at(`/mutes/${toWire('person', muted.person_id)}`), { for_s: 600 });
  await call(host, 'PUT', `/api/people/${toWire('person', blocked.person_id)}/block`);
  assert.equal((await post(muted, at('/questions'), { text: 'Why?' })).body.code, 'muted');
  assert.equal((await post(blocked, at('/questions'), { text: 'Why?' })).body.code, 'blocked');
  const first = (await post<{ question_id: string }>(ann, at('/questions'), { text: ' How  hot? ' })).body.question_id;
  const second = (await post<{ question_id: string }>(bob, at('/questions'), { text: 'Which clay?' })).body.question_id;
  await Promise.all([0, 1, 2].map(() => call(ann, 'PUT', at(`/questions/${second}/vote`))));
  await call(host, 'PUT', at(`/questions/${second}/vote`));
  await call(host, 'DELETE', at(`/questions/${second}/vote`));
  type List = { items: { question_id: string; text: string; votes: number; voted: boolean; state: string }[] };
  const list = async (who: TestPerson) => (await call<List>(who, 'GET', at('/questions'))).body.items;
  assert.deepEqual(
    (await list(ann)).map(({ text, votes, voted }) => [text, votes, voted]),
    [
      ['Which clay?', 2, true],
      ['How hot?', 1, true],
    ],
  );
  await heard(watcher, (event) => event.type === 'question.voted' && event.votes[second] === 2);
  const early = await call<{ code: string }>(ann, 'PUT', at(`/questions/${first}/answered`), {});
  assert.equal(early.body.code, 'not_a_moderator');
  const media_at = new Date(house.clock.now().getTime() - 3_000).toISOString();
  for (let twice = 0; twice < 2; twice += 1) {
    assert.equal((await call(host, 'PUT', at(`/questions/${second}/answered`), { media_at })).status, 200);
  }
  const answered = (event: RoomEvent) => event.type === 'question' && event.state === 'answered';
  assert.equal((await heard<Question>(watcher, answered)).media_at, media_at);
  const late = await call<{ code: string }>(host, 'PUT', at(`/questions/${second}/vote`));
  assert.equal(late.body.code, 'question_closed');
  assert.equal((await call<{ code: string }>(bob, 'DELETE', at(`/questions/${first}`))).body.code, 'not_a_moderator');
  assert.equal((await call(ann, 'DELETE', at(`/questions/${first}`))).status, 200);
  assert.deepEqual(
    (await list(bob)).map(({ state }) => state),
    ['answered'],
  );
  const timeline = await call<{ items: { media_at: string; event: Question }[] }>(ann, 'GET', at('/timeline'));
  assert.deepEqual(
    timeline.body.items.map(({ event }) => [event.type, event.text]),
    [['question', 'Which clay?']],
  );
});

test('D5: a question obeys the chat’s rules, three a minute', async (t) => {
  const { house, host, viewers, at } = await openRoom(t, ['ann']);
  const [ann] = viewers as [TestPerson];
  const rules = { slow_s: 0, followers_for_s: null, min_account_age_s: 0, subscribers_only: false };
  const path = `/api/rooms/hosts/${toWire('person', host.person_id)}/chat-rules`;
  await call(host, 'PUT', path, { ...rules, links_refused: true, block_words: ['teapot'] });
  assert.equal((await post(ann, at('/questions'), { text: 'See https://pots.example?' })).body.code, 'link_refused');
  assert.equal((await post(ann, at('/questions'), { text: 'A t3apot?' })).body.code, 'word_refused');
  assert.equal((await post(ann, at('/questions'), { text: 'A cup?' })).status, 201);
  assert.equal((await post(ann, at('/questions'), { text: 'A bowl?' })).status, 429);
  house.clock.advance(61_000);
  assert.equal((await post(ann, at('/questions'), { text: 'A bowl?' })).status, 201);
});

test('captions and the pinned message: from host and helper, at media time within ±10 s, in the replay, for latecomers', async (t) => {
  const { house, host, viewers, room, at } = await openRoom(t, ['mia', 'ann']);
  const [mia, ann] = viewers as [TestPerson, TestPerson];
  await call(host, 'PUT', `/api/rooms/moderators/${toWire('person', mia.person_id)}`);
  for (let i = 0; i < 20; i += 1) await room.encoder.send();
  const [host_socket, helper, viewer] = [
    await watch(house, room.id, host),
    await watch(house, room.id, mia),
    await watch(house, room.id, ann),
  ];
  const edge = house.clock.now().getTime();
  const say = (watcher: Watcher, text: string, ms: number, key: string) =>
    watcher.ask({ type: 'caption.send', text, language: 'en', media_at: new Date(edge + ms).toISOString(), key });
  assert.equal((await say(host_socket, 'Good evening', -2_000, 'caption-1')).type, 'ack');
  assert.equal((await say(helper, 'typed by a helper', -30_000, 'caption-2')).type, 'ack');
  await say(helper, 'typed by a helper', -30_000, 'caption-2');
  const refused = await say(viewer, 'not me', 0, 'caption-3');
  assert.equal(refused.type === 'refused' && refused.problem.code, 'not_a_moderator');
  await call(mia, 'PUT', at('/note'), { text: 'Kiln opens at nine' });
  await call(mia, 'PUT', at('/note'), { text: 'Kiln opens at nine' });
  await heard(viewer, ({ type }) => type === 'note');
  const latecomer = await watch(house, room.id);
  const texts = (events: RoomEvent[]) =>
    events.flatMap((event) => (event.type === 'caption' || event.type === 'note' ? [event.text] : [])).sort();
  const all = ['Good evening', 'Kiln opens at nine', 'typed by a helper'];
  assert.deepEqual(texts(viewer.events()), all);
  assert.deepEqual(texts(latecomer.events()), all);
  const times = viewer
    .events()
    .flatMap((event) => (event.type === 'caption' ? [Date.parse(event.media_at) - edge] : []));
  assert.deepEqual(times, [-2_000, -10_000]);
  await call(host, 'DELETE', at('/note'));
  const timeline = await call<{ items: { event: RoomEvent }[] }>(ann, 'GET', at('/timeline'));
  assert.deepEqual(
    timeline.body.items.map(({ event }) => event.type),
    ['caption', 'caption', 'note', 'note'],
  );
});

test('a replay can be begun anywhere: what stood there before comes first, and nothing else from before', async (t) => {
  const { host, viewers, room, house, at } = await openRoom(t, ['ann']);
  const [ann] = viewers as [TestPerson];
  const watcher = await watch(house, room.id, ann);
  const note = (text: string) => call(host, 'PUT', at('/note'), { text });
  await note('one');
  await watcher.ask({ type: 'chat.send', text: 'early' });
  await note('two');
  for (let i = 0; i < 30; i += 1) await room.encoder.send();
  const from = house.clock.now().toISOString();
  await watcher.ask({ type: 'chat.send', text: 'late' });
  await note('three');
  type Page = { items: { event: RoomEvent }[]; next: string | null };
  const texts: unknown[] = [];
  for (let after = '', pages = 0; pages < 5; pages += 1) {
    const { body } = await call<Page>(
      ann,
      'GET',
      `${at('/timeline')}?limit=1&from=${encodeURIComponent(from)}${after}`,
    );
    texts.push(...body.items.map(({ event }) => 'text' in event && event.text));
    if (body.next === null) break;
    after = `&after=${encodeURIComponent(body.next)}`;
  }
  assert.deepEqual(texts, ['two', 'late', 'three']);
});
