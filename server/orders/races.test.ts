import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkInvariants } from '../ledger/index.ts';
import { sandboxOf, settled, sweepPayments } from '../payments/index.ts';
import { openHouse } from '../test/harness.ts';
import { ask, availableOf, openBuyer, openShop, order } from '../test/shop.ts';

test('many buyers at once', async (t) => {
  const house = await openHouse(t);
  t.afterEach(async () => assert.deepEqual(await checkInvariants(house.ctx.db.q), []));

  await t.test('B1: 300 requests for 40 units: exactly 40 are paid, the rest refused before any charge', async () => {
    const shop = await openShop(house, [40]);
    const buyers = await Promise.all(Array.from({ length: 60 }, () => openBuyer(house)));
    const all = await Promise.all(
      buyers.flatMap((buyer) => Array.from({ length: 5 }, () => order(buyer, shop.variant_ids[0]!))),
    );
    assert.equal(all.filter((answer) => answer.body.state === 'paid').length, 40);
    const refused = all.filter((answer) => answer.status !== 201);
    assert.ok(refused.every((answer) => answer.status === 409 && answer.body.code === 'sold_out'));
    assert.deepEqual(await availableOf(shop), [0]);
    const { rows } = await house.ctx.db.pool.query('select count(*)::int as n from payment_attempts');
    assert.equal(rows[0].n, 40, 'nobody who got nothing was charged');
  });

  await t.test('A6: carts with their lines in opposite order, one variant twice: no deadlock, no 5xx', async () => {
    const shop = await openShop(house, [500, 500]);
    const [a, b] = shop.variant_ids as [string, string];
    const buyers = await Promise.all(Array.from({ length: 10 }, () => openBuyer(house)));
    const cart = (buyer: (typeof buyers)[number], ids: string[]) =>
      ask(buyer.person, 'POST', '/orders', {
        lines: ids.map((variant_id) => ({ variant_id, quantity: 1 })),
        address_id: buyer.address_id,
        method_id: buyer.method_id,
        expected_total: { amount: String(1900 * ids.length + 490), currency: 'EUR' },
      });
    const carts = [
      [a, b],
      [b, a],
      [a, a],
      [b, a, b],
    ];
    const all = await Promise.all(buyers.flatMap((buyer) => carts.map((ids) => cart(buyer, ids))));
    assert.deepEqual([...new Set(all.map((answer) => answer.body.state))], ['paid']);
    assert.deepEqual(await availableOf(shop), [500 - 50, 500 - 40]);
  });

  await t.test(
    'A13: the client’s completion, the webhook and the sweep at the same instant: one order, one capture',
    async () => {
      const shop = await openShop(house, [30]);
      const buyers = await Promise.all(Array.from({ length: 6 }, () => openBuyer(house, 'bank_step')));
      const orders = await Promise.all(
        buyers.flatMap((buyer) => Array.from({ length: 5 }, () => order(buyer, shop.variant_ids[0]!))),
      );
      const { rows } = await house.ctx.db.pool.query<{ attempt_id: string; thing_id: string }>(
        `select attempt_id, thing_id from payment_attempts where state = 'requires_action'`,
      );
      assert.equal(rows.length, orders.length);
      const bank = sandboxOf(house.ctx);
      await bank.settings({ hold: true });
      await Promise.all(rows.map(({ attempt_id }) => bank.play(attempt_id, 'approve')));
      house.clock.advance(61_000);
      // The barrier: held webhooks leave while the sweep and impatient clients ask.
      await Promise.all([bank.settings({ hold: false }), sweepPayments(house.ctx), sweepPayments(house.ctx)]);
      await settled(house.ctx);
      await sweepPayments(house.ctx);
      const paid = await house.ctx.db.pool.query(
        `select count(*)::int as n, count(distinct ref)::int as refs from ledger.transfers where code = 'order.paid'
       and ref = any($1::uuid[])`,
        [rows.map((row) => row.thing_id)],
      );
      assert.deepEqual(paid.rows[0], { n: 30, refs: 30 });
      assert.deepEqual(await availableOf(shop), [0]);
    },
  );
});
