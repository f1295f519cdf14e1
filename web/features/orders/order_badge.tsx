import { useText } from '../../text.ts';
import { Badge, type BadgeTone } from '../../ui/index.ts';
import type { Order, OrderState } from './data.ts';

const TONES: Record<OrderState, BadgeTone> = {
  unpaid: 'wash',
  paid: 'accent',
  shipped: 'accent',
  delivered: 'good',
  cancelled: 'plain',
  refunded: 'plain',
};

/** How far an order is, in a word. */
export function OrderBadge({ order }: { order: Pick<Order, 'state'> }) {
  const { t } = useText();
  return <Badge tone={TONES[order.state]}>{t(`orders.state_${order.state}`)}</Badge>;
}
