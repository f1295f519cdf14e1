import { useText } from '../text.ts';
import { cx } from './cx.ts';

/** Work under way, of unknown length. Where the length is known, show Progress. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={cx('size-5 animate-turn', className)} fill="none" aria-hidden="true">
      <circle cx="12" cy="12" r="9" stroke="currentColor" strokeWidth="2.6" opacity="0.22" />
      <path d="M21 12a9 9 0 0 0-9-9" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}

/** A whole place that is still loading; says so to screen readers. */
export function Loading({ className }: { className?: string }) {
  const { t } = useText();
  return (
    <div role="status" className={cx('flex min-h-40 items-center justify-center text-soft', className)}>
      <Spinner className="size-7" />
      <span className="sr-only">{t('ui.loading')}</span>
    </div>
  );
}

/** The shape of what is coming. Give it a size with classes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx('animate-breathe rounded-md bg-raised', className)} />;
}

/** Progress with numbers: `value` of `max`. */
export function Progress({ value, max, label, note }: { value: number; max: number; label: string; note?: string }) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
        <span className="font-medium">{label}</span>
        {note && <span className="tabular shrink-0 text-right text-soft">{note}</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        className="h-2 overflow-hidden rounded-full bg-raised"
      >
        <div
          className="h-full origin-left rounded-full bg-accent transition-transform"
          style={{ transform: `scaleX(${share})` }}
        />
      </div>
    </div>
  );
}
