import { cx } from './cx.ts';

/**
 * Souk's mark: a pointed arch, the gate of a market, with light behind it; the light is a play sign set on its side.
 * One colour, so that it stands on any ground.
 */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={cx('size-8 shrink-0', className)} aria-hidden="true">
      <path
        className="fill-accent"
        d={
          'M16 1.5c1.3 3.3 3.6 4.7 6.3 6.1C26.6 9.8 29.5 12.6 29.5 18v9.5a3 3 0 0 1-3 3h-21' +
          'a3 3 0 0 1-3-3V18c0-5.4 2.9-8.2 7.2-10.4C12.4 6.2 14.7 4.8 16 1.5Z'
        }
      />
      <path
        className="fill-accent-ink"
        d="M12 14.3c0-1.3 1.4-2.1 2.5-1.4l7.3 4.7c1 .6 1 2.1 0 2.7l-7.3 4.7c-1.1.7-2.5-.1-2.5-1.4v-9.3Z"
      />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2 font-extrabold text-xl tracking-[-0.045em]', className)}>
      <Mark className="size-7" />
      souk
    </span>
  );
}
