import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultsOfTexts } from './texts.ts';

test('every text that a screen asks for stands in both languages, with the same variables', () => {
  assert.deepEqual(faultsOfTexts(fileURLToPath(new URL('.', import.meta.url))), []);
});
