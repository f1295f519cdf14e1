/**
 * PURE: what a room does together. Who gives counts once, whatever it costs: a Rose moves a room as far as a Universe,
 * and nobody can move it alone. No countdown is shown, nothing is lost when it ends, and then it rests.
 *
 * A run begins when 3 different people have given within 120 s. Each further person raises it: level 1 from 3, 2 from
 * 5, 3 from 8, 4 from 13, 5 from 21. It ends when nobody new has given for 120 s, or after 15 minutes; then the room
 * rests for 10 minutes, in which gifts count for nothing. A gift that is taken back never counted.
 */

export const LEVELS = [3, 5, 8, 13, 21] as const;
export const WINDOW_MS = 120_000;
export const LONGEST_RUN_MS = 15 * 60_000;
export const REST_MS = 10 * 60_000;

export type Given = { sender_id: string; sent_at: Date };

export type Momentum = { level: number; supporters: number; until: Date };
export type Reckoned = {
  /** What is shown now; null: nothing. */
  now: Momentum | null;
  /** The latest run, for the next reckoning; null where there was none. */
  run: { started_at: Date; counts_from: Date } | null;
  still: Still;
};

/** Which gifts change nothing: until then those of these people, of anybody where nobody is named. */
export type Still = { until: Date; people: ReadonlySet<string> | null };

/** Whether a gift may change what was reckoned. */
export const isNews = ({ until, people }: Still, { sender_id, sent_at }: Given): boolean =>
  people === null ? sent_at >= until : sent_at > until || !people.has(sender_id);

export const levelOf = (supporters: number): number => LEVELS.filter((least) => supporters >= least).length;

type Run = { started: number; grew: number; from: number; people: Set<string> };

/**
 * @param gifts of one room, the oldest first
 * @param from gifts before it count for nothing
 */
export function reckonMomentum(gifts: readonly Given[], from: Date, at: Date): Reckoned {
  let counts_from = from.getTime();
  let run: Run | null = null;
  let latest: Run | null = null;
  let recent: { sender_id: string; at: number }[] = [];
  for (const gift of gifts) {
    const now = gift.sent_at.getTime();
    if (run && now > endOf(run)) {
      counts_from = endOf(run) + REST_MS;
      run = null;
    }
    if (run) {
      if (!run.people.has(gift.sender_id)) {
        run.people.add(gift.sender_id);
        run.grew = now;
      }
      continue;
    }
    if (now < counts_from) continue;
    recent = [...recent.filter((one) => one.at >= Math.max(counts_from, now - WINDOW_MS)), { ...gift, at: now }];
    const people = new Set(recent.map((one) => one.sender_id));
    if (people.size < LEVELS[0]) continue;
    run = { started: now, grew: now, from: counts_from, people };
    latest = run;
    recent = [];
  }
  const shown = run && at.getTime() <= endOf(run) ? run : null;
  if (run && !shown) counts_from = endOf(run) + REST_MS;
  return {
    now: shown && { level: levelOf(shown.people.size), supporters: shown.people.size, until: new Date(endOf(shown)) },
    run: latest && { started_at: new Date(latest.started), counts_from: new Date(latest.from) },
    still: shown
      ? { until: new Date(endOf(shown)), people: shown.people }
      : { until: new Date(counts_from), people: null },
  };
}

const endOf = (run: Run): number => Math.min(run.grew + WINDOW_MS, run.started + LONGEST_RUN_MS);

/** From where the gifts of a room must be read to reckon what it shows now. */
export function readFrom(run: Reckoned['run'], at: Date): { counts_from: Date; since: Date } {
  const now = at.getTime();
  const window = new Date(now - WINDOW_MS);
  if (!run || now > run.started_at.getTime() + LONGEST_RUN_MS + REST_MS + WINDOW_MS) {
    return { counts_from: window, since: window };
  }
  const began = run.started_at.getTime() - WINDOW_MS;
  return { counts_from: run.counts_from, since: new Date(Math.max(began, run.counts_from.getTime())) };
}
