/** Pure: candidates in order, and why. */
import { type Candidate, FEATURES, type Feature, type Viewer } from './features.ts';
import type { Weights } from './weights.ts';

/** What a feature added to a score. */
export interface Part {
  feature: Feature;
  points: number;
  about?: string;
}

export interface Ranked {
  candidate: Candidate;
  score: number;
  parts: Part[];
}

const JUDGES = Object.entries(FEATURES) as [Feature, (typeof FEATURES)[Feature]][];

/** The sum of what each feature says, times its weight. */
export function score(candidate: Candidate, viewer: Viewer, { weights }: Weights, now: Date): Ranked {
  const parts: Part[] = [];
  let total = 0;
  for (const [feature, judge] of JUDGES) {
    const { value, about } = judge(candidate, viewer, now) as { value: number; about?: string };
    const points = value * weights[feature];
    if (points === 0) continue;
    total += points;
    parts.push({ feature, points, ...(about !== undefined && { about }) });
  }
  return { candidate, score: total, parts };
}

/** The best first; equals by id, so that the order is one. */
export function rank(candidates: Candidate[], viewer: Viewer, weights: Weights, now: Date): Ranked[] {
  const ranked = candidates.map((candidate) => score(candidate, viewer, weights, now));
  return ranked.sort((a, b) => b.score - a.score || (a.candidate.video_id < b.candidate.video_id ? -1 : 1));
}

/** Reasons that are told. Chance and the absence of a complaint are none. */
const TOLD = new Set<Feature>(
  Object.keys(FEATURES).filter((name) => name !== 'chance' && name !== 'less') as Feature[],
);
const MOST_REASONS = 3;

/**
 * The reasons of the item at a place of a ranking: those without which it would stand lower. The strongest first; where
 * no single one decides, the strongest alone.
 */
export function reasonsOf(ranked: Ranked[], place: number): Part[] {
  const item = ranked[place];
  if (!item) return [];
  const next = ranked[place + 1];
  const told = item.parts.filter(({ feature, points }) => points > 0 && TOLD.has(feature));
  told.sort((a, b) => b.points - a.points);
  const decides = told.filter(({ points }) => next && item.score - points < next.score);
  return decides.length > 0 ? decides.slice(0, MOST_REASONS) : told.slice(0, 1);
}
