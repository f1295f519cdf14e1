/** Buying, counted: a newcomer in one sheet, a returning buyer in two taps, the bank's step, a card that is declined. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from '../axe.ts';
import { openHouse } from '../harness.ts';
import { ask, openShop } from '../shop.ts';
import { openGate, type Visitor } from './visitor.ts';

const house = await openHouse(null, { real: true });
const gate = openGate(house);
after(gate.close);
const shop = await openShop(house, [20]);
const BUY = 'zahlungspflichtig bestellen';

let jana: Visitor;
let touched = 0;

/** Everything a person does with a hand counts once: a field filled, a button tapped. */
const touch = async (deed: Promise<void>) => {
  touched += 1;
  await deed;
};

const openSheet = async ({ page, t }: Visitor) => {
  await page.goto(`${house.url}/products/${shop.product_id}`);
  touched = 0;
  await touch(page.getByRole('button', { name: t('catalog.buy'), exact: true }).click());
};

const pickCard = async ({ page, t }: Visitor, card: string) => {
  await page.getByText(t('orders.new_card'), { exact: true }).first().click();
  await page.getByRole('combobox').last().selectOption(card);
};

test('a newcomer buys in one sheet: at most 12 inputs, within 60 s', async () => {
  jana = await gate.arrive({ size: 'phone', locale: 'de' });
  const { page, t } = jana;
  // Without a graphics card every frame behind the sheet's veil is dear: fewer frames, and patience.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openSheet(jana);
  const began = Date.now();
  const fields: [id: string, text: string][] = [
    ['orders.your_name', 'Jana Weber'],
    ['people.email', 'jana.buys@souk.test'],
    ['people.password', 'a quiet market in the morning'],
    ['people.born_on', '1991-04-05'],
    ['orders.street', 'Weg 2'],
    ['orders.postal_code', '20095'],
    ['orders.city', 'Hamburg'],
  ];
  for (const [id, text] of fields) await touch(page.getByLabel(t(id), { exact: true }).fill(text));
  await assertAccessible(page, 'the sheet');
  await touch(page.getByRole('button', { name: BUY, exact: true }).click());
  await page.getByText(t('orders.bought'), { exact: true }).waitFor();
  assert.ok(touched <= 12, `${touched} inputs`);
  assert.ok(Date.now() - began < 60_000);
});

test('a returning buyer orders in two taps, and the button stands below the full total', async () => {
  const { page, t } = jana;
  await openSheet(jana);
  const button = page.getByRole('button', { name: BUY, exact: true });
  const total = page.getByText('23,90', { exact: false }).last();
  await total.waitFor();
  const [above, below] = [await total.boundingBox(), await button.boundingBox()];
  assert.ok(above && below && above.y < below.y && below.y - (above.y + above.height) < 60, 'directly below it');
  await touch(button.click());
  await page.getByText(t('orders.bought'), { exact: true }).waitFor();
  assert.equal(touched, 2);
  const { body } = await ask(shop.seller, 'GET', '/me/merchant/orders');
  assert.equal(body.items.length, 2, 'two orders, none twice');
});

test('the bank’s step opens beside the stream, and the sheet hears of it by itself', async () => {
  const { page, t } = jana;
  await openSheet(jana);
  await pickCard(jana, 'bank_step');
  await page.getByRole('button', { name: BUY, exact: true }).click();
  const link = page.getByRole('link', { name: t('orders.to_the_bank') });
  const [bank] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await bank.getByRole('button', { name: /Demogeld/ }).click();
  await bank.getByText('Erledigt').waitFor();
  await bank.close();
  await page.bringToFront();
  await page.getByText(t('orders.bought'), { exact: true }).waitFor();
});

test('a declined card says why and that no money moved; another card buys', async () => {
  const { page, t } = jana;
  await openSheet(jana);
  await pickCard(jana, 'insufficient_funds');
  await page.getByRole('button', { name: BUY, exact: true }).click();
  await page.getByText(t('orders.declined_insufficient_funds'), { exact: true }).waitFor();
  await page.getByText(t('problem.money_stayed'), { exact: true }).waitFor();
  await page.getByRole('button', { name: t('orders.try_again'), exact: true }).click();
  await pickCard(jana, 'ok');
  await page.getByRole('button', { name: BUY, exact: true }).click();
  await page.getByText(t('orders.bought'), { exact: true }).waitFor();
});

test('the order’s page, the shop and the product are without serious findings of axe', async () => {
  const { page } = jana;
  for (const path of ['/orders', '/shop', `/products/${shop.product_id}`, `/shops/${shop.merchant_id}`]) {
    await page.goto(house.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle').catch(() => {});
    await assertAccessible(page, path);
  }
  assert.deepEqual(jana.errors, []);
});
