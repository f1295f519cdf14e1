import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transfer } from '../ledger/index.ts';
import {
  clearingAccount,
  coinsAccount,
  deferredAccount,
  giftCoinsAccount,
  issuedAccount,
  type Lot,
  taxAccount,
} from '../wallet/index.ts';
import { postNetted } from './netting_postings.ts';
import {
  legsOfReversal,
  paidParts,
  pendingAccount,
  postReturn,
  postSend,
  postSettle,
  receivableAccount,
  revenueAccount,
} from './postings.ts';

const at = new Date('2026-11-21T12:00:00.000Z');
const [ada, bob] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];
const lot: Lot = {
  lot_id: '00000000-0000-7000-8000-000000000001',
  top_up_id: '00000000-0000-7000-8000-000000000002',
  attempt_id: '00000000-0000-7000-8000-000000000003',
  person_id: ada,
  market: 'DE',
  currency: 'EUR',
  coins: 71n,
  net_minor: 83n,
  vat_minor: 16n,
  vat_bps: 1_900,
  fee_minor: 3n,
  bought_at: at,
  withdraw_until: at,
  charged_back_at: null,
};
const gift = {
  gift_id: '00000000-0000-7000-8000-000000000009',
  sender_id: ada,
  receiver_id: bob,
  coins: 71n,
  sent_at: at,
};
const whole = paidParts([{ lot_id: lot.lot_id, lot_from: 0n, lot_to: 71n }], new Map([[lot.lot_id, lot]]), 5_000);

const NAMES: Record<string, string> = {
  [coinsAccount(ada)]: 'coins',
  [giftCoinsAccount(bob)]: 'gift_coins',
  [issuedAccount()]: 'issued',
  [deferredAccount('DE', 'EUR')]: 'deferred',
  [taxAccount('DE', 1_900, 'EUR')]: 'tax',
  [clearingAccount('EUR')]: 'clearing',
  [pendingAccount(bob, 'EUR')]: 'pending',
  [receivableAccount(bob, 'EUR')]: 'receivable',
  [revenueAccount('EUR')]: 'revenue',
};
const read = (transfers: readonly Pick<Transfer, 'debit' | 'credit' | 'amount'>[]) =>
  transfers
    .filter(({ amount }) => amount > 0n)
    .map(({ debit, credit, amount }) => `${NAMES[debit]} → ${NAMES[credit]} ${amount}`);
const pending = (minor: bigint) => new Map([[pendingAccount(bob, 'EUR'), minor]]);

const cases: [
  fact: string,
  transfers: () => readonly Pick<Transfer, 'debit' | 'credit' | 'amount'>[],
  expected: string[],
][] = [
  ['sent', () => [postSend(gift)], ['coins → gift_coins 71']],
  [
    'settled',
    () => postSettle(gift, whole, at),
    ['gift_coins → issued 71', 'deferred → pending 42', 'deferred → revenue 41'],
  ],
  ['settled with nothing left of it', () => postSettle(gift, [], at), []],
  [
    'netted against 30 that its earner owes',
    () => postNetted(gift, whole, new Map([[receivableAccount(bob, 'EUR'), 30n]]), at),
    ['pending → receivable 30'],
  ],
  [
    'netted against more than it earned',
    () => postNetted(gift, whole, new Map([[receivableAccount(bob, 'EUR'), 900n]]), at),
    ['pending → receivable 42'],
  ],
  ['of an earner who owes nothing', () => postNetted(gift, whole, new Map(), at), []],
  ['returned before it settled', () => postReturn(gift, whole, false, new Map(), at), ['gift_coins → coins 71']],
  [
    'returned after it settled',
    () => postReturn(gift, whole, true, pending(100n), at),
    ['issued → coins 71', 'pending → deferred 42', 'revenue → deferred 41'],
  ],
  [
    'returned after part of it was paid out',
    () => postReturn(gift, whole, true, pending(12n), at),
    ['issued → coins 71', 'pending → deferred 12', 'receivable → deferred 30', 'revenue → deferred 41'],
  ],
  [
    'charged back while it waits',
    () => legsOfReversal(gift, whole[0]!, false, new Map()),
    ['tax → clearing 16', 'gift_coins → issued 71', 'deferred → clearing 83'],
  ],
  [
    'charged back after it settled',
    () => legsOfReversal(gift, whole[0]!, true, pending(42n)),
    ['tax → clearing 16', 'pending → clearing 42', 'revenue → clearing 41'],
  ],
  [
    'charged back after it was paid out',
    () => legsOfReversal(gift, whole[0]!, true, pending(0n)),
    ['tax → clearing 16', 'receivable → clearing 42', 'revenue → clearing 41'],
  ],
];
for (const [fact, transfers, expected] of cases) {
  test(`a gift ${fact}: ${expected.join(', ') || 'nothing moves'}`, () =>
    assert.deepEqual(read(transfers()), expected));
}

test('two gifts of one earner in one batch take their pending money once', () => {
  const held = pending(50n);
  const other = { ...gift, gift_id: '00000000-0000-7000-8000-000000000010' };
  const transfers = [gift, other].flatMap((one) => postReturn(one, whole, true, held, at));
  const of = (account: string) => read(transfers).filter((line) => line.startsWith(account));
  assert.deepEqual(of('pending'), ['pending → deferred 42', 'pending → deferred 8']);
  assert.deepEqual(of('receivable'), ['receivable → deferred 34']);
});

test('doing a thing twice makes the same transfers, another thing other ones', () => {
  const ids = (transfers: Transfer[]) => transfers.map(({ transfer_id }) => transfer_id);
  assert.deepEqual(ids(postSettle(gift, whole, at)), ids(postSettle(gift, whole, new Date(0))));
  const all = [...ids(postSettle(gift, whole, at)), ...ids(postReturn(gift, whole, true, pending(1n), at))];
  assert.equal(new Set(all).size, all.length);
});
