import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fromWire, mintId, toWire } from '../kernel/ids.ts';
import { balances, trialBalance } from '../ledger/index.ts';
import { pack } from '../markets/index.ts';
import { sandboxOf, settled } from '../payments/index.ts';
import { ask, storeCard } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive } from '../test/room.ts';
import { pendingAccount, receivableAccount } from './postings.ts';
import { quoteOf, startOfDay } from './tips.ts';

const house = await openHouse(test);
type Person = Awaited<ReturnType<typeof house.person>>;
const EUR = (amount: number) => ({ amount: String(amount), currency: 'EUR' });
const DAY = 86_400_000;

/** 5.00 and 0.25 + 2.9 % of it, rounded up: 0.40. */
const FIVE = { amount: EUR(500), total: EUR(540) };
const to = (person: Person) => ({ subject: { kind: 'person', id: toWire('person', person.person_id) } });

async function payer(card = 'ok') {
  const person = await house.person();
  return { person, method_id: await storeCard(person, card) };
}

const tip = (from: { person: Person; method_id: string }, body: object, key?: string) =>
  ask(from.person, 'POST', '/tips', { method_id: from.method_id, ...body }, key);

async function held(of: Person): Promise<[pending: bigint, receivable: bigint]> {
  const ids = [pendingAccount(of.person_id, 'EUR'), receivableAccount(of.person_id, 'EUR')] as const;
  const found = await balances(house.ctx.db.q, ids);
  return [found.get(ids[0]) ?? 0n, found.get(ids[1]) ?? 0n];
}

/** What a tip's total is in the house's own market. */
function priced(amount: number) {
  const quote = quoteOf(pack('DE'), BigInt(amount));
  return { amount: EUR(amount), total: EUR(Number(quote.total.amount)) };
}

test('MISSION 19: all of a tip is the creator’s; the fee is shown before and comes on top', async () => {
  const [ada, bob] = [await payer(), await house.person()];
  const quote = (await ask(ada.person, 'GET', '/tips/quote?amount=500')).body;
  assert.deepEqual(quote, { amount: EUR(500), fee: EUR(40), total: EUR(540) });
  const { status, body } = await tip(ada, { ...to(bob), ...FIVE });
  assert.deepEqual([status, body.state, body.total], [201, 'paid', EUR(540)]);
  assert.deepEqual(await held(bob), [500n, 0n]);
  const { items } = (await ask(bob, 'GET', '/tips/received')).body;
  assert.deepEqual([items[0].amount, items[0].sender.handle, items[0].state], [EUR(500), ada.person.handle, 'paid']);
  assert.equal((await ask(bob, 'GET', `/tips/${body.tip_id}`)).body.amount.amount, '500');
  assert.equal((await ask(await house.person(), 'GET', `/tips/${body.tip_id}`)).status, 404, 'D1');
  const earnings = (await ask(bob, 'GET', '/payouts/earnings')).body;
  assert.deepEqual(earnings.balances[0].pending, EUR(500));
});

test('A1: one key, twenty times at once: one tip, one charge', async () => {
  const [ada, bob] = [await payer(), await house.person()];
  const key = mintId();
  const replies = await Promise.all(Array.from({ length: 20 }, () => tip(ada, { ...to(bob), ...FIVE }, key)));
  assert.equal(new Set(replies.map(({ body }) => body.tip_id)).size, 1);
  await settled(house.ctx);
  assert.deepEqual(await held(bob), [500n, 0n]);
  const other = await tip(ada, { ...to(bob), ...priced(600) }, key);
  assert.deepEqual([other.status, other.body.code], [422, 'key_reused']);
});

test('A9, A10: another total, currency or amount than was shown is never charged', async () => {
  const [ada, bob] = [await payer(), await house.person()];
  const wrong = [
    { amount: EUR(500), total: EUR(500) },
    { amount: EUR(500), total: EUR(541) },
    { amount: { amount: '500', currency: 'USD' }, total: EUR(540) },
    { amount: EUR(500), total: { amount: '540', currency: 'USD' } },
  ];
  for (const body of wrong) assert.equal((await tip(ada, { ...to(bob), ...body })).body.code, 'price_changed');
  assert.deepEqual(await held(bob), [0n, 0n]);
});

test('B20: a minor neither tips nor is tipped; nobody tips themselves, nobody, or a video that is not there', async () => {
  const [ada, bob, teen] = [await payer(), await house.person(), await house.person({ born_on: '2011-01-01' })];
  assert.equal((await tip(ada, { ...to(teen), ...FIVE })).body.code, 'receiver_refused');
  const theirs = { person: teen, method_id: ada.method_id };
  assert.equal((await tip(theirs, { ...to(bob), ...FIVE })).body.code, 'too_young');
  assert.equal((await tip(ada, { ...to(ada.person), ...FIVE })).body.code, 'tip_to_self');
  for (const kind of ['person', 'room', 'video'] as const) {
    const subject = { kind, id: toWire(kind, mintId()) };
    assert.equal((await tip(ada, { subject, ...FIVE })).body.code, 'tip_receiver_unknown', kind);
  }
  const mixed = { kind: 'room', id: toWire('person', bob.person_id) };
  assert.equal((await tip(ada, { subject: mixed, ...FIVE })).status, 400);
});

test('caps: one tip, one day in money, also for tips at once; the next day is another', async () => {
  const [ada, bob] = [await payer(), await house.person()];
  assert.equal((await tip(ada, { ...to(bob), ...priced(99) })).body.code, 'tip_too_small');
  assert.equal((await tip(ada, { ...to(bob), ...priced(10_001) })).body.code, 'tip_too_large');
  const six = await Promise.all(Array.from({ length: 6 }, () => tip(ada, { ...to(bob), ...priced(10_000) })));
  assert.deepEqual(six.map(({ status }) => status).toSorted(), [201, 201, 201, 201, 201, 403]);
  assert.equal(six.find(({ status }) => status === 403)?.body.code, 'tip_limit');
  await settled(house.ctx);
  assert.deepEqual(await held(bob), [50_000n, 0n]);
  assert.equal((await tip(ada, { ...to(bob), ...FIVE })).body.code, 'tip_limit');
  house.clock.advance(DAY);
  assert.equal((await tip(ada, { ...to(bob), ...FIVE })).status, 201);
});

test('caps: one day in number', async () => {
  const [ada, bob] = [await payer(), await house.person()];
  for (let n = 0; n < 100; n += 1) assert.equal((await tip(ada, { ...to(bob), ...priced(100) })).status, 201);
  assert.equal((await tip(ada, { ...to(bob), ...priced(100) })).body.code, 'tip_limit');
});

test('a declined card is no tip, and does not count against the day', async () => {
  const [poor, bob] = [await payer('insufficient_funds'), await house.person()];
  const { body } = await tip(poor, { ...to(bob), ...priced(10_000) });
  assert.equal(body.state, 'failed', JSON.stringify(body));
  await settled(house.ctx);
  assert.deepEqual(await held(bob), [0n, 0n]);
});

test('A17, A18: a bank takes a tip back: from what is pending, and what was paid out is owed; once', async () => {
  const [ada, bob] = [await payer(), await house.person()];
  const { body } = await tip(ada, { ...to(bob), ...FIVE });
  const { pool } = house.ctx.db;
  const { rows } = await pool.query<{ attempt_id: string }>('select attempt_id from tips where tip_id = $1', [
    fromWire('tip', body.tip_id),
  ]);
  await sandboxOf(house.ctx).play(rows[0]?.attempt_id as string, 'chargeback');
  for (let told = false; !told; ) {
    await pause(5);
    const found = await pool.query(`select from tips where tip_id = $1 and state = 'reversed'`, [
      fromWire('tip', body.tip_id),
    ]);
    told = found.rowCount === 1;
  }
  await settled(house.ctx);
  assert.deepEqual(await held(bob), [0n, 0n]);
  assert.equal((await ask(bob, 'GET', '/tips/received')).body.items[0].state, 'reversed');
  await house.drain();
  const told = await pool.query(`select from notices where person_id = $1 and kind = 'tip.reversed'`, [bob.person_id]);
  assert.equal(told.rowCount, 1);
  const sums = await trialBalance(house.ctx.db.q);
  assert.ok(sums.length > 0);
});

test('a tip counts towards a goal in money, and the creator is told', async () => {
  const [ada, host] = [await payer(), await house.person()];
  const room = await goLive(house, host);
  const goal = { title: 'A new kiln', unit: 'money', target: '500', room_id: room.id };
  await ask(host, 'POST', '/gifts/goals', goal);
  house.clock.advance(1_000);
  const { status } = await tip(ada, { subject: { kind: 'room', id: room.id }, ...FIVE });
  assert.equal(status, 201);
  await house.drain();
  const [now] = (await ask(host, 'GET', `/gifts/goals/${toWire('person', host.person_id)}`)).body.items;
  assert.deepEqual([now.progress, now.reached], ['500', true]);
  const { rows } = await house.ctx.db.pool.query(`select from notices where person_id = $1 and kind = 'tip.received'`, [
    host.person_id,
  ]);
  assert.equal(rows.length, 1);
});

test('the day begins at midnight of the payer’s zone, also when clocks change', () => {
  const cases: [now: string, day: string, begins: string][] = [
    ['2026-11-02T11:00:00Z', '2026-11-02', '2026-11-01T23:00:00.000Z'],
    ['2026-11-01T23:00:00Z', '2026-11-02', '2026-11-01T23:00:00.000Z'],
    // The day of 25 hours: summer time ends on 25 October 2026.
    ['2026-10-25T22:59:00Z', '2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['2026-03-29T21:59:00Z', '2026-03-29', '2026-03-28T23:00:00.000Z'],
  ];
  for (const [now, day, begins] of cases) {
    assert.equal(startOfDay(new Date(now), day, 'Europe/Berlin').toISOString(), begins, now);
  }
});

test('the fee: fixed and a share of the tip, rounded up, its tax within', () => {
  const fee = (amount: bigint) => quoteOf(pack('DE'), amount).fee.amount;
  // 0.25 + 2.9 %: 1.00 → 0.25 + 0.029 → 0.28; 5.00 → 0.25 + 0.145 → 0.40; 100.00 → 0.25 + 2.90 = 3.15
  assert.deepEqual([fee(100n), fee(500n), fee(10_000n)], [28n, 40n, 315n]);
});
