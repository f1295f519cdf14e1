import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';

const manager = Toast.createToastManager();

interface ToastNote {
  title: string;
  text?: string;
  tone?: 'plain' | 'good' | 'bad';
  /** One deed that follows from it: "Undo", "Open receipt". */
  action?: { label: string; onPress: () => void };
}

/** Says what has just happened, in passing. Nothing may be said only here: what matters also stands on the page. */
export function toast({ title, text, tone = 'plain', action }: ToastNote): void {
  manager.add({
    title,
    description: text,
    type: tone,
    timeout: action || tone === 'bad' ? 8000 : 4500,
    priority: tone === 'bad' ? 'high' : 'low',
    actionProps: action && { children: action.label, onClick: action.onPress },
  });
}

const SIGNS: Record<string, { icon: IconName; look: string }> = {
  plain: { icon: 'info', look: 'text-soft' },
  good: { icon: 'check', look: 'text-good' },
  bad: { icon: 'alert', look: 'text-bad' },
};

function Toasts() {
  const { toasts } = Toast.useToastManager();
  const { t } = useText();
  return toasts.map((item) => {
    const sign = SIGNS[item.type ?? 'plain'] ?? SIGNS.plain;
    return (
      <Toast.Root
        key={item.id}
        toast={item}
        swipeDirection={['up', 'right']}
        className={cx(
          'pointer-events-auto w-full rounded-lg border border-line bg-surface text-ink shadow-lift transition-[opacity,transform] duration-180',
          '[transform:translate(var(--toast-swipe-movement-x),var(--toast-swipe-movement-y))]',
          'data-starting-style:[transform:translateY(-16px)] data-ending-style:opacity-0 data-starting-style:opacity-0 data-limited:hidden',
        )}
      >
        <Toast.Content className="flex items-start gap-3 p-3 pl-4">
          <Icon name={sign?.icon ?? 'info'} className={cx('mt-1.5', sign?.look)} />
          <div className="min-w-0 grow py-1">
            <Toast.Title className="font-semibold" />
            <Toast.Description className="text-soft text-sm" />
          </div>
          <Toast.Action className="min-h-9 shrink-0 rounded-full bg-raised px-3.5 font-semibold text-sm hover:bg-line" />
          <Toast.Close
            aria-label={t('ui.close')}
            className="flex size-9 shrink-0 items-center justify-center rounded-full text-soft hover:bg-raised"
          >
            <Icon name="close" className="size-4" />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}

export function ToastPlace({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="pointer-events-none fixed inset-x-3 top-3 z-80 mx-auto flex max-w-md flex-col gap-2 md:top-5">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
