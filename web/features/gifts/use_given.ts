import { useCallback, useState } from 'react';
import { type SentGift, undoGifts } from './data.ts';

/** Gifts of one run that the server has acknowledged. */
export interface Given {
  run: string;
  gift: string;
  count: number;
  parts: { id: string; count: number }[];
  /** On the page's own clock: when the last of them can no longer be taken back. */
  until: number;
}

/** As many flushes as one request may name: ten seconds hold half of that. */
const MOST_UNDONE = 60;
/** A little less than the server grants: the way there takes time. */
const SOONER_MS = 500;

function add(before: Given | null, run: string, sent: SentGift, now: number): Given {
  const lasts = Date.parse(sent.undo_until) - Date.parse(sent.sent_at) - SOONER_MS;
  const same = before !== null && before.run === run && before.until > now ? before : null;
  return {
    run,
    gift: sent.gift,
    count: (same?.count ?? 0) + sent.count,
    parts: [...(same?.parts ?? []), { id: sent.gift_id, count: sent.count }],
    until: now + lasts,
  };
}

/** What of the present run of taps can still be taken back. */
export function useGiven() {
  const [given, setGiven] = useState<Given | null>(null);
  const remember = useCallback(
    (run: string, sent: SentGift) => setGiven((before) => add(before, run, sent, performance.now())),
    [],
  );
  const takeBack = useCallback(async () => {
    if (!given) return 0;
    const { undone } = await undoGifts(given.parts.slice(-MOST_UNDONE).map(({ id }) => id));
    setGiven(null);
    return given.parts.reduce((sum, { id, count }) => sum + (undone.includes(id) ? count : 0), 0);
  }, [given]);
  return { given, remember, takeBack };
}
