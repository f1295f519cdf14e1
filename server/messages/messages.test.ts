import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { postVideo } from '../test/video.ts';

const house = await openHouse(null);
const { ctx } = house;
const idOf = (person: TestPerson) => toWire('person', person.person_id);

interface Conversation {
  conversation_id: string;
  unread: number;
  request: boolean;
  waiting: boolean;
  people: { handle: string }[];
  last: { text: string } | null;
}
interface Message {
  message_id: string;
  text: string;
  thing: { gone: boolean; title: string; path: string | null } | null;
  person: { handle: string } | null;
}
interface Problem {
  code?: string;
}

async function ask<T>(who: TestPerson | null, method: string, path: string, body?: object, key?: string) {
  const headers = {
    ...(who && { cookie: who.cookie }),
    ...(body && { 'content-type': 'application/json' }),
    'idempotency-key': key ?? crypto.randomUUID(),
  };
  const reply = await fetch(`${house.url}/api${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as T & Problem };
}
const crowd = (n: number) => Promise.all(Array.from({ length: n }, () => house.person()));
const follow = (who: TestPerson, whom: TestPerson) => ask(who, 'PUT', `/people/${idOf(whom)}/follow`);
const begin = (who: TestPerson, others: TestPerson[], text: string, more: object = {}) =>
  ask<{ conversation_id: string }>(who, 'POST', '/messages', { person_ids: others.map(idOf), text, ...more });
const say = (who: TestPerson, id: string, text: string, more: object = {}) =>
  ask<Message>(who, 'POST', `/messages/${id}/items`, { text, ...more });
const box = async (who: TestPerson, name = 'inbox') =>
  (await ask<{ items: Conversation[] }>(who, 'GET', `/messages?box=${name}`)).body.items;
const read = async (who: TestPerson, id: string) =>
  (await ask<{ items: Message[] }>(who, 'GET', `/messages/${id}/items`)).body.items?.map(({ text }) => text);
const kindsOf = async (who: TestPerson) => {
  await house.drain();
  return (await ask<{ items: { kind: string }[] }>(who, 'GET', '/notices')).body.items.map(({ kind }) => kind);
};

test('a stranger asks first: three messages at most, then the answer opens it; a follower is in at once', async () => {
  const [ann, ben] = await crowd(2);
  assert.ok(ann && ben);
  const { status, body } = await begin(ann, [ben], 'Hello, I like your bowls');
  assert.equal(status, 201);
  const id = body.conversation_id;
  assert.equal((await begin(ann, [ben], 'Are they for sale?')).body.conversation_id, id, 'one conversation of a pair');
  assert.deepEqual(await box(ben), []);
  const [request] = await box(ben, 'requests');
  assert.deepEqual([request?.conversation_id, request?.request, request?.last?.text], [id, true, 'Are they for sale?']);
  assert.equal((await box(ann))[0]?.waiting, true);
  assert.equal((await say(ann, id, 'Please')).status, 201);
  assert.equal((await say(ann, id, 'Please!')).body.code, 'request_pending');
  assert.deepEqual(await kindsOf(ben), ['message.requested']);
  assert.equal((await say(ben, id, 'Yes, come by')).status, 201, 'to answer is to accept');
  assert.deepEqual(await box(ben, 'requests'), []);
  assert.equal((await say(ann, id, 'Thank you')).status, 201);
  assert.deepEqual(await read(ben, id), [
    'Thank you',
    'Yes, come by',
    'Please',
    'Are they for sale?',
    'Hello, I like your bowls',
  ]);
  assert.deepEqual(await kindsOf(ann), ['message.received']);
  const [fan, star] = await crowd(2);
  assert.ok(fan && star);
  await follow(star, fan);
  const direct = await begin(fan, [star], 'Hi');
  assert.equal((await box(star))[0]?.conversation_id, direct.body.conversation_id);
});

test('B20: strangers write, and are written to, from eighteen; people who follow one at every age', async () => {
  const grown = await house.person();
  const young = await house.person({ born_on: '2010-01-01' });
  assert.equal((await begin(grown, [young], 'hello')).body.code, 'receiver_refused');
  assert.equal((await begin(young, [grown], 'hello')).body.code, 'too_young');
  assert.equal((await begin(grown, [await house.person(), young], 'group')).body.code, 'receiver_refused');
  await follow(young, grown);
  assert.equal((await begin(grown, [young], 'hello')).status, 201);
});

test('a request that is turned down says nothing: the sender sees what they would see of one unread', async () => {
  const [ann, ben] = await crowd(2);
  assert.ok(ann && ben);
  const id = (await begin(ann, [ben], 'one')).body.conversation_id;
  const before = await box(ann);
  assert.equal((await ask(ben, 'DELETE', `/messages/${id}/acceptance`)).status, 200);
  assert.deepEqual(await box(ann), before);
  assert.deepEqual(await box(ben, 'requests'), []);
  assert.equal((await ask(ben, 'GET', `/messages/${id}`)).status, 404);
  assert.equal((await say(ann, id, 'two')).status, 201);
  assert.deepEqual(await box(ben, 'requests'), []);
  assert.equal((await begin(ben, [ann], 'I have changed my mind')).body.conversation_id, id);
  assert.equal((await box(ben)).length, 1);
});

test('D1: nobody else reads, writes, marks or leaves a conversation; a block closes it both ways', async () => {
  const [ann, ben, eve] = await crowd(3);
  assert.ok(ann && ben && eve);
  await follow(ben, ann);
  const id = (await begin(ann, [ben], 'private')).body.conversation_id;
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/items'],
    ['PUT', '/read'],
    ['PUT', '/acceptance'],
    ['DELETE', '/acceptance'],
    ['PUT', '/mute'],
    ['DELETE', '/membership'],
  ] as const) {
    assert.equal((await ask(eve, method, `/messages/${id}${path}`)).status, 404, `${method} ${path}`);
    assert.equal((await ask(null, method, `/messages/${id}${path}`)).status, 401, `${method} ${path}`);
  }
  assert.equal((await say(eve, id, 'me too')).status, 404);
  await ask(ben, 'PUT', `/people/${idOf(ann)}/block`);
  assert.equal((await say(ann, id, 'still there?')).status, 403);
  assert.equal((await say(ben, id, 'no')).status, 403);
  assert.equal((await begin(ann, [ben], 'again')).status, 403);
  for (const who of [ann, ben]) {
    assert.deepEqual(await box(who), []);
    assert.equal((await ask(who, 'GET', `/messages/${id}`)).status, 404);
    assert.equal((await ask(who, 'GET', `/messages/${id}/items`)).status, 404);
  }
});

test('a group of twenty at most; who is blocked is not heard by whom; who leaves is gone', async () => {
  const [ann, ben, cem, dee] = await crowd(4);
  assert.ok(ann && ben && cem && dee);
  for (const one of [ben, cem]) await follow(one, ann);
  const { body } = await begin(ann, [ben, cem, dee], 'Kiln on Friday', { title: 'Kiln' });
  const id = body.conversation_id;
  assert.equal((await box(dee, 'requests')).length, 1, 'who does not follow is asked');
  await ask(dee, 'PUT', `/messages/${id}/acceptance`);
  await ask(ben, 'PUT', `/people/${idOf(cem)}/block`);
  await say(cem, id, 'I come');
  assert.deepEqual(await read(ben, id), ['Kiln on Friday'], 'across a block nothing is heard');
  assert.deepEqual(await read(dee, id), ['I come', 'Kiln on Friday']);
  assert.ok(!(await box(ben))[0]?.people.some(({ handle }) => handle === cem.handle));
  await ask(dee, 'DELETE', `/messages/${id}/membership`);
  assert.equal((await ask(dee, 'GET', `/messages/${id}/items`)).status, 404);
  assert.equal((await say(dee, id, 'bye')).status, 404);
  const many = await crowd(20);
  const tooMany = await begin(ann, many, 'all of you');
  assert.equal(tooMany.status, 400);
});

test('unread until it is read; a muted conversation tells no more', async () => {
  const [ann, ben] = await crowd(2);
  assert.ok(ann && ben);
  await follow(ben, ann);
  const id = (await begin(ann, [ben], 'one')).body.conversation_id;
  await say(ann, id, 'two');
  const fresh = async () => (await ask<{ unread: number }>(ben, 'GET', '/messages/new')).body.unread;
  assert.equal((await box(ben))[0]?.unread, 2);
  assert.equal(await fresh(), 1);
  house.clock.advance(1_000);
  await ask(ben, 'PUT', `/messages/${id}/read`);
  assert.equal((await box(ben))[0]?.unread, 0);
  assert.equal(await fresh(), 0);
  await house.drain();
  await ask(ben, 'PUT', `/messages/${id}/mute`);
  const told = (await kindsOf(ben)).length;
  house.clock.advance(1_000);
  await say(ann, id, 'three');
  assert.equal((await kindsOf(ben)).length, told);
  assert.equal(await fresh(), 0, 'nor counts on the bell');
  assert.equal((await box(ben))[0]?.unread, 1);
});

test('I11: what is passed on is seen by whoever may see it, and gone for the others', async () => {
  const [ann, ben] = await crowd(2);
  assert.ok(ann && ben);
  await follow(ben, ann);
  const open = await postVideo(ctx, ann.person_id, { caption: 'Open to all' });
  const mine = await postVideo(ctx, ann.person_id, { caption: 'Mine alone', visibility: 'me' });
  const { body } = await begin(ann, [ben], '', { thing: { kind: 'video', id: open.id } });
  await say(ann, body.conversation_id, 'and this', { thing: { kind: 'video', id: mine.id } });
  const items = (await ask<{ items: Message[] }>(ben, 'GET', `/messages/${body.conversation_id}/items`)).body.items;
  assert.deepEqual(
    items.map(({ thing }) => [thing?.gone, thing?.title]),
    [
      [true, ''],
      [false, 'Open to all'],
    ],
  );
  assert.equal((await say(ann, body.conversation_id, '')).body.code, 'message_empty');
});

test('A1, D6, F6: a key twice is one message; hostile text stays text; a flood is stopped', async () => {
  const [ann, ben] = await crowd(2);
  assert.ok(ann && ben);
  await follow(ben, ann);
  const id = (await begin(ann, [ben], 'hi')).body.conversation_id;
  const key = crypto.randomUUID();
  await Promise.all([1, 2, 3].map(() => ask(ann, 'POST', `/messages/${id}/items`, { text: 'once' }, key)));
  assert.deepEqual(await read(ben, id), ['once', 'hi']);
  const script = '<img src=x onerror=alert(1)>';
  assert.equal((await say(ann, id, script)).body.text, script);
  const statuses = [];
  for (let i = 0; i < 40; i += 1) statuses.push((await say(ann, id, `${i}`)).status);
  assert.ok(statuses.includes(429));
});

test('one message can be reported; moderation reads that one and takes it away; an erased person leaves nothing', async () => {
  const [ann, ben] = await crowd(2);
  assert.ok(ann && ben);
  const moderator = await house.person({ roles: ['moderator'] });
  await follow(ben, ann);
  const id = (await begin(ann, [ben], 'something unkind')).body.conversation_id;
  await say(ann, id, 'something else');
  const items = (await ask<{ items: Message[] }>(ben, 'GET', `/messages/${id}/items`)).body.items;
  const bad = items.find(({ text }) => text === 'something unkind');
  const market = await ask<{ report_reasons: { reason: string }[] }>(null, 'GET', '/markets/DE');
  const reason = market.body.report_reasons[0]?.reason;
  const told = { subject: bad?.message_id, reason, details: '' };
  assert.equal((await ask(await house.person(), 'POST', '/reports', told)).status, 404, 'who is not in it saw nothing');
  assert.equal((await ask(null, 'POST', '/reports', told)).status, 404);
  assert.equal((await ask(ben, 'POST', '/reports', told)).status, 201);
  const queue = JSON.stringify((await ask(moderator, 'GET', '/moderation/cases')).body);
  assert.ok(queue.includes('something unkind') && !queue.includes('something else'));
  const { judgeMessage } = await import('./index.ts');
  const { rows } = await ctx.db.pool.query<{ message_id: string }>(
    'select message_id from messages where body_text = $1',
    ['something unkind'],
  );
  await judgeMessage(ctx, rows[0]?.message_id ?? '', true);
  assert.deepEqual(await read(ben, id), ['something else', '']);
  const { eraseSelf } = await import('../people/erasure.ts');
  const me = await ctx.authenticate(ann.cookie);
  assert.ok(me);
  await eraseSelf(ctx, me);
  const left = await ctx.db.pool.query('select from messages where person_id = $1 and body_text <> $2', [
    ann.person_id,
    '',
  ]);
  assert.equal(left.rowCount, 0);
  assert.deepEqual(await box(ben), []);
});
