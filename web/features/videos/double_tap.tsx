import { type MouseEvent, useRef, useState } from 'react';
import { Icon } from '../../ui/index.ts';

const SECOND_TAP_MS = 260;
const HEART_MS = 800;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

interface Heart {
  id: number;
  x: number;
  y: number;
  turn: number;
}

interface Taps {
  /** For the surface that is tapped. */
  onClick: (event: MouseEvent<HTMLElement>) => void;
  /** Drawn above the picture. */
  hearts: readonly Heart[];
}

/**
 * Two taps like, with a heart where the finger was; one tap does what it always did, once it is clear that it stays
 * one.
 * @param onSingle pause, as a rule
 */
export function useDoubleTap(onSingle: () => void, onDouble: () => void): Taps {
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const next = useRef(0);
  const [hearts, setHearts] = useState<readonly Heart[]>([]);
  const onClick = ({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>) => {
    if (waiting.current === null) {
      waiting.current = setTimeout(() => {
        waiting.current = null;
        onSingle();
      }, SECOND_TAP_MS);
      return;
    }
    clearTimeout(waiting.current);
    waiting.current = null;
    onDouble();
    const { left, top } = currentTarget.getBoundingClientRect();
    next.current += 1;
    const heart = { id: next.current, x: clientX - left, y: clientY - top, turn: ((next.current * 37) % 40) - 20 };
    setHearts((all) => [...all, heart]);
    setTimeout(() => setHearts((all) => all.filter((one) => one.id !== heart.id)), HEART_MS);
  };
  return { onClick, hearts };
}

/** The hearts of double taps. Decorative: the rail says that it is liked. */
export function TapHearts({ hearts }: { hearts: readonly Heart[] }) {
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
      {hearts.map(({ id, x, y, turn }) => (
        <span key={id} ref={(place) => beat(place, turn)} className="absolute text-accent" style={{ left: x, top: y }}>
          <Icon name="heart" filled className="-ml-12 -mt-12 size-24 drop-shadow-lg" />
        </span>
      ))}
    </span>
  );
}

function beat(place: HTMLElement | null, turn: number): void {
  if (!place || place.getAnimations().length > 0) return;
  const still = `rotate(${turn}deg)`;
  place.animate(
    calm.matches
      ? [{ opacity: 1 }, { opacity: 1, offset: 0.7 }, { opacity: 0 }]
      : [
          { transform: `${still} scale(0.3)`, opacity: 0 },
          { transform: `${still} scale(1.15)`, opacity: 1, offset: 0.2 },
          { transform: `${still} scale(1)`, opacity: 1, offset: 0.6 },
          { transform: `translateY(-60px) ${still} scale(1.3)`, opacity: 0 },
        ],
    { duration: HEART_MS, easing: 'ease-out', fill: 'forwards' },
  );
}
