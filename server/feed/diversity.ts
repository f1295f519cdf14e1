/** Pure: no creator twice too soon, and room for who is new. */
import type { Ranked } from './score.ts';

/** In any ten items one after the other, over the borders of pages. */
export const WINDOW = 10;
const OF_ONE_CREATOR = 2;

/** What was served before, the latest last. */
export interface Before {
  creator_id: string;
  is_new: boolean;
}

export interface Chosen extends Ranked {
  /** It stands here because a new creator has not been seen for nine items. */
  is_first_audience: boolean;
}

/**
 * Takes from a ranking, in order, what fits: a creator at most twice in ten, and one new creator in ten as long as
 * there is one. What does not fit waits for a later place.
 */
export function diversify(ranked: Ranked[], before: Before[], count: number): Chosen[] {
  const waiting = [...ranked];
  const line: Before[] = before.slice(-(WINDOW - 1));
  const chosen: Chosen[] = [];
  while (chosen.length < count) {
    const window = line.slice(-(WINDOW - 1));
    const fits = ({ candidate }: Ranked) =>
      window.filter(({ creator_id }) => creator_id === candidate.person_id).length < OF_ONE_CREATOR;
    const owed = window.length === WINDOW - 1 && !window.some(({ is_new }) => is_new);
    const fresh = owed ? waiting.findIndex((one) => one.candidate.is_new && fits(one)) : -1;
    const at = fresh >= 0 ? fresh : waiting.findIndex(fits);
    const [next] = at < 0 ? [] : waiting.splice(at, 1);
    if (!next) break;
    chosen.push({ ...next, is_first_audience: fresh > 0 });
    line.push({ creator_id: next.candidate.person_id, is_new: next.candidate.is_new });
  }
  return chosen;
}

/** Where too few people post for that, the rest in order: never blank. */
export function fillUp(chosen: Chosen[], ranked: Ranked[], count: number): Chosen[] {
  const there = new Set(chosen.map(({ candidate }) => candidate.video_id));
  const rest = ranked.filter(({ candidate }) => !there.has(candidate.video_id));
  const more = rest.slice(0, Math.max(0, count - chosen.length));
  return [...chosen, ...more.map((one) => ({ ...one, is_first_audience: false }))];
}
