import { useText } from '../../text.ts';
import { cx } from '../../ui/index.ts';

const FEW = 10;

/** How many are left, where that matters. */
export function StockNote({ units, className }: { units: number; className?: string }) {
  const { t } = useText();
  if (units === 0) return <p className={cx('font-semibold text-bad text-sm', className)}>{t('catalog.sold_out')}</p>;
  const few = units <= FEW;
  return (
    <p className={cx('text-sm', few ? 'font-semibold text-accent-text' : 'text-soft', className)}>
      {few ? t('catalog.left', { n: units }) : t('catalog.in_stock')}
    </p>
  );
}
