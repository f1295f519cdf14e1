import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromWire, toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { openShop } from '../test/shop.ts';
import { type SeedVideo, seedVideos } from '../test/videos.ts';
import { clearShelves } from './candidates.ts';
import { countCoWatches, forgetOldPages, refreshCreators, refreshStandings } from './jobs.ts';
import { WEIGHTS } from './weights.ts';

const house = await openHouse(test);
const { ctx, clock } = house;
const [ada, bob, cleo] = [await house.person(), await house.person(), await house.person()];
const DAY_MS = 86_400_000;

const post = async (of: TestPerson, given: Partial<SeedVideo> = {}) =>
  (await seedVideos(ctx, [{ person_id: of.person_id, ...given }]))[0] as string;
const wire = (id: string) => toWire('video', id);

async function ask(who: TestPerson | null, path: string, init: { method?: string; body?: object } = {}) {
  const fetching = who?.fetch ?? ((at: string, given?: RequestInit) => fetch(`${house.url}${at}`, given));
  const response = await fetching(`/api${path}`, {
    method: init.method ?? 'GET',
    ...(init.body && { body: JSON.stringify(init.body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, body: await response.json() };
}

type Item = {
  kind: string;
  video?: { video_id: string; person: { handle: string } };
  replay?: boolean;
  links?: object[];
  why: Why[];
};
type Why = { code: string; tag: string | null; video_id: string | null };
interface Page {
  items: Item[];
  next: string | null;
  visit: string;
  exhausted: boolean;
}

async function page(who: TestPerson | null, query: Record<string, string> = {}): Promise<Page> {
  clearShelves(ctx);
  clock.advance(30_000);
  const { status, body } = await ask(who, `/feed/for-you?${new URLSearchParams({ limit: '20', ...query })}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

const idsOf = ({ items }: Page) => items.flatMap(({ video }) => (video ? [video.video_id] : []));

/** Watches a video to its end. */
async function hold(who: TestPerson | null, id: string, given?: string): Promise<string> {
  const report = async (seq: number, kind: string, played_ms: number, visit?: string) => {
    const events = [{ video_id: wire(id), seq, kind, played_ms }];
    return (await ask(who, '/videos/watch', { method: 'POST', body: { events, ...(visit && { visit }) } })).body.visit;
  };
  const visit = await report(clock.now().getTime(), 'start', 0, given);
  clock.advance(12_000);
  return report(clock.now().getTime(), 'complete', 10_000, visit);
}

test('an empty instance answers with an empty page that says so', async () => {
  assert.deepEqual(await page(null).then(({ items, next, exhausted }) => ({ items, next, exhausted })), {
    items: [],
    next: null,
    exhausted: true,
  });
});

test('a guest is shown what everyone may see, each with a reason, and the next page goes on', async () => {
  const open = await Promise.all(Array.from({ length: 24 }, (_, at) => post([ada, bob, cleo][at % 3]!)));
  const closed = await Promise.all(['followers', 'friends', 'me'].map((visibility) => post(ada, { visibility })));
  const first = await page(null, { limit: '10' });
  assert.equal(first.items.length, 10);
  assert.ok(first.items.every(({ why }) => why.length > 0));
  const second = await page(null, { limit: '10', visit: first.visit, after: first.next! });
  const shown = [...idsOf(first), ...idsOf(second)];
  assert.equal(new Set(shown).size, 20, 'no repeat');
  assert.ok(shown.every((id) => open.some((one) => wire(one) === id)));
  assert.ok(closed.every((id) => !shown.includes(wire(id))));
});

test('a cursor of somebody else, or a bent one, is refused', async () => {
  const { next, visit } = await page(null);
  const foreign = await ask(bob, `/feed/for-you?after=${next}`);
  assert.deepEqual([foreign.status, foreign.body.code], [400, 'cursor_invalid']);
  const bent = await ask(null, `/feed/for-you?visit=${visit}&after=${next}x`);
  assert.equal(bent.status, 400);
});

test('one creator at most twice in ten while others post, and new creators are among ten', async () => {
  const viewer = await house.person();
  const { items } = await page(viewer, { limit: '10' });
  const handles = items.flatMap(({ video }) => (video ? [video.person.handle] : []));
  // Three people post: twice two is six, then the rest is filled up in order.
  assert.ok(new Set(handles.slice(0, 6)).size === 3);
});

test('never blank: when nothing unseen is left it says so, and goes on with what was seen', async () => {
  const viewer = await house.person();
  const first = await page(viewer);
  const second = await page(viewer, { after: first.next! });
  const third = await page(viewer, { after: second.next! });
  assert.deepEqual([first.exhausted, second.exhausted], [false, true]);
  assert.equal(third.items.length, 20);
  assert.ok(third.items.every(({ replay, why }) => replay && why[0]?.code === 'replay'));
  // Of 24 videos the second page showed the last four, and the first sixteen again.
  assert.ok(
    idsOf(first)
      .slice(16)
      .includes(idsOf(third)[0] as string),
    'what was served longest ago comes first',
  );
});

test('who is followed comes first, and it says so', async () => {
  const viewer = await house.person();
  const dora = await house.person();
  const id = await post(dora, { published_at: new Date(clock.now().getTime() - 10 * DAY_MS) });
  await ask(viewer, `/people/${toWire('person', dora.person_id)}/follow`, { method: 'PUT' });
  const { items } = await page(viewer);
  const [first] = items;
  assert.equal(first?.video?.video_id, wire(id));
  assert.ok(first?.why.some(({ code }) => code === 'followed'));
});

test('blocked, muted and one’s own are never shown', async () => {
  const viewer = await house.person();
  const own = await post(viewer);
  await ask(viewer, `/people/${toWire('person', ada.person_id)}/block`, { method: 'PUT' });
  await ask(viewer, `/people/${toWire('person', bob.person_id)}/mute`, { method: 'PUT' });
  const { items } = await page(viewer);
  const handles = new Set(items.flatMap(({ video }) => (video ? [video.person.handle] : [])));
  assert.ok(!handles.has(ada.handle) && !handles.has(bob.handle) && handles.has(cleo.handle));
  assert.ok(!items.some(({ video }) => video?.video_id === wire(own)));
});

test('people who held one held the other: co-watching is counted once, and the video that led there is named', async () => {
  const [eve, finn] = [await house.person(), await house.person()];
  const old = { published_at: new Date(clock.now().getTime() - 20 * DAY_MS) };
  const [lead, other] = [await post(eve, old), await post(finn, old)];
  for (let n = 0; n < 12; n += 1) {
    const person = await house.person();
    await hold(person, lead);
    await hold(person, other);
  }
  clock.advance(60_000);
  await refreshStandings(ctx);
  await refreshCreators(ctx);
  const { rows: standing } = await ctx.db.pool.query('select views::int from creator_standings where person_id = $1', [
    eve.person_id,
  ]);
  assert.deepEqual(standing, [{ views: 12 }]);
  for (let twice = 0; twice < 2; twice += 1) await countCoWatches(ctx);
  const { rows } = await ctx.db.pool.query('select n from co_watches where video_id = $1 and other_id = $2', [
    lead,
    other,
  ]);
  assert.deepEqual(rows, [{ n: 12 }]);
  const viewer = await house.person();
  await hold(viewer, lead);
  const { items } = await page(viewer);
  const found = items.find(({ video }) => video?.video_id === wire(other));
  const why = found?.why.find(({ code }) => code === 'co_watched');
  assert.equal(why?.video_id, wire(lead));
});

test('what somebody holds leads to more of its tag, and it is named', async () => {
  const gina = await house.person();
  const old = { published_at: new Date(clock.now().getTime() - 15 * DAY_MS), tags: ['pottery'] };
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push(await post(gina, old));
  const viewer = await house.person();
  for (const id of ids.slice(0, 3)) await hold(viewer, id);
  const { items } = await page(viewer);
  const found = items.find(({ video }) => video?.video_id === wire(ids[4]!));
  assert.ok(
    found?.why.some(({ code, tag }) => code === 'tag' && tag === 'pottery'),
    JSON.stringify(found?.why),
  );
});

test('DSA 28: what a minor watches changes nothing of what they are shown; what they say does', async () => {
  const hugo = await house.person();
  const old = { published_at: new Date(clock.now().getTime() - 15 * DAY_MS), tags: ['knitting'] };
  const [one, two] = [await post(hugo, old), await post(hugo, old)];
  const minor = await house.person({ born_on: '2010-01-01' });
  const visit = await hold(minor, one);
  const { items } = await page(minor, { visit });
  const codes = new Set(items.flatMap(({ why }) => why.map(({ code }) => code)));
  for (const code of ['tag', 'creator', 'sound', 'co_watched']) assert.ok(!codes.has(code), code);
  await ask(minor, '/feed/not-interested', { method: 'POST', body: { video_id: wire(two), visit } });
  const again = await page(await house.person(), {});
  assert.ok(again.items.length > 0);
  const { rows } = await ctx.db.pool.query('select count(*)::int as n from served_pages where viewer_id = $1', [
    minor.person_id,
  ]);
  assert.equal(rows[0].n, 0, 'nothing is kept by name');
});

test('not interested: that video never again, less of a creator ranks lower; and it can be taken back', async () => {
  const viewer = await house.person();
  const { items } = await page(viewer);
  const video_id = items[0]?.video?.video_id as string;
  const person_id = toWire('person', ada.person_id);
  const served_id = (items[0] as unknown as { served_id: string }).served_id;
  const body = { video_id, person_id, tag: 'Pottery', served_id };
  assert.equal((await ask(viewer, '/feed/not-interested', { method: 'POST', body })).status, 200);
  assert.equal((await ask(viewer, '/feed/not-interested', { method: 'POST', body })).status, 200);
  const listed = (await ask(viewer, '/feed/not-interested')).body.items;
  assert.deepEqual(listed.map(({ kind }: { kind: string }) => kind).sort(), ['creator', 'tag', 'video']);
  for (let n = 0; n < 3; n += 1) assert.ok(!idsOf(await page(viewer)).includes(video_id));
  await ask(viewer, `/feed/not-interested?person_id=${person_id}`, { method: 'DELETE' });
  assert.equal((await ask(viewer, '/feed/not-interested')).body.items.length, 2);
});

test('what was served is kept with its reasons and its weights, and forgotten after thirty days', async () => {
  const viewer = await house.person();
  await page(viewer);
  const kept = async () =>
    (await ctx.db.pool.query('select weights, items from served_pages where viewer_id = $1', [viewer.person_id])).rows;
  const [row] = await kept();
  assert.equal(row.weights, WEIGHTS.version);
  assert.ok(
    row.items.every(({ why, parts }: { why: object[]; parts: object[] }) => why.length > 0 && parts.length > 0),
  );
  clock.advance(31 * DAY_MS);
  await forgetOldPages(ctx);
  assert.equal((await kept()).length, 0);
});

test('Following: strictly by time, in pages, with what only followers see, and nobody muted', async () => {
  const viewer = await house.person();
  const [ina, jon] = [await house.person(), await house.person()];
  const at = (minutes: number) => ({ published_at: new Date(clock.now().getTime() - minutes * 60_000) });
  const third = await post(ina, { ...at(3), visibility: 'followers' });
  const first = await post(jon, at(1));
  const second = await post(ina, at(2));
  await post(ina, { ...at(1), visibility: 'me' });
  for (const one of [ina, jon]) {
    await ask(viewer, `/people/${toWire('person', one.person_id)}/follow`, { method: 'PUT' });
  }
  const one = (await ask(viewer, '/feed/following?limit=2')).body;
  assert.deepEqual(idsOf(one), [first, second].map(wire));
  const two = (await ask(viewer, `/feed/following?limit=2&after=${one.next}`)).body;
  assert.deepEqual([idsOf(two), two.next], [[wire(third)], null]);
  await ask(viewer, `/people/${toWire('person', jon.person_id)}/mute`, { method: 'PUT' });
  assert.deepEqual(idsOf((await ask(viewer, '/feed/following')).body), [second, third].map(wire));
  assert.equal((await ask(null, '/feed/following')).status, 401);
});

test('a live room is an item: second, and not again within fifty', async () => {
  const { startRoom } = await import('../rooms/index.ts');
  const { room } = await startRoom(ctx, ada.person_id, { title: 'Glazing', language: 'en' });
  await ctx.db.pool.query(`update rooms set state = 'live', started_at = $2 where room_id = $1`, [
    room.room_id,
    clock.now(),
  ]);
  const first = await page(null);
  assert.equal(first.items[1]?.kind, 'live');
  const second = await page(null, { visit: first.visit, after: first.next! });
  assert.ok(second.items.every(({ kind }) => kind !== 'live'));
});

test('a link is shown within the budget, never first, never twice in a row; over it the video stays', async () => {
  const [{ seller, product_id }, viewer] = [await openShop(house, [5]), await house.person()];
  await ask(viewer, `/people/${toWire('person', seller.person_id)}/follow`, { method: 'PUT' });
  const months = (n: number) => ({ published_at: new Date(clock.now().getTime() - n * 30 * DAY_MS) });
  const linked: string[] = [];
  for (let n = 0; n < 6; n += 1) linked.push(await post(seller, months(n)));
  await ctx.db.pool.query(
    'insert into video_links (video_id, product_id, from_ms, added_at) select unnest($1::uuid[]), $2, 0, $3',
    [linked, fromWire('product', product_id), clock.now()],
  );
  const { items } = await page(viewer);
  const sold = items.map(({ links }) => (links?.length ?? 0) > 0);
  assert.equal(sold[0], false);
  assert.ok(sold.filter(Boolean).length >= 1 && sold.filter(Boolean).length <= 4, String(sold));
  assert.ok(sold.every((one, at) => !(one && sold[at - 1])));
  const of_seller = items.filter(({ video }) => video?.person.handle === seller.handle);
  assert.ok(of_seller.length > sold.filter(Boolean).length, 'what is over the budget is shown without its link');
});

test('what is longer than three minutes is for those who follow, and not for For You', async () => {
  const [maker, viewer] = [await house.person(), await house.person()];
  const [long, short] = [await post(maker, { duration_ms: 180_001 }), await post(maker, { duration_ms: 180_000 })];
  await ask(viewer, `/people/${toWire('person', maker.person_id)}/follow`, { method: 'PUT' });
  const idsOf = (items: Item[]) => items.map(({ video }) => video?.video_id);
  const for_you = idsOf((await page(viewer)).items);
  assert.deepEqual([for_you.includes(wire(short)), for_you.includes(wire(long))], [true, false]);
  const { body } = await ask(viewer, '/feed/following?limit=20');
  assert.deepEqual(idsOf(body.items).toSorted(), [wire(long), wire(short)].toSorted());
});
