import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { inTx } from '../kernel/db.ts';
import { deriveId, fromWire } from '../kernel/ids.ts';
import { checkInvariants } from '../ledger/index.ts';
import { openHouse } from '../test/harness.ts';
import { ask, availableOf, openBuyer, openShop, order, orderNow } from '../test/shop.ts';
import { webhookSecret } from './desk.ts';
import { findAttempts, refund, sandboxOf, settled, sweepPayments, sweepWebhooks } from './index.ts';
import { signWebhook } from './standard_webhooks.ts';

test('payments', async (t) => {
  const house = await openHouse(t);
  const { ctx } = house;
  t.afterEach(async () => assert.deepEqual(await checkInvariants(ctx.db.q), []));

  async function attemptOf(order_id: string) {
    const [attempt] = await findAttempts(ctx.db.pool, [fromWire('order', order_id)]);
    return attempt!;
  }

  /** How often the provider charged anybody, by its own books. */
  const chargesAtProvider = (): number => {
    const journal = readFileSync(join(ctx.config.data_dir, 'sandbox/journal.jsonl'), 'utf8');
    return new Set(journal.match(/"id":"ch_[^"]*"/g)).size;
  };

  const deliver = (body: string, headers: object) =>
    fetch(`${house.url}/api/payments/webhooks/sandbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  await t.test('C1: a replay inside five minutes changes nothing, beyond them it is refused', async () => {
    const shop = await openShop(house, [2]);
    const buyer = await openBuyer(house, 'bank_step');
    const { body } = await order(buyer, shop.variant_ids[0]!);
    const { attempt_id, amount_minor } = await attemptOf(body.order_id);
    const bank = sandboxOf(ctx);
    await bank.settings({ hold: true });
    await bank.play(attempt_id, 'approve');
    const charge = {
      reference: attempt_id,
      purpose: 'order',
      version: 2,
      status: 'captured',
      currency: 'EUR',
      fee: '60',
    };
    const text = JSON.stringify({ charge: { ...charge, amount: String(amount_minor) } });
    const signed = signWebhook(webhookSecret(ctx), 'evt_mine', ctx.clock.now(), text);
    for (let n = 0; n < 3; n++) assert.equal((await deliver(text, signed)).status, 204);
    assert.equal((await orderNow(house, buyer, body.order_id)).state, 'paid');
    house.clock.advance(5 * 60_000 + 1_000);
    const late = await deliver(text, signed);
    assert.equal(late.status, 400);
    assert.equal((await late.json()).detail, 'timestamp_too_far');
    assert.deepEqual(await availableOf(shop), [1]);
    await bank.settings({ hold: false });
  });

  await t.test('C2: nothing that is not signed is read', async () => {
    const signed = signWebhook('whsec_c3RvbGVu', 'evt_forged', ctx.clock.now(), '{}');
    assert.equal((await deliver('{}', signed)).status, 400);
    assert.equal((await deliver('{}', {})).status, 400);
    assert.equal((await deliver('x'.repeat(70_000), signed)).status, 413);
    const { rows } = await ctx.db.pool.query(`select 1 from payment_webhooks where event_id = 'evt_forged'`);
    assert.equal(rows.length, 0);
  });

  await t.test('C5: an event that was stored and then lost in a crash is processed by the sweep', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house, 'bank_step');
    const { body } = await order(buyer, shop.variant_ids[0]!);
    const { attempt_id, amount_minor } = await attemptOf(body.order_id);
    await sandboxOf(ctx).settings({ hold: true });
    await sandboxOf(ctx).play(attempt_id, 'approve');
    const charge = {
      reference: attempt_id,
      purpose: 'order',
      version: 2,
      status: 'captured',
      currency: 'EUR',
      fee: '60',
    };
    await ctx.db.pool.query(
      `insert into payment_webhooks (provider, event_id, body, received_at) values ('sandbox', 'evt_lost', $1, $2)`,
      [JSON.stringify({ charge: { ...charge, amount: String(amount_minor) } }), ctx.clock.now()],
    );
    house.clock.advance(10_000);
    assert.ok((await sweepWebhooks(ctx)) >= 1);
    assert.equal((await orderNow(house, buyer, body.order_id)).state, 'paid');
    await sandboxOf(ctx).settings({ hold: false });
  });

  await t.test('C3: the noisy card’s events, doubled and out of order, end in one paid order', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house, 'noisy');
    const { body } = await order(buyer, shop.variant_ids[0]!);
    // All four reports, of which two are doubles.
    for (let heard = 0; heard < 2; await wait(20)) {
      const { rowCount } = await ctx.db.pool.query(
        'select from payment_webhooks where processed_at is not null and body like $1',
        [`%${(await attemptOf(body.order_id)).attempt_id}%`],
      );
      heard = rowCount ?? 0;
    }
    const now = await orderNow(house, buyer, body.order_id);
    assert.equal(now.state, 'paid');
    assert.equal((await attemptOf(body.order_id)).provider_version, 2);
  });

  await t.test('A16: partial refunds racing give back no more than was captured', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house);
    const { body } = await order(buyer, shop.variant_ids[0]!);
    const { attempt_id } = await attemptOf(body.order_id);
    const partial = (n: number) =>
      inTx(ctx.db, (tx) =>
        refund(tx, ctx, { refund_id: deriveId(attempt_id, n), attempt_id, amount: 900n, reason: 'scratched' }),
      );
    const all = await Promise.allSettled([1, 2, 3, 4, 1, 2].map(partial));
    const given = all.filter((one) => one.status === 'fulfilled').length;
    assert.ok(given >= 2 && given <= 4, 'two of 9.00 fit into 23.90, and asking twice for one is one');
    await settled(ctx);
    const { refunded_minor, state } = await attemptOf(body.order_id);
    assert.equal(refunded_minor, 1800n);
    assert.equal(state, 'captured', 'a partial refund leaves it paid');
    await ask(buyer.person, 'POST', `/orders/${body.order_id}/cancel`);
    await settled(ctx);
    assert.equal((await attemptOf(body.order_id)).state, 'refunded');
  });

  await t.test(
    'A15: when the provider has forgotten our key, it is asked by our reference and never charged again',
    async () => {
      const shop = await openShop(house, [3]);
      const before = chargesAtProvider();
      for (const card of ['charged_500', 'ok'] as const) {
        const buyer = await openBuyer(house, card);
        const key = `an-old-key-of-${card}`;
        await sandboxOf(ctx).settings({ hold: true });
        const { body } = await order(buyer, shop.variant_ids[0]!, { key });
        house.clock.advance(25 * 3_600_000);
        const again = await order(buyer, shop.variant_ids[0]!, { key });
        assert.equal(again.body.order_id, body.order_id);
        await sweepPayments(ctx);
        assert.equal((await orderNow(house, buyer, body.order_id)).state, 'paid');
        await sandboxOf(ctx).settings({ hold: false });
      }
      assert.equal(chargesAtProvider() - before, 2, 'each was charged once');
    },
  );

  await t.test('I7: a refund that the provider refuses is asked for again, and at last shown to finance', async () => {
    const shop = await openShop(house, [2]);
    const [buyer, finance] = [await openBuyer(house), await house.person({ roles: ['finance'] })];
    const refused = async () => (await ask(finance, 'GET', '/payments/refunds')).body.items;
    const pass = async (ms: number) => {
      house.clock.advance(ms);
      await sweepPayments(ctx);
      await settled(ctx);
    };
    const cancelled = async () => {
      const { body } = await order(buyer, shop.variant_ids[0]!);
      await ask(buyer.person, 'POST', `/orders/${body.order_id}/cancel`);
      await settled(ctx);
      return body.order_id;
    };
    // Twice, then the provider has the money again: nobody has to do anything.
    await sandboxOf(ctx).settings({ refuse_refunds: 2 });
    const passing = await cancelled();
    assert.deepEqual(
      (await refused()).map((one: { state: string; tries: number }) => [one.state, one.tries]),
      [['retrying', 1]],
    );
    await pass(60_000);
    assert.equal((await refused())[0].tries, 1, 'not before its time');
    await pass(10 * 60_000);
    assert.equal((await refused())[0].tries, 2);
    await pass(3_600_000);
    assert.deepEqual(await refused(), []);
    assert.equal((await attemptOf(passing)).state, 'refunded');
    // For good: it stays on finance's desk until a person asks once more.
    await sandboxOf(ctx).settings({ refuse_refunds: 5 });
    const stuck = await cancelled();
    for (const hours of [1, 2, 7, 25, 100]) await pass(hours * 3_600_000);
    const [{ refund_id, state, tries, amount, next_try_at }] = await refused();
    assert.deepEqual([state, tries, amount, next_try_at], ['refused', 5, { amount: '2390', currency: 'EUR' }, null]);
    assert.equal((await attemptOf(stuck)).state, 'refund_due', 'it is still owed');
    assert.equal((await ask(buyer.person, 'POST', `/payments/refunds/${refund_id}/retry`)).status, 403);
    const retries = await Promise.all([1, 2].map(() => ask(finance, 'POST', `/payments/refunds/${refund_id}/retry`)));
    assert.deepEqual(retries.map(({ status }) => status).toSorted(), [200, 409]);
    await settled(ctx);
    assert.deepEqual(await refused(), []);
    assert.equal((await attemptOf(stuck)).state, 'refunded');
  });

  await t.test('A11: the shop dies after the provider captured: the attempt is found again and completed', async () => {
    const shop = await openShop(house, [1]);
    const buyer = await openBuyer(house, 'slow');
    await sandboxOf(ctx).settings({ slow_ms: 60_000, hold: true });
    const before = chargesAtProvider();
    const answer = order(buyer, shop.variant_ids[0]!);
    for (let tries = 0; chargesAtProvider() === before; tries++) {
      assert.ok(tries < 3_000);
      await wait(10);
    }
    process.kill(await sandboxOf(ctx).pid(), 'SIGKILL');
    const { status, body } = await answer;
    assert.equal(status, 202, 'nobody knows yet');
    house.clock.advance(60_000);
    await sweepPayments(ctx);
    assert.equal((await orderNow(house, buyer, body.order_id)).state, 'paid');
  });
});
