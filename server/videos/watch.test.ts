import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { seedVideos } from '../test/videos.ts';
import { forgetOldWatching } from './watch_jobs.ts';

const house = await openHouse(test);
const creator = await house.person();

type Said = { kind: string; seq: number; played_ms: number; video_id?: string };

async function report(who: TestPerson | null, video_id: string, said: Said[], visit?: string) {
  const events = said.map((one) => ({ video_id: toWire('video', video_id), ...one }));
  const headers = { 'content-type': 'application/json' };
  const ask = who ? who.fetch : (path: string, init: RequestInit) => fetch(`${house.url}${path}`, init);
  const body = JSON.stringify({ events, ...(visit && { visit }) });
  const response = await ask('/api/videos/watch', { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}

const begin = async (who: TestPerson | null, video_id: string): Promise<string> =>
  (await report(who, video_id, [{ kind: 'start', seq: 0, played_ms: 0 }])).body.visit;

async function countsOf(video_id: string) {
  const { rows } = await house.ctx.db.pool.query(
    `select c.views::int, coalesce(sum(h.starts), 0)::int as starts, coalesce(sum(h.held), 0)::int as held,
       coalesce(sum(h.watched_ms), 0)::int as ms
     from video_counts c left join video_hours h using (video_id) where c.video_id = $1 group by c.views`,
    [video_id],
  );
  return rows[0];
}

const video = async (given = {}) => (await seedVideos(house.ctx, [{ person_id: creator.person_id, ...given }]))[0]!;

test('a guest is given a visit, and what they watch is counted', async () => {
  const id = await video();
  const visit = await begin(null, id);
  house.clock.advance(8_000);
  const { status, body } = await report(null, id, [{ kind: 'seconds', seq: 1, played_ms: 7_000 }], visit);
  assert.deepEqual([status, body.accepted, body.visit], [200, 1, visit]);
  assert.deepEqual(await countsOf(id), { views: 1, starts: 1, held: 1, ms: 7_000 });
});

test('a report that is sent again counts once', async () => {
  const id = await video();
  const visit = await begin(null, id);
  house.clock.advance(8_000);
  const said = [{ kind: 'seconds', seq: 1, played_ms: 3_000 }];
  const replies = await Promise.all(Array.from({ length: 10 }, () => report(null, id, said, visit)));
  assert.equal(
    replies.reduce((sum, { body }) => sum + body.accepted, 0),
    1,
  );
  assert.deepEqual(await countsOf(id), { views: 1, starts: 1, held: 0, ms: 3_000 });
});

test('more time than passed is not believed, over all videos of a visit together', async () => {
  const [one, two] = [await video(), await video()];
  const visit = await begin(null, one);
  house.clock.advance(4_000);
  await report(null, one, [{ kind: 'seconds', seq: 1, played_ms: 5_000 }], visit);
  await report(null, two, [{ kind: 'complete', seq: 2, played_ms: 10_000 }], visit);
  assert.equal((await countsOf(one)).ms, 5_000);
  assert.equal((await countsOf(two)).ms, 1_000, 'four seconds passed, and two of grace');
});

test('a person counts once a day, on however many devices; on the next day again', async () => {
  const id = await video();
  const ada = await house.person();
  for (const seq of [1, 1_000_000]) {
    const visit = await begin(ada, id);
    house.clock.advance(10_000);
    await report(ada, id, [{ kind: 'seconds', seq, played_ms: 5_000 }], visit);
  }
  assert.equal((await countsOf(id)).views, 1);
  house.clock.advance(86_400_000);
  const visit = await begin(ada, id);
  house.clock.advance(10_000);
  await report(ada, id, [{ kind: 'seconds', seq: 1, played_ms: 5_000 }], visit);
  assert.equal((await countsOf(id)).views, 2);
});

test('each visit has numbers of its own: a page loaded anew begins at nothing, and what it plays counts', async () => {
  const id = await video();
  const ada = await house.person();
  for (let loaded = 0; loaded < 2; loaded += 1) {
    const visit = await begin(ada, id);
    house.clock.advance(5_000);
    await report(ada, id, [{ kind: 'seconds', seq: 1, played_ms: 4_000 }], visit);
  }
  assert.deepEqual(await countsOf(id), { views: 1, starts: 1, held: 1, ms: 8_000 });
});

test('nobody views their own video', async () => {
  const id = await video();
  const visit = await begin(creator, id);
  house.clock.advance(10_000);
  await report(creator, id, [{ kind: 'complete', seq: 1, played_ms: 10_000 }], visit);
  assert.equal((await countsOf(id)).views, 0);
});

test('guests of one network make twenty views of a video in an hour, and no more', async () => {
  const id = await video();
  const visits = [];
  for (let i = 0; i < 25; i += 1) visits.push(await begin(null, id));
  house.clock.advance(4_000);
  for (const visit of visits) await report(null, id, [{ kind: 'seconds', seq: 1, played_ms: 3_000 }], visit);
  assert.equal((await countsOf(id)).views, 20);
});

test('DSA 28: of a minor, and of who has not said their age, nothing is kept by name', async () => {
  const id = await video();
  const people = [await house.person({ born_on: '2010-01-01' }), await house.person({ born_on: null })];
  for (const person of people) await begin(person, id);
  const adult = await house.person();
  await begin(adult, id);
  const { rows } = await house.ctx.db.pool.query('select person_id from watches where video_id = $1', [id]);
  assert.deepEqual(rows.map((row) => row.person_id).filter(Boolean), [adult.person_id]);
  assert.equal(rows.length, 3);
});

test('a visit that is not ours or too old is refused, and videos that are not there are passed over', async () => {
  const id = await video();
  const visit = await begin(null, id);
  assert.equal(
    (await report(null, id, [{ kind: 'start', seq: 1, played_ms: 0 }], `${visit}x`)).body.code,
    'visit_invalid',
  );
  const draft = await report(null, creator.person_id, [{ kind: 'start', seq: 1, played_ms: 0 }], visit);
  assert.deepEqual([draft.status, draft.body.accepted], [200, 0]);
  house.clock.advance(13 * 3_600_000);
  assert.equal((await report(null, id, [{ kind: 'start', seq: 1, played_ms: 0 }], visit)).status, 400);
});

test('a report has at most fifty events of the known kinds', async () => {
  const id = await video();
  const one = { kind: 'seconds', seq: 1, played_ms: 10 };
  assert.equal((await report(null, id, Array(51).fill(one))).status, 400);
  for (const bad of [
    { ...one, kind: 'gift' },
    { ...one, played_ms: -1 },
    { ...one, seq: 1.5 },
    { ...one, views: 9 },
  ]) {
    assert.equal((await report(null, id, [bad])).status, 400);
  }
});

test('guests are forgotten after two days, people after ninety', async () => {
  const id = await video();
  await begin(null, id);
  await begin(await house.person(), id);
  const left = async () => {
    await forgetOldWatching(house.ctx);
    const { rows } = await house.ctx.db.pool.query('select person_id from watches where video_id = $1', [id]);
    return rows.length;
  };
  assert.equal(await left(), 2);
  house.clock.advance(3 * 86_400_000);
  assert.equal(await left(), 1);
  house.clock.advance(90 * 86_400_000);
  assert.equal(await left(), 0);
});
