import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { toWire } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { ask, openShop, TRADER } from '../test/shop.ts';

test('catalog', async (t) => {
  const house = await openHouse(t);
  const mug = (price = '1900') => ({
    title: 'Mug',
    vat_class: 'standard',
    option_names: ['Colour'],
    variants: [{ option_values: ['Blue'], price, stock: 2 }],
  });

  await t.test('nothing is published before the law knows the trader (DSA art. 30)', async () => {
    const seller = await house.person();
    const shop = await ask(seller, 'POST', '/merchants', { name: 'Lehm & Glut' });
    assert.deepEqual(shop.body.missing, ['name', 'address', 'email', 'phone', 'register']);
    const { body } = await ask(seller, 'POST', '/products', mug());
    const path = `/products/${body.product_id}`;
    const refused = await ask(seller, 'PUT', `${path}/published`, { published: true });
    assert.equal(refused.body.code, 'trader_data_missing');
    assert.equal((await fetch(`${house.url}/api${path}`)).status, 404, 'a draft is nobody else’s');
    await ask(seller, 'PUT', '/me/merchant', TRADER);
    assert.equal((await ask(seller, 'PUT', `${path}/published`, { published: true })).body.state, 'published');
    assert.equal((await fetch(`${house.url}/api${path}`)).status, 200);
    assert.equal((await ask(seller, 'PUT', `${path}/published`, { published: false })).body.state, 'unpublished');
    assert.equal((await fetch(`${house.url}/api${path}`)).status, 404);
  });

  await t.test('a person has one shop, must be 18, and owns what is in it', async () => {
    const shop = await openShop(house, [1]);
    assert.equal((await ask(shop.seller, 'POST', '/merchants', TRADER)).body.code, 'merchant_exists');
    const teen = await house.person({ born_on: '2010-01-01' });
    assert.equal((await ask(teen, 'POST', '/merchants', TRADER)).body.code, 'too_young');
    const other = await house.person();
    assert.equal((await ask(other, 'POST', '/products', mug())).body.code, 'merchant_needed');
    await ask(other, 'POST', '/merchants', TRADER);
    const path = `/products/${shop.product_id}`;
    assert.equal((await ask(other, 'PUT', `${path}/published`, { published: false })).status, 404);
    assert.equal((await ask(other, 'PUT', path, { ...mug(), variants: [] })).status, 400);
  });

  await t.test('what one person sells is asked for by the person; who sells nothing has an empty list', async () => {
    const shop = await openShop(house, [1]);
    await openShop(house, [1]);
    const of = async (seller_id: string) => (await ask(shop.seller, 'GET', `/products?seller_id=${seller_id}`)).body;
    const { items } = await of(toWire('person', shop.seller.person_id));
    assert.deepEqual(
      items.map((item: { product_id: string }) => item.product_id),
      [shop.product_id],
    );
    const nobody = await house.person();
    assert.deepEqual(await of(toWire('person', nobody.person_id)), { items: [], next: null });
  });

  await t.test('products are found by part of their title, and a wildcard is a letter like others', async () => {
    const shop = await openShop(house, [1]);
    const found = async (q: string) =>
      (await ask(shop.seller, 'GET', `/products?${new URLSearchParams({ q, limit: '100' })}`)).body.items.length;
    const title = (await ask(shop.seller, 'GET', `/products/${shop.product_id}`)).body.title as string;
    assert.ok((await found(title.slice(1).toUpperCase())) >= 1);
    assert.deepEqual([await found('%'), await found('_'), await found('no such thing')], [0, 0, 0]);
  });

  await t.test('each variant has one value for each option, and no two are alike', async () => {
    const { seller } = await openShop(house, [1]);
    const [blue] = mug().variants;
    assert.equal(
      (await ask(seller, 'POST', '/products', { ...mug(), variants: [blue, blue] })).body.code,
      'options_invalid',
    );
    assert.equal((await ask(seller, 'POST', '/products', { ...mug(), option_names: [] })).body.code, 'options_invalid');
    for (const price of ['0', '-1', '1.5', '1e3', 1900, '99999999999']) {
      assert.equal((await ask(seller, 'POST', '/products', mug(price as string))).status, 400, `A7: ${price}`);
    }
  });

  await t.test('a price cut shows the lowest price of the 30 days before (§ 11 PAngV)', async () => {
    const shop = await openShop(house, [1], '2000');
    const DAY = 86_400_000;
    const setPrice = async (price: string) => {
      const variants = [{ variant_id: shop.variant_ids[0], option_values: ['Colour 0'], price }];
      const { body } = await ask(shop.seller, 'PUT', `/products/${shop.product_id}`, { ...mug(), variants });
      return body.variants[0].prior_price?.amount ?? null;
    };
    house.clock.advance(40 * DAY);
    assert.equal(await setPrice('1800'), '2000');
    house.clock.advance(5 * DAY);
    assert.equal(await setPrice('2500'), null, 'dearer is no cut');
    house.clock.advance(5 * DAY);
    assert.equal(
      await setPrice('2200'),
      null,
      'a raise before the cut does not make it a bargain: 18.00 was the lowest',
    );
    assert.equal(await setPrice('1500'), '1800');
  });

  await t.test('E4: pictures are drawn anew and lose their metadata; what is no picture is refused', async () => {
    const shop = await openShop(house, [1]);
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#b5532a' } })
      .jpeg()
      .toBuffer();
    const put = (bytes: Buffer, type = 'image/jpeg') =>
      shop.seller.fetch(`/api/products/${shop.product_id}/images/0`, {
        method: 'PUT',
        headers: { 'content-type': type },
        body: new Uint8Array(bytes),
      });
    const product = await (await put(picture)).json();
    assert.equal(product.images.length, 1);
    const small = await fetch(house.url + product.images[0].small_url);
    assert.equal(small.headers.get('content-type'), 'image/webp');
    assert.equal((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width, 320);
    assert.equal((await put(Buffer.from('<svg/>'))).status, 400);
    assert.equal((await put(picture, 'image/svg+xml')).status, 415);
  });
});
