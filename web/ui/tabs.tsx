import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface Tab {
  value: string;
  label: string;
  /** A count behind the label. */
  count?: string | number;
  panel: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  value?: string;
  onChange?: (value: string) => void;
  className?: string;
}

/** Views of one thing side by side. Uncontrolled unless `value` is given. */
export function Tabs({ label, tabs, value, onChange, className }: TabsProps) {
  return (
    <Base.Root
      {...(value === undefined ? { defaultValue: tabs[0]?.value } : { value })}
      onValueChange={(next) => onChange?.(String(next))}
      className={className}
    >
      <Base.List
        aria-label={label}
        className="hide-scroll relative z-0 -mx-4 flex gap-1 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className={cx(
              'flex min-h-11 items-center gap-1.5 whitespace-nowrap px-3 font-semibold text-soft transition-colors',
              'hover:text-ink focus-visible:-outline-offset-2 data-active:text-ink',
            )}
          >
            {tab.label}
            {tab.count !== undefined && <span className="tabular font-medium text-sm text-soft">{tab.count}</span>}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-[3px] w-(--active-tab-width) translate-x-(--active-tab-left) rounded-full bg-accent transition-[translate,width] duration-150" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4 outline-none">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
