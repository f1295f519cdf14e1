import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, textOf, watch } from '../test/room.ts';

const house = await openHouse(null);
const boss = await house.person({ handle: 'boss', roles: ['operator'] });
const mod = await house.person({ handle: 'mod.one', roles: ['moderator'] });
const idOf = (person: TestPerson) => toWire('person', person.person_id);
const LONG = 20_000;

test('the queue: the gravest first, of equal ones the oldest, in pages, by kind and severity; a graver report moves a case up', async () => {
  const [host, ann] = [await house.person(), await house.person()];
  const room = await goLive(house, host);
  const people = [await house.person(), await house.person(), await house.person()];
  const report = (who: TestPerson, subject: string, reason: string) =>
    call(who, 'POST', '/api/reports', { subject, reason, place: '/live' });
  const reasons = ['rights', 'scam', 'violence'];
  for (const [i, person] of people.entries()) {
    house.clock.advance(1_000);
    await report(ann, idOf(person), reasons[i] ?? '');
  }
  house.clock.advance(1_000);
  await report(ann, room.id, 'scam');
  const list = async (query: Record<string, unknown> = {}) => {
    const items: string[] = [];
    let after: string | undefined;
    do {
      const page = await mod.api.GET('/api/moderation/cases', {
        params: { query: { limit: 1, ...(after && { after }), ...query } },
      });
      items.push(...(page.data?.items.map((item) => item.subject) ?? []));
      after = page.data?.next ?? undefined;
    } while (after);
    return items;
  };
  const [light, scam, grave] = people.map(idOf) as [string, string, string];
  assert.deepEqual(await list(), [grave, scam, room.id, light]);
  assert.deepEqual(await list({ kind: 'room' }), [room.id]);
  assert.deepEqual(await list({ severity: 3 }), [grave]);
  await report(host, light, 'minor_safety');
  assert.deepEqual(await list(), [light, grave, scam, room.id], 'graver and older');
  for (const subject of [grave, light]) {
    const body = {
      subject,
      outcome: 'dismissed' as const,
      take_down: false,
      suspend_days: null,
      reason: 'no rule broken',
    };
    await mod.api.POST('/api/moderation/decisions', { body });
    house.clock.advance(1_000);
  }
  assert.deepEqual(await list({ state: 'decided' }), [light, grave], 'the latest first');
  const unknown = await call(ann, 'POST', '/api/reports', { subject: toWire('video', host.person_id), reason: 'scam' });
  assert.equal(unknown.status, 404, 'videos can be named before there are any');
});

test('a raid: fifty new accounts write, one mode lets none of them write on, one action suspends them all', async (t) => {
  const host = await house.person({ handle: 'hanna' });
  const regular = await house.person({ handle: 'regular' });
  await call(regular, 'PUT', `/api/people/${idOf(host)}/follow`);
  house.clock.advance(30 * 86_400_000);
  const room = await goLive(house, host);
  const raiders = await Promise.all(Array.from({ length: 50 }, (_, i) => house.person({ handle: `raider.${i}` })));
  const crowd = await Promise.all(raiders.map((raider) => watch(house, room.id, raider)));
  const friend = await watch(house, room.id, regular);
  const write = (watcher: (typeof crowd)[number], text: string) => watcher.ask({ type: 'chat.send', text });
  const first = await Promise.all(crowd.map((raider, i) => write(raider, `raid ${i}`)));
  assert.ok(first.every((said) => said.type === 'ack'));

  const from = performance.now();
  const rules = { slow_s: 0, followers_for_s: null, subscribers_only: false, links_refused: false, block_words: [] };
  const path = `/api/rooms/hosts/${idOf(host)}/chat-rules`;
  assert.equal((await call(host, 'PUT', path, { ...rules, min_account_age_s: 86_400 })).status, 200);
  house.clock.advance(2_000);
  const second = await Promise.all(crowd.map((raider, i) => write(raider, `more ${i}`)));
  const codes = new Set(second.map((said) => (said.type === 'refused' ? said.problem.code : said.type)));
  assert.deepEqual([...codes], ['account_too_new']);
  assert.equal((await write(friend, 'still here')).type, 'ack', 'who is known goes on writing');
  t.diagnostic(`fifty refused ${Math.round(performance.now() - from)} ms after the mode was set`);

  const found = new Map<string, string>();
  for (let after: string | undefined; ; ) {
    const query = { limit: 30, hours: 1, room_id: room.id, ...(after && { after }) };
    const { data } = await mod.api.GET('/api/moderation/newcomers', { params: { query } });
    for (const { person } of data?.items ?? []) found.set(person.handle, person.person_id);
    if (!data?.next) break;
    after = data.next;
  }
  assert.deepEqual([...found.keys()].toSorted(), raiders.map((raider) => raider.handle).toSorted());
  const body = { person_ids: [...found.values()], suspend_days: 30, reason: 'a raid', remove_lines: true };
  const done = await mod.api.POST('/api/moderation/suspensions', { body });
  assert.deepEqual([done.response.status, done.data?.suspended], [201, 50]);
  await house.drain();
  for (const raider of crowd) {
    const closing = await raider.until((message) => message.type === 'closing', LONG);
    assert.equal(closing.type === 'closing' && closing.reason, 'suspended');
  }
  const late = await watch(house, room.id);
  assert.deepEqual(late.events().map(textOf), ['still here'], 'what the raid said is gone');
  const again = await raiders[0]?.fetch('/api/people/me', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'still here' }),
  });
  assert.equal(again?.status, 403);
  const own = await raiders[7]?.api.GET('/api/moderation/decisions/mine');
  assert.equal(own?.data?.items.length, 1, 'each has a decision to appeal against');
});

test('D9: one staff account among them, or oneself, and nobody is suspended', async () => {
  const [one, two] = [await house.person(), await house.person()];
  for (const [who, code] of [
    [boss, 'may_not_judge'],
    [mod, 'not_yourself'],
  ] as const) {
    const body = { person_ids: [one, who, two].map(idOf), suspend_days: 1, reason: 'a mistake', remove_lines: false };
    const { error } = await mod.api.POST('/api/moderation/suspensions', { body });
    assert.equal((error as { code?: string } | undefined)?.code, code);
  }
  const { rows } = await house.ctx.db.pool.query('select 1 from sanctions where person_id = any($1)', [
    [one.person_id, two.person_id],
  ]);
  assert.equal(rows.length, 0);
});

test('what hosts and their moderators do stands in the log beside what staff does', async () => {
  const [host, mona, ann] = [await house.person(), await house.person({ handle: 'mona' }), await house.person()];
  const room = await goLive(house, host);
  const viewer = await watch(house, room.id, ann);
  await call(host, 'PUT', `/api/rooms/moderators/${idOf(mona)}`);
  await call(mona, 'PUT', `/api/rooms/${room.id}/mutes/${idOf(ann)}`, { for_s: 300 });
  await call(mona, 'DELETE', `/api/rooms/hosts/${idOf(host)}/mutes/${idOf(ann)}`);
  const said = await viewer.ask({ type: 'chat.send', text: 'hm' });
  const line = said.type === 'ack' ? (said.body as { line: { id: string } }).line.id : '';
  await call(mona, 'DELETE', `/api/rooms/${room.id}/lines/${line}`);
  const rules = {
    slow_s: 5,
    followers_for_s: null,
    min_account_age_s: 0,
    subscribers_only: false,
    links_refused: false,
  };
  await call(mona, 'PUT', `/api/rooms/hosts/${idOf(host)}/chat-rules`, { ...rules, block_words: ['secret'] });
  await call(host, 'DELETE', `/api/rooms/moderators/${idOf(mona)}`);
  await house.drain();
  const log = async (query: { of?: 'rooms' | 'staff'; actor_id?: string }) =>
    (await boss.api.GET('/api/moderation/audit', { params: { query: { limit: 100, ...query } } })).data?.items ?? [];
  const actions = (await log({ of: 'rooms', actor_id: idOf(mona) })).map((item) => item.action);
  assert.deepEqual(actions.toSorted(), ['room.chat_rules_set', 'room.line_removed', 'room.muted', 'room.unmuted']);
  const hosts = (await log({ of: 'rooms', actor_id: idOf(host) })).map((item) => item.action);
  assert.deepEqual(hosts.toSorted(), ['room.moderator_dismissed', 'room.moderator_named']);
  assert.ok((await log({ of: 'staff' })).every((item) => !item.action.startsWith('room.')));
  const { rows } = await house.ctx.db.pool.query("select 1 from audit_log where data::text like '%secret%'");
  assert.equal(rows.length, 0, 'block words are not in the log');
});
