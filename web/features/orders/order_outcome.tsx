import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, ButtonLink, buttonClass, Icon, type IconName, Note, Spinner } from '../../ui/index.ts';
import { isOpen, type Order, useOrder } from './data.ts';

interface OrderOutcomeProps {
  order: Order;
  in_room: boolean;
  onClose: () => void;
  /** Back to the form, for another way to pay. */
  onAgain: () => void;
}

/** What became of the order: bought, a step at the bank, still asking, or declined and nothing charged. */
export function OrderOutcome({ order: first, in_room, onClose, onAgain }: OrderOutcomeProps) {
  const { t, has } = useText();
  const format = useFormat();
  const order = useOrder(first.order_id, first).data ?? first;
  const done = (
    <Button tone="accent" wide onClick={onClose}>
      {in_room ? t('orders.keep_watching') : t('orders.done')}
    </Button>
  );
  if (isOpen(order) && order.payment.action_url) {
    return (
      <Face icon="lock" title={t('orders.bank_step')} text={t('orders.bank_step_text')}>
        <a
          className={buttonClass('accent', 'lg', true)}
          href={order.payment.action_url}
          target="_blank"
          rel="noreferrer"
        >
          {t('orders.to_the_bank')}
        </a>
        <p className="flex items-center justify-center gap-2 text-soft text-sm" role="status">
          <Spinner /> {t('orders.waiting_for_bank')}
        </p>
      </Face>
    );
  }
  if (isOpen(order)) {
    return (
      <Face icon="clock" title={t('orders.asking')} text={t('orders.asking_text')}>
        <p className="flex justify-center" role="status">
          <Spinner />
          <span className="sr-only">{t('orders.asking')}</span>
        </p>
        {done}
      </Face>
    );
  }
  if (order.state === 'cancelled') {
    const code = `orders.declined_${order.payment.decline_code ?? order.reason}`;
    return (
      <Face icon="alert" title={t('orders.not_bought')} text={has(code) ? t(code) : t('orders.declined')} bad>
        <Note>{t(order.paid_at ? 'orders.money_goes_back' : 'problem.money_stayed')}</Note>
        <Button tone="accent" wide onClick={onAgain}>
          {t('orders.try_again')}
        </Button>
      </Face>
    );
  }
  return (
    <Face icon="check" title={t('orders.bought')} text={t('orders.bought_text', { total: format.money(order.total) })}>
      {done}
      <ButtonLink to={`/orders/${order.order_id}`} tone="quiet">
        {t('orders.to_the_order')}
      </ButtonLink>
    </Face>
  );
}

function Face(props: { icon: IconName; title: string; text: string; bad?: boolean; children: React.ReactNode }) {
  const { icon, title, text, bad, children } = props;
  return (
    <div className="grid gap-4 py-4 text-center" aria-live="polite">
      <span
        className={`arch mx-auto flex h-20 w-16 items-center justify-center ${bad ? 'bg-bad-wash text-bad' : 'bg-accent-wash text-accent-text'}`}
      >
        <Icon name={icon} className="mt-2 size-7" />
      </span>
      <div>
        <h3 className="text-lg">{title}</h3>
        <p className="mt-1 text-soft">{text}</p>
      </div>
      {children}
    </div>
  );
}
