import { Menu as Base } from '@base-ui/react/menu';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';

export interface MenuItem {
  label: string;
  icon?: IconName;
  onSelect?: () => void;
  to?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Shows a check mark: one of several choices is in force. */
  chosen?: boolean;
}

interface MenuProps {
  /** The name of the button that opens it. */
  label: string;
  /** What the button shows; three dots when absent. */
  children?: ReactNode;
  items: readonly (MenuItem | 'line')[];
  className?: string;
  align?: 'start' | 'end';
}

/** A short list of deeds behind one button. */
export function Menu({ label, children, items, className, align = 'end' }: MenuProps) {
  const navigate = useNavigate();
  return (
    <Base.Root modal={false}>
      <Base.Trigger
        aria-label={label}
        className={cx(
          'flex min-h-11 min-w-11 shrink-0 items-center justify-center rounded-full hover:bg-raised data-popup-open:bg-raised',
          className,
        )}
      >
        {children ?? <Icon name="more" />}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} collisionPadding={12} className="z-70">
          <Base.Popup className="min-w-52 max-w-[calc(100vw-24px)] origin-(--transform-origin) rounded-lg border border-line bg-surface p-1.5 text-ink shadow-lift outline-none transition-[opacity,transform] duration-120 data-ending-style:scale-97 data-starting-style:scale-97 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {items.map((item, at) =>
              item === 'line' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
                <Base.Separator key={at} className="mx-2 my-1.5 h-px bg-line" />
              ) : (
                <Base.Item
                  key={item.label}
                  disabled={item.disabled}
                  onClick={() => {
                    item.onSelect?.();
                    if (item.to) void navigate({ to: item.to });
                  }}
                  className={cx(
                    'flex min-h-11 cursor-pointer select-none items-center gap-3 rounded-md px-3 text-sm outline-none',
                    'data-highlighted:bg-raised data-disabled:opacity-45',
                    item.danger && 'text-bad',
                  )}
                >
                  {item.icon && <Icon name={item.icon} />}
                  <span className="grow">{item.label}</span>
                  {item.chosen && <Icon name="check" className="size-4 text-accent-text" />}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
