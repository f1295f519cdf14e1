import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintId, toWire } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { call, type Someone } from '../test/room.ts';
import { openShop } from '../test/shop.ts';
import { postVideo } from '../test/video.ts';

const house = await openHouse(null);
const { ctx } = house;
const shop = await openShop(house, [3]);

type Answer = { links: { from_ms: number; product: { product_id: string } }[]; code?: string };
type Video = { labels: { relation: string; word: { de: string } }[] };

const put = (who: Someone, video: string, ...links: object[]) =>
  call<Answer>(who, 'PUT', `/api/videos/${video}/products`, { links });
const links = (who: Someone, video: string) => call<Answer>(who, 'GET', `/api/videos/${video}/products`);
const words = async (who: Someone, video: string) =>
  (await call<Video>(who, 'GET', `/api/videos/${video}`)).body.labels.map(({ relation }) => relation);

const posted = async (by: { person_id: string }, more = {}) => (await postVideo(ctx, by.person_id, more)).id;

test('a linked product stands at its moment, and the video says that it advertises, also when the link is gone', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const video = await posted(ann);
  assert.deepEqual(await words(ben, video), []);
  assert.equal((await put(ann, video, { product_id: shop.product_id, from_ms: 1_500 })).status, 200);
  const shown = (await links(ben, video)).body.links;
  assert.deepEqual(
    shown.map(({ from_ms, product }) => [from_ms, product.product_id]),
    [[1_500, shop.product_id]],
  );
  assert.deepEqual(await words(ben, video), ['product_link']);
  assert.deepEqual((await put(ann, video)).body.links, []);
  assert.deepEqual((await links(ben, video)).body.links, []);
  assert.deepEqual(await words(ben, video), ['product_link'], 'what was commercial stays so on record');
});

test('one’s own product is said to be one', async () => {
  const video = await posted(shop.seller);
  await put(shop.seller, video, { product_id: shop.product_id });
  assert.deepEqual(await words(await house.person(), video), ['own_product']);
});

test('refused: another’s video, what is not for sale, beyond the end, one product twice, minors', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const kid = await house.person({ born_on: '2010-06-01' });
  const [video, theirs] = [await posted(ann), await posted(kid)];
  const mug = { product_id: shop.product_id };
  const code = async (answer: ReturnType<typeof put>) => (await answer).body.code;
  assert.equal(await code(put(ben, video, mug)), 'not_found');
  assert.equal(await code(put(ann, video, { product_id: toWire('product', mintId()) })), 'link_unknown');
  assert.equal(await code(put(ann, video, { ...mug, from_ms: 599_999 })), 'link_too_late');
  assert.equal((await put(ann, video, mug, mug)).status, 400);
  assert.equal(await code(put(kid, theirs, mug)), 'too_young');
  assert.deepEqual((await links(ben, video)).body.links, []);
  assert.deepEqual(await words(ben, video), []);
});

test('not shown: across a block with the seller, once it is off sale, in a video that one may not see', async () => {
  const other = await openShop(house, [2]);
  const [ann, ben] = [await house.person(), await house.person()];
  const [video, own] = [await posted(ann), await posted(ann, { visibility: 'me' })];
  for (const id of [video, own]) await put(ann, id, { product_id: other.product_id });
  assert.equal((await links(ben, own)).status, 404);
  assert.equal((await links(ben, video)).body.links.length, 1);
  await call(ben, 'PUT', `/api/people/${toWire('person', other.seller.person_id)}/block`);
  assert.equal((await links(ben, video)).body.links.length, 0);
  await call(other.seller, 'PUT', `/api/products/${other.product_id}/published`, { published: false });
  assert.equal((await links(ann, video)).body.links.length, 0);
});
