import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ABOUT, type Candidate, chanceOf, FEATURES, type Feature, type Viewer } from './features.ts';
import { tasteOf } from './taste.ts';
import { rankOf, trendAt, trendOf } from './trend.ts';

const NOW = new Date('2026-11-02T12:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

const video = (given: Partial<Candidate> = {}): Candidate => ({
  ...{ video_id: 'v', person_id: 'ada', published_at: NOW, language: 'de', sound_id: null, tags: [] },
  ...{ starts: 0, held: 0, views: 0, likes: 0, trend: 0, is_new: false },
  ...given,
});

const viewer = (given: Partial<Viewer> = {}): Viewer => ({
  ...{ viewer_id: 'me', follows: new Set(), languages: [], neighbours: new Map() },
  taste: { tags: new Map(), sounds: new Map(), creators: new Map() },
  less: { creators: new Set(), tags: new Set(), sounds: new Set() },
  ...given,
});

const taste = (given: { tags?: [string, number][]; sounds?: [string, number][]; creators?: [string, number][] }) =>
  viewer({ taste: { tags: new Map(given.tags), sounds: new Map(given.sounds), creators: new Map(given.creators) } });

/** Every value was computed by hand from the formula in docs/concepts/feed.md. */
const CASES: [what: string, feature: Feature, candidate: Candidate, looks: Viewer, value: number, about?: string][] = [
  ['followed', 'followed', video(), viewer({ follows: new Set(['ada']) }), 1],
  ['not followed', 'followed', video(), viewer(), 0],
  ['a creator liked by 3: 3 / (3 + 3)', 'creator', video(), taste({ creators: [['ada', 3]] }), 0.5],
  ['a creator disliked by 1: −1 / (1 + 3)', 'creator', video(), taste({ creators: [['ada', -1]] }), -0.25],
  [
    'the tag that says most',
    'tag',
    video({ tags: ['a', 'b'] }),
    taste({
      tags: [
        ['a', 1],
        ['b', 9],
      ],
    }),
    0.75,
    'b',
  ],
  ['a tag that is skipped', 'tag', video({ tags: ['a'] }), taste({ tags: [['a', -3]] }), -0.5, 'a'],
  ['a sound liked by 2: 2 / (2 + 2)', 'sound', video({ sound_id: 's' }), taste({ sounds: [['s', 2]] }), 0.5, 's'],
  ['no sound', 'sound', video(), taste({ sounds: [['s', 2]] }), 0],
  ['trend 20: 20 / (20 + 20)', 'trending', video({ trend: 20 }), viewer(), 0.5],
  ['trend 60: 60 / (60 + 20)', 'trending', video({ trend: 60 }), viewer(), 0.75],
  ['nobody yet: 4 / 20', 'held', video(), viewer(), 0.2],
  ['30 of 40 stayed: 34 / 60', 'held', video({ starts: 40, held: 30 }), viewer(), 34 / 60],
  ['no view yet: 10 · 1 / 50', 'liked', video(), viewer(), 0.2],
  ['4 likes of 50 views: 10 · 5 / 100', 'liked', video({ views: 50, likes: 4 }), viewer(), 0.5],
  ['never more than 1', 'liked', video({ views: 50, likes: 50 }), viewer(), 1],
  ['just posted', 'fresh', video(), viewer(), 1],
  ['36 hours old', 'fresh', video({ published_at: ago(36) }), viewer(), 0.5],
  ['72 hours old', 'fresh', video({ published_at: ago(72) }), viewer(), 0.25],
  ['a new creator, nobody yet', 'first_audience', video({ is_new: true }), viewer(), 1],
  ['a new creator, 30 people', 'first_audience', video({ is_new: true, starts: 30 }), viewer(), 0.5],
  ['an established creator', 'first_audience', video(), viewer(), 0],
  ['their language', 'language', video(), viewer({ languages: ['de'] }), 1, 'de'],
  ['another language', 'language', video(), viewer({ languages: ['en'] }), 0, 'de'],
];
for (const [what, feature, candidate, looks, value, about] of CASES) {
  test(`${feature}: ${what}`, () => {
    const said = FEATURES[feature](candidate, looks, NOW);
    assert.ok(Math.abs(said - value) < 1e-9, `${said}`);
    assert.equal(ABOUT[feature]?.(candidate, looks), about);
  });
}

test('co_watched: 0.5 and 0.2 are 1 − 0.5 · 0.8 = 0.6, and the nearer one is named', () => {
  const neighbours = new Map([
    [
      'v',
      [
        { via: 'a', likeness: 0.2 },
        { via: 'b', likeness: 0.5 },
      ],
    ],
  ]);
  const looks = viewer({ neighbours });
  assert.ok(Math.abs(FEATURES.co_watched(video(), looks) - 0.6) < 1e-9);
  assert.equal(ABOUT.co_watched?.(video(), looks), 'b');
});

test('less: a creator, a tag or a sound that was named', () => {
  const less = (given: Partial<Viewer['less']>) =>
    viewer({ less: { creators: new Set<string>(), tags: new Set<string>(), sounds: new Set<string>(), ...given } });
  const one = video({ tags: ['a'], sound_id: 's' });
  const values = [{ creators: new Set(['ada']) }, { tags: new Set(['a']) }, { sounds: new Set(['s']) }, {}].map(
    (given) => FEATURES.less(one, less(given)),
  );
  assert.deepEqual(values, [1, 1, 1, 0]);
});

test('chance: the same on one day, another on the next, and spread', () => {
  assert.equal(chanceOf('me', 'v', NOW), chanceOf('me', 'v', ago(3)));
  assert.notEqual(chanceOf('me', 'v', NOW), chanceOf('me', 'v', ago(24)));
  const mean = Array.from({ length: 2_000 }, (_, i) => chanceOf('me', `v${i}`, NOW)).reduce((a, b) => a + b) / 2_000;
  assert.ok(Math.abs(mean - 0.5) < 0.03, String(mean));
});

test('taste: held 1, to the end 1.5, skipped −0.5; half after fourteen days', () => {
  const seen = { video_id: 'v', person_id: 'ada', sound_id: 's', tags: ['a'], is_complete: false, is_held: true };
  const at = (days: number) => ({ is_skipped: false, began_at: ago(24 * days) });
  const watches = [
    { ...seen, ...at(0) },
    { ...seen, ...at(14), is_complete: true },
    { ...seen, ...at(0), is_held: false, is_skipped: true },
    { ...seen, ...at(0), is_held: false },
  ];
  const { tags, sounds, creators } = tasteOf(watches, NOW);
  assert.deepEqual([tags.get('a'), sounds.get('s'), creators.get('ada')], [1.25, 1.25, 1.25]);
});

test('trend: 8 now, 8 twelve hours ago and 8 a day ago are 8 + 4 + 2', () => {
  const hours = [0, 12, 24].map((age) => ({ hour_at: ago(age), held: 8 }));
  assert.equal(trendAt(hours, NOW), 14);
  assert.equal(trendAt([{ hour_at: ago(97), held: 1_000 }], NOW), 0);
});

test('trend: what is stored decays by itself, and keeps its order', () => {
  const stored = rankOf(14, NOW);
  assert.ok(Math.abs(trendOf(stored, NOW) - 14) < 0.02);
  assert.ok(Math.abs(trendOf(stored, new Date(NOW.getTime() + 12 * 3_600_000)) - 7) < 0.01);
  assert.ok(rankOf(14, NOW) > rankOf(14, ago(1)) && rankOf(14, NOW) > rankOf(13, NOW));
  assert.equal(trendOf(null, NOW), 0);
});
