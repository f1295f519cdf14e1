import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halve, halves } from './halve.ts';

test('a picture of half the sides has the mean of four pixels in each, in every plane', () => {
  const luma = [10, 20, 0, 0, 30, 40, 0, 4, 1, 1, 255, 255, 1, 1, 255, 255];
  const small = [25, 1, 1, 255];
  const i420 = [...luma, 8, 8, 8, 12, 100, 100, 104, 104];
  assert.deepEqual([...halve(Uint8Array.from(i420), 'I420', 4, 4)], [...small, 9, 102]);
  const nv12 = [...luma, 8, 100, 8, 100, 8, 104, 12, 104];
  assert.deepEqual([...halve(Uint8Array.from(nv12), 'NV12', 4, 4)], [...small, 9, 102]);
});

test('what lies in other forms is left to the canvas', () => {
  assert.deepEqual(['I420', 'NV12', 'RGBA', 'toString', null].map(halves), [true, true, false, false, false]);
});
