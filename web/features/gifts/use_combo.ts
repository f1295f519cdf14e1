import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { hasWork, nextFlush, openIn, type Run, taken, tapped } from './combo_runs.ts';
import { type CatalogGift, type Receiver, type SentGift, sendFlush } from './data.ts';
import { type Given, useGiven } from './use_given.ts';

/** At most three flushes a second; a run of taps ends after this long without one. */
const FLUSH_MS = 340;
const FIRST_MS = 120;
const RUN_ENDS_MS = 3_000;

export interface Combo {
  /** Taps of this run, acknowledged or not. */
  shown: number;
  /** Taps that the server has not answered yet. */
  open: number;
  /** Coins that those need. */
  needs: bigint;
  error: unknown;
  tap: (gift: CatalogGift) => void;
  /** Sends again what was refused, under the same key; confirmed: although it goes past half of a limit. */
  again: (confirmed?: true) => void;
  /** Forgets what was refused. */
  drop: () => void;
  /** What of this run can still be taken back. */
  given: Given | null;
  /** Takes it back. @returns pieces that came back @throws a problem document */
  undo: () => Promise<number>;
}

/**
 * A run of taps. Taps gather and leave in flushes, each a gift of its own with its own key: closing the page loses
 * nothing that was acknowledged, and a repeated flush happens once.
 */
export function useCombo(to: Receiver): Combo {
  const { given, remember, takeBack } = useGiven();
  const { settle, ...taps } = useRun(to, remember);
  const undo = async () => {
    const count = await takeBack();
    taps.drop();
    settle();
    return count;
  };
  return { ...taps, given, undo };
}

/** Another try would be refused, too. Missing coins can come, a limit can be confirmed, a busy house can have time. */
function isFinal(problem: unknown): boolean {
  const { status = 0, code = '' } = (problem ?? {}) as { status?: number; code?: string };
  return status >= 400 && status < 500 && status !== 429 && !['no_funds', 'spending_half'].includes(code);
}

const NOTHING = { taps: 0, coins: 0n };

/** Runs as they stand now, for what happens later, and what of them is open, for what is shown. */
function useRuns() {
  const runs = useRef<readonly Run[]>([]);
  const [open, setOpen] = useState(NOTHING);
  const keep = useCallback((next: readonly Run[]) => {
    runs.current = next;
    setOpen(openIn(next));
  }, []);
  const now = useCallback(() => runs.current, []);
  return { now, open, keep };
}

function useRun(to: Receiver, remember: (run: string, sent: SentGift) => void) {
  const queries = useQueryClient();
  const { now, open, keep } = useRuns();
  const flying = useRef(false);
  const failed = useRef<unknown>(null);
  const timer = useRef<number>(undefined);
  const ends = useRef<number>(undefined);
  const target = useRef(to);
  target.current = to;
  const [shown, setShown] = useState(0);
  const [error, setError] = useState<unknown>(null);

  const settle = useCallback(() => void queries.invalidateQueries({ queryKey: ['get', '/api/wallet'] }), [queries]);

  const flush = useCallback(
    async (confirmed?: true) => {
      window.clearTimeout(timer.current);
      timer.current = undefined;
      const next = flying.current ? null : nextFlush(now(), confirmed);
      if (!next) return;
      keep(next.runs);
      flying.current = true;
      setError(null);
      failed.current = null;
      try {
        const sent = await sendFlush(target.current, next.flush);
        remember(next.flush.combo_id, sent);
        keep(taken(now(), next.flush.key));
        settle();
        if (now().some(hasWork)) timer.current = window.setTimeout(() => void flush(), FLUSH_MS);
      } catch (problem) {
        setError(problem);
        failed.current = problem;
      } finally {
        flying.current = false;
      }
    },
    [now, keep, settle, remember],
  );

  const tap = useCallback(
    ({ gift, coins }: CatalogGift) => {
      // What was refused for good was told; it does not hold up what is tapped now.
      if (isFinal(failed.current)) keep([]);
      failed.current = null;
      const going = ends.current !== undefined && now().at(-1)?.gift === gift;
      keep(tapped(now(), { gift, coins: BigInt(coins) }, going));
      setShown((before) => (going ? before + 1 : 1));
      window.clearTimeout(ends.current);
      ends.current = window.setTimeout(() => {
        ends.current = undefined;
        setShown(0);
      }, RUN_ENDS_MS);
      if (timer.current === undefined && !flying.current)
        timer.current = window.setTimeout(() => void flush(), FIRST_MS);
    },
    [now, keep, flush],
  );

  const drop = useCallback(() => {
    keep([]);
    setShown(0);
    setError(null);
  }, [keep]);

  // What was tapped is sent, also when the tray closes.
  useEffect(
    () => () => {
      window.clearTimeout(ends.current);
      void flush();
    },
    [flush],
  );

  const again = (confirmed?: true) => void flush(confirmed);
  return { shown, open: open.taps, needs: open.coins, error, tap, again, drop, settle };
}
