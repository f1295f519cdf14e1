import { lazy, Suspense } from 'react';
import { Icon, type MenuItem } from '../ui/index.ts';

const PreferencesMenu = lazy(() => import('./preferences_menu.tsx'));

/** The menu's sign at once, the menu itself when its code has come. */
export function Preferences({ ways }: { ways?: MenuItem[] }) {
  const sign = (
    <span className="flex size-11 items-center justify-center text-soft">
      <Icon name="menu" />
    </span>
  );
  return (
    <Suspense fallback={sign}>
      <PreferencesMenu ways={ways} />
    </Suspense>
  );
}
