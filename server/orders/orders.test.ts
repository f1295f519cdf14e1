import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromWire, toWire } from '../kernel/ids.ts';
import { accountId, balances, checkInvariants } from '../ledger/index.ts';
import { sandboxOf, settled, sweepPayments } from '../payments/index.ts';
import { openHouse } from '../test/harness.ts';
import { ask, availableOf, openBuyer, openShop, order, orderNow } from '../test/shop.ts';
import { expireReservations } from './index.ts';

test('orders', async (t) => {
  const house = await openHouse(t);
  t.afterEach(async () => assert.deepEqual(await checkInvariants(house.ctx.db.q), []));
  const MINUTE = 60_000;

  await t.test('a quote names every part of the total, reckoned by the server', async () => {
    const shop = await openShop(house, [3]);
    const buyer = await openBuyer(house);
    const lines = [{ variant_id: shop.variant_ids[0], quantity: 2 }];
    const quoted = await ask(buyer.person, 'POST', '/orders/quote', { lines });
    assert.equal(quoted.status, 200);
    assert.equal(quoted.body.total.amount, '4290');
    assert.equal(quoted.body.vat.amount, '685', '19 % within 38.00 and within 4.90');
    assert.equal(quoted.body.short, null);
  });

  await t.test('across a block nothing is for sale, whoever blocked; nothing is reserved or charged', async () => {
    const shop = await openShop(house, [3]);
    const [buyer, other] = [await openBuyer(house), await openBuyer(house)];
    const id = (person: { person_id: string }) => toWire('person', person.person_id);
    await ask(shop.seller, 'PUT', `/people/${id(buyer.person)}/block`);
    await ask(other.person, 'PUT', `/people/${id(shop.seller)}/block`);
    for (const blocked of [buyer, other]) {
      const answer = await order(blocked, shop.variant_ids[0]!);
      assert.equal(answer.body.code, 'not_for_sale', JSON.stringify(answer.body));
      const lines = [{ variant_id: shop.variant_ids[0], quantity: 1 }];
      assert.equal((await ask(blocked.person, 'POST', '/orders/quote', { lines })).body.code, 'not_for_sale');
    }
    assert.deepEqual(await availableOf(shop), [3]);
    assert.equal((await order(await openBuyer(house), shop.variant_ids[0]!)).status, 201, 'others go on buying');
  });

  await t.test('A9: a client that sends a price is refused', async () => {
    const shop = await openShop(house, [3]);
    const buyer = await openBuyer(house);
    const lines = [{ variant_id: shop.variant_ids[0], quantity: 1, price: { amount: '1', currency: 'EUR' } }];
    assert.equal((await ask(buyer.person, 'POST', '/orders/quote', { lines })).status, 400);
    const cheap = await order(buyer, shop.variant_ids[0]!, { total: { amount: '1', currency: 'EUR' } });
    assert.equal(cheap.body.code, 'total_changed');
    assert.deepEqual(await availableOf(shop), [3]);
  });

  await t.test(
    'A10: a price that changed meanwhile is answered with the new total, and nothing is charged',
    async () => {
      const shop = await openShop(house, [3]);
      const buyer = await openBuyer(house);
      const variants = [{ variant_id: shop.variant_ids[0], option_values: ['Colour 0'], price: '2000' }];
      const dearer = { title: 'Mug', vat_class: 'standard', option_names: ['Colour'], variants };
      await ask(shop.seller, 'PUT', `/products/${shop.product_id}`, dearer);
      const refused = await order(buyer, shop.variant_ids[0]!);
      assert.equal(refused.status, 409);
      assert.equal(refused.body.code, 'total_changed');
      assert.deepEqual(refused.body.total, { amount: '2490', currency: 'EUR' });
      assert.equal(refused.body.money_moved, false);
      assert.equal((await order(buyer, shop.variant_ids[0]!, { total: refused.body.total })).body.state, 'paid');
    },
  );

  await t.test('A7: quantities of zero, less, half and as text are refused', async () => {
    const shop = await openShop(house, [3]);
    const buyer = await openBuyer(house);
    for (const quantity of [0, -1, 0.5, '1', 21, null]) {
      const lines = [{ variant_id: shop.variant_ids[0], quantity }];
      assert.equal((await ask(buyer.person, 'POST', '/orders/quote', { lines })).status, 400, String(quantity));
    }
  });

  await t.test('I4: the same key answers the same order as it stands; another body is refused', async () => {
    const shop = await openShop(house, [3]);
    const buyer = await openBuyer(house);
    const all = await Promise.all(
      Array.from({ length: 10 }, () => order(buyer, shop.variant_ids[0]!, { key: 'the-same-key' })),
    );
    assert.equal(new Set(all.map((answer) => answer.body.order_id)).size, 1);
    assert.deepEqual(await availableOf(shop), [2]);
    const other = await order(buyer, shop.variant_ids[0]!, { key: 'the-same-key', quantity: 2 });
    assert.equal(other.body.code, 'key_reused');
  });

  await t.test('paid, shipped, delivered, refunded: the ledger follows, and stock comes back', async () => {
    const shop = await openShop(house, [2]);
    const buyer = await openBuyer(house);
    const { body } = await order(buyer, shop.variant_ids[0]!);
    const pending = accountId(fromWire('merchant', shop.merchant_id), 'payable.pending', 'EUR');
    const earned = async () => (await balances(house.ctx.db.q, [pending])).get(pending);
    const step = (verb: string, what: object = {}) =>
      ask(shop.seller, 'POST', `/orders/${body.order_id}/${verb}`, verb === 'deliver' ? undefined : what);
    assert.equal((await step('deliver')).body.code, 'order_state', 'not before it is shipped');
    assert.equal((await step('ship', { tracking: 'X 1' })).body.state, 'shipped');
    assert.equal(await earned(), 2350n, '23.90 less 1.8 % of 19.00 and the VAT on it');
    assert.equal((await step('ship')).body.code, 'order_state', 'not twice');
    assert.equal((await step('deliver')).body.state, 'delivered');
    assert.equal((await step('refund')).body.state, 'refunded');
    assert.equal((await step('refund')).body.code, 'order_state');
    const after = await orderNow(house, buyer, body.order_id);
    assert.equal(after.payment.state, 'refunded');
    assert.ok(after.refunded_at);
    assert.deepEqual(await availableOf(shop), [2]);
    assert.equal(await earned(), 0n);
  });

  await t.test('a paid order can be cancelled by its buyer, and the money goes back', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house);
    const { body } = await order(buyer, shop.variant_ids[0]!);
    const cancelled = await ask(buyer.person, 'POST', `/orders/${body.order_id}/cancel`);
    assert.equal(cancelled.body.state, 'cancelled');
    assert.equal((await orderNow(house, buyer, body.order_id)).payment.state, 'refunded');
    assert.deepEqual(await availableOf(shop), [1]);
  });

  await t.test('strangers see nothing, and may do nothing', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house);
    const stranger = await house.person();
    const { body } = await order(buyer, shop.variant_ids[0]!);
    for (const verb of ['cancel', 'ship', 'deliver', 'refund']) {
      const what = verb === 'ship' || verb === 'refund' ? {} : undefined;
      assert.equal((await ask(stranger, 'POST', `/orders/${body.order_id}/${verb}`, what)).status, 404);
    }
    assert.equal((await ask(buyer.person, 'POST', `/orders/${body.order_id}/ship`, {})).body.code, 'forbidden');
    assert.equal((await ask(stranger, 'GET', `/orders/${body.order_id}`)).status, 404);
    assert.equal((await ask(stranger, 'GET', '/orders')).body.items.length, 0);
  });

  await t.test('another’s card and address are unknown', async () => {
    const shop = await openShop(house, [1]);
    const [one, two] = [await openBuyer(house), await openBuyer(house)];
    assert.equal((await order({ ...one, method_id: two.method_id }, shop.variant_ids[0]!)).body.code, 'method_unknown');
    assert.equal(
      (await order({ ...one, address_id: two.address_id }, shop.variant_ids[0]!)).body.code,
      'address_unknown',
    );
  });

  await t.test('a declined card frees the units at once, and says why', async () => {
    const shop = await openShop(house, [1]);
    const { body } = await order(await openBuyer(house, 'insufficient_funds'), shop.variant_ids[0]!);
    assert.equal(body.state, 'cancelled');
    assert.equal(body.payment.decline_code, 'insufficient_funds');
    assert.deepEqual(await availableOf(shop), [1]);
  });

  await t.test('the bank step is a state: approved at the bank, paid here', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house, 'bank_step');
    const { body, status } = await order(buyer, shop.variant_ids[0]!);
    assert.equal(status, 201);
    assert.equal(body.payment.state, 'requires_action');
    assert.deepEqual(await availableOf(shop), [0], 'held meanwhile');
    const page = await fetch(`${house.url}${body.payment.action_url}`, { headers: { 'accept-language': 'de' } });
    assert.match(await page.text(), /Demogeld/);
    const form = { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) };
    assert.equal((await fetch(`${house.url}${body.payment.action_url}`, form)).status, 200);
    house.clock.advance(MINUTE);
    await sweepPayments(house.ctx);
    assert.equal((await orderNow(house, buyer, body.order_id)).state, 'paid');
  });

  await t.test('A14: charged and answered 500: 202, unknown, never a second attempt; the sweep finds it', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house, 'charged_500');
    await sandboxOf(house.ctx).settings({ hold: true });
    const { body, status } = await order(buyer, shop.variant_ids[0]!, { key: 'charged-500-key' });
    assert.equal(status, 202);
    assert.equal(body.payment.state, 'unknown');
    const again = await order(buyer, shop.variant_ids[0]!, { key: 'charged-500-key' });
    assert.equal(again.body.order_id, body.order_id, 'a retry is the same order and the same attempt');
    house.clock.advance(MINUTE);
    assert.ok((await sweepPayments(house.ctx)) > 0);
    assert.equal((await orderNow(house, buyer, body.order_id)).state, 'paid');
    await sandboxOf(house.ctx).settings({ hold: false });
    await settled(house.ctx);
  });

  await t.test('B4: paid after the reservation ran out: taken again while there is stock', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house, 'bank_step');
    const { body } = await order(buyer, shop.variant_ids[0]!);
    const attempt = await attemptOf(body.order_id);
    await sandboxOf(house.ctx).settings({ hold: true });
    await sandboxOf(house.ctx).play(attempt, 'approve');
    house.clock.advance(16 * MINUTE);
    assert.equal(await expireReservations(house.ctx), 1);
    assert.equal((await orderNow(house, buyer, body.order_id)).state, 'paid');
    assert.deepEqual(await availableOf(shop), [0]);
    await sandboxOf(house.ctx).settings({ hold: false });
  });

  await t.test(
    'B4: paid after the reservation ran out and another took the last unit: the money goes back',
    async () => {
      const shop = await openShop(house, [1]);
      const slow = await openBuyer(house, 'bank_step');
      const { body } = await order(slow, shop.variant_ids[0]!);
      await sandboxOf(house.ctx).settings({ hold: true });
      house.clock.advance(16 * MINUTE);
      await sandboxOf(house.ctx).play(await attemptOf(body.order_id), 'approve');
      const expired = expireReservations(house.ctx);
      const quick = await openBuyer(house);
      let got = await order(quick, shop.variant_ids[0]!);
      await expired;
      if (got.status !== 201) got = await order(quick, shop.variant_ids[0]!);
      await sandboxOf(house.ctx).settings({ hold: false });
      const slowly = await orderNow(house, slow, body.order_id);
      const states = [slowly.state, got.body.state ?? got.body.code].sort();
      assert.ok(['cancelled,paid', 'paid,sold_out'].includes(states.join()), states.join());
      assert.deepEqual(await availableOf(shop), [0], 'one unit, one buyer');
      if (slowly.state === 'cancelled') assert.equal(slowly.payment.state, 'refunded');
    },
  );

  await t.test(
    'B5: expiry run twice and a payment at the same moment: one wins, stock is freed at most once',
    async () => {
      const shop = await openShop(house, [4]);
      const buyers = await Promise.all(Array.from({ length: 4 }, () => openBuyer(house, 'bank_step')));
      const orders = await Promise.all(buyers.map((buyer) => order(buyer, shop.variant_ids[0]!)));
      house.clock.advance(15 * MINUTE);
      const approvals = orders.map(async ({ body }) =>
        sandboxOf(house.ctx).play(await attemptOf(body.order_id), 'approve'),
      );
      await Promise.all([
        ...approvals,
        expireReservations(house.ctx),
        expireReservations(house.ctx),
        sweepPayments(house.ctx),
      ]);
      await settled(house.ctx);
      const after = await Promise.all(orders.map(({ body }, i) => orderNow(house, buyers[i]!, body.order_id)));
      const paid = after.filter((now) => now.state === 'paid').length;
      assert.deepEqual(await availableOf(shop), [4 - paid]);
    },
  );

  await t.test('B6: the merchant counts stock during a sale: no update is lost, held units stay held', async () => {
    const shop = await openShop(house, [10]);
    const buyer = await openBuyer(house, 'bank_step');
    await order(buyer, shop.variant_ids[0]!, { quantity: 3 });
    const path = `/products/${shop.product_id}/variants/${shop.variant_ids[0]}/stock-changes`;
    const changes = await Promise.all([
      ask(shop.seller, 'POST', path, { change: -4 }),
      ask(shop.seller, 'POST', path, { change: 5 }),
      order(await openBuyer(house), shop.variant_ids[0]!),
    ]);
    assert.deepEqual(
      changes.map((change) => change.status),
      [201, 201, 201],
    );
    assert.deepEqual(await availableOf(shop), [7]);
    const tooFar = await ask(shop.seller, 'POST', path, { change: -8 });
    assert.equal(tooFar.body.code, 'stock_reserved');
  });

  await t.test('I7: a chargeback of a delivered order unwinds it to the cent', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house);
    const { body } = await order(buyer, shop.variant_ids[0]!);
    await ask(shop.seller, 'POST', `/orders/${body.order_id}/ship`, {});
    const attempt = await attemptOf(body.order_id);
    await sandboxOf(house.ctx).settings({ hold: true });
    await sandboxOf(house.ctx).play(attempt, 'chargeback');
    await sandboxOf(house.ctx).settings({ hold: false });
    await eventually(async () => (await orderNow(house, buyer, body.order_id)).payment.state === 'reversed');
    const after = await orderNow(house, buyer, body.order_id);
    assert.equal(after.state, 'refunded');
    assert.equal(after.reason, 'chargeback');
  });

  async function attemptOf(order_id: string): Promise<string> {
    const { rows } = await house.ctx.db.pool.query<{ attempt_id: string }>(
      'select attempt_id from orders where order_id = $1',
      [fromWire('order', order_id)],
    );
    return rows[0]!.attempt_id;
  }

  async function eventually(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail('it never came true');
  }
});
