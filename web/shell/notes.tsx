import { useSyncExternalStore } from 'react';
import { useInstance } from '../instance.ts';
import { useText } from '../text.ts';
import { Icon } from '../ui/index.ts';

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** Says that the network is gone, for as long as it is. */
export function OfflineNote() {
  const { t } = useText();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-bad-wash px-4 py-2 text-center text-sm">
          <Icon name="alert" className="size-4 text-bad" />
          {t('shell.offline')}
        </p>
      )}
    </div>
  );
}

/** Where no real money moves, every page says so. */
export function DemoMoneyNote() {
  const { t } = useText();
  const instance = useInstance();
  if (!instance?.sandbox) return null;
  return (
    <p className="flex items-center justify-center gap-1.5 bg-accent-wash px-4 py-1 text-center text-accent-text text-xs">
      <span className="font-semibold">{t('shell.demo_money')}</span>
      <span className="hidden sm:inline">{t('shell.demo_money_text')}</span>
    </p>
  );
}
