import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';
import { Link } from './link.tsx';
import { Spinner } from './spinner.tsx';

export type ButtonTone = 'accent' | 'plain' | 'quiet' | 'danger' | 'glass';
export type ButtonSize = 'sm' | 'md' | 'lg';

const TONES: Record<ButtonTone, string> = {
  accent: 'bg-accent text-accent-ink hover:brightness-107 active:brightness-95',
  plain: 'bg-raised text-ink hover:bg-line',
  quiet: 'text-ink hover:bg-raised',
  danger: 'bg-bad-wash text-bad hover:brightness-115',
  glass: 'bg-black/45 text-white backdrop-blur-md hover:bg-black/60',
};

const SIZES: Record<ButtonSize, string> = {
  sm: 'min-h-9 px-3.5 text-sm gap-1.5',
  md: 'min-h-11 px-5 text-base gap-2',
  lg: 'min-h-13 px-6 text-base gap-2',
};

/** The classes of a button, for a link that looks like one. */
export function buttonClass(tone: ButtonTone = 'plain', size: ButtonSize = 'md', wide = false): string {
  return cx(
    'relative inline-flex select-none items-center justify-center rounded-full py-1.5 text-center font-semibold leading-tight',
    'transition-[background-color,filter,transform,opacity] active:scale-[0.98] disabled:pointer-events-none disabled:opacity-45',
    TONES[tone],
    SIZES[size],
    wide && 'w-full',
  );
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  tone?: ButtonTone;
  size?: ButtonSize;
  wide?: boolean;
  icon?: IconName;
  /** Work under way: the button shows it and cannot be pressed twice. Money never moves without it. */
  busy?: boolean;
  submit?: boolean;
}

export function Button(props: ButtonProps) {
  const { tone, size, wide, icon, busy, submit, className, children, disabled, onClick, ...rest } = props;
  // A double click sends a form once: its second half comes before the button can show that it is busy.
  const once: ButtonProps['onClick'] = (event) => {
    if (submit && event.detail > 1) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={cx(buttonClass(tone, size, wide), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      onClick={once}
      {...rest}
    >
      <span className={cx('inline-flex items-center justify-center gap-[inherit]', busy && 'opacity-0')}>
        {icon && <Icon name={icon} className={size === 'sm' ? 'size-4' : 'size-5'} />}
        {children}
      </span>
      {busy && <Spinner className="absolute" />}
    </button>
  );
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink(props: {
  to: string;
  tone?: ButtonTone;
  size?: ButtonSize;
  wide?: boolean;
  icon?: IconName;
  className?: string;
  children: ReactNode;
}) {
  const { to, tone, size, wide, icon, className, children } = props;
  return (
    <Link to={to} className={cx(buttonClass(tone, size, wide), className)}>
      {icon && <Icon name={icon} className={size === 'sm' ? 'size-4' : 'size-5'} />}
      {children}
    </Link>
  );
}

const ICON_SIZES: Record<ButtonSize, string> = { sm: 'size-9', md: 'size-11', lg: 'size-13' };

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  icon: IconName;
  /** Its name for screen readers and as a tip. */
  label: string;
  tone?: ButtonTone;
  size?: ButtonSize;
  filled?: boolean;
  busy?: boolean;
  /** A small count at its corner. */
  count?: string | number;
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, tone = 'quiet', size = 'md', filled, busy, count, className, disabled, ...rest } = props;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled || busy}
      className={cx(
        'relative inline-flex shrink-0 select-none items-center justify-center rounded-full',
        'transition-[background-color,filter,transform,opacity] active:scale-95 disabled:pointer-events-none disabled:opacity-45',
        TONES[tone],
        ICON_SIZES[size],
        className,
      )}
      {...rest}
    >
      {busy ? (
        <Spinner />
      ) : (
        <Icon name={icon} filled={filled} className={size === 'sm' ? 'size-[18px]' : 'size-[22px]'} />
      )}
      {count !== undefined && (
        <span className="tabular absolute -top-0.5 -right-0.5 min-w-4.5 rounded-full bg-accent px-1 text-accent-ink text-xs">
          {count}
        </span>
      )}
    </button>
  );
}
