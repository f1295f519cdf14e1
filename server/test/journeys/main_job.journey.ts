/** The main job of Souk, by hand: live, chat, coins, gifts, a pinned product, two taps, the end, the replay. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from '../axe.ts';
import { openHouse } from '../harness.ts';
import { launch, signUp, visit } from './visitor.ts';

const house = await openHouse(null, { real: true });
const browser = await launch();
after(() => browser.close());

test('two people sign up, in English on a desktop and in German on a phone', { timeout: 120_000 }, async () => {
  const mira = await visit(browser, house, 'desktop', 'en');
  await signUp(house, mira, 'Mira Stone', 'mira@example.test');
  const jana = await visit(browser, house, 'phone', 'de');
  await signUp(house, jana, 'Jana Weber', 'jana@example.test');
  assert.deepEqual([...mira.errors, ...jana.errors], []);
});
