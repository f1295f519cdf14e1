import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropOf, placesOf, wholeIn } from './places.ts';

test('two pictures share the one that is sent: nothing is left over, nothing overlaps', () => {
  assert.deepEqual(placesOf('stacked', false), { host: { x: 0, y: 0, width: 720, height: 1280 }, guest: null });
  const { host, guest } = placesOf('stacked', true);
  assert.deepEqual(host, { x: 0, y: 0, width: 720, height: 640 });
  assert.deepEqual(guest, { x: 0, y: 640, width: 720, height: 640 });
  assert.deepEqual(placesOf('beside', true).guest, { x: 360, y: 0, width: 360, height: 1280 });
});

test('a picture is cut, not bent; a screen is shown whole', () => {
  const place = { x: 0, y: 640, width: 720, height: 640 };
  assert.deepEqual(cropOf({ width: 720, height: 1280 }, place), { x: 0, y: 320, width: 720, height: 640 });
  const wide = cropOf({ width: 1920, height: 1080 }, place);
  assert.deepEqual([wide.height, wide.width / wide.height], [1080, 720 / 640]);
  assert.deepEqual(wholeIn({ width: 1440, height: 720 }, place), { x: 0, y: 780, width: 720, height: 360 });
});
