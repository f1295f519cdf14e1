import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, textOf, watch } from '../test/room.ts';
import { openShop } from '../test/shop.ts';

const house = await openHouse(null);
const boss = await house.person({ handle: 'boss', roles: ['operator'] });
const first = await house.person({ handle: 'mod.first', roles: ['moderator'] });
const second = await house.person({ handle: 'mod.second', roles: ['moderator'] });
const idOf = (person: TestPerson) => toWire('person', person.person_id);
const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code;

const decide = async (
  who: TestPerson,
  body: { subject: string; take_down?: boolean; suspend_days?: number; outcome?: 'dismissed' | 'violation' },
) => {
  const whole = {
    outcome: 'violation' as const,
    take_down: false,
    suspend_days: null,
    reason: 'it broke a rule',
    ...body,
  };
  const { data, error } = await who.api.POST('/api/moderation/decisions', { body: whole });
  if (!data) throw new Error(`not decided: ${JSON.stringify(error)}`);
  await house.drain();
  return data.decision_id;
};
const appeal = async (who: TestPerson, decision_id: string) =>
  who.api.POST('/api/moderation/appeals', { body: { decision_id, reasoning: 'it was a joke among friends' } });
const judge = (who: TestPerson, appeal_id: string, outcome: 'upheld' | 'overturned') =>
  who.api.POST('/api/moderation/appeals/{appeal_id}/decision', {
    params: { path: { appeal_id } },
    body: { outcome, reason: 'looked at again' },
  });
const mine = async (who: TestPerson) => (await who.api.GET('/api/moderation/decisions/mine')).data?.items ?? [];

test('an appeal is decided by somebody else than the first judge; overturned, the suspension ends and is told', async () => {
  const person = await house.person();
  const decision_id = await decide(first, { subject: idOf(person), suspend_days: 30 });
  const act = async () => (await person.api.PATCH('/api/people/me', { body: { name: 'Anna' } })).response.status;
  assert.equal(await act(), 403);
  assert.equal((await mine(person))[0]?.decision_id, decision_id);
  const [filed, again] = [await appeal(person, decision_id), await appeal(person, decision_id)];
  const appeal_id = filed.data?.appeal_id ?? '';
  assert.deepEqual([filed.response.status, again.data?.appeal_id], [201, appeal_id], 'one appeal a decision');
  const queue = async (who: TestPerson) =>
    (await who.api.GET('/api/moderation/appeals')).data?.items.find((item) => item.appeal_id === appeal_id);
  assert.deepEqual([(await queue(first))?.decided_by_me, (await queue(second))?.decided_by_me], [true, false]);
  assert.equal(codeOf((await judge(first, appeal_id, 'upheld')).error), 'same_judge');
  assert.equal((await judge(second, appeal_id, 'overturned')).response.status, 200);
  assert.equal(codeOf((await judge(second, appeal_id, 'upheld')).error), 'appeal_decided');
  await house.drain();
  assert.equal(await act(), 200, 'at once');
  assert.equal((await mine(person))[0]?.appeal?.outcome, 'overturned');
  const notices = (await person.api.GET('/api/notices')).data?.items ?? [];
  assert.ok(notices.some((notice) => notice.kind === 'moderation.appeal_decided'));
});

test('upheld, the suspension goes on; another that still runs is not lifted with an overturned one', async () => {
  const person = await house.person();
  const [one, two] = [
    await decide(first, { subject: idOf(person), suspend_days: 30 }),
    await decide(first, { subject: idOf(person), suspend_days: 10 }),
  ];
  const appeals = [(await appeal(person, one)).data?.appeal_id, (await appeal(person, two)).data?.appeal_id];
  await judge(second, appeals[0] ?? '', 'overturned');
  const { suspension } = (await person.api.GET('/api/access/mine')).data ?? {};
  const days = (Date.parse(suspension?.until_at ?? '') - house.clock.now().getTime()) / 86_400_000;
  assert.equal(Math.round(days), 10);
  await judge(second, appeals[1] ?? '', 'upheld');
  assert.notEqual((await person.api.GET('/api/access/mine')).data?.suspension, null);
  house.clock.advance(11 * 86_400_000);
  assert.equal((await person.api.GET('/api/access/mine')).data?.suspension, null, 'it ends by itself');
});

test('D9: nobody appeals for another, against a dismissal, or decides about themselves or staff', async () => {
  const [person, other] = [await house.person(), await house.person()];
  const decision_id = await decide(first, { subject: idOf(person), suspend_days: 1 });
  assert.equal((await appeal(other, decision_id)).response.status, 404);
  const dismissed = await decide(first, { subject: idOf(other), outcome: 'dismissed' });
  assert.equal((await appeal(other, dismissed)).response.status, 404);
  const about_staff = await decide(boss, { subject: idOf(second), suspend_days: 1 });
  const appeal_id = (await appeal(second, about_staff)).data?.appeal_id ?? '';
  await boss.api.POST('/api/moderation/lifts', { body: { person_id: idOf(second), reason: 'only a test' } });
  assert.equal(codeOf((await judge(second, appeal_id, 'overturned')).error), 'not_yourself');
  assert.equal(codeOf((await judge(first, appeal_id, 'overturned')).error), 'may_not_judge');
});

test('a line is reported, removed for everybody, and back in the replay when the appeal says so', async () => {
  const [host, ann] = [await house.person(), await house.person()];
  const room = await goLive(house, host);
  const [viewer, reader] = [await watch(house, room.id, ann), await watch(house, room.id, host)];
  const said = await viewer.ask({ type: 'chat.send', text: 'something nasty' });
  const line = said.type === 'ack' ? (said.body as { line: { id: string } }).line.id : '';
  const reported = await call(host, 'POST', '/api/reports', {
    subject: line,
    reason: 'harassment',
    place: `/live/${room.id}`,
  });
  assert.equal(reported.status, 201);
  const decision_id = await decide(first, { subject: line, take_down: true });
  await reader.until((m) => 'events' in m && m.events.some((event) => event.type === 'chat.deleted'), 20_000);
  const replay = async () => {
    const { body } = await call<{ items: { event: never }[] }>(host, 'GET', `/api/rooms/${room.id}/timeline`);
    return body.items.map(({ event }) => textOf(event));
  };
  assert.deepEqual(await replay(), []);
  await judge(second, (await appeal(ann, decision_id)).data?.appeal_id ?? '', 'overturned');
  await house.drain();
  assert.deepEqual(await replay(), ['something nasty']);
});

test('a product is taken off sale and cannot be published again until the appeal is won', async () => {
  const shop = await openShop(house, [3]);
  const product = shop.product_id;
  const shown = async () => (await fetch(`${house.url}/api/products/${product}`)).status;
  assert.equal(await shown(), 200);
  const decision_id = await decide(first, { subject: product, take_down: true });
  assert.equal(await shown(), 404);
  const publish = () =>
    call<{ code?: string }>(shop.seller, 'PUT', `/api/products/${product}/published`, { published: true });
  assert.equal((await publish()).body.code, 'product_held');
  await judge(second, (await appeal(shop.seller, decision_id)).data?.appeal_id ?? '', 'overturned');
  await house.drain();
  assert.equal((await publish()).status, 200);
  assert.equal(await shown(), 200);
});
