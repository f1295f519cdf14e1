import type { RoomEvent } from '@souk/sdk/live';
import { type Shown, shownAt } from '@souk/sdk/room';
import { useCallback, useEffect, useRef, useState } from 'react';

const NOTHING: Shown = { poll: null, note: null, caption: null, question: null, cohost: null };

const same = (a: Shown, b: Shown): boolean =>
  a.poll?.id === b.poll?.id &&
  a.note === b.note &&
  a.caption?.id === b.caption?.id &&
  a.question?.id === b.question?.id &&
  a.cohost?.id === b.cohost?.id;

const timeOf = (event: RoomEvent): number => Date.parse('media_at' in event ? event.media_at : event.at);

/**
 * What a live's picture brings: the poll, the pinned message, the caption, the question. A caption that comes after its
 * moment is shown when it comes. Call `follow` with the media time of the picture.
 */
export function useShown(cues: RoomEvent[]): [Shown, (at: Date) => void] {
  const at = useRef<Date | null>(null);
  const came = useRef(new Map<string, number>());
  const [shown, setShown] = useState(NOTHING);
  const look = useRef(() => {});
  look.current = () => {
    const next = shownAt(cues, at.current ?? new Date(), (event) => came.current.get(event.id) ?? timeOf(event));
    setShown((before) => (same(before, next) ? before : next));
  };
  useEffect(() => {
    for (const event of cues) {
      if (event.type !== 'caption' || came.current.has(event.id)) continue;
      came.current.set(event.id, Math.max(timeOf(event), at.current?.getTime() ?? 0));
    }
    look.current();
  }, [cues]);
  const follow = useCallback((now: Date) => {
    at.current = now;
    look.current();
  }, []);
  return [shown, follow];
}
