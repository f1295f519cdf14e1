/** Runs of taps, in the order in which they were tapped: what waits to be sent, and what is on its way. PURE. */
import type { Flush } from './data.ts';

export interface Run {
  gift: string;
  /** Of one piece. */
  coins: bigint;
  combo_id: string;
  /** Taps that are in no flush yet. */
  waiting: number;
  /** The flush that is on its way, or was refused and waits to be sent again. */
  sending: Flush | null;
}

const MOST_IN_A_FLUSH = 999;

export const hasWork = (run: Run): boolean => run.sending !== null || run.waiting > 0;

const openOf = (run: Run): number => run.waiting + (run.sending?.count ?? 0);

/** Taps that the server has not taken yet, and the coins they need. */
export function openIn(runs: readonly Run[]): { taps: number; coins: bigint } {
  return {
    taps: runs.reduce((sum, run) => sum + openOf(run), 0),
    coins: runs.reduce((sum, run) => sum + run.coins * BigInt(openOf(run)), 0n),
  };
}

/**
 * One more tap. Runs of other gifts that still have something to send stay before it.
 * @param going whether the last run goes on: the same gift, tapped a moment ago
 */
export function tapped(runs: readonly Run[], gift: { gift: string; coins: bigint }, going: boolean): Run[] {
  const last = runs.at(-1);
  if (last && going && last.gift === gift.gift) return [...runs.slice(0, -1), { ...last, waiting: last.waiting + 1 }];
  return [...runs.filter(hasWork), { ...gift, combo_id: crypto.randomUUID(), waiting: 1, sending: null }];
}

/**
 * The oldest run that has something to send, with its flush made up; null: all is sent.
 * @param confirmed the sender said yes to going past half of their limit
 */
export function nextFlush(runs: readonly Run[], confirmed?: true): { runs: Run[]; flush: Flush } | null {
  const at = runs.findIndex(hasWork);
  const run = runs[at];
  if (!run) return null;
  const count = Math.min(run.waiting, MOST_IN_A_FLUSH);
  const fresh = { gift: run.gift, count, combo_id: run.combo_id, key: crypto.randomUUID() };
  const flush = { ...(run.sending ?? fresh), ...(confirmed && { confirmed }) };
  const waiting = run.sending ? run.waiting : run.waiting - count;
  return { runs: runs.with(at, { ...run, waiting, sending: flush }), flush };
}

/** After the server took a flush: a run before the last one goes with its last flush. */
export function taken(runs: readonly Run[], key: string): Run[] {
  return runs
    .map((run) => (run.sending?.key === key ? { ...run, sending: null } : run))
    .filter((run, at, all) => at === all.length - 1 || hasWork(run));
}
