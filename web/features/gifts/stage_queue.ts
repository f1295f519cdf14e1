/**
 * PURE: which great gift has the stage. One at a time; who has not had it for longest is next, so that one giver's row
 * of gifts does not keep another's waiting; the line is bounded, and what finds no place in it is told as a summary.
 */

export interface Act {
  /** The run of taps it belongs to: later pieces raise its count in place. */
  run: string;
  gift: string;
  count: number;
  by: { person_id: string; name: string; avatar_url: string | null };
  /** The gifts it is made of, so that one that is taken back leaves. */
  parts: { id: string; count: number }[];
}

export interface OnStage extends Act {
  since: number;
  until: number;
}

export interface StageQueue {
  playing: OnStage | null;
  waiting: Act[];
  /** Who had the stage, the longest ago first. */
  turns: string[];
  /** Pieces of each gift that found no place in the line, until they are told. */
  skipped: Record<string, number>;
}

export const emptyStage: StageQueue = { playing: null, waiting: [], turns: [], skipped: {} };

export const STAGE_MS = 6_500;
/** However long a run goes on, the next one gets the stage by then. */
export const LONGEST_MS = 12_000;
export const MOST_WAITING = 6;

/** Takes a great gift in: raises its run where that is known, gives it the stage, or lets it wait. */
export function offer(queue: StageQueue, act: Act, now: number): StageQueue {
  const { playing } = queue;
  if (playing && playing.run === act.run && playing.until > now) {
    const until = Math.min(playing.since + LONGEST_MS, now + STAGE_MS);
    return { ...queue, playing: { ...raised(playing, act), until: Math.max(playing.until, until) } };
  }
  const at = queue.waiting.findIndex((one) => one.run === act.run);
  if (at >= 0) return { ...queue, waiting: queue.waiting.with(at, raised(queue.waiting[at] as Act, act)) };
  return advance(bounded({ ...queue, waiting: [...queue.waiting, act] }), now);
}

const raised = <T extends Act>(one: T, more: Act): T => ({
  ...one,
  count: one.count + more.count,
  parts: [...one.parts, ...more.parts],
});

/** Too many wait: the youngest of whoever has most of them steps back. */
function bounded(queue: StageQueue): StageQueue {
  if (queue.waiting.length <= MOST_WAITING) return queue;
  const by = Map.groupBy(queue.waiting, (act) => act.by.person_id);
  const most = Math.max(...[...by.values()].map((acts) => acts.length));
  const leaves = queue.waiting.findLast((act) => by.get(act.by.person_id)?.length === most) as Act;
  return {
    ...queue,
    waiting: queue.waiting.filter((act) => act !== leaves),
    skipped: { ...queue.skipped, [leaves.gift]: (queue.skipped[leaves.gift] ?? 0) + leaves.count },
  };
}

/** Ends what is over and begins what is next. */
export function advance(queue: StageQueue, now: number): StageQueue {
  if (queue.playing && queue.playing.until > now) return queue;
  const rank = (act: Act) => queue.turns.lastIndexOf(act.by.person_id);
  const [next] = queue.waiting.toSorted((a, b) => rank(a) - rank(b));
  if (!next) return queue.playing ? { ...queue, playing: null } : queue;
  return {
    ...queue,
    playing: { ...next, since: now, until: now + STAGE_MS },
    waiting: queue.waiting.filter((act) => act !== next),
    turns: [...queue.turns.filter((id) => id !== next.by.person_id), next.by.person_id].slice(-50),
  };
}

/** A gift was taken back: its pieces leave, and the stage with the last of them. */
export function takeBack(queue: StageQueue, gift_id: string, now: number): StageQueue {
  const waiting = queue.waiting.flatMap((act) => without(act, gift_id));
  const [playing = null] = queue.playing ? without(queue.playing, gift_id) : [];
  return advance({ ...queue, playing, waiting }, now);
}

/** The act without a gift; nothing when that was all of it. */
export function without<T extends Pick<Act, 'parts' | 'count'>>(act: T, gift_id: string): T[] {
  const parts = act.parts.filter((part) => part.id !== gift_id);
  if (parts.length === act.parts.length) return [act];
  if (parts.length === 0) return [];
  return [{ ...act, parts, count: parts.reduce((sum, part) => sum + part.count, 0) }];
}

/** The summary was read. */
export const told = (queue: StageQueue): StageQueue => ({ ...queue, skipped: {} });
