import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ask } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { catalog } from './index.ts';

const house = await openHouse(test);
const EUR = (amount: number) => ({ amount: String(amount), currency: 'EUR' });

test('the catalog has at least twenty gifts in three classes, each with coins, money and who gets what', async () => {
  const { items } = (await ask(await house.person(), 'GET', '/gifts/catalog')).body;
  assert.ok(items.length >= 20);
  assert.deepEqual([...new Set(items.map((item: { class: string }) => item.class))], ['chip', 'banner', 'stage']);
  for (const { total, vat, creator, platform } of items) {
    const sum = [vat, creator, platform].reduce((a, part) => a + BigInt(part.amount), 0n);
    assert.equal(sum, BigInt(total.amount));
  }
  const { hundred } = (await ask(await house.person(), 'GET', '/gifts/catalog')).body;
  assert.deepEqual(hundred, { total: EUR(100), vat: EUR(16), creator: EUR(42), platform: EUR(42) });
  const diamond = items.find((item: { gift: string }) => item.gift === 'diamond');
  assert.deepEqual([diamond.coins, diamond.total], ['100', EUR(140)]);
});

test('a gift dearer than the daily limit is shown as not offered', async () => {
  const ada = await house.person();
  await ask(ada, 'PUT', '/wallet/limits', { day: EUR(500), month: null });
  const { items } = (await ask(ada, 'GET', '/gifts/catalog')).body;
  const offered = items.filter((item: { offered: boolean }) => item.offered).map((item: { gift: string }) => item.gift);
  const dearest = Math.max(...offered.map((gift: string) => Number(catalog.find((one) => one.gift === gift)!.coins)));
  assert.deepEqual([offered.length, dearest], [12, 300]);
});

test('codes of the catalog are unique and ordered by price', () => {
  assert.equal(new Set(catalog.map(({ gift }) => gift)).size, catalog.length);
  assert.deepEqual(
    catalog.toSorted((a, b) => Number(a.coins - b.coins)),
    catalog,
  );
});

test('docs/gifts.md lists every gift at its price', async () => {
  const page = await readFile(new URL('../../docs/gifts.md', import.meta.url), 'utf8');
  for (const { gift, class: shown, coins } of catalog) {
    const minor = (Number(coins) * 1.4).toFixed(0).padStart(3, '0');
    const euros = `${Number(minor.slice(0, -2)).toLocaleString('en')}.${minor.slice(-2)}`;
    const row = `(\`${gift}\`) | ${shown} | ${coins.toLocaleString('en')} | ${euros} € |`;
    assert.ok(page.includes(row), row);
  }
});
