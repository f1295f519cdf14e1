/** Pure: how well weights would have ranked what people watched later, beside the most popular and beside chance. */
import { heldAfter } from '../videos/index.ts';
import { diversify, fillUp } from './diversity.ts';
import { type Candidate, chanceOf, type Neighbour, type Viewer } from './features.ts';
import { rank } from './score.ts';
import { type Seen, tasteOf } from './taste.ts';
import { trendAt } from './trend.ts';
import type { Weights } from './weights.ts';

/** One person watching one item. The last three are known of our own sessions only. */
export interface WatchRow {
  person: string;
  item: string;
  at: Date;
  seconds: number;
  duration: number;
  creator?: string;
  tags?: string[];
  language?: string;
}

export interface Measured {
  ranker: string;
  /** Share of people among whose first ten is something they held later. */
  hit_rate: number;
  ndcg: number;
  /** Share of all items that anybody was shown. */
  coverage: number;
  /** Share of what was shown by creators who had not found an audience. */
  new_creators: number;
}

/** Puts what a person has not seen in order. */
export type Ranker = (viewer: Viewer, unseen: Candidate[], now: Date) => Candidate[];

const TEN = 10;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LEADS = 20;
const COMPANY = 10;
/** The least somebody must have watched before to be asked about. */
const KNOWN = 5;

const isHeld = ({ seconds, duration }: WatchRow): boolean => seconds * 1_000 >= heldAfter(duration * 1_000);
const isSkipped = ({ seconds, duration }: WatchRow): boolean => seconds < 0.25 * duration && seconds < 3;

export const byWeights =
  (weights: Weights): Ranker =>
  (viewer, unseen, now) => {
    const ranked = rank(unseen, viewer, weights, now);
    return fillUp(diversify(ranked, [], TEN), ranked, TEN).map(({ candidate }) => candidate);
  };

export const byPopularity: Ranker = (_viewer, unseen) => unseen.toSorted((a, b) => b.held - a.held).slice(0, TEN);

export const byChance: Ranker = ({ viewer_id }, unseen, now) =>
  unseen
    .map((one) => ({ one, chance: chanceOf(viewer_id, one.video_id, now) }))
    .sort((a, b) => b.chance - a.chance)
    .slice(0, TEN)
    .map(({ one }) => one);

/** Learns from the first four fifths of the time, asks about the rest: what people held there that was new to them. */
export function evaluate(rows: WatchRow[], rankers: Record<string, Ranker>, new_below_views: number): Measured[] {
  const sorted = rows.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const split = sorted[Math.floor(sorted.length * 0.8)]?.at ?? new Date(0);
  const before = sorted.filter(({ at }) => at < split);
  const after = Map.groupBy(
    sorted.filter((row) => row.at >= split && isHeld(row)),
    ({ person }) => person,
  );
  const items = candidatesOf(before, split, new_below_views);
  const company = companyOf(before, items);
  const histories = Map.groupBy(before, ({ person }) => person);
  const asked = [...histories].flatMap(([person, history]) => {
    const seen = new Set(history.map(({ item }) => item));
    const wanted = new Set(
      (after.get(person) ?? []).map(({ item }) => item).filter((id) => items.has(id) && !seen.has(id)),
    );
    if (history.length < KNOWN || wanted.size === 0) return [];
    const unseen = [...items.values()].filter(({ video_id }) => !seen.has(video_id));
    return [{ viewer: viewerOf(person, history, items, company, split), unseen, wanted }];
  });
  return Object.entries(rankers).map(([ranker, order]) => measure(ranker, order, asked, items.size, split));
}

type Asked = { viewer: Viewer; unseen: Candidate[]; wanted: Set<string> };

function measure(ranker: string, order: Ranker, asked: Asked[], items: number, now: Date): Measured {
  const shown = new Set<string>();
  let [hits, gain, news, all] = [0, 0, 0, 0];
  for (const { viewer, unseen, wanted } of asked) {
    const ten = order(viewer, unseen, now).slice(0, TEN);
    const found = ten.map(({ video_id }) => wanted.has(video_id));
    hits += found.some(Boolean) ? 1 : 0;
    gain += ndcg(found, wanted.size);
    news += ten.filter(({ is_new }) => is_new).length;
    all += ten.length;
    for (const { video_id } of ten) shown.add(video_id);
  }
  const people = Math.max(1, asked.length);
  return {
    ...{ ranker, hit_rate: hits / people, ndcg: gain / people, coverage: shown.size / Math.max(1, items) },
    new_creators: news / Math.max(1, all),
  };
}

/** Of ten places, what was found counts 1 / log2(place + 1), against the best that could have been. */
export function ndcg(found: boolean[], wanted: number): number {
  const at = (place: number) => 1 / Math.log2(place + 2);
  const got = found.reduce((sum, is, place) => sum + (is ? at(place) : 0), 0);
  const best = Array.from({ length: Math.min(wanted, found.length) }, (_, place) => at(place));
  return best.length === 0 ? 0 : got / best.reduce((sum, one) => sum + one, 0);
}

function candidatesOf(rows: WatchRow[], now: Date, new_below_views: number): Map<string, Candidate> {
  const views = new Map<string, number>();
  for (const { creator, seconds } of rows) {
    if (creator !== undefined && seconds >= 2) views.set(creator, (views.get(creator) ?? 0) + 1);
  }
  return new Map(
    [...Map.groupBy(rows, ({ item }) => item)].map(([item, of]) => {
      const [{ creator, tags = [], language = '', at }] = of as [WatchRow];
      const held = of.filter(isHeld);
      const hours = held.map((row) => ({ hour_at: row.at, held: 1 }));
      const is_new = creator !== undefined && (views.get(creator) ?? 0) < new_below_views;
      const counts = { starts: of.length, held: held.length, views: of.length, likes: 0, trend: trendAt(hours, now) };
      const about = { video_id: item, person_id: creator ?? item, published_at: at, language, sound_id: null, tags };
      return [item, { ...about, ...counts, is_new }];
    }),
  );
}

/** As the job counts it: what one person held within a day before, both ways. */
function companyOf(rows: WatchRow[], items: Map<string, Candidate>): Map<string, Neighbour[]> {
  const counts = new Map<string, Map<string, number>>();
  const add = (a: string, b: string) => {
    const of = counts.get(a) ?? new Map<string, number>();
    counts.set(a, of.set(b, (of.get(b) ?? 0) + 1));
  };
  for (const [, all] of Map.groupBy(rows.filter(isHeld), ({ person }) => person)) {
    for (const [at, { item, at: time }] of all.entries()) {
      for (const other of all.slice(Math.max(0, at - COMPANY), at)) {
        if (other.item === item || time.getTime() - other.at.getTime() > DAY_MS) continue;
        add(item, other.item);
        add(other.item, item);
      }
    }
  }
  const heldOf = (id: string) => items.get(id)?.held ?? 0;
  return new Map(
    [...counts].map(([id, of]) => [
      id,
      [...of].map(([via, n]) => ({ via, likeness: n / Math.sqrt((heldOf(id) + 5) * (heldOf(via) + 5)) })),
    ]),
  );
}

function viewerOf(
  person: string,
  history: WatchRow[],
  items: Map<string, Candidate>,
  company: Map<string, Neighbour[]>,
  now: Date,
): Viewer {
  const watched = history.map((row): Seen => {
    const { video_id, person_id, sound_id, tags } = items.get(row.item) as Candidate;
    const is_complete = row.seconds >= 0.9 * row.duration;
    return {
      ...{ video_id, person_id, sound_id, tags, is_complete },
      is_held: isHeld(row),
      is_skipped: isSkipped(row),
      began_at: row.at,
    };
  });
  const neighbours = new Map<string, Neighbour[]>();
  const leads = new Set(
    watched
      .filter(({ is_held }) => is_held)
      .slice(-LEADS)
      .map(({ video_id }) => video_id),
  );
  for (const [id, list] of company) {
    const near = list.filter(({ via }) => leads.has(via));
    if (near.length > 0) neighbours.set(id, near);
  }
  const less = { creators: new Set<string>(), tags: new Set<string>(), sounds: new Set<string>() };
  return { viewer_id: person, follows: new Set(), languages: [], taste: tasteOf(watched, now), neighbours, less };
}
