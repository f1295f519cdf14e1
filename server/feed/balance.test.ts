import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../test/harness.ts';
import { call, type Someone } from '../test/room.ts';
import { openShop } from '../test/shop.ts';
import { postVideo } from '../test/video.ts';

const house = await openHouse(null);
const { ctx } = house;
const shop = await openShop(house, [5]);
const creators = await Promise.all(Array.from({ length: 12 }, () => house.person()));
for (const creator of creators) {
  const { id } = await postVideo(ctx, creator.person_id);
  await call(creator, 'PUT', `/api/videos/${id}/products`, { links: [{ product_id: shop.product_id }] });
}

type Page = { items: { links: object[]; video: { labels: object[] } }[] };
type Balance = {
  window: number;
  budgets: { dial: number; most: number }[];
  served: { items: number; sold: number }[];
  health: { views: number }[];
};

async function pageOf(who: Someone | null, dial?: number) {
  const path = `/api/feed/for-you?limit=12${dial === undefined ? '' : `&dial=${dial}`}`;
  const fetching = who?.fetch ?? ((at: string) => fetch(house.url + at));
  const { items } = (await (await fetching(path)).json()) as Page;
  return { all: items.length, sold: items.filter(({ links }) => links.length > 0).length, items };
}
const balance = async () => (await (await fetch(`${house.url}/api/feed/balance`)).json()) as Balance;

test('dial 0 shows the same feed without anything for sale, and what it is stays said', async () => {
  const ann = await house.person();
  const at_first = await pageOf(ann);
  assert.equal(at_first.sold, 4, '4 of 20 where nobody moved the dial');
  const ben = await house.person();
  const { status, body } = await call<{ dial: number; most: number }>(ben, 'PUT', '/api/feed/dial', { dial: 0 });
  assert.deepEqual([status, body], [200, { dial: 0, most: 0 }]);
  const calm = await pageOf(ben);
  assert.deepEqual([calm.all, calm.sold], [at_first.all, 0]);
  assert.ok(calm.items.every(({ video }) => video.labels.length === 1));
  assert.deepEqual((await call(ben, 'GET', '/api/feed/dial')).body, { dial: 0, most: 0 });
});

test('a guest says it with the page; beyond 0 to 100 is refused', async () => {
  assert.deepEqual([(await pageOf(null, 0)).sold, (await pageOf(null, 100)).sold], [0, 6]);
  const ann = await house.person();
  for (const dial of [-1, 101, 1.5, '50']) {
    assert.equal((await call(ann, 'PUT', '/api/feed/dial', { dial })).status, 400, String(dial));
  }
  assert.equal((await fetch(`${house.url}/api/feed/for-you?dial=101`)).status, 400);
});

test('what was served is counted from the pages, for anybody', async () => {
  house.clock.advance(61_000);
  const before = await balance();
  assert.deepEqual(
    before.budgets.map(({ most }) => most),
    [0, 2, 4, 6, 8],
  );
  const page = await pageOf(await house.person());
  assert.deepEqual(await balance(), before, 'kept for a minute');
  house.clock.advance(61_000);
  const [was, is] = [before.served.at(-1), (await balance()).served.at(-1)];
  assert.deepEqual([is?.items, is?.sold], [(was?.items ?? 0) + page.all, (was?.sold ?? 0) + page.sold]);
});
