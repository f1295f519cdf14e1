import { Toast } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { useText } from '../text.ts';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';
import type { ToastNote } from './toast.tsx';

const manager = Toast.createToastManager();

/** Shows a note; called by toast() when this part of the app has come. */
export function show({ title, text, tone = 'plain', action }: ToastNote): void {
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

let announce: () => void;
/** Settles when the place below is on the page and hears the manager. */
export const ready = new Promise<void>((resolve) => {
  announce = resolve;
});

export default function Place() {
  useEffect(() => announce(), []);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="pointer-events-none fixed inset-x-3 top-3 z-80 mx-auto flex max-w-md flex-col gap-2 md:top-5">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
