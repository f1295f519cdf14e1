import { useEffect, useRef } from 'react';

interface Deeds {
  pause(): void;
  sound(): void;
}

const DEEDS: Record<string, keyof Deeds> = { ' ': 'pause', m: 'sound' };

/** Whoever writes means letters. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys of the video that is watched, beside those of its rail. Buttons keep their space bar. */
export function useItemKeys(active: boolean, deeds: Deeds): void {
  const latest = useRef(deeds);
  latest.current = deeds;
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => {
      const deed = DEEDS[event.key];
      const onButton = event.key === ' ' && event.target instanceof HTMLElement && event.target.closest('button, a');
      if (!deed || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || onButton) return;
      event.preventDefault();
      latest.current[deed]();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [active]);
}
