import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pack } from '../markets/index.ts';
import { current, limitsOf, noSpending, passesHalf, spend, withLimits } from './spending.ts';

const DE = pack('DE');
const now = new Date('2026-11-21T12:00:00.000Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const fresh = noSpending('p', DE, now);

const cases: [what: string, day: bigint, month: bigint, coins: bigint, expected: string][] = [
  ['a Rose on an empty day', 0n, 0n, 1n, 'ok'],
  ['exactly the day (100 EUR are 7,142.8 coins)', 0n, 0n, 7_142n, 'ok'],
  ['one coin that still rounds to 100.00 EUR', 7_142n, 7_142n, 1n, 'ok'],
  ['one coin above the day', 7_143n, 7_143n, 1n, 'day'],
  ['a single gift above the day', 0n, 0n, 7_144n, 'day'],
  ['above the month', 0n, 71_428n, 2n, 'month'],
];
for (const [what, day_coins, month_coins, coins, expected] of cases) {
  test(`caps: ${what}`, () => {
    const spent = spend({ ...fresh, day_coins, month_coins }, coins, DE, now);
    assert.equal('over' in spent ? spent.over : 'ok', expected);
  });
}

const halves: [what: string, before: [bigint, bigint], after: [bigint, bigint], expected: string | null][] = [
  ['exactly half of the day', [0n, 0n], [5_000n, 5_000n], null],
  ['a cent past half of the day', [5_000n, 5_000n], [5_001n, 5_001n], 'day'],
  ['from nothing past half at once', [0n, 0n], [9_999n, 9_999n], 'day'],
  ['past half of the day before', [5_001n, 5_001n], [9_000n, 9_000n], null],
  ['past half of the month only', [0n, 49_999n], [10n, 50_009n], 'month'],
];
for (const [what, [day, month], [day_after, month_after], expected] of halves) {
  test(`confirmation at half: ${what}`, () => {
    const at = (day_minor: bigint, month_minor: bigint) => ({ day_minor, month_minor });
    const half = passesHalf(at(day, month), at(day_after, month_after), limitsOf(fresh, DE));
    assert.equal(half?.half ?? null, expected);
  });
}

test('70 single Roses count as 70 coins, not as 70 rounded cents', () => {
  let row = fresh;
  for (let i = 0; i < 70; i += 1) {
    const spent = spend(row, 1n, DE, now);
    assert.ok('row' in spent);
    row = spent.row;
  }
  assert.equal(row.day_coins, 70n);
});

test("a new day begins at midnight of the payer's zone, a new month with its first", () => {
  const late = { ...noSpending('p', DE, new Date('2026-11-30T22:59:00.000Z')), day_coins: 9n, month_coins: 90n };
  const still = current(late, DE, new Date('2026-11-30T22:59:59.000Z'));
  assert.deepEqual([still.day_coins, still.month_coins], [9n, 90n]);
  const next = current(late, DE, new Date('2026-11-30T23:00:00.000Z'));
  assert.deepEqual(
    [next.day_on, next.day_coins, next.month_on, next.month_coins],
    ['2026-12-01', 0n, '2026-12-01', 0n],
  );
});

test('a narrower limit holds at once', () => {
  const row = withLimits(fresh, { day_limit_minor: 500n, month_limit_minor: null }, DE, now);
  assert.equal(limitsOf(row, DE).day_minor, 500n);
  assert.equal(row.wider_from, null);
});

test('a wider limit holds after 24 hours, not a second before', () => {
  const row = withLimits(fresh, { day_limit_minor: 20_000n, month_limit_minor: null }, DE, now);
  assert.equal(limitsOf(current(row, DE, later(23.999)), DE).day_minor, 10_000n);
  assert.equal(limitsOf(current(row, DE, later(24)), DE).day_minor, 20_000n);
});

test('one limit narrower and the other wider: each in its own time', () => {
  const row = withLimits(fresh, { day_limit_minor: 300n, month_limit_minor: 200_000n }, DE, now);
  assert.deepEqual(limitsOf(row, DE), { day_minor: 300n, month_minor: 100_000n });
  assert.deepEqual(limitsOf(current(row, DE, later(24)), DE), { day_minor: 300n, month_minor: 200_000n });
});

test('taking a wide limit back before it holds cancels the wait', () => {
  const wide = withLimits(fresh, { day_limit_minor: 20_000n, month_limit_minor: null }, DE, now);
  const back = withLimits(wide, { day_limit_minor: 1_000n, month_limit_minor: null }, DE, later(1));
  assert.equal(limitsOf(current(back, DE, later(48)), DE).day_minor, 1_000n);
});

test('giving up an own narrow limit is a widening too', () => {
  const narrow = withLimits(fresh, { day_limit_minor: 500n, month_limit_minor: null }, DE, now);
  const none = withLimits(narrow, { day_limit_minor: null, month_limit_minor: null }, DE, later(1));
  assert.equal(limitsOf(none, DE).day_minor, 500n);
  assert.equal(limitsOf(current(none, DE, later(25)), DE).day_minor, 10_000n);
});
