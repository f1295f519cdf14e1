import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isMarket, marketCodes, minimumCoins, oldEnough, pack, priceOf, shareInForce, taxRate } from './index.ts';

const noon = new Date('2026-11-21T11:00:00.000Z');
const rules = Object.fromEntries(marketCodes.map((code) => [code, pack(code)]));

for (const code of marketCodes) {
  const market = pack(code);

  test(`${code}: 17 is too young and 18 is old enough to buy, gift, receive and earn`, () => {
    for (const action of ['buy', 'send_gifts', 'receive_gifts', 'subscribe', 'sell', 'earn'] as const) {
      assert.equal(oldEnough(market, action, '2008-11-22', noon), false, `${action}, a day before the birthday`);
      assert.equal(oldEnough(market, action, '2008-11-21', noon), true, `${action}, on the birthday`);
      assert.equal(oldEnough(market, action, null, noon), false, `${action}, age unknown`);
    }
  });

  test(`${code}: watching asks for no age`, () => assert.equal(oldEnough(market, 'watch', null, noon), true));

  test(`${code}: a coin has one price at every quantity`, () => {
    const { minor, coins } = market.coins.price;
    for (const quantity of market.coins.shortcuts) {
      assert.equal(priceOf(market, quantity).amount * coins, quantity * minor, `${quantity} coins cost no rounding`);
    }
  });

  test(`${code}: A29: the fewest coins reach the provider's minimum charge, one less does not`, () => {
    const fewest = minimumCoins(market);
    assert.ok(priceOf(market, fewest).amount >= market.coins.minimum_charge_minor);
    assert.ok(priceOf(market, fewest - 1n).amount < market.coins.minimum_charge_minor);
  });

  test(`${code}: shares stay between nothing and all, and one document per source is in force`, () => {
    for (const share of market.shares)
      assert.ok(share.platform_bps >= 0 && share.platform_bps <= 10_000, share.share_id);
    assert.equal(shareInForce(market, 'gifts', noon).platform_bps, 5_000);
    assert.equal(shareInForce(market, 'orders', noon).platform_bps, 500);
    const ids = market.shares.map((share) => share.share_id);
    assert.equal(new Set(ids).size, ids.length, 'a share document has its own id');
  });

  test(`${code}: every text has both languages`, () => {
    const walk = (value: unknown, path: string): void => {
      if (value === null || typeof value !== 'object') return;
      if ('de' in value || 'en' in value) {
        const { de, en } = value as { de?: string; en?: string };
        assert.ok(de && en, `${path} misses a language`);
      } else {
        for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
      }
    };
    walk(market, code);
  });

  test(`${code}: every figure names its source`, () => {
    const lines = readFileSync(new URL(`./packs/${code.toLowerCase()}.ts`, import.meta.url), 'utf8').split('\n');
    const gates = lines.findIndex((line) => line.includes('gates: {'));
    const unnamed = lines.filter((line, at) => {
      if (!/^\s+(?!min_)[a-z_0-9]+: (-?[\d_]+n?|null|\[.*\d.*\]|\{ minor.*\}),/.test(line)) return false;
      return !line.includes('// source:') && !(at > gates && at < gates + 8);
    });
    assert.deepEqual(unnamed, []);
    assert.match(lines[gates + 1] ?? '', /source of all gates/);
  });
}

test('DE: buttons carry the exact words of the law', () => {
  const { contract } = rules.DE as ReturnType<typeof pack>;
  assert.equal(contract.order_button.de, 'zahlungspflichtig bestellen');
  assert.equal(contract.bid_button.de, 'Gebot abgeben');
  assert.equal(contract.withdraw_step_1.de, 'Vertrag widerrufen');
  assert.equal(contract.withdraw_step_2.de, 'Widerruf bestätigen');
  assert.equal(contract.cancel_step_1.de, 'Verträge hier kündigen');
  assert.equal(contract.cancel_step_2.de, 'jetzt kündigen');
  assert.equal(contract.withdrawal_days, 14);
});

test('DE: rates, price and limits', () => {
  const market = pack('DE');
  assert.equal(taxRate(market, 'standard'), 1_900);
  assert.equal(taxRate(market, 'reduced'), 700);
  assert.deepEqual(priceOf(market, 70n), { amount: 98n, currency: 'EUR' });
  assert.deepEqual(priceOf(market, 17_500n), { amount: 24_500n, currency: 'EUR' });
  assert.equal(minimumCoins(market), 36n);
  assert.equal(market.spending.gifts_day_minor, 10_000n);
  assert.equal(market.payouts.minimum_minor, 1_000n);
  assert.equal(market.gates.subscriptions.min_followers, 1_000);
});

test("the calendar of the market decides, not the server's: it is a birthday in Berlin before it is one in New York", () => {
  const late = new Date('2026-11-20T23:30:00.000Z');
  assert.equal(oldEnough(pack('DE'), 'buy', '2008-11-21', late), true);
  assert.equal(oldEnough(pack('US'), 'buy', '2008-11-21', late), false);
});

test('a share document is not in force before its first day', () => {
  assert.throws(() => shareInForce(pack('DE'), 'gifts', new Date('2025-12-31T22:59:59.000Z')), /no share document/);
  assert.equal(shareInForce(pack('DE'), 'gifts', new Date('2025-12-31T23:00:00.000Z')).share_id, 'DE-gifts-1');
});

test('an unknown market is refused', () => {
  assert.equal(isMarket('XX'), false);
  assert.throws(() => pack('XX'), /no market pack/);
});
