import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handlesIn, tagsIn } from './naming.ts';

test('hashtags are read out of a caption: each once, lower case, in any script; numbers and addresses are none', () => {
  assert.deepEqual(tagsIn('#Töpfern mit #TON, #ton #123 #a1 x#no https://a.example/#frag 日本 #陶芸'), [
    'töpfern',
    'ton',
    'a1',
    '陶芸',
  ]);
  assert.deepEqual(tagsIn(`#${'x'.repeat(61)}`), [], 'what is too long is no tag');
  assert.equal(tagsIn(Array.from({ length: 50 }, (_, i) => `#t${i}`).join(' ')).length, 30);
});

test('people are named by their handle; mail addresses name nobody', () => {
  assert.deepEqual(handlesIn('with @Anna.lee, @bob_99. and ben@example.org @anna.lee'), ['anna.lee', 'bob_99']);
});
