import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { cx, Icon, type IconName } from '../../ui/index.ts';
import type { Order } from './data.ts';

/** Paid, shipped, delivered: where an order is on its way. */
export function OrderSteps({ order }: { order: Order }) {
  const { t } = useText();
  const format = useFormat();
  if (order.state === 'cancelled' || order.state === 'refunded') return null;
  const steps: [string, IconName, string | null][] = [
    ['paid', 'receipt', order.paid_at],
    ['shipped', 'truck', order.shipped_at],
    ['delivered', 'home', order.delivered_at],
  ];
  return (
    <ol className="grid grid-cols-3 gap-2">
      {steps.map(([name, icon, at]) => (
        <li key={name} className={cx('border-t-4 pt-2', at ? 'border-accent' : 'border-line text-soft')}>
          <p className="flex items-center gap-1.5 font-semibold text-sm">
            <Icon name={at ? 'check' : icon} className="size-4" />
            {t(`orders.state_${name}`)}
          </p>
          <p className="text-soft text-xs">{at ? format.date(at) : t('orders.not_yet')}</p>
        </li>
      ))}
    </ol>
  );
}
