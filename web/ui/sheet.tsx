import { Drawer } from '@base-ui/react/drawer';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../text.ts';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

interface SheetProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Keeps the title for screen readers only. */
  bare?: boolean;
  description?: ReactNode;
  /** Stays in sight below the scrolling content: the total and the order button. */
  foot?: ReactNode;
  children: ReactNode;
  wide?: boolean;
  /** Stays low and leaves the picture behind it clear (over running video). */
  clear?: boolean;
}

const POPUP = cx(
  'flex w-full flex-col rounded-t-2xl bg-surface text-ink shadow-lift outline-none',
  'transition-transform duration-180 [transform:translateY(var(--drawer-swipe-movement-y))] data-swiping:duration-0 data-swiping:select-none',
  'data-ending-style:[transform:translateY(100%)] data-starting-style:[transform:translateY(100%)]',
  'md:mb-0 md:rounded-2xl md:transition-[transform,opacity]',
  'md:data-ending-style:[transform:translateY(12px)] md:data-starting-style:[transform:translateY(12px)]',
  'md:data-ending-style:opacity-0 md:data-starting-style:opacity-0',
);

interface Closing extends EventTarget {
  destroy: () => void;
}

/** On a phone the system's "back" closes the sheet and does not leave the page. A keyboard has Escape for that. */
function useBackCloses(open: boolean, onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const { CloseWatcher } = globalThis as { CloseWatcher?: new () => Closing };
    if (!open || !CloseWatcher || !matchMedia('(pointer: coarse)').matches) return;
    const watcher = new CloseWatcher();
    watcher.addEventListener('close', () => latest.current());
    return () => watcher.destroy();
  }, [open]);
}

/** A sheet from below on a phone (drag down, Escape or the veil close it), a dialog in the middle on a desktop. */
export function Sheet({ open, onClose, title, bare, description, foot, children, wide, clear }: SheetProps) {
  const { t } = useText();
  useBackCloses(open, onClose);
  return (
    <Drawer.Root open={open} onOpenChange={(next) => !next && onClose()} swipeDirection="down">
      <Drawer.Portal>
        <Drawer.Backdrop
          className={cx(
            'fixed inset-0 z-40 min-h-dvh transition-opacity duration-180 data-ending-style:opacity-0 data-starting-style:opacity-0',
            clear ? 'bg-transparent' : 'bg-veil',
          )}
        />
        <Drawer.Viewport
          className={cx('fixed inset-0 z-50 flex items-end justify-center md:p-6', !clear && 'md:items-center')}
        >
          <Drawer.Popup
            className={cx(
              POPUP,
              wide ? 'md:max-w-2xl' : 'md:max-w-md',
              clear ? 'max-h-[62dvh]' : 'max-h-[88dvh] md:max-h-[84dvh]',
            )}
          >
            <div aria-hidden="true" className="mx-auto mt-2 h-1 w-10 shrink-0 rounded-full bg-line md:hidden" />
            <header className={cx('flex shrink-0 items-start gap-3 px-5 pt-3 pb-2 md:pt-5', bare && 'sr-only')}>
              <div className="min-w-0 grow">
                <Drawer.Title className="font-bold text-lg tracking-[-0.02em]">{title}</Drawer.Title>
                {description && (
                  <Drawer.Description className="mt-0.5 text-soft text-sm">{description}</Drawer.Description>
                )}
              </div>
              <Drawer.Close
                aria-label={t('ui.close')}
                className="-mt-1.5 -mr-2 flex size-11 shrink-0 items-center justify-center rounded-full text-soft hover:bg-raised"
              >
                <Icon name="close" />
              </Drawer.Close>
            </header>
            <Drawer.Content className="min-h-0 grow overflow-y-auto overscroll-contain px-5 pt-1 pb-5">
              {children}
            </Drawer.Content>
            {foot && <footer className="shrink-0 border-line border-t px-5 pt-3 pb-4">{foot}</footer>}
            <div className="pb-safe shrink-0" />
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
