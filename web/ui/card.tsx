import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Link } from './link.tsx';

interface CardProps {
  children: ReactNode;
  /** Makes the whole card a link. */
  to?: string;
  className?: string;
  /** Without inner space, for pictures up to the edge. */
  flush?: boolean;
}

/** A thing of its own on a surface. */
export function Card({ children, to, className, flush }: CardProps) {
  const looks = cx(
    'block rounded-xl border border-line/70 bg-surface',
    !flush && 'p-4 sm:p-5',
    flush && 'overflow-hidden',
    className,
  );
  if (!to) return <div className={looks}>{children}</div>;
  return (
    <Link to={to} className={cx(looks, 'transition-colors hover:border-soft')}>
      {children}
    </Link>
  );
}

/** A number people look at first: a balance, earnings of a day. */
export function Stat({ label, value, note }: { label: ReactNode; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="min-w-0">
      <div className="text-soft text-sm">{label}</div>
      <div className="tabular mt-0.5 font-bold text-xl tracking-[-0.02em]">{value}</div>
      {note && <div className="mt-0.5 text-soft text-sm">{note}</div>}
    </div>
  );
}

/** Pairs of a name and a value: a total and its parts, an address, a receipt. The last may be the sum. */
export function Facts({
  rows,
  sum,
}: {
  rows: readonly (readonly [label: ReactNode, value: ReactNode])[];
  sum?: boolean;
}) {
  return (
    <dl className="grid gap-y-2">
      {rows.map(([label, value], at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a receipt are told apart by their place
          key={at}
          className={cx(
            'flex items-baseline justify-between gap-4',
            sum && at === rows.length - 1 && 'mt-1 border-line border-t pt-3 font-bold text-lg',
          )}
        >
          <dt className={cx('min-w-0', !(sum && at === rows.length - 1) && 'text-soft')}>{label}</dt>
          <dd className="tabular max-w-[72%] shrink-0 break-words text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
