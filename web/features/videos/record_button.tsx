import { useRef } from 'react';
import { useText } from '../../text.ts';
import { cx } from '../../ui/index.ts';
import { placesOf } from './join.ts';
import type { Recorder } from './use_recorder.ts';

const R = 46;
const ROUND = 2 * Math.PI * R;
/** Longer than this is a hold: letting go ends the take. Shorter is a tap: it goes on until the next one. */
const HOLD_MS = 350;

/** Hold to film, or tap to film with free hands; around it, how much of the film is full, take by take. */
export function RecordButton({ recorder }: { recorder: Recorder }) {
  const { t } = useText();
  const pressed = useRef<{ at: number; began: boolean } | null>(null);
  const { state, begin, end, takes, length_s, limit_s } = recorder;
  const filming = state === 'filming' || state === 'counting';
  const press = () => {
    pressed.current = { at: performance.now(), began: !filming };
    if (filming) end();
    else begin();
  };
  const release = () => {
    const { at, began } = pressed.current ?? { at: 0, began: false };
    pressed.current = null;
    if (began && recorder.timer === 0 && performance.now() - at > HOLD_MS) end();
  };
  return (
    <button
      type="button"
      aria-label={t(filming ? 'posting.film_stop' : 'posting.film')}
      aria-pressed={filming}
      disabled={state === 'ending' || (!filming && length_s >= limit_s)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      // The keyboard has no hold: each press begins or ends.
      onClick={({ detail }) => detail === 0 && (filming ? end() : begin())}
      className="relative flex size-24 touch-none select-none items-center justify-center rounded-full disabled:opacity-50"
    >
      <svg viewBox="0 0 100 100" className="-rotate-90 absolute inset-0" fill="none" aria-hidden="true">
        <circle cx="50" cy="50" r={R} stroke="rgb(255 255 255 / 0.35)" strokeWidth="6" />
        <circle
          cx="50"
          cy="50"
          r={R}
          stroke="var(--accent)"
          strokeWidth="6"
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - length_s / limit_s)}
        />
        {placesOf(takes)
          .starts.slice(1)
          .map((start) => (
            <Notch key={start} share={start / limit_s} />
          ))}
        {takes.length > 0 && <Notch share={placesOf(takes).length_s / limit_s} />}
      </svg>
      <span
        className={cx(
          'bg-accent transition-[transform,border-radius]',
          filming ? 'size-9 rounded-md' : 'size-18 rounded-full',
        )}
      />
    </button>
  );
}

function Notch({ share }: { share: number }) {
  const angle = share * 2 * Math.PI;
  const at = (r: number) => [50 + r * Math.cos(angle), 50 + r * Math.sin(angle)] as const;
  const [[x1, y1], [x2, y2]] = [at(42.5), at(49.5)];
  return <line x1={x1} y1={y1} x2={x2} y2={y2} stroke="#fff" strokeWidth="2" />;
}
