import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bps } from '../kernel/money.ts';
import type { Transfer } from '../ledger/index.ts';
import { pspAccount } from '../payments/index.ts';
import {
  clearingAccount,
  type LineFacts,
  type OrderFacts,
  pendingAccount,
  postCleared,
  postPaid,
  postPaidBack,
  postUnwound,
  revenueAccount,
  taxAccount,
} from './postings.ts';

const at = new Date('2026-11-21T12:00:00Z');
const facts = (lines: LineFacts[], shipping_minor: bigint): OrderFacts => ({
  order_id: '01999999-0000-7000-8000-000000000001',
  merchant_id: '01999999-0000-7000-8000-000000000002',
  market: 'DE',
  currency: 'EUR',
  shipping_minor,
  total_minor: lines.reduce((sum, line) => sum + line.total_minor, shipping_minor),
  fee_vat_bps: 1900,
});
const line = (n: number, total_minor: bigint, fee_bps = 500): LineFacts => {
  const fee_minor = bps(total_minor, fee_bps);
  return { line: n, total_minor, fee_minor, fee_vat_minor: bps(fee_minor, 1900) };
};

/** Balances by the name of the account. */
function balances(order: OrderFacts, transfers: Transfer[]): Record<string, bigint> {
  const names = new Map([
    [pspAccount('sandbox', 'EUR'), 'psp'],
    [clearingAccount('EUR'), 'clearing'],
    [pendingAccount(order.merchant_id, 'EUR'), 'merchant'],
    [revenueAccount('EUR'), 'fee'],
    [taxAccount('DE', 1900, 'EUR'), 'tax'],
  ]);
  const sums: Record<string, bigint> = {};
  for (const { debit, credit, amount } of transfers) {
    const [from, to] = [names.get(debit)!, names.get(credit)!];
    sums[from] = (sums[from] ?? 0n) - amount;
    sums[to] = (sums[to] ?? 0n) + amount;
  }
  return sums;
}

test('a mug of 19.00 with 4.90 postage at 5 %: paid, then cleared when it ships', () => {
  const lines = [line(0, 1900n)];
  const order = facts(lines, 490n);
  const paid = postPaid(order, 'sandbox', at);
  assert.deepEqual(balances(order, [paid]), { psp: -2390n, clearing: 2390n });
  const cleared = postCleared(order, lines, at);
  assert.deepEqual(balances(order, [paid, ...cleared]), {
    psp: -2390n,
    clearing: 0n,
    merchant: 2277n, // 23.90 − 0.95 fee − 0.18 VAT on the fee
    fee: 95n,
    tax: 18n,
  });
});

test('paid, cleared, unwound and given back leaves nothing anywhere, for any order', () => {
  const lines = fc.array(fc.bigInt(1n, 10_000_000n), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lines, fc.bigInt(0n, 10_000n), fc.constantFrom(180, 500), (totals, shipping, fee) => {
      const rows = totals.map((total, n) => line(n, total, fee));
      const order = facts(rows, shipping);
      const source = { id: order.order_id, amount: order.total_minor, code: 'order.refunded' } as const;
      const whole = [
        postPaid(order, 'sandbox', at),
        ...postCleared(order, rows, at),
        ...postUnwound(order, rows, at),
        postPaidBack(order, 'sandbox', source, at),
      ];
      assert.equal(new Set(whole.map((transfer) => transfer.transfer_id)).size, whole.length);
      assert.ok(whole.every((transfer) => transfer.amount > 0n));
      assert.ok(Object.values(balances(order, whole)).every((sum) => sum === 0n));
    }),
  );
});
