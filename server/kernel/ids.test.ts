import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromUUID } from 'typeid-js';
import { deriveId, fromWire, mintId, toWire, wireId } from './ids.ts';

test('an id goes to the wire and back, and another prefix refuses it', () => {
  const id = mintId();
  const wire = toWire('gift', id);
  assert.match(wire, /^gift_[0-9a-z]{26}$/);
  assert.equal(fromWire('gift', wire), id);
  assert.equal(wireId('room').safeDecode(wire).success, false);
  assert.equal(wireId('gift').safeDecode(`${wire}x`).success, false);
});

test('every id is written as the TypeID library writes it', () => {
  const edges = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  const some = Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? mintId() : deriveId('any', n)));
  for (const id of [...edges, ...some]) assert.equal(toWire('gift', id), fromUUID(id, 'gift'));
});

test('a derived id follows from its parts alone and is a valid UUIDv8', () => {
  const id = deriveId('gift', 'coins', 0);
  assert.equal(id, deriveId('gift', 'coins', 0));
  assert.notEqual(id, deriveId('gift', 'coins', 1));
  assert.notEqual(deriveId('a', 'bc'), deriveId('ab', 'c'));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
