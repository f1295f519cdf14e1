import { Link as RouterLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface LinkProps {
  to: string;
  className?: string;
  children: ReactNode;
  'aria-label'?: string;
  'aria-current'?: 'page';
  title?: string;
  onClick?: () => void;
  /** Replace the present entry of the history. */
  replace?: boolean;
}

/** A link inside the app, without looks. `to` is a finished path (`/live/room_…?tab=chat`). */
export function Link({ to, ...rest }: LinkProps) {
  return <RouterLink to={to} {...rest} />;
}

/** A link within running text. */
export function TextLink({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const looks = cx(
    'font-medium text-accent-text underline decoration-1 underline-offset-3 hover:decoration-2',
    className,
  );
  if (/^https?:|^mailto:/.test(to)) {
    return (
      <a href={to} className={looks} rel="noopener noreferrer" target="_blank">
        {children}
      </a>
    );
  }
  return (
    <Link to={to} className={looks}>
      {children}
    </Link>
  );
}
