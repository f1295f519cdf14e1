/** What buyers and the house read of orders: pictures, the card that is proposed, whose accounts they moved. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { fromWire, toWire } from '../kernel/ids.ts';
import { accountId } from '../ledger/index.ts';
import { settled } from '../payments/index.ts';
import { openHouse } from '../test/harness.ts';
import { ask, openBuyer, openShop, order } from '../test/shop.ts';

const house = await openHouse(null);

test('an order shows the first picture of what was bought', async () => {
  const shop = await openShop(house, [3]);
  const buyer = await openBuyer(house);
  const red = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c33' } })
    .jpeg()
    .toBuffer();
  await shop.seller.fetch(`/api/products/${shop.product_id}/images/0`, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(red),
  });
  const { body } = await order(buyer, shop.variant_ids[0]!);
  assert.match(body.lines[0].image_url, /^\/product-images\/.*-small\.webp$/);
  const [listed] = (await ask(buyer.person, 'GET', '/orders')).body.items;
  assert.equal(listed.lines[0].image_url, body.lines[0].image_url);
});

test('a card that was declined is proposed after those that were not, until it pays again', async () => {
  const shop = await openShop(house, [9]);
  const buyer = await openBuyer(house);
  const bad = await ask(buyer.person, 'POST', '/payment-methods', { card: 'declined' });
  const first = async () => {
    await settled(house.ctx);
    return (await ask(buyer.person, 'GET', '/payment-methods')).body.items[0].method_id;
  };
  assert.equal(await first(), bad.body.method_id, 'the newest');
  await order({ ...buyer, method_id: bad.body.method_id }, shop.variant_ids[0]!);
  assert.equal(await first(), buyer.method_id, 'the one that was not declined');
  // What a bank does that has changed its mind.
  await house.ctx.db.pool.query('update payment_methods set declined_at = $2 where method_id = $1', [
    fromWire('method', buyer.method_id),
    house.ctx.clock.now(),
  ]);
  assert.equal(await first(), bad.body.method_id, 'both were declined: the newest again');
  assert.equal((await order(buyer, shop.variant_ids[0]!)).status, 201);
  assert.equal(await first(), buyer.method_id);
});

test('the book names who owns an account: a person, a shop, the house', async () => {
  const shop = await openShop(house, [3]);
  const finance = await house.person({ roles: ['finance'] });
  const ownerOf = async (account: string) =>
    (await ask(finance, 'GET', `/ledger/accounts/${toWire('account', account)}`)).body.owner;
  assert.equal((await ownerOf(accountId(shop.seller.person_id, 'coins', 'COIN'))).path, `/@${shop.seller.handle}`);
  const payable = accountId(fromWire('merchant', shop.merchant_id), 'payable.pending', 'EUR');
  assert.deepEqual(await ownerOf(payable), { name: 'Lehm & Glut', path: `/shops/${shop.merchant_id}` });
  assert.equal(await ownerOf(accountId(null, 'coins.issued', 'COIN')), null);
});
