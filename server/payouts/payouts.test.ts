import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settleDue } from '../gifts/index.ts';
import { toWire } from '../kernel/ids.ts';
import { ask, buyCoins } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';

const house = await openHouse(test);
const EUR = (amount: number) => ({ amount: String(amount), currency: 'EUR' });

test('who has earned nothing sees nothing, in the currency of their market', async () => {
  const { body } = await ask(await house.person(), 'GET', '/payouts/earnings');
  assert.deepEqual(body.balances, [{ pending: EUR(0), available: EUR(0), owed: EUR(0), netted: EUR(0) }]);
  assert.equal(body.waiting_coins, '0');
});

test('every figure opens: balance → day → line → gift with its transfers, and each adds up', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  await buyCoins(ada, 71n);
  const receiver_id = toWire('person', bob.person_id);
  for (const count of [1, 20, 50]) await ask(ada, 'POST', '/gifts', { gift: 'rose', count, receiver_id });
  assert.equal((await ask(bob, 'GET', '/payouts/earnings')).body.waiting_coins, '71');
  house.clock.advance(14 * 86_400_000);
  await settleDue(house.ctx, house.clock.now());
  const earnings = (await ask(bob, 'GET', '/payouts/earnings')).body;
  assert.deepEqual([earnings.balances[0].pending, earnings.waiting_coins], [EUR(42), '0']);
  const [day] = (await ask(bob, 'GET', '/payouts/earnings/days')).body.items;
  assert.deepEqual([day.source, day.gifts, day.coins, day.total, day.creator], ['gifts', 3, '71', EUR(99), EUR(42)]);
  const lines = (await ask(bob, 'GET', `/payouts/earnings/days/${day.day_on}`)).body.items;
  const sum = (of: string) =>
    lines.reduce((a: bigint, one: Record<string, { amount: string }>) => a + BigInt(one[of]!.amount), 0n);
  assert.deepEqual([sum('creator'), sum('platform'), sum('vat'), sum('total')], [42n, 41n, 16n, 99n]);
  assert.deepEqual(lines[0].lot.coins, '71');
  for (const { gift_id, creator } of lines) {
    const { transfers } = (await ask(bob, 'GET', `/gifts/${gift_id}`)).body;
    const paid = transfers.filter((one: { credit: string }) => one.credit === 'payable.pending');
    assert.equal(
      paid.reduce((a: bigint, one: { amount: string }) => a + BigInt(one.amount), 0n),
      BigInt(creator.amount),
    );
  }
});

test("nobody sees another's earnings", async () => {
  const eve = await house.person();
  assert.deepEqual((await ask(eve, 'GET', '/payouts/earnings/days')).body.items, []);
});
