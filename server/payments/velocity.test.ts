/** FAULTS B16: stolen cards are tried out with many small charges. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pack, priceOf } from '../markets/index.ts';
import { ask, buyCoins, type Reply, storeCard } from '../test/coins.ts';
import { type House, openHouse } from '../test/harness.ts';
import { openBuyer, openShop, order } from '../test/shop.ts';
import { settled } from './index.ts';
import { BREAKER, MOST_CARDS, MOST_DECLINED, MOST_TOP_UPS } from './velocity.ts';

type Person = Awaited<ReturnType<House['person']>>;
const HOUR = 3_600_000;

async function tester(house: House, card = 'declined') {
  const person = await house.person();
  return { person, method_id: await storeCard(person, card) };
}

/** The smallest pack there is. */
function tryCard({ person, method_id }: { person: Person; method_id: string }): Promise<Reply> {
  const { amount, currency } = priceOf(pack('DE'), 100n);
  const order = { coins: '100', total: { amount: String(amount), currency }, method_id, confirmed: true };
  return ask(person, 'POST', '/wallet/top-ups', order);
}

const attemptsOf = async (house: House, { person_id }: Person): Promise<number> => {
  const found = await house.ctx.db.pool.query('select from payment_attempts where person_id = $1', [person_id]);
  return found.rowCount ?? 0;
};

test('B16: after five declined cards an account asks no provider for an hour, for coins, tips or goods', async (t) => {
  const house = await openHouse(t);
  const bot = await tester(house);
  for (let n = 0; n < MOST_DECLINED; n += 1) {
    assert.equal((await tryCard(bot)).body.state, 'failed');
    house.clock.advance(60_000);
  }
  const good = { person: bot.person, method_id: await storeCard(bot.person) };
  const refused = await tryCard(good);
  assert.deepEqual([refused.status, refused.body.code, refused.body.money_moved], [429, 'declined_often', false]);
  const shop = await openShop(house, [5]);
  const { address_id } = await openBuyer(house);
  assert.equal((await order({ ...good, address_id }, shop.variant_ids[0] as string)).body.code, 'declined_often');
  assert.equal(await attemptsOf(house, bot.person), MOST_DECLINED, 'the provider heard of no further card');
  house.clock.advance(HOUR);
  assert.equal((await tryCard(good)).body.state, 'paid');
});

test('B16: fifty small packs at once: an account begins twenty within an hour', async (t) => {
  const house = await openHouse(t);
  const bot = await tester(house, 'ok');
  const all = await Promise.all(Array.from({ length: 50 }, () => tryCard(bot)));
  await settled(house.ctx);
  const refused = all.filter(({ status, body }) => status === 429 && body.code === 'payments_often');
  assert.deepEqual([refused.length, await attemptsOf(house, bot.person)], [50 - MOST_TOP_UPS, MOST_TOP_UPS]);
});

test('B16: ten cards a day, deleted ones too', async (t) => {
  const house = await openHouse(t);
  const bot = await house.person();
  for (let n = 0; n < MOST_CARDS; n += 1) {
    const method_id = await storeCard(bot);
    await ask(bot, 'DELETE', `/payment-methods/${method_id}`);
  }
  const store = () => ask(bot, 'POST', '/payment-methods', { card: 'ok' });
  const refused = await store();
  assert.deepEqual([refused.status, refused.body.code], [429, 'methods_often']);
  house.clock.advance(24 * HOUR);
  assert.equal((await store()).status, 201);
});

test('B16: many new accounts with declined cards: first payments pause for all, customers go on', async (t) => {
  const house = await openHouse(t);
  const customer = await house.person();
  await buyCoins(customer, 100n);
  const bots = await Promise.all(Array.from({ length: BREAKER.declined }, () => tester(house)));
  for (const bot of bots) assert.equal((await tryCard(bot)).body.state, 'failed');
  const newcomer = await tester(house, 'ok');
  const refused = await tryCard(newcomer);
  assert.deepEqual([refused.status, refused.body.code], [503, 'payments_paused']);
  assert.equal(await attemptsOf(house, newcomer.person), 0);
  await buyCoins(customer, 100n);
  house.clock.advance(BREAKER.window_ms);
  assert.equal((await tryCard(newcomer)).body.state, 'paid');
});

test('B16: where most charges succeed, as many declined ones stop nobody', async (t) => {
  const house = await openHouse(t);
  const people = await Promise.all(Array.from({ length: BREAKER.declined }, () => tester(house, 'ok')));
  for (const person of people) assert.equal((await tryCard(person)).body.state, 'paid');
  const bots = await Promise.all(Array.from({ length: BREAKER.declined }, () => tester(house)));
  for (const bot of bots) await tryCard(bot);
  assert.equal((await tryCard(await tester(house, 'ok'))).body.state, 'paid');
});
