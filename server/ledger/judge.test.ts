import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccountState, judge, type Posted, type Recorded, type Transfer } from './judge.ts';

const MAX = 2n ** 63n - 1n;
const AT = new Date('2026-11-01T12:00:00Z');

const account = (asset: string, balance: bigint, floor: bigint | null, closed = false): AccountState => ({
  asset,
  debits: 0n,
  credits: balance,
  floor,
  closed,
});

const accounts = new Map([
  ['ann', account('COIN', 10n, 0n)],
  ['bob', account('COIN', 0n, 0n)],
  ['issued', account('COIN', 0n, null)],
  ['shut', account('COIN', 10n, 0n, true)],
  ['euro', account('EUR', 10n, 0n)],
  ['overdraft', account('COIN', 0n, -5n)],
  ['full', account('COIN', MAX, 0n)],
]);

type Given = Partial<Transfer> & { is?: string };
const transfer = (given: Given): Transfer => ({
  transfer_id: given.is ?? 'new',
  debit: 'ann',
  credit: 'bob',
  amount: 1n,
  code: 'gift.sent',
  ref: 'gift',
  event_at: AT,
  ...given,
});

const old: Recorded = {
  ...transfer({ transfer_id: 'old' }),
  debit_from: 3n,
  credit_from: 4n,
  debit_balance: 9n,
  credit_balance: 1n,
};

const say = (verdict: Posted) => (verdict.status === 'refused' ? verdict.reason : verdict.status);
const judged = (given: Given[]) =>
  judge(given.map(transfer), accounts, new Map([['old', old]]))
    .verdicts.map(say)
    .join(' ');

const cases: [name: string, given: Given[], verdicts: string][] = [
  ['a plain transfer is posted', [{}], 'posted'],
  ['all of a balance may go', [{ amount: 10n }], 'posted'],
  ['one more may not', [{ amount: 11n }], 'floor_reached'],
  ['a floor under zero is a credit line', [{ debit: 'overdraft', amount: 5n }], 'posted'],
  ['and ends where it says', [{ debit: 'overdraft', amount: 6n }], 'floor_reached'],
  ['no floor, no limit', [{ debit: 'issued', amount: 10n ** 15n }], 'posted'],
  ['the same again exists', [{ is: 'old' }], 'exists'],
  ['a later event time is still the same', [{ is: 'old', event_at: new Date(0) }], 'exists'],
  ['A27: twice in one batch: once posted', [{}, {}], 'posted exists'],
  ['another amount under the same id', [{ is: 'old', amount: 2n }], 'id_reused'],
  ['another account under the same id', [{ is: 'old', credit: 'issued' }], 'id_reused'],
  ['another reason under the same id', [{ is: 'old', code: 'gift.returned' }], 'id_reused'],
  ['another source under the same id', [{ is: 'old', ref: 'other' }], 'id_reused'],
  ['another group under the same id', [{ is: 'old', group_id: 'g' }], 'id_reused'],
  ['in one batch too', [{}, { amount: 2n }], 'posted id_reused'],
  ['A7: nothing', [{ amount: 0n }], 'amount_invalid'],
  ['A7: less than nothing', [{ amount: -1n }], 'amount_invalid'],
  ['A7: 2^63', [{ debit: 'issued', amount: MAX + 1n }], 'amount_invalid'],
  ['A8: a counter does not overflow', [{ debit: 'issued', credit: 'full' }], 'amount_invalid'],
  ['a stranger pays', [{ debit: 'nobody' }], 'account_unknown'],
  ['a stranger is paid', [{ credit: 'nobody' }], 'account_unknown'],
  ['coins into money', [{ credit: 'euro' }], 'asset_mismatch'],
  ['from a closed account', [{ debit: 'shut' }], 'account_closed'],
  ['to a closed account', [{ credit: 'shut' }], 'account_closed'],
  ['later ones see earlier ones', [{ is: 'a', amount: 10n }, { is: 'b' }], 'posted floor_reached'],
  [
    'what came in may go out',
    [
      { is: 'a', amount: 9n },
      { is: 'b', debit: 'bob', credit: 'ann', amount: 9n },
    ],
    'posted posted',
  ],
  [
    'a refused id may come again',
    [
      { is: 'a', amount: 11n },
      { is: 'a', amount: 9n },
    ],
    'floor_reached posted',
  ],
  // Precedence: each case breaks its own rule and all that come after it.
  ['1 id_reused', [{ is: 'old', amount: -1n, debit: 'nobody' }], 'id_reused'],
  ['2 amount_invalid', [{ amount: 0n, debit: 'nobody', credit: 'euro' }], 'amount_invalid'],
  ['3 account_unknown', [{ amount: 99n, debit: 'nobody', credit: 'euro' }], 'account_unknown'],
  ['4 asset_mismatch', [{ amount: 99n, debit: 'shut', credit: 'euro' }], 'asset_mismatch'],
  ['5 account_closed', [{ amount: 99n, debit: 'shut' }], 'account_closed'],
  [
    '6 floor_reached',
    [
      { is: 'a', amount: 99n, group_id: 'g' },
      { is: 'b', group_id: 'g' },
    ],
    'floor_reached group_failed',
  ],
  // Groups.
  [
    'a group is posted whole',
    [
      { is: 'a', group_id: 'g' },
      { is: 'b', group_id: 'g' },
    ],
    'posted posted',
  ],
  [
    'the last one fails the first',
    [
      { is: 'a', group_id: 'g' },
      { is: 'b', amount: 10n, group_id: 'g' },
    ],
    'group_failed floor_reached',
  ],
  [
    'A24: a failed group leaves balances as they were',
    [
      { is: 'a', amount: 5n, group_id: 'g' },
      { is: 'b', amount: 6n, group_id: 'g' },
      { is: 'c', amount: 10n },
    ],
    'group_failed floor_reached posted',
  ],
  [
    'its ids may come again',
    [{ is: 'a', group_id: 'g' }, { is: 'b', amount: 99n, group_id: 'g' }, { is: 'a' }],
    'group_failed floor_reached posted',
  ],
  [
    'a group does not take in what exists',
    [
      { is: 'old', group_id: 'g' },
      { is: 'a', group_id: 'g' },
    ],
    'id_reused group_failed',
  ],
  [
    'a transfer twice in a group fails it',
    [
      { is: 'a', group_id: 'g' },
      { is: 'a', group_id: 'g' },
    ],
    'group_failed group_failed',
  ],
];

for (const [name, given, verdicts] of cases) test(`judge: ${name}`, () => assert.equal(judged(given), verdicts));

test('judge: a transfer says where it lies on both lines, and what remains', () => {
  const { verdicts, counters } = judge([transfer({ amount: 3n }), transfer({ is: 'b' })], accounts, new Map());
  assert.deepEqual(verdicts[1], {
    status: 'posted',
    debit_from: 3n,
    credit_from: 3n,
    debit_balance: 6n,
    credit_balance: 4n,
  });
  assert.deepEqual(
    [...counters],
    [
      ['ann', { debits: 4n, credits: 10n }],
      ['bob', { debits: 0n, credits: 4n }],
    ],
  );
});

test('judge: what exists answers with the place it was given then, and changes nothing', () => {
  const { verdicts, counters } = judge([transfer({ is: 'old' })], accounts, new Map([['old', old]]));
  const { debit_from, credit_from, debit_balance, credit_balance } = old;
  assert.deepEqual(verdicts, [{ status: 'exists', debit_from, credit_from, debit_balance, credit_balance }]);
  assert.equal(counters.size, 0);
});

test('judge: a failed group changes no counter', () => {
  const group = [transfer({ is: 'a', group_id: 'g' }), transfer({ is: 'b', amount: 99n, group_id: 'g' })];
  assert.equal(judge(group, accounts, new Map()).counters.size, 0);
});

test('judge: a group in pieces and a transfer to itself are bugs of the caller', () => {
  const torn = [transfer({ is: 'a', group_id: 'g' }), transfer({ is: 'b' }), transfer({ is: 'c', group_id: 'g' })];
  assert.throws(() => judge(torn, accounts, new Map()), /next to each other/);
  assert.throws(() => judge([transfer({ credit: 'ann' })], accounts, new Map()), /two accounts/);
});
