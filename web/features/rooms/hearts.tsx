import { useEffect, useRef } from 'react';
import { Icon } from '../../ui/index.ts';

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const RISE_MS = 1_800;
/** Of a crowd's taps as many rise as the eye can tell apart. */
const MOST_AT_ONCE = 6;
const MOST_ON_SCREEN = 24;

/** Likes rise from the lower right corner: one's own at once, others' as they are counted. Not for who wished for calm. */
export function Hearts({ likes, mine }: { likes: number; mine: number }) {
  const place = useRef<HTMLDivElement>(null);
  const seed = useRef<HTMLSpanElement>(null);
  const counted = useRef<number | null>(null);
  const own = useRef(0);

  useEffect(() => {
    const before = counted.current;
    counted.current = likes;
    if (before === null || likes <= before) return;
    // One's own taps come back in the count: they have risen already.
    const others = Math.max(0, likes - before - own.current);
    own.current = Math.max(0, own.current - (likes - before));
    for (let i = 0; i < Math.min(MOST_AT_ONCE, others); i += 1) rise(place.current, seed.current, i * 90);
  }, [likes]);

  useEffect(() => {
    if (mine === 0) return;
    own.current += 1;
    rise(place.current, seed.current, 0);
  }, [mine]);

  return (
    <div ref={place} aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
      <span ref={seed} className="absolute right-6 bottom-20 hidden text-accent md:right-10 md:bottom-8">
        <Icon name="heart" filled className="size-8" />
      </span>
    </div>
  );
}

function rise(place: HTMLElement | null, seed: HTMLElement | null, delay: number): void {
  if (!place || !seed || calm.matches || document.hidden || place.childElementCount > MOST_ON_SCREEN) return;
  const heart = seed.cloneNode(true) as HTMLElement;
  heart.classList.remove('hidden');
  place.append(heart);
  const drift = (Math.random() - 0.5) * 90;
  const turn = (Math.random() - 0.5) * 50;
  const height = 240 + Math.random() * 160;
  heart
    .animate(
      [
        { transform: 'translate(0, 0) scale(0.4)', opacity: 0 },
        {
          transform: `translate(${drift * 0.3}px, ${-height * 0.25}px) rotate(${turn}deg) scale(1.05)`,
          opacity: 1,
          offset: 0.2,
        },
        { transform: `translate(${drift}px, ${-height}px) rotate(${-turn}deg) scale(0.9)`, opacity: 0 },
      ],
      { duration: RISE_MS, delay, easing: 'cubic-bezier(0.2, 0.6, 0.4, 1)', fill: 'both' },
    )
    .finished.catch(() => undefined)
    .then(() => heart.remove());
}
