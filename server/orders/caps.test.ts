/** FAULTS B3: goods are held without paying. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintId } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { ask, availableOf, type Buyer, openBuyer, openShop, order } from '../test/shop.ts';
import { MOST_HELD, MOST_LET_GO, MOST_UNITS, RESERVED_MS } from './caps.ts';
import { expireReservations } from './index.ts';

const house = await openHouse(test);
const tally = (answers: { status: number; body: { code?: string } }[]) =>
  Object.fromEntries(
    Map.groupBy(answers, ({ status, body }) => `${status} ${body.code ?? ''}`.trim())
      .entries()
      .map(([name, same]) => [name, same.length]),
  );

test('B3: a bot orders thirty times at once and pays nothing: it holds ten orders, others buy the rest', async () => {
  const [bot, ada] = [await openBuyer(house, 'bank_step'), await openBuyer(house)];
  const shop = await openShop(house, [20, 20, 20]);
  // Of three products, so that no lock of one stock row makes them wait for each other.
  const tries = Array.from({ length: 30 }, (_, i) => order(bot, shop.variant_ids[i % 3] as string));
  const all = tally(await Promise.all(tries));
  assert.deepEqual(all, { '201': MOST_HELD, '409 held_much': 30 - MOST_HELD });
  assert.equal(
    (await availableOf(shop)).reduce((a, b) => a + b),
    60 - MOST_HELD,
  );
  assert.equal((await order(ada, shop.variant_ids[0] as string)).body.state, 'paid');
  const { rows } = await house.ctx.db.pool.query<{ n: number }>(
    `select count(*)::int as n from payment_attempts where state = 'requires_action'`,
  );
  assert.equal(rows[0]?.n, MOST_HELD, 'the provider was asked for no other');
});

test('B3: of one variant an account holds twenty units, over however many orders and lines', async () => {
  const [bot, ada] = [await openBuyer(house, 'bank_step'), await openBuyer(house)];
  const shop = await openShop(house, [50]);
  const [variant_id] = shop.variant_ids as [string];
  const want = (buyer: Buyer, ...quantities: number[]) =>
    ask(buyer.person, 'POST', '/orders', {
      lines: quantities.map((quantity) => ({ variant_id, quantity })),
      address_id: buyer.address_id,
      method_id: buyer.method_id,
      expected_total: { amount: String(1900 * quantities.reduce((a, b) => a + b) + 490), currency: 'EUR' },
    });
  const two_lines = await want(bot, MOST_UNITS, 1);
  assert.deepEqual([two_lines.status, two_lines.body.code], [409, 'held_much']);
  assert.deepEqual([two_lines.body.variant_id, two_lines.body.money_moved], [variant_id, false]);
  assert.equal((await want(bot, MOST_UNITS - 2)).status, 201);
  assert.deepEqual(tally(await Promise.all([want(bot, 2), want(bot, 2), want(bot, 2)])), {
    '201': 1,
    '409 held_much': 2,
  });
  assert.deepEqual(await availableOf(shop), [50 - MOST_UNITS]);
  // What is paid is not held: whoever pays may buy on.
  for (let i = 0; i < 2; i += 1) assert.equal((await want(ada, 15)).body.state, 'paid');
});

test('B3: a reservation is never extended, and whoever lets five run out holds nothing more that day', async () => {
  const bot = await openBuyer(house, 'bank_step');
  const shop = await openShop(house, [3]);
  const [variant_id] = shop.variant_ids as [string];
  for (let n = 0; n < MOST_LET_GO; n += 1) {
    const key = mintId();
    const { status, body } = await order(bot, variant_id, { quantity: 3, key });
    assert.equal(status, 201);
    assert.equal(Date.parse(body.reserved_until), house.clock.now().getTime() + RESERVED_MS);
    if (n === 0) await ask(bot.person, 'POST', `/orders/${body.order_id}/cancel`);
    house.clock.advance(RESERVED_MS - 1_000);
    const again = await order(bot, variant_id, { quantity: 3, key });
    assert.equal(again.body.reserved_until, n === 0 ? null : body.reserved_until, 'asking again moves nothing');
    house.clock.advance(1_000);
    await expireReservations(house.ctx);
    assert.deepEqual(await availableOf(shop), [3]);
  }
  const refused = await order(bot, variant_id);
  assert.deepEqual([refused.status, refused.body.code], [429, 'held_often']);
  assert.deepEqual(await availableOf(shop), [3]);
  house.clock.advance(86_400_000);
  assert.equal((await order(bot, variant_id)).status, 201);
});
