import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { openHouse } from '../test/harness.ts';

const house = await openHouse(null);
const boss = await house.person({ handle: 'boss', roles: ['operator'] });
const SETTINGS = { name: 'Souk', legal_name: '', legal_address: '' };

const set = async (registration: 'open' | 'invite' | 'closed') =>
  boss.api.PUT('/api/instance', { body: { ...SETTINGS, registration } });
const make = async (body: { most_uses?: number; expires_days?: number | null } = {}) => {
  const whole = { label: 'a friend', most_uses: 1, expires_days: 14, ...body };
  return (await boss.api.POST('/api/instance/invites', { body: whole })).data ?? assert.fail('no invitation');
};

let count = 0;
/** @param from an address of this machine, to be another line than the others */
function signUp(invite?: string, from = '127.0.0.1'): Promise<string> {
  count += 1;
  const name = `newcomer.${count}`;
  const body = JSON.stringify({
    name,
    handle: name,
    email: `${name}@example.org`,
    password: 'a quiet market in the morning',
    market: 'DE',
    born_on: '1990-01-01',
    ...(invite !== undefined && { invite }),
  });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request(`${house.url}/api/people`, { method: 'POST', headers, localAddress: from }, (reply) => {
      let text = '';
      reply.on('data', (data) => {
        text += data;
      });
      reply.on('end', () => resolve(reply.statusCode === 201 ? 'in' : (JSON.parse(text).code as string)));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

test('registration is open, by invitation or closed; an open door asks for no code', async () => {
  assert.equal(await signUp('nonsense'), 'in');
  await set('closed');
  assert.equal(await signUp((await make()).code), 'sign_up_closed');
  await set('invite');
  assert.equal(await signUp(), 'invite_needed');
  assert.equal(await signUp('nonsense'), 'invite_invalid');
  const { code } = await make();
  const typed = ` ${code.slice(0, 4).toUpperCase()}-${code.slice(4, 8)} ${code.slice(8).toUpperCase()}`;
  assert.equal(await signUp(typed), 'in', 'in groups and capitals');
  assert.equal(await signUp(code), 'invite_invalid', 'used up');
});

test('a code ends with its uses, its day, or when it is taken back; who came by it stays', async () => {
  await set('invite');
  const [two, short, back] = [
    await make({ most_uses: 2 }),
    await make({ most_uses: 5, expires_days: 1 }),
    await make({ most_uses: 5, expires_days: null }),
  ];
  assert.deepEqual(
    [await signUp(two.code), await signUp(two.code), await signUp(two.code)],
    [...['in', 'in', 'invite_invalid']],
  );
  assert.equal(await signUp(short.code), 'in');
  house.clock.advance(86_400_001);
  assert.equal(await signUp(short.code), 'invite_invalid');
  assert.equal(await signUp(back.code), 'in');
  const path = { invite_id: back.invite_id };
  for (let twice = 0; twice < 2; twice += 1) {
    const { response } = await boss.api.DELETE('/api/instance/invites/{invite_id}', { params: { path } });
    assert.equal(response.status, 200);
  }
  assert.equal(await signUp(back.code), 'invite_invalid');
  const list = (await boss.api.GET('/api/instance/invites')).data?.items ?? [];
  const shown = list.find((item) => item.invite_id === back.invite_id);
  assert.deepEqual([shown?.uses, shown?.revoked_at !== null], [1, true]);
  const { rows } = await house.ctx.db.pool.query(
    'select 1 from invite_uses where invite_id in (select invite_id from invites)',
  );
  assert.equal(rows.length, 5);
});

test('A6: ten at once with the last use of a code: one comes in, and no use is lost with a refused sign-up', async () => {
  await set('invite');
  const { code, invite_id } = await make({ most_uses: 1 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(code)));
  assert.deepEqual(
    answers.toSorted(),
    [...Array.from({ length: 1 }, () => 'in'), ...Array.from({ length: 9 }, () => 'invite_invalid')].toSorted(),
  );
  const other = await make({ most_uses: 1 });
  const before = count;
  count = 0; // the name of the very first
  assert.equal(await signUp(other.code), 'email_taken');
  count = before;
  assert.equal(await signUp(other.code), 'in', 'the use was given back');
  const list = (await boss.api.GET('/api/instance/invites')).data?.items ?? [];
  assert.equal(list.find((item) => item.invite_id === invite_id)?.uses, 1);
});

test('D10: ten accounts of one line in an hour, then no more for a while; another line is not held up', async () => {
  await set('open');
  const answers = [];
  for (let i = 0; i < 11; i += 1) answers.push(await signUp(undefined, '127.0.0.2'));
  assert.deepEqual([answers.filter((answer) => answer === 'in').length, answers[10]], [10, 'too_many_requests']);
  assert.equal(await signUp(undefined, '127.0.0.3'), 'in');
  house.clock.advance(3_600_000);
  assert.equal(await signUp(undefined, '127.0.0.2'), 'in');
});
