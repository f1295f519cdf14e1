/** Every page before axe, in both themes, languages and widths; and a purchase without a pointer. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { faultsOfPage } from '../axe.ts';
import { buyCoins } from '../coins.ts';
import { installCamera } from '../fake_camera.ts';
import { openHouse } from '../harness.ts';
import { goLive } from '../room.ts';
import { ask, openBuyer, openShop, order } from '../shop.ts';
import { type Locale, launch, type Visitor, visit } from './visitor.ts';

// Time stands still, so that the room stays live however long the looking takes.
const house = await openHouse(null, { start: new Date() });

const shop = await openShop(house, [20, 3]);
const host = shop.seller;
const buyer = await openBuyer(house);
const staff = await house.person({ handle: 'staff', name: 'Robin', roles: ['operator', 'moderator', 'finance'] });
const room = await goLive(house, host, 'Glazing the autumn mugs');
const bought = await buyCoins(buyer.person, 500n);
const gift = await ask(buyer.person, 'POST', '/gifts', { gift: 'rose', count: 3, room_id: room.id });
const ordered = await order(buyer, shop.variant_ids[0] as string);
await ask(host, 'PUT', `/rooms/${room.id}/pin`, { thing: { type: 'product', id: shop.product_id } });
await ask(buyer.person, 'POST', '/reports', { subject: room.id, reason: 'scam', details: 'Just looking' });
await house.drain();

/** The paths of all screens that need no id: a new page is looked at without being named here. */
const plain = globSync('features/*/routes.tsx', { cwd: resolve(import.meta.dirname, '../../../web') }).flatMap(
  (file) => {
    const text = readFileSync(resolve(import.meta.dirname, '../../../web', file), 'utf8');
    return [...text.matchAll(/path: '(\/[^$'{]*)'/g)].map(([, path]) => path as string);
  },
);
const STAFF = /^\/operate/;
const HOST = /^\/(seller|studio)/;
const RESTLESS = /^\/(live.*|messages|following|studio\/(live|record))?$/;

const PAGES: readonly (readonly [who: typeof host | null, paths: string[]])[] = [
  [null, ['/wallet', '/orders', '/studio/live', '/nowhere', `/live/${room.id}`]],
  [
    buyer.person,
    [
      ...plain.filter((path) => !STAFF.test(path) && !HOST.test(path)),
      `/products/${shop.product_id}`,
      `/shops/${shop.merchant_id}`,
      `/@${host.handle}`,
      `/@${buyer.person.handle}`,
      `/live/${room.id}`,
      `/orders/${ordered.body.order_id}`,
      `/gifts/${gift.body.gift_id}`,
      `/wallet/receipts/${bought.lot_id}`,
    ],
  ],
  [host, [...plain.filter((path) => HOST.test(path)), `/seller/products/${shop.product_id}`, '/seller/products/new']],
  [staff, plain.filter((path) => STAFF.test(path))],
];

const MODES: [size: 'phone' | 'desktop', theme: string, locale: Locale][] = [
  ['phone', 'dark', 'de'],
  ['desktop', 'light', 'en'],
];

/** A browser of its own for each test: its single process does not outlive its first window. */
async function arrive(t: TestContext, size: 'phone' | 'desktop', theme: string, locale: Locale): Promise<Visitor> {
  const browser = await launch();
  t.after(() => browser.close());
  const visitor = await visit(browser, house, size, locale);
  const { page } = visitor;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(`localStorage.setItem('souk.theme', '${theme}')`);
  await installCamera(page.context());
  return visitor;
}

async function become(page: Page, who: typeof host | null): Promise<void> {
  await page.context().clearCookies();
  if (!who) return;
  const at = who.cookie.indexOf('=');
  const cookie = { name: who.cookie.slice(0, at), value: who.cookie.slice(at + 1), url: house.url };
  await page.context().addCookies([cookie]);
}

/** Goes there and waits until the page has said what it has to say. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(house.url + path);
  // `waitFor` looks after 270 ms and then only every half second: of a hundred pages that is most of a minute.
  const heading = page.locator('main h1, main h2');
  for (const until = Date.now() + 60_000; (await heading.count()) === 0; ) {
    assert.ok(Date.now() < until, `${path} has no heading`);
    await page.waitForTimeout(20);
  }
  // Rooms, the feed and conversations never fall silent; everything else does.
  const timeout = RESTLESS.test(path) ? 1_000 : 5_000;
  await page.waitForLoadState('networkidle', { timeout }).catch(() => {});
}

describe('axe, both at once', { concurrency: true }, () => {
  for (const [size, theme, locale] of MODES) {
    test(`no page has a serious finding of axe: ${size}, ${theme}, ${locale}`, { timeout: 600_000 }, async (of) => {
      const { page, t, errors } = await arrive(of, size, theme, locale);
      const faults: string[] = [];
      const look = async (where: string) =>
        faults.push(...(await faultsOfPage(page)).map((fault) => `${where}: ${fault}`));
      for (const [who, paths] of PAGES) {
        await become(page, who);
        for (const path of new Set(paths)) {
          await open(page, path);
          await look(path);
        }
      }
      await become(page, buyer.person);
      await open(page, `/live/${room.id}`);
      await page
        .getByRole('button', { name: t('rooms.give') })
        .first()
        .click();
      await page.getByRole('dialog').getByText(t('gifts.name_rose'), { exact: true }).waitFor();
      await look('the gifts');
      await become(page, null);
      await open(page, '/wallet');
      await page
        .locator('main')
        .getByRole('button', { name: t('shell.sign_in') })
        .click();
      await page.getByRole('dialog').waitFor();
      await look('signing up');
      assert.deepEqual(faults, []);
      assert.deepEqual(errors, []);
    });
  }
});

test('a purchase from the shop to the order, by the keyboard alone', { timeout: 300_000 }, async (of) => {
  const { page, t, errors } = await arrive(of, 'desktop', 'light', 'de');
  await become(page, buyer.person);
  await open(page, '/shop');
  await page.getByRole('link', { name: /Mug/ }).first().waitFor();
  await press(page, /Mug/);
  await page.waitForURL(/\/products\//);
  await page.getByRole('button', { name: t('catalog.buy'), exact: true }).waitFor();
  await press(page, new RegExp(`^${t('catalog.buy')}$`));
  await page.getByRole('dialog').getByText('23,90', { exact: false }).last().waitFor();
  await press(page, /zahlungspflichtig bestellen/);
  await page.getByText(t('orders.bought'), { exact: true }).waitFor();
  await press(page, new RegExp(`^${t('orders.done')}$`));
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  // The reader is where they were, not at the top of the page.
  await page.locator('button:focus').waitFor();
  assert.deepEqual(errors, []);
});

/** Tabs to what is called so, sees that the focus shows, and presses Enter. */
async function press(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs += 1) {
    await page.keyboard.press('Tab');
    const said = String(await page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.innerText'));
    if (!name.test(said.trim())) continue;
    assert.equal(
      await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'),
      'solid',
      `${name} shows`,
    );
    await page.keyboard.press('Enter');
    return;
  }
  assert.fail(`${name} is not reached by the keyboard`);
}
