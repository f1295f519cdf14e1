import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Receipt } from './data.ts';
import { recompute } from './recompute.ts';

const money = (amount: number) => ({ amount: String(amount), currency: 'EUR' });

/** 70 coins bought for 99 ct, of which 16 are tax; the platform takes half of the net. */
const lot = { lot_id: 'lot_1', coins: '70', net: money(83), vat: money(16) };

/** A Rose out of the middle of the purchase, as the server says it. */
function receiptOf(lot_from: number, lot_to: number, creator: number, platform: number, vat: number): Receipt {
  const split = {
    creator: money(creator),
    platform: money(platform),
    vat: money(vat),
    total: money(creator + platform + vat),
  };
  const part = { lot, lot_from: String(lot_from), lot_to: String(lot_to), ...split };
  const share = { share_id: 'DE-2026-01', platform_bps: 5_000 };
  return { coins: String(lot_to - lot_from), share, parts: [part], splits: [split] } as unknown as Receipt;
}

test('a true receipt comes out the same, whole or a coin of it', () => {
  assert.deepEqual(recompute(receiptOf(0, 70, 42, 41, 16)), { checked: 9, wrong: [] });
  // ⌊83·35/70⌋ − ⌊83·34/70⌋ = 41 − 40; the platform's ⌊41/2⌋ − ⌊40/2⌋ = 0; the tax ⌊16·35/70⌋ − ⌊16·34/70⌋ = 8 − 7.
  assert.deepEqual(recompute(receiptOf(34, 35, 1, 0, 1)).wrong, []);
});

test('a cent that was moved is found', () => {
  assert.deepEqual(recompute(receiptOf(0, 70, 41, 42, 16)).wrong, ['creator', 'platform', 'creator', 'platform']);
  assert.ok(recompute({ ...receiptOf(0, 70, 42, 41, 16), coins: '71' }).wrong.includes('coins'));
});
