import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transfer } from '../ledger/index.ts';
import { taxAccount } from '../wallet/index.ts';
import { pendingAccount, postReversal, postTip, receivableAccount, revenueAccount } from './postings.ts';

const [PSP, BOB] = ['psp', 'bob'];
const NAMES = new Map([
  [PSP, 'psp'],
  [pendingAccount(BOB, 'EUR'), 'pending'],
  [receivableAccount(BOB, 'EUR'), 'receivable'],
  [revenueAccount('EUR'), 'revenue'],
  [taxAccount('DE', 1_900, 'EUR'), 'tax'],
]);
const tip = {
  tip_id: '0193a0b0-0000-7000-8000-000000000001',
  receiver_id: BOB,
  market: 'DE',
  currency: 'EUR',
  amount_minor: 500n,
  fee_minor: 40n,
  fee_vat_minor: 6n,
  vat_bps: 1_900,
};
const at = new Date('2026-11-02T11:00:00Z');
const said = (transfers: Transfer[]) =>
  transfers.map(({ debit, credit, amount }) => `${NAMES.get(debit)} → ${NAMES.get(credit)} ${amount}`);

test('a tip of 5.00 with a fee of 0.40: all of it to the creator, 0.06 tax, 0.34 fee', () => {
  assert.deepEqual(said(postTip(tip, PSP, at)), ['psp → pending 500', 'psp → tax 6', 'psp → revenue 34']);
});

test('a reversal takes pending first and the rest as a receivable, and sums to what was charged', () => {
  const expected = ['pending → psp 200', 'receivable → psp 300', 'tax → psp 6', 'revenue → psp 34'];
  assert.deepEqual(said(postReversal(tip, PSP, 200n, at)), expected);
  for (const held of [0n, 1n, 499n, 500n, 9_999n]) {
    const sum = postReversal(tip, PSP, held, at).reduce((total, { amount }) => total + amount, 0n);
    assert.equal(sum, 540n);
  }
});

test('a tip without a fee leaves no empty legs', () => {
  const free = { ...tip, fee_minor: 0n, fee_vat_minor: 0n };
  assert.deepEqual(said(postTip(free, PSP, at)), ['psp → pending 500']);
});
