import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import { cx, Menu } from '../ui/index.ts';
import { CREATE } from './places.ts';

/** Film, upload, go live. */
export default function CreateMenu({ className, children }: { className: string; children: ReactNode }) {
  const { t } = useText();
  const items = CREATE.map(({ to, icon, name }) => ({ to, icon, label: t(name) }));
  return (
    <Menu label={t('shell.create')} align="start" className={cx(className, 'rounded-none')} items={items}>
      {children}
    </Menu>
  );
}
