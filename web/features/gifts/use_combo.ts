import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type CatalogGift, type Flush, type Receiver, type SentGift, sendFlush } from './data.ts';
import { type Given, useGiven } from './use_given.ts';

/** At most three flushes a second; a run of taps ends after this long without one. */
const FLUSH_MS = 340;
const RUN_ENDS_MS = 3_000;
const MOST_IN_A_FLUSH = 999;

export interface Combo {
  /** Taps of this run, acknowledged or not. */
  shown: number;
  /** Taps that the server has not answered yet. */
  open: number;
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

interface Run {
  gift: string;
  combo_id: string;
  waiting: number;
  sending: Flush | null;
  timer: number | undefined;
}

const newRun = (gift: string, waiting: number): Run => ({
  ...{ gift, waiting, combo_id: crypto.randomUUID() },
  ...{ sending: null, timer: undefined },
});

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

function useRun(to: Receiver, remember: (run: string, sent: SentGift) => void) {
  const queries = useQueryClient();
  const run = useRef<Run | null>(null);
  const ends = useRef<number>(undefined);
  const target = useRef(to);
  target.current = to;
  const [shown, setShown] = useState(0);
  const [open, setOpen] = useState(0);
  const [error, setError] = useState<unknown>(null);

  const settle = useCallback(() => void queries.invalidateQueries({ queryKey: ['get', '/api/wallet'] }), [queries]);

  const flush = useCallback(
    async (confirmed?: true) => {
      const now = run.current;
      if (!now || (now.sending === null && now.waiting === 0)) return;
      if (now.sending === null) {
        const count = Math.min(now.waiting, MOST_IN_A_FLUSH);
        now.waiting -= count;
        now.sending = { gift: now.gift, count, combo_id: now.combo_id, key: crypto.randomUUID() };
      }
      if (confirmed) now.sending = { ...now.sending, confirmed };
      const flying = now.sending;
      setError(null);
      try {
        const sent = await sendFlush(target.current, flying);
        now.sending = null;
        remember(flying.combo_id, sent);
        setOpen((before) => Math.max(0, before - flying.count));
        settle();
        if (now.waiting > 0) now.timer = window.setTimeout(() => void flush(), FLUSH_MS);
        else now.timer = undefined;
      } catch (problem) {
        now.timer = undefined;
        setError(problem);
      }
    },
    [settle, remember],
  );

  const tap = useCallback(
    (gift: CatalogGift) => {
      if (run.current?.gift !== gift.gift || ends.current === undefined) {
        const left = run.current?.gift === gift.gift ? run.current.waiting : 0;
        run.current = newRun(gift.gift, left);
        setShown(0);
      }
      const now = run.current;
      now.waiting += 1;
      setShown((before) => before + 1);
      setOpen((before) => before + 1);
      window.clearTimeout(ends.current);
      ends.current = window.setTimeout(() => {
        ends.current = undefined;
        setShown(0);
      }, RUN_ENDS_MS);
      if (now.timer === undefined && now.sending === null) now.timer = window.setTimeout(() => void flush(), 120);
    },
    [flush],
  );

  const drop = useCallback(() => {
    run.current = null;
    setShown(0);
    setOpen(0);
    setError(null);
  }, []);

  // What was tapped is sent, also when the tray closes.
  useEffect(
    () => () => {
      window.clearTimeout(ends.current);
      void flush();
    },
    [flush],
  );

  return { shown, open, error, tap, again: (confirmed?: true) => void flush(confirmed), drop, settle };
}
