import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse, type TestPerson } from '../test/harness.ts';

const house = await openHouse(null);
const { ctx, url } = house;
const boss = await house.person({ handle: 'boss', roles: ['operator'] });
const mod = await house.person({ handle: 'mod.one', roles: ['moderator'] });

const wireOf = async (who: TestPerson) => (await who.api.GET('/api/people/me')).data?.person?.person_id ?? '';
const queue = async () =>
  (await mod.api.GET('/api/moderation/cases', { params: { query: { limit: 100 } } })).data?.items ?? [];
const caseOf = async (subject: string) => (await queue()).find((item) => item.subject === subject);
const decide = (who: TestPerson, body: Parameters<typeof bodyOf>[0]) =>
  who.api.POST('/api/moderation/decisions', { body: bodyOf(body) });
const bodyOf = (body: {
  subject: string;
  outcome: 'violation' | 'dismissed';
  take_down?: boolean;
  suspend_days?: number;
}) => ({ take_down: false, suspend_days: null, reason: 'insulted others', ...body });

async function openRoom(host: TestPerson): Promise<string> {
  const reply = await host.fetch('/api/rooms', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ title: 'Teapots', language: 'en' }),
  });
  const body = await reply.json();
  assert.equal(reply.status, 201, JSON.stringify(body));
  return body.room.room_id;
}

const stateOf = async (room: string) => (await (await fetch(`${url}/api/rooms/${room}`)).json()).state;

test('anyone reports, signed out too; B24: one reporter counts once, a ring shows as one line', async () => {
  const target = await house.person();
  const subject = await wireOf(target);
  const report = async (who: TestPerson | null, reason = 'scam') => {
    const reply = await fetch(`${url}/api/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(who && { cookie: who.cookie }) },
      body: JSON.stringify({ subject, reason, details: 'he sold me a fake teapot' }),
    });
    return { status: reply.status, ...(await reply.json()) };
  };
  const anna = await house.person();
  const [first, second] = [await report(anna), await report(anna, 'hate')];
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.equal(first.report_id, second.report_id, 'the receipt of the first');
  const ring = await Promise.all(Array.from({ length: 6 }, async () => report(await house.person())));
  assert.ok(ring.every((reply) => reply.status === 201));
  await Promise.all([report(null), report(null)]);
  assert.equal((await report(target)).code, 'not_yourself');
  assert.equal((await report(anna, 'i do not like him')).code, 'reason_unknown');
  const open = await caseOf(subject);
  assert.deepEqual([open?.reporters, open?.networks], [8, 1]);
  const receipt = await fetch(`${url}/api/reports/${first.report_id}`);
  assert.equal((await receipt.json()).outcome, null);
});

test('a live is ended for everybody, its host told why, the reporter told that something was done', async (t) => {
  const [host, viewer] = [await house.person(), await house.person()];
  const room = await openRoom(host);
  await viewer.api.POST('/api/reports', { body: { subject: room, reason: 'violence', details: '' } });
  assert.equal((await caseOf(room))?.owner?.handle, host.handle);
  const at = performance.now();
  assert.equal((await decide(mod, { subject: room, outcome: 'violation', take_down: true })).response.status, 201);
  await house.drain();
  assert.equal(await stateOf(room), 'ended');
  t.diagnostic(`ended ${Math.round(performance.now() - at)} ms after the decision was sent (goal: 1000)`);
  assert.equal(await caseOf(room), undefined, 'no longer in the queue');
  const told = async (who: TestPerson) => (await who.api.GET('/api/notices')).data?.items ?? [];
  assert.match((await told(host))[0]?.body_text ?? '', /your live was ended[\s\S]*insulted others/);
  assert.equal((await told(viewer)).length, 1);
});

test('D5, D8: a suspended person acts no more within a second, and what of theirs is running stops', async () => {
  const host = await house.person();
  const room = await openRoom(host);
  const subject = await wireOf(host);
  assert.equal((await decide(mod, { subject, outcome: 'violation', suspend_days: 3 })).response.status, 201);
  const act = () => host.api.PATCH('/api/people/me', { body: { name: 'still here' } });
  assert.equal((await act()).response.status, 403);
  await house.drain();
  assert.equal(await stateOf(room), 'ended');
  const lift = await mod.api.POST('/api/moderation/lifts', { body: { person_id: subject, reason: 'wrong person' } });
  assert.equal(lift.response.status, 200);
  assert.equal((await act()).response.status, 200);
});

test('D9: nobody judges themselves, a moderator judges no staff, and a violation needs a measure', async () => {
  const [own, operator] = [await wireOf(mod), await wireOf(boss)];
  const codeOf = async (answer: ReturnType<typeof decide>) =>
    ((await answer).error as { code?: string } | undefined)?.code;
  assert.equal(await codeOf(decide(mod, { subject: own, outcome: 'dismissed' })), 'not_yourself');
  assert.equal(
    await codeOf(decide(mod, { subject: operator, outcome: 'violation', suspend_days: 1 })),
    'may_not_judge',
  );
  const subject = await wireOf(await house.person());
  assert.equal(await codeOf(decide(mod, { subject, outcome: 'violation' })), 'measure_missing');
  assert.equal((await decide(boss, { subject: own, outcome: 'violation', suspend_days: 1 })).response.status, 201);
  await boss.api.POST('/api/moderation/lifts', { body: { person_id: own, reason: 'only a test' } });
});

test('decisions and changes of roles stand in a log that even its owner cannot rewrite', async () => {
  const subject = await wireOf(await house.person());
  await boss.api.PUT('/api/people/{person_id}/roles', {
    params: { path: { person_id: subject } },
    body: { roles: ['finance'], reason: 'keeps the books' },
  });
  await house.drain();
  const { data } = await boss.api.GET('/api/moderation/audit', { params: { query: { limit: 100 } } });
  const actions = data?.items.map((item) => item.action) ?? [];
  for (const action of ['people.roles_changed', 'moderation.violation', 'moderation.suspension_lifted']) {
    assert.ok(actions.includes(action), action);
  }
  const { default: pg } = await import('pg');
  const owner = new pg.Client({ connectionString: house.owner_url });
  await owner.connect();
  for (const table of ['audit_log', 'decisions']) {
    await assert.rejects(owner.query(`delete from ${table}`), /append-only/);
    await assert.rejects(owner.query(`truncate ${table} cascade`), /append-only/);
  }
  await owner.end();
});

test('a repeated decision is one decision, and one mail', async () => {
  const person = await house.person();
  const subject = await wireOf(person);
  const key = crypto.randomUUID();
  const send = () =>
    mod.fetch('/api/moderation/decisions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ subject, outcome: 'violation', suspend_days: 2, reason: 'once is enough' }),
    });
  const replies = await Promise.all(Array.from({ length: 5 }, send));
  assert.deepEqual([...new Set(replies.map((reply) => reply.status))], [201]);
  await house.drain();
  const { rows } = await ctx.db.pool.query('select count(*)::int as n from sanctions where person_id = $1', [
    person.person_id,
  ]);
  const mails = await ctx.db.pool.query('select 1 from mailbox where recipient = $1', [
    `${person.handle}@example.test`,
  ]);
  assert.deepEqual([rows[0].n, mails.rowCount], [1, 1]);
});
