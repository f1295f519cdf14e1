import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diversify, fillUp, WINDOW } from './diversity.ts';
import { type Candidate, FEATURES, type Feature, type Viewer } from './features.ts';
import { placeLives } from './places.ts';
import { partsOf, type Ranked, rank, reasonsOf, score } from './score.ts';
import { WEIGHTS } from './weights.ts';

const NOW = new Date('2026-11-02T12:00:00Z');
const TAGS = ['a', 'b', 'c', 'd'];
const CREATORS = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];

const candidates = fc
  .array(
    fc.record({
      person_id: fc.constantFrom(...CREATORS),
      published_at: fc.integer({ min: 0, max: 200 }).map((hours) => new Date(NOW.getTime() - hours * 3_600_000)),
      language: fc.constantFrom('de', 'en'),
      sound_id: fc.constantFrom(null, 's0', 's1'),
      tags: fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 2 }),
      starts: fc.integer({ min: 40, max: 90 }),
      held: fc.integer({ min: 0, max: 40 }),
      views: fc.integer({ min: 0, max: 200 }),
      likes: fc.integer({ min: 0, max: 20 }),
      trend: fc.integer({ min: 0, max: 100 }),
      is_new: fc.boolean(),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .map((all): Candidate[] => all.map((one, at) => ({ ...one, video_id: `v${at}` })));

const amounts = (keys: string[]) =>
  fc
    .dictionary(fc.constantFrom(...keys), fc.integer({ min: -3, max: 12 }))
    .map((found) => new Map(Object.entries(found)));

const viewers: fc.Arbitrary<Viewer> = fc.record({
  viewer_id: fc.constant('me'),
  follows: fc.uniqueArray(fc.constantFrom(...CREATORS)).map((ids) => new Set(ids)),
  languages: fc.constantFrom([], ['de'], ['en']),
  taste: fc.record({ tags: amounts(TAGS), sounds: amounts(['s0', 's1']), creators: amounts(CREATORS) }),
  neighbours: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 1, max: 9 })), { maxLength: 10 })
    .map((all) => new Map(all.map(([at, tenths]) => [`v${at}`, [{ via: 'seen', likeness: tenths / 10 }]]))),
  less: fc.constant({ creators: new Set<string>(), tags: new Set<string>(), sounds: new Set<string>() }),
});

const reasonsFor = (ranked: Ranked[], place: number, viewer: Viewer) =>
  reasonsOf(ranked, place, partsOf((ranked[place] as Ranked).candidate, viewer, WEIGHTS, NOW));

/** The same world in which one reason does not hold for one video. */
function without(feature: Feature, video_id: string, all: Candidate[], viewer: Viewer): [Candidate[], Viewer] {
  const change = (change: Partial<Candidate>) =>
    all.map((one) => (one.video_id === video_id ? { ...one, ...change } : one));
  const [candidate] = all.filter((one) => one.video_id === video_id) as [Candidate];
  const old = new Date(0);
  const worlds: Partial<Record<Feature, () => [Candidate[], Viewer]>> = {
    followed: () => [change({ person_id: 'nobody' }), { ...viewer, taste: movedTaste(viewer, candidate) }],
    creator: () => [change({ person_id: 'nobody' }), { ...viewer, follows: movedFollows(viewer, candidate) }],
    tag: () => [change({ tags: [] }), viewer],
    sound: () => [change({ sound_id: null }), viewer],
    co_watched: () => [
      all,
      { ...viewer, neighbours: new Map([...viewer.neighbours].filter(([id]) => id !== video_id)) },
    ],
    trending: () => [change({ trend: 0 }), viewer],
    held: () => [change({ held: 0, starts: 1e9 }), viewer],
    liked: () => [change({ likes: 0, views: 1e9 }), viewer],
    fresh: () => [change({ published_at: old }), viewer],
    first_audience: () => [change({ is_new: false }), viewer],
    language: () => [change({ language: 'xx' }), viewer],
  };
  return (worlds[feature] as () => [Candidate[], Viewer])();
}

/** Their taste for the creator stays when only the follow is taken away, and the other way round. */
const movedTaste = ({ taste }: Viewer, { person_id }: Candidate) => ({
  ...taste,
  creators: new Map([...taste.creators, ['nobody', taste.creators.get(person_id) ?? 0]]),
});
const movedFollows = ({ follows }: Viewer, { person_id }: Candidate) =>
  follows.has(person_id) ? new Set([...follows, 'nobody']) : follows;

test('why: in a replay without the named cause, the item stands lower', () => {
  let told = 0;
  fc.assert(
    fc.property(candidates, viewers, (all, viewer) => {
      const ranked = rank(all, viewer, WEIGHTS, NOW);
      for (const [place, { candidate }] of ranked.entries()) {
        for (const { feature } of reasonsFor(ranked, place, viewer)) {
          const [replayed, looks] = without(feature, candidate.video_id, all, viewer);
          const again = rank(replayed, looks, WEIGHTS, NOW);
          const at = again.findIndex((one) => one.candidate.video_id === candidate.video_id);
          const before = ranked[place]?.score ?? 0;
          assert.ok((again[at]?.score ?? 0) < before, `${feature} adds nothing`);
          const single = reasonsFor(ranked, place, viewer).length === 1;
          assert.ok(at > place || (single && at >= place), `${feature}: from ${place} to ${at}`);
          told += 1;
        }
      }
    }),
    { numRuns: 150 },
  );
  assert.ok(told > 1_000, 'reasons were told');
});

test('why: a reason that is told decides, or is the strongest there is', () => {
  fc.assert(
    fc.property(candidates, viewers, (all, viewer) => {
      const ranked = rank(all, viewer, WEIGHTS, NOW);
      for (const place of ranked.keys()) {
        const reasons = reasonsFor(ranked, place, viewer);
        assert.ok(reasons.length >= 1 && reasons.length <= 3);
        assert.ok(reasons.every(({ points, feature }) => points > 0 && feature !== 'chance'));
      }
    }),
  );
});

test('less of a creator puts each of their videos lower', () => {
  fc.assert(
    fc.property(candidates, viewers, (all, viewer) => {
      const [{ person_id }] = all as [Candidate];
      const less = { ...viewer.less, creators: new Set([person_id]) };
      for (const one of all) {
        const [before, after] = [viewer, { ...viewer, less }].map((looks) => score(one, looks, WEIGHTS, NOW));
        assert.equal((after as number) < (before as number), one.person_id === person_id);
      }
    }),
  );
});

test('weights: every feature has one, and it is a number', () => {
  assert.deepEqual(Object.keys(WEIGHTS.weights).sort(), Object.keys(FEATURES).sort());
});

test('diversity: one creator at most twice in ten, over the borders of pages', () => {
  const before = fc.array(fc.record({ creator_id: fc.constantFrom(...CREATORS), is_new: fc.boolean() }), {
    maxLength: 9,
  });
  fc.assert(
    fc.property(candidates, viewers, before, (all, viewer, served) => {
      const chosen = diversify(rank(all, viewer, WEIGHTS, NOW), served, 20);
      const line = [...served.map((one) => one.creator_id), ...chosen.map(({ candidate }) => candidate.person_id)];
      for (let at = served.length; at < line.length; at += 1) {
        const window = line.slice(Math.max(0, at - WINDOW + 1), at + 1);
        assert.ok(window.filter((id) => id === line[at]).length <= 2);
      }
      assert.equal(new Set(chosen.map(({ candidate }) => candidate.video_id)).size, chosen.length);
    }),
  );
});

test('diversity: one in ten is of a new creator while there is one, however low it ranks', () => {
  const all = Array.from(
    { length: 60 },
    (_, at): Candidate => ({
      ...{ video_id: `v${at}`, person_id: `p${at % 30}`, published_at: NOW, language: 'de', sound_id: null, tags: [] },
      ...{
        starts: 1_000,
        held: at >= 50 ? 0 : 900,
        views: 1_000,
        likes: 0,
        trend: at >= 50 ? 0 : 90,
        is_new: at >= 50,
      },
    }),
  );
  const viewer: Viewer = {
    ...{ viewer_id: 'me', follows: new Set(), languages: [], neighbours: new Map() },
    taste: { tags: new Map(), sounds: new Map(), creators: new Map() },
    less: { creators: new Set(), tags: new Set(), sounds: new Set() },
  };
  const chosen = diversify(rank(all, viewer, WEIGHTS, NOW), [], 50);
  const news = chosen.flatMap(({ candidate }, at) => (candidate.is_new ? [at] : []));
  assert.deepEqual(news, [9, 19, 29, 39, 49]);
  assert.ok(chosen[9]?.is_first_audience);
});

test('diversity: with too few people the rest is filled up, in order', () => {
  const all = Array.from(
    { length: 8 },
    (_, at): Candidate => ({
      ...{ video_id: `v${at}`, person_id: 'p', published_at: NOW, language: 'de', sound_id: null, tags: [] },
      ...{ starts: 0, held: 0, views: 0, likes: 0, trend: 8 - at, is_new: true },
    }),
  );
  const viewer = { ...({ viewer_id: 'me', follows: new Set(), languages: [], neighbours: new Map() } as const) };
  const looks = { ...viewer, languages: [], taste: { tags: new Map(), sounds: new Map(), creators: new Map() } };
  const less = { creators: new Set<string>(), tags: new Set<string>(), sounds: new Set<string>() };
  const ranked = rank(all, { ...looks, follows: new Set(), less }, WEIGHTS, NOW);
  assert.equal(diversify(ranked, [], 8).length, 2);
  assert.equal(fillUp(diversify(ranked, [], 8), ranked, 8).length, 8);
});

test('lives stand second and then every fifth, an upcoming one once; with no videos they come at once', () => {
  const videos = Array.from({ length: 10 }, (_, at) => `v${at}`);
  const placed = placeLives({ videos, lives: ['L1', 'L2', 'L3'], upcoming: 'U' }, 10);
  assert.deepEqual(placed, ['v0', 'L1', 'v1', 'v2', 'v3', 'v4', 'L2', 'v5', 'v6', 'v7']);
  assert.deepEqual(placeLives({ videos, lives: [], upcoming: 'U' }, 8)[6], 'U');
  assert.deepEqual(placeLives({ videos: [], lives: ['L1'], upcoming: 'U' }, 8), ['L1', 'U']);
  assert.deepEqual(placeLives({ videos: ['v0'], lives: ['L1'], upcoming: null }, 8), ['v0', 'L1']);
});
