import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalsOf, digits, formatMoney, moneyCodec, parts, positiveDigits, taxWithin } from './money.ts';

test('A7: amounts are strings of at most 19 digits; every other spelling is refused', () => {
  for (const bad of [
    '-1',
    '01',
    '1.5',
    '1e3',
    'NaN',
    '',
    ' 1',
    '12345678901234567890',
    '9223372036854775808',
    10,
    null,
  ]) {
    assert.equal(digits.safeDecode(bad as string).success, false, `${bad} is refused`);
  }
  assert.equal(digits.decode('10'), 10n);
  assert.equal(digits.decode('9223372036854775807'), 2n ** 63n - 1n);
  assert.equal(digits.decode('9007199254740992'), 2n ** 53n);
  assert.equal(positiveDigits.safeDecode('0').success, false);
});

test('money goes to the wire and back unchanged', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 63n - 1n), (amount) => {
      const money = { amount, currency: 'EUR' };
      assert.deepEqual(moneyCodec.decode(moneyCodec.encode(money)), money);
    }),
  );
});

test('A22: the parts of a total add up to it, in every currency and by any weights', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 15n), fc.array(fc.bigInt(0n, 10n ** 6n), { minLength: 1 }), (total, weights) => {
      const split = parts(total, weights);
      assert.equal(
        split.reduce((a, b) => a + b, 0n),
        total,
      );
      assert.ok(split.every((part) => part >= 0n));
    }),
  );
  assert.deepEqual(parts(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
});

test('the tax inside a gross amount is rounded half up', () => {
  const cases: [gross: bigint, rate_bps: number, tax: bigint][] = [
    [119n, 1900, 19n],
    [100n, 1900, 16n],
    [140n, 1900, 22n],
    [107n, 700, 7n],
    [999n, 0, 0n],
  ];
  for (const [gross, rate, tax] of cases) assert.equal(taxWithin(gross, rate), tax, `${gross} at ${rate}`);
});

test('A22: money is written exactly for its reader, with 0, 2 and 3 decimals', () => {
  const space = '\u00a0';
  assert.equal(formatMoney({ amount: 140n, currency: 'EUR' }, 'de'), `1,40${space}€`);
  assert.equal(formatMoney({ amount: -5n, currency: 'EUR' }, 'en'), '-€0.05');
  assert.equal(formatMoney({ amount: 1234n, currency: 'JPY' }, 'en'), '¥1,234');
  assert.equal(decimalsOf('KWD'), 3);
  assert.equal(formatMoney({ amount: 9_007_199_254_740_993n, currency: 'USD' }, 'en'), '$90,071,992,547,409.93');
});
