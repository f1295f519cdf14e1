import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { openHouse } from '../test/harness.ts';
import { type Action, addSource, liftSuspension, may, mayMany, suspend } from './index.ts';

const house = await openHouse(null, { start: new Date('2026-11-21T12:00:00Z') });
const { ctx } = house;
const ask = (person_id: string, action: Action, other?: string) =>
  may(ctx, ctx.db.pool, person_id, action, other === undefined ? {} : { with: other });

test('B20: the age of the market decides on the day, for buying, giving and receiving', async () => {
  const [grown, eve, unknown] = [
    await house.person({ born_on: '2008-11-21' }),
    await house.person({ born_on: '2008-11-22' }),
    await house.person({ born_on: null }),
  ];
  assert.equal(await ask(grown.person_id, 'buy'), null);
  assert.equal(await ask(eve.person_id, 'buy'), 'too_young');
  assert.equal(await ask(unknown.person_id, 'buy'), 'birth_date_missing');
  assert.equal(await ask(grown.person_id, 'send_gifts', eve.person_id), 'receiver_refused');
  assert.equal(await ask(eve.person_id, 'send_gifts', grown.person_id), 'too_young');
  for (const action of ['chat', 'follow', 'report'] as const) assert.equal(await ask(eve.person_id, action), null);
  house.clock.advance(86_400_000);
  assert.equal(await ask(grown.person_id, 'send_gifts', eve.person_id), null);
});

test('coins, gifts and selling need a verified address; watching, chatting and buying goods do not', async () => {
  const fresh = await house.person({ email_verified: false });
  for (const action of ['top_up', 'send_gifts', 'sell'] as const) {
    assert.equal(await ask(fresh.person_id, action), 'email_unverified');
  }
  for (const action of ['chat', 'buy'] as const) assert.equal(await ask(fresh.person_id, action), null);
});

test('a batch is judged ask by ask; blocks hold both ways; nobody unknown may anything', async () => {
  const [a, b, c] = [await house.person(), await house.person(), await house.person()];
  const { data } = await b.api.GET('/api/people/me');
  await a.api.PUT('/api/people/{person_id}/block', { params: { path: { person_id: data?.person?.person_id ?? '' } } });
  const codes = await mayMany(ctx, ctx.db.pool, [
    { person_id: a.person_id, action: 'send_gifts', with: b.person_id },
    { person_id: b.person_id, action: 'chat', with: a.person_id },
    { person_id: c.person_id, action: 'chat', with: a.person_id },
    { person_id: a.person_id, action: 'chat', with: a.person_id },
    { person_id: '00000000-0000-7000-8000-000000000000', action: 'chat' },
  ]);
  assert.deepEqual(codes, ['blocked', 'blocked', null, null, 'forbidden']);
});

test('a suspension stops every deed at once and ends by itself; the longer of two counts', async () => {
  const [person, boss] = [await house.person(), await house.person({ roles: ['operator'] })];
  const other = await house.person();
  const { data } = await other.api.GET('/api/people/me');
  const follow = () =>
    person.api.PUT('/api/people/{person_id}/follow', {
      params: { path: { person_id: data?.person?.person_id ?? '' } },
    });
  assert.equal((await follow()).response.status, 200);
  for (const days of [3, 1]) {
    const until_at = new Date(ctx.clock.now().getTime() + days * 86_400_000);
    const suspension = { person_id: person.person_id, until_at, reason: 'spam', by: boss.person_id };
    await inTx(ctx.db, (tx) => suspend(ctx, tx, suspension));
  }
  assert.equal(await ask(person.person_id, 'chat'), 'suspended');
  assert.equal((await follow()).response.status, 403, 'the session that was open');
  assert.equal((await person.api.GET('/api/notices')).response.status, 200, 'reading goes on');
  house.clock.advance(2 * 86_400_000);
  assert.equal(await ask(person.person_id, 'chat'), 'suspended');
  assert.equal(await inTx(ctx.db, (tx) => liftSuspension(ctx, tx, person.person_id, boss.person_id)), true);
  assert.equal(await ask(person.person_id, 'chat'), null);
  assert.equal((await follow()).response.status, 200);
});

test('a room below adds what only it knows', async (t) => {
  const own = await openHouse(t);
  const person = await own.person();
  addSource(own.ctx, async (_q, asks) => asks.map(({ thing_id }) => (thing_id === 'closed' ? 'forbidden' : null)));
  const look = (thing_id: string) => may(own.ctx, own.ctx.db.pool, person.person_id, 'chat', { thing_id });
  assert.deepEqual([await look('closed'), await look('open')], ['forbidden', null]);
});
