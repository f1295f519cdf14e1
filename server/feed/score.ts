/** Pure: candidates in order, and why. */
import { ABOUT, type Candidate, FEATURES, type Feature, type Viewer } from './features.ts';
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
}

const JUDGES = Object.entries(FEATURES) as [Feature, (candidate: Candidate, viewer: Viewer, now: Date) => number][];

/** The sum of what each feature says, times its weight. */
export function score(candidate: Candidate, viewer: Viewer, { weights }: Weights, now: Date): number {
  let total = 0;
  for (const [feature, judge] of JUDGES) {
    const weight = weights[feature];
    if (weight !== 0) total += weight * judge(candidate, viewer, now);
  }
  return total;
}

/** What each feature added to a score. */
export const partsOf = (candidate: Candidate, viewer: Viewer, { weights }: Weights, now: Date): Part[] =>
  JUDGES.flatMap(([feature, judge]): Part[] => {
    const points = weights[feature] * judge(candidate, viewer, now);
    const about = points === 0 ? undefined : ABOUT[feature]?.(candidate, viewer);
    return points === 0 ? [] : [{ feature, points, ...(about !== undefined && { about }) }];
  });

/** The best first; equals by id, so that the order is one. */
export function rank(candidates: Candidate[], viewer: Viewer, weights: Weights, now: Date): Ranked[] {
  const ranked = candidates.map((candidate) => ({ candidate, score: score(candidate, viewer, weights, now) }));
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
 * @param parts of that item
 */
export function reasonsOf(ranked: Ranked[], place: number, parts: Part[]): Part[] {
  const [item, next] = [ranked[place], ranked[place + 1]];
  const told = parts.filter(({ feature, points }) => points > 0 && TOLD.has(feature));
  told.sort((a, b) => b.points - a.points);
  const decides = told.filter(({ points }) => item && next && item.score - points < next.score);
  return decides.length > 0 ? decides.slice(0, MOST_REASONS) : told.slice(0, 1);
}
