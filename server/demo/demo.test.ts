import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openHouse } from '../test/harness.ts';
import type { Actor } from './actor.ts';
import { wirePerson } from './acts.ts';
import { CAST, DOORS } from './cast.ts';
import { gather, type Troupe } from './opening.ts';
import { POSTS, type Post } from './posts.ts';
import { filmed, startPosting } from './video_posts.ts';

const house = await openHouse(null, { demo: true, real: true });

interface Shown {
  open: boolean;
  room_id: string | null;
  doors: { door: string; person: { handle: string } }[];
}

const show = async (): Promise<Shown> => (await fetch(`${house.url}/api/demo`)).json() as Promise<Shown>;

async function enter(door: string): Promise<(path: string) => Promise<unknown>> {
  const answer = await fetch(`${house.url}/api/demo/doors/${door}`, { method: 'POST' });
  assert.equal(answer.status, 200);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return async (path) => (await fetch(`${house.url}/api${path}`, { headers: { cookie } })).json();
}

for (let waited = 0; waited < 1200 && !(await show()).open; waited++) await new Promise((go) => setTimeout(go, 100));

test('four doors are open, each with the one who waits behind it', async () => {
  const { open, doors } = await show();
  assert.equal(open, true);
  assert.deepEqual(
    doors.map(({ door }) => door),
    [...DOORS],
  );
});

test('whoever enters to watch has 200 coins, an address and a sandbox card', async () => {
  const get = await enter('watch');
  const [wallet, addresses, methods] = await Promise.all(['/wallet', '/addresses', '/payment-methods'].map(get));
  assert.equal((wallet as { coins: string }).coins, '200');
  assert.equal((addresses as { items: unknown[] }).items.length, 1);
  assert.equal((methods as { items: unknown[] }).items.length, 1);
});

test('whoever enters to sell has a shop that may sell, with products in stock', async () => {
  const get = await enter('sell');
  const { merchant } = (await get('/me/merchant')) as { merchant: { missing: string[] } };
  assert.deepEqual(merchant.missing, []);
  const { items } = (await get('/me/merchant/products')) as { items: { state: string; images: unknown[] }[] };
  assert.equal(items.length, 2);
  assert.ok(items.every(({ state, images }) => state === 'published' && images.length > 0));
});

test('whoever enters to run is the operator; nobody else of the cast is', async () => {
  const get = await enter('run');
  const { person } = (await get('/people/me')) as { person: { roles: string[] } };
  assert.deepEqual(person.roles.sort(), ['finance', 'moderator', 'operator']);
  assert.equal(CAST.filter(({ roles }) => roles).length, 1);
});

test('one live runs: a recording through the real ingest, marked as one', async () => {
  for (let waited = 0; waited < 600 && !(await show()).room_id; waited++)
    await new Promise((go) => setTimeout(go, 100));
  const { room_id } = await show();
  const room = (await (await fetch(`${house.url}/api/rooms/${room_id}`)).json()) as Record<string, unknown>;
  assert.equal(room.is_demo, true);
  const { live_url } = room.stream as { live_url: string };
  assert.equal((await fetch(house.url + live_url)).status, 200);
});

test('a demo opened again is the same demo: nobody and nothing comes twice', async () => {
  const count = async () => {
    const { rows } = await house.ctx.db.pool.query(
      'select (select count(*) from people) people, (select count(*) from products) products, (select count(*) from addresses) addresses',
    );
    const planned = (await (await fetch(`${house.url}/api/schedules`)).json()) as { items: unknown[] };
    assert.equal(planned.items.length, CAST.filter(({ plan }) => plan).length);
    return rows[0];
  };
  const first = await count();
  await gather(house.app);
  assert.deepEqual(await count(), first);
});

interface Seen {
  caption: string;
  cover_url: string | null;
  is_demo: boolean;
  duration_ms: number;
  has_sound: boolean;
}

/** The relay runs by itself here: what it has taken, a drain does not see. */
async function packaged(there: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 300 && !(await there()); waited++) {
    await house.drain();
    await new Promise((go) => setTimeout(go, 100));
  }
}

test('what the cast filmed is posted once, however often the demo opens, and can be played', async () => {
  const troupe = (await gather(house.app)) as Troupe;
  const few = POSTS.filter(({ file }) => ['mira_wheel', 'jonas_canal'].includes(file));
  const seen = async (who: string): Promise<Seen[]> => {
    const person = wirePerson(troupe.get(who) as Actor);
    return ((await (await fetch(`${house.url}/api/videos/of/${person}`)).json()) as { items: Seen[] }).items;
  };
  for (const opening of ['first', 'again']) {
    const posting = startPosting(house.app, troupe, few);
    await posting.done;
    for (const { who, caption } of few) {
      await packaged(async () => (await seen(who)).length > 0);
      const [video, ...more] = await seen(who);
      assert.deepEqual(more, [], opening);
      assert.equal(video?.caption, caption);
      assert.ok(video.is_demo && video.cover_url && video.has_sound && video.duration_ms > 6_000);
    }
  }
});

test('a post that was interrupted is completed, and one that ends in between leaves nothing half', async () => {
  const troupe = (await gather(house.app)) as Troupe;
  const [post] = POSTS.filter(({ file }) => file === 'leyla_manti');
  const mine = async () => {
    const { items } = await (troupe.get('cook') as Actor).call<{ items: { state: string }[] }>('GET', '/videos/mine');
    return items.map(({ state }) => state);
  };
  await startPosting(house.app, troupe, [post as Post]).stop();
  assert.ok(!(await mine()).includes('published'));
  await startPosting(house.app, troupe, [post as Post]).done;
  await packaged(async () => (await mine())[0] === 'published');
  assert.deepEqual(await mine(), ['published']);
});

test('every film has its post and its cover, none is too large, and its ware stands in its own shop', () => {
  const folder = join(import.meta.dirname, 'videos');
  const names = filmed().flatMap(({ file }) => [`${file}.mp4`, `${file}.jpg`]);
  assert.deepEqual(readdirSync(folder).sort(), names.sort());
  const sizes = names.map((name) => statSync(join(folder, name)).size);
  assert.ok(Math.max(...sizes) < 500_000 && sizes.reduce((sum, size) => sum + size, 0) < 12_000_000);
  for (const { who, ware } of POSTS) {
    const part = CAST.find(({ part }) => part === who);
    assert.ok(part, who);
    if (ware)
      assert.ok(
        part.shop?.products.some(({ title }) => title === ware),
        ware,
      );
  }
  assert.equal(POSTS.length, 24);
  assert.equal(POSTS.filter(({ ware }) => ware).length, 8);
  assert.equal(new Set(POSTS.map(({ caption }) => caption)).size, POSTS.length);
});

test('in a house where people live who are no cast, nothing is made up', async (t) => {
  const lived_in = await openHouse(t, { real: true });
  await lived_in.person();
  assert.equal(await gather(lived_in.app), null);
});
