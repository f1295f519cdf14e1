import { cx, Icon, type IconName, Link } from '../ui/index.ts';

/** Counts are asked again while the page is looked at; not in the background. */
export const ASK_MS = 45_000;
const MOST = 99;

interface CountSignProps {
  to: string;
  icon: IconName;
  /** Its name for screen readers, with the count. */
  label: string;
  title: string;
  count: number;
  className?: string | undefined;
}

/** A way to somewhere, and how much there is new. */
export function CountSign({ to, icon, label, title, count, className }: CountSignProps) {
  return (
    <Link
      to={to}
      aria-label={label}
      title={title}
      className={cx(
        'relative flex size-11 shrink-0 items-center justify-center rounded-full hover:bg-raised',
        className,
      )}
    >
      <Icon name={icon} className="size-[22px]" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="tabular absolute top-1 right-0.5 flex min-h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 font-bold text-[0.6875rem] text-accent-ink"
        >
          {count > MOST ? `${MOST}+` : count}
        </span>
      )}
    </Link>
  );
}
