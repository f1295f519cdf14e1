import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';

export type BadgeTone = 'plain' | 'accent' | 'wash' | 'good' | 'bad' | 'glass';

const TONES: Record<BadgeTone, string> = {
  plain: 'bg-raised text-ink',
  accent: 'bg-accent text-accent-ink',
  wash: 'bg-accent-wash text-accent-text',
  good: 'bg-good-wash text-good',
  bad: 'bg-bad-wash text-bad',
  glass: 'bg-black/55 text-white backdrop-blur-md',
};

/** A state in a word or two. Never colour alone: the word says it. */
export function Badge({
  tone = 'plain',
  icon,
  className,
  children,
}: {
  tone?: BadgeTone;
  icon?: IconName;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'tabular inline-flex min-h-6 items-center gap-1 whitespace-nowrap rounded-full px-2.5 font-semibold text-xs',
        TONES[tone],
        className,
      )}
    >
      {icon && <Icon name={icon} className="size-3.5" />}
      {children}
    </span>
  );
}
