import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits } from './encoder.ts';

const camera = (settings: object) => ({ getSettings: () => settings as MediaTrackSettings });

test('a camera of the wanted size is sent as it is; one that only says so goes through the canvas', () => {
  assert.equal(fits(camera({ width: 720, height: 1280, resizeMode: 'none' })), true);
  assert.equal(fits(camera({ width: 720, height: 1280 })), true);
  assert.equal(fits(camera({ width: 720, height: 1280, resizeMode: 'crop-and-scale' })), false);
  assert.equal(fits(camera({ width: 640, height: 480, resizeMode: 'none' })), false);
});
