import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';

/** Rows of one kind, one under the other, with hairlines between. */
export function List({ label, children, className }: { label?: string; children: ReactNode; className?: string }) {
  return (
    <ul aria-label={label} className={cx('divide-y divide-line/70', className)}>
      {children}
    </ul>
  );
}

interface ListRowProps {
  /** A picture, an avatar or an icon. */
  lead?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  /** An amount, a badge, a button. */
  end?: ReactNode;
  to?: string;
  onPress?: () => void;
  className?: string;
}

export function ListRow({ lead, title, text, end, to, onPress, className }: ListRowProps) {
  const inner = (
    <>
      {lead}
      <span className="min-w-0 grow text-left">
        <span className="line-clamp-2 break-words font-semibold">{title}</span>
        {text && <span className="block text-soft text-sm">{text}</span>}
      </span>
      {end && <span className="tabular shrink-0 text-right">{end}</span>}
      {to && <Icon name="right" className="size-4 text-soft" />}
    </>
  );
  const looks = cx('flex min-h-14 w-full items-center gap-3.5 py-2.5', className);
  const press = 'rounded-md px-2 -mx-2 w-[calc(100%+1rem)] transition-colors hover:bg-raised';
  if (to) {
    return (
      <li>
        <Link to={to} className={cx(looks, press)}>
          {inner}
        </Link>
      </li>
    );
  }
  if (onPress) {
    return (
      <li>
        <button type="button" onClick={onPress} className={cx(looks, press)}>
          {inner}
        </button>
      </li>
    );
  }
  return <li className={looks}>{inner}</li>;
}

/** Asks for the next page of a list; nothing when there is none. */
export function More({ onMore, busy, show }: { onMore: () => void; busy?: boolean; show: boolean }) {
  const { t } = useText();
  if (!show) return null;
  return (
    <div className="flex justify-center pt-5">
      <Button onClick={onMore} busy={busy}>
        {t('ui.more')}
      </Button>
    </div>
  );
}
