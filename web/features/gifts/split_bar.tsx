import { type Money, useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { cx } from '../../ui/index.ts';

export interface Split {
  total: Money;
  vat: Money;
  creator: Money;
  platform: Money;
}

const PARTS = [
  { part: 'creator', fill: 'bg-accent' },
  { part: 'platform', fill: 'bg-soft' },
  { part: 'vat', fill: 'bg-line' },
] as const;

/** Where a price goes, as a stacked bar and in words: 1.00 € = 0.42 creator + 0.42 platform + 0.16 VAT. */
export function SplitBar({ split, className }: { split: Split; className?: string }) {
  const { t } = useText();
  const format = useFormat();
  const whole = Math.max(1, Number(split.total.amount));
  return (
    <div className={className}>
      <div className="flex h-2.5 gap-0.5 overflow-hidden rounded-full" aria-hidden="true">
        {PARTS.map(({ part, fill }) => (
          <span key={part} className={fill} style={{ width: `${(100 * Number(split[part].amount)) / whole}%` }} />
        ))}
      </div>
      <ul className="tabular mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {PARTS.map(({ part, fill }) => (
          <li key={part} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cx('size-2.5 rounded-full', fill)} />
            <span className="text-soft">{t(`gifts.part_${part}`)}</span>
            <span className="font-semibold">{format.money(split[part])}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
