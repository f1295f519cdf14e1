import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, sweepPayments } from '../payments/index.ts';
import { ask, buyCoins, chargeBack, coinsOf, storeCard } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';

const house = await openHouse(test);
const HOUR = 3_600_000;
const EUR = (amount: bigint | number) => ({ amount: String(amount), currency: 'EUR' });

test('a new wallet is empty and says what it is worth', async () => {
  const ada = await house.person();
  assert.deepEqual((await ask(ada, 'GET', '/wallet')).body, { coins: '0', worth: EUR(0) });
  assert.deepEqual((await ask(ada, 'GET', '/wallet/history')).body, { items: [], next: null });
});

test('70 coins for 0.98 EUR: a receipt with 0.16 VAT, a line of history, a lot', async () => {
  const ada = await house.person();
  const { lot_id } = await buyCoins(ada, 70n);
  assert.equal(await coinsOf(ada), 70n);
  const receipt = (await ask(ada, 'GET', `/wallet/receipts/${lot_id}`)).body;
  assert.deepEqual([receipt.total, receipt.net, receipt.vat, receipt.vat_bps], [EUR(98), EUR(82), EUR(16), 1900]);
  assert.deepEqual(
    receipt.seller,
    { name: 'Souk', address: '' },
    'the name of the instance until there is a legal one',
  );
  const boss = await house.person({ roles: ['operator'] });
  const legal = { legal_name: 'Marktplatz GmbH', legal_address: 'Weg 1\n10115 Berlin' };
  const set = await ask(boss, 'PUT', '/instance', { name: 'Basar', registration: 'open', ...legal });
  assert.equal(set.status, 200);
  const { seller } = (await ask(ada, 'GET', `/wallet/receipts/${lot_id}`)).body;
  assert.deepEqual(seller, { name: 'Marktplatz GmbH', address: 'Weg 1\n10115 Berlin' });
  const [line] = (await ask(ada, 'GET', '/wallet/history')).body.items;
  assert.deepEqual([line.kind, line.coins, line.balance, line.lot_id], ['bought', '70', '70', lot_id]);
  const [lot] = (await ask(ada, 'GET', '/wallet/lots')).body.items;
  assert.deepEqual([lot.unspent, lot.refund, lot.withdrawable], ['70', EUR(98), true]);
});

test('coins past half of what one may spend are asked about, and bought once that is confirmed', async () => {
  const ada = await house.person();
  const method_id = await storeCard(ada);
  const [key, order] = ['the-key-of-half', { coins: '4000', total: EUR(5600), method_id }];
  const asked = await ask(ada, 'POST', '/wallet/top-ups', order, key);
  assert.deepEqual([asked.status, asked.body.code, asked.body.limit], [409, 'spending_half', 'day']);
  assert.equal(await coinsOf(ada), 0n);
  const bought = await ask(ada, 'POST', '/wallet/top-ups', { ...order, confirmed: true }, key);
  assert.equal(bought.status, 201, JSON.stringify(bought.body));
  const more = await ask(ada, 'POST', '/wallet/top-ups', { coins: '70', total: EUR(98), method_id });
  assert.equal(more.status, 201, 'past half nobody is asked again');
});

test('another person sees neither receipt nor top-up nor withdrawal of mine', async () => {
  const [ada, eve] = [await house.person(), await house.person()];
  const { lot_id, top_up_id } = await buyCoins(ada, 70n);
  assert.equal((await ask(eve, 'GET', `/wallet/receipts/${lot_id}`)).status, 404);
  assert.equal((await ask(eve, 'GET', `/wallet/top-ups/${top_up_id}`)).status, 404);
  const shown = { coins: '70', amount: EUR(98) };
  assert.equal((await ask(eve, 'POST', `/wallet/lots/${lot_id}/withdrawal`, shown)).status, 404);
});

test("A29: what is missing below the provider's minimum is raised to it, and the rest stays", async () => {
  const ada = await house.person();
  const quote = (await ask(ada, 'GET', '/wallet/quote?need=5')).body;
  assert.deepEqual([quote.coins, quote.total, quote.remains, quote.raised], ['36', EUR(50), '31', true]);
  const exact = (await ask(ada, 'GET', '/wallet/quote?need=99')).body;
  assert.deepEqual([exact.coins, exact.total, exact.remains, exact.raised], ['99', EUR(139), '0', false]);
  const method_id = await storeCard(ada);
  const small = await ask(ada, 'POST', '/wallet/top-ups', { coins: '35', total: EUR(49), method_id });
  assert.deepEqual([small.status, small.body.code, small.body.minimum_coins], [409, 'top_up_too_small', '36']);
});

test('what is already there counts: the quote is for what is missing', async () => {
  const ada = await house.person();
  await buyCoins(ada, 70n);
  const quote = (await ask(ada, 'GET', '/wallet/quote?need=500')).body;
  assert.deepEqual([quote.coins, quote.remains], ['430', '0']);
});

test('A9, A10: another price than ours is refused and says which it is; nothing is charged', async () => {
  const ada = await house.person();
  const method_id = await storeCard(ada);
  const reply = await ask(ada, 'POST', '/wallet/top-ups', { coins: '70', total: EUR(1), method_id });
  assert.deepEqual([reply.status, reply.body.code, reply.body.total], [409, 'price_changed', EUR(98)]);
  assert.equal(await coinsOf(ada), 0n);
});

test('A7: hostile amounts are refused as a shape', async () => {
  const ada = await house.person();
  const method_id = await storeCard(ada);
  for (const coins of ['-1', '0', '1.5', 'NaN', '1e3', '99999999999999999999', '', ' 70', 70, null, ['70']]) {
    const reply = await ask(ada, 'POST', '/wallet/top-ups', { coins, total: EUR(98), method_id });
    assert.equal(reply.status, 400, `coins ${JSON.stringify(coins)}`);
  }
  const huge = await ask(ada, 'POST', '/wallet/top-ups', { coins: '9223372036854775807', total: EUR(98), method_id });
  assert.deepEqual([huge.status, huge.body.code], [409, 'top_up_too_large']);
  assert.equal(await coinsOf(ada), 0n);
});

test('a declined card leaves no coins and says why', async () => {
  const ada = await house.person();
  const method_id = await storeCard(ada, 'declined');
  const { body } = await ask(ada, 'POST', '/wallet/top-ups', { coins: '70', total: EUR(98), method_id });
  assert.deepEqual([body.state, body.payment.state, body.lot_id], ['failed', 'declined', null]);
  assert.ok(body.payment.decline_code);
  assert.equal(await coinsOf(ada), 0n);
});

test('a bank step is a state: 202 with the address, coins once it is confirmed', async () => {
  const ada = await house.person();
  const method_id = await storeCard(ada, 'bank_step');
  const started = await ask(ada, 'POST', '/wallet/top-ups', { coins: '70', total: EUR(98), method_id });
  assert.deepEqual([started.status, started.body.payment.state], [202, 'requires_action']);
  assert.ok(started.body.payment.action_url);
  await confirmAtBank(started.body.payment.action_url);
  assert.equal(await coinsOf(ada), 70n);
  const now = await ask(ada, 'GET', `/wallet/top-ups/${started.body.top_up_id}`);
  assert.deepEqual([now.body.state, now.body.payment.state], ['paid', 'captured']);
});

/** Says yes on the sandbox bank's page, then waits for its webhook or asks. */
async function confirmAtBank(action_url: string): Promise<void> {
  await fetch(new URL(action_url, house.url), { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) });
  house.clock.advance(61_000);
  await sweepPayments(house.ctx);
  await settled(house.ctx);
}

test('A1: the same key twice is one top-up, and a replay tells how it stands now', async () => {
  const ada = await house.person();
  const method_id = await storeCard(ada);
  const order = { coins: '70', total: EUR(98), method_id };
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => ask(ada, 'POST', '/wallet/top-ups', order, 'the-same-key')),
  );
  assert.deepEqual(new Set(replies.map(({ body }) => body.top_up_id)).size, 1);
  assert.equal(await coinsOf(ada), 70n);
  const later = await ask(ada, 'POST', '/wallet/top-ups', order, 'the-same-key');
  assert.deepEqual([later.body.state, later.replayed], ['paid', true]);
});

test('A2, A3: the same key for another order is refused; for another person it is another request', async () => {
  const [ada, eve] = [await house.person(), await house.person()];
  const [of_ada, of_eve] = [await storeCard(ada), await storeCard(eve)];
  const key = 'one-key-two-orders';
  await ask(ada, 'POST', '/wallet/top-ups', { coins: '70', total: EUR(98), method_id: of_ada }, key);
  const other = await ask(ada, 'POST', '/wallet/top-ups', { coins: '350', total: EUR(490), method_id: of_ada }, key);
  assert.deepEqual([other.status, other.body.code], [422, 'key_reused']);
  const hers = await ask(eve, 'POST', '/wallet/top-ups', { coins: '350', total: EUR(490), method_id: of_eve }, key);
  assert.equal(hers.status, 201);
  assert.deepEqual([await coinsOf(ada), await coinsOf(eve)], [70n, 350n]);
});

test('B20: a minor buys no coins, and neither does who has not said when they were born', async () => {
  for (const [born_on, code] of [
    ['2009-01-01', 'too_young'],
    [null, 'birth_date_missing'],
  ] as const) {
    const teen = await house.person({ born_on });
    const method_id = await storeCard(teen);
    const reply = await ask(teen, 'POST', '/wallet/top-ups', { coins: '70', total: EUR(98), method_id });
    assert.deepEqual([reply.status, reply.body.code], [403, code]);
  }
});

test("another person's card is not mine to use", async () => {
  const [ada, eve] = [await house.person(), await house.person()];
  const method_id = await storeCard(ada);
  const reply = await ask(eve, 'POST', '/wallet/top-ups', { coins: '70', total: EUR(98), method_id });
  assert.deepEqual([reply.status, reply.body.code], [404, 'method_unknown']);
});

test('the middle one of three lots is withdrawn: its money comes back, the others keep their place', async () => {
  const ada = await house.person();
  const lots = await buyInTurn(ada, [70n, 350n, 100n]);
  const middle = lots[1]!.lot_id;
  const path = `/wallet/lots/${middle}/withdrawal`;
  const wrong = await ask(ada, 'POST', path, { coins: '350', amount: EUR(489) });
  assert.deepEqual([wrong.status, wrong.body.code], [409, 'withdrawal_changed']);
  const reply = await ask(ada, 'POST', path, { coins: '350', amount: EUR(490) });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  assert.equal(await coinsOf(ada), 170n);
  await settled(house.ctx);
  const receipt = (await ask(ada, 'GET', `/wallet/withdrawals/${reply.body.withdrawal_id}`)).body;
  assert.deepEqual([receipt.state, receipt.amount, receipt.coins], ['refunded', EUR(490), '350']);
  const items = (await ask(ada, 'GET', '/wallet/lots')).body.items;
  assert.deepEqual(
    items.map((lot: { unspent: string }) => lot.unspent),
    ['100', '0', '70'],
  );
  const history = (await ask(ada, 'GET', '/wallet/history')).body.items;
  assert.deepEqual([history[0].kind, history[0].coins, history[0].balance], ['withdrawn', '-350', '170']);
  const again = await ask(ada, 'POST', path, { coins: '350', amount: EUR(490) });
  assert.ok(['nothing_to_withdraw', 'withdrawal_changed'].includes(again.body.code), again.body.code);
});

test('A16: two withdrawals of one lot at once refund it once', async () => {
  const ada = await house.person();
  const { lot_id } = await buyCoins(ada, 70n);
  const shown = { coins: '70', amount: EUR(98) };
  const replies = await Promise.all([1, 2, 3].map(() => ask(ada, 'POST', `/wallet/lots/${lot_id}/withdrawal`, shown)));
  assert.deepEqual(replies.map(({ status }) => status).toSorted(), [201, 409, 409]);
  assert.equal(await coinsOf(ada), 0n);
  await settled(house.ctx);
});

test('coins come back until the 14th day is over, not after', async () => {
  const ada = await house.person();
  const { lot_id } = await buyCoins(ada, 70n);
  house.clock.advance(14 * 24 * HOUR + 1);
  const reply = await ask(ada, 'POST', `/wallet/lots/${lot_id}/withdrawal`, { coins: '70', amount: EUR(98) });
  assert.deepEqual([reply.status, reply.body.code], [409, 'withdrawal_over']);
  assert.equal(await coinsOf(ada), 70n);
});

test('limits: narrower at once, wider after a day', async () => {
  const ada = await house.person();
  const narrow = (await ask(ada, 'PUT', '/wallet/limits', { day: EUR(500), month: null })).body;
  assert.deepEqual([narrow.day.limit, narrow.wider], [EUR(500), null]);
  const wide = (await ask(ada, 'PUT', '/wallet/limits', { day: EUR(20_000), month: null })).body;
  assert.deepEqual([wide.day.limit, wide.wider.day], [EUR(500), EUR(20_000)]);
  house.clock.advance(24 * HOUR);
  assert.deepEqual((await ask(ada, 'GET', '/wallet/limits')).body.day.limit, EUR(20_000));
  const dollars = await ask(ada, 'PUT', '/wallet/limits', { day: { amount: '5', currency: 'USD' }, month: null });
  assert.equal(dollars.body.code, 'limit_currency');
});

test('history pages through everything exactly once', async () => {
  const ada = await house.person();
  await buyInTurn(ada, [100n, 101n, 102n, 103n, 104n]);
  const { lot_id } = (await ask(ada, 'GET', '/wallet/lots?limit=3')).body.items[2];
  const lot = (await ask(ada, 'GET', '/wallet/lots')).body.items[2];
  await ask(ada, 'POST', `/wallet/lots/${lot_id}/withdrawal`, { coins: lot.unspent, amount: lot.refund });
  for (const limit of [1, 2, 3]) {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await ask(ada, 'GET', `/wallet/history?limit=${limit}${after && `&after=${after}`}`);
      seen.push(...body.items.map((item: { coins: string }) => item.coins));
      if (body.next === null) break;
      after = encodeURIComponent(body.next);
    }
    assert.deepEqual(seen, ['-102', '104', '103', '102', '101', '100'], `pages of ${limit}`);
  }
  await settled(house.ctx);
});

test('a second currency: US coins cost dollars and hold no tax', async () => {
  const sam = await house.person({ market: 'US' });
  const { lot_id } = await buyCoins(sam, 70n, 'US');
  const receipt = (await ask(sam, 'GET', `/wallet/receipts/${lot_id}`)).body;
  assert.deepEqual([receipt.total, receipt.vat.amount], [{ amount: '98', currency: 'USD' }, '0']);
});

test('A17: a chargeback of unspent coins takes them off the line, wherever they lie', async () => {
  const ada = await house.person();
  const [first, middle] = await buyInTurn(ada, [70n, 100n, 36n]);
  await chargeBack(house, middle!.lot_id);
  assert.equal(await coinsOf(ada), 106n);
  const items = (await ask(ada, 'GET', '/wallet/lots')).body.items;
  assert.deepEqual(
    items.map((lot: { unspent: string }) => lot.unspent),
    ['36', '0', '70'],
  );
  assert.equal(items[1].charged_back, true);
  assert.equal(items[2].lot_id, first!.lot_id);
});

/** Purchases a second apart, so that their order is plain. */
async function buyInTurn(who: Parameters<typeof buyCoins>[0], quantities: bigint[]) {
  const bought: Awaited<ReturnType<typeof buyCoins>>[] = [];
  for (const coins of quantities) {
    house.clock.advance(1_000);
    bought.push(await buyCoins(who, coins));
  }
  return bought;
}
