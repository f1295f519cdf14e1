import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashOf } from './answer.ts';

test('A2: the hash of a request does not depend on the order of its members, and on everything else', () => {
  assert.equal(hashOf({ a: 1, b: [1, 2n] }), hashOf({ b: [1, 2n], a: 1 }));
  assert.notEqual(hashOf({ a: [1, 2] }), hashOf({ a: [2, 1] }));
  assert.notEqual(hashOf({ a: 1n }), hashOf({ a: 1 }));
  assert.notEqual(hashOf({ a: '1' }), hashOf({ a: 1 }));
  assert.equal(hashOf({ a: 1, b: undefined }), hashOf({ a: 1 }));
});

test('A2: values that differ as JSON differ in their hash', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const sameText = hashOf(a) === hashOf(b);
      assert.equal(sameText, JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
    }),
  );
});

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { members: members.map(([name, member]) => [name, sorted(member)]) };
}
