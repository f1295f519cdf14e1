import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../test/harness.ts';
import { call, goLive } from '../test/room.ts';
import { openShop } from '../test/shop.ts';

const house = await openHouse(null);
const [shop, host] = [await openShop(house, [3]), await house.person()];

type Page = { labels: { relation: string; word: { de: string } }[] };

async function labelsOf(room: string) {
  const { body } = await call<Page>(await house.person({ market: 'DE' }), 'GET', `/api/rooms/${room}`);
  return body.labels.map(({ relation, word }) => `${relation}: ${word.de}`);
}

for (const [who, own] of [
  [host, []],
  [shop.seller, ['own_product: Werbung · Eigenes Produkt']],
] as const) {
  test(`a live sells from its first pin on, also when that is gone${own.length ? ', one’s own product' : ''}`, async () => {
    const room = await goLive(house, who);
    assert.deepEqual(await labelsOf(room.id), []);
    const thing = { type: 'product', id: shop.product_id };
    assert.equal((await call(who, 'PUT', `/api/rooms/${room.id}/pin`, { thing })).status, 200);
    const selling = [...own, 'live_selling: Dauerwerbesendung'];
    assert.deepEqual(await labelsOf(room.id), selling);
    assert.equal((await call(who, 'DELETE', `/api/rooms/${room.id}/pin`)).status, 200);
    assert.deepEqual(await labelsOf(room.id), selling);
    await call(who, 'POST', `/api/rooms/${room.id}/end`);
    assert.deepEqual(await labelsOf(room.id), selling, 'the replay');
  });
}
