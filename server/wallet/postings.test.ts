import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId, type Transfer } from '../ledger/index.ts';
import {
  clearingAccount,
  coinsAccount,
  deferredAccount,
  issuedAccount,
  type Lot,
  postPurchase,
  postRefunded,
  postReversal,
  postWithdrawal,
  taxAccount,
} from './postings.ts';
import { unspentOf } from './take_out.ts';

const at = new Date('2026-11-21T12:00:00.000Z');
const ada = '00000000-0000-7000-8000-00000000000a';
const psp = accountId(null, 'psp:sandbox', 'EUR');
const lot: Lot = {
  lot_id: 'lot-a',
  top_up_id: 'top-up-a',
  attempt_id: 'attempt-a',
  person_id: ada,
  market: 'DE',
  currency: 'EUR',
  coins: 70n,
  net_minor: 82n,
  vat_minor: 16n,
  vat_bps: 1_900,
  fee_minor: 3n,
  bought_at: at,
  withdraw_until: at,
  charged_back_at: null,
};
const part = (lot_id: string, lot_from: bigint, lot_to: bigint) => ({ lot_id, lot_from, lot_to });

const NAMES: Record<string, string> = {
  [psp]: 'psp',
  [coinsAccount(ada)]: 'coins',
  [issuedAccount()]: 'issued',
  [deferredAccount('DE', 'EUR')]: 'deferred',
  [taxAccount('DE', 1_900, 'EUR')]: 'tax',
  [clearingAccount('EUR')]: 'clearing',
};
const read = (transfers: Transfer[]) =>
  transfers.map(({ debit, credit, amount }) => `${NAMES[debit]} → ${NAMES[credit]} ${amount}`);

const cases: [fact: string, transfers: Transfer[], expected: string[]][] = [
  ['bought', postPurchase(lot, psp), ['psp → tax 16', 'psp → deferred 82', 'issued → coins 70']],
  [
    'bought where nothing is taxed',
    postPurchase({ ...lot, vat_minor: 0n, net_minor: 98n }, psp),
    ['psp → deferred 98', 'issued → coins 70'],
  ],
  [
    'withdrawn, all of a line',
    postWithdrawal('w', lot, unspentOf(lot, [part('lot-a', 0n, 70n)]), at),
    ['coins → issued 70', 'deferred → clearing 82', 'tax → clearing 16'],
  ],
  [
    'withdrawn from between two others',
    postWithdrawal('w', lot, unspentOf(lot, [part('x', 5n, 9n), part('lot-a', 10n, 70n), part('y', 0n, 6n)]), at),
    ['coins → issued 70', 'issued → coins 10', 'deferred → clearing 71', 'tax → clearing 14'],
  ],
  ['withdrawn when none is left', postWithdrawal('w', lot, unspentOf(lot, [part('x', 0n, 9n)]), at), []],
  ['refunded by the provider', postRefunded('r', 98n, 'EUR', psp, at), ['clearing → psp 98']],
  ['charged back by the bank', postReversal(lot, 98n, psp, at), ['clearing → psp 98']],
];
for (const [fact, transfers, expected] of cases) {
  test(`coins ${fact}: ${expected.join(', ') || 'nothing moves'}`, () => assert.deepEqual(read(transfers), expected));
}

test('all transfers of one fact stand or fall together', () => {
  for (const [, transfers] of cases) assert.ok(new Set(transfers.map(({ group_id }) => group_id)).size <= 1);
});
