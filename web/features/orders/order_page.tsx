import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import {
  Button,
  buttonClass,
  Card,
  Dialog,
  ErrorNote,
  Facts,
  Loading,
  Note,
  Page,
  Section,
  TextLink,
} from '../../ui/index.ts';
import { useContract, useMerchant } from '../catalog/data.ts';
import { TraderFacts } from '../catalog/trader_facts.tsx';
import { isOpen, type Order, useOrder } from './data.ts';
import { OrderBadge } from './order_badge.tsx';
import { OrderPicture } from './order_picture.tsx';
import { OrderSteps } from './order_steps.tsx';

/** One order, as its buyer sees it. */
export default function OrderPage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const { data, error, isPending, refetch } = useOrder(id);
  return (
    <Page title={t('orders.your_order')} back="/orders" actions={data && <OrderBadge order={data} />}>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Loading className="py-20" />}
      {data && <Shown order={data} onChanged={() => void refetch()} />}
    </Page>
  );
}

function Shown({ order, onChanged }: { order: Order; onChanged: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const merchant = useMerchant(order.merchant_id);
  const contract = useContract(merchant.data?.market);
  const { ship_to } = order;
  return (
    <>
      <OrderSteps order={order} />
      <Told order={order} />
      <div className="mt-6 grid gap-4 md:grid-cols-2">
        <Card>
          <div className="mb-3 flex items-center gap-3">
            <OrderPicture order={order} />
            <h2 className="min-w-0 break-words text-lg">{order.merchant_name}</h2>
          </div>
          <OrderSums order={order} />
        </Card>
        <div className="grid content-start gap-4">
          <Card>
            <h2 className="mb-2 text-lg">{t('orders.ship_to')}</h2>
            <p>{ship_to.name}</p>
            <p className="text-soft">{ship_to.street}</p>
            <p className="text-soft">{`${ship_to.postal_code} ${ship_to.city}, ${ship_to.country}`}</p>
            {order.tracking && <p className="mt-2">{t('orders.tracking', { code: order.tracking })}</p>}
          </Card>
          <Card>
            <p className="text-soft text-sm">{t('orders.ordered_on', { at: format.dateTime(order.created_at) })}</p>
            {!isOver(order) && <p className="mt-2 text-sm">{contract.goods_terms}</p>}
            <Cancel order={order} onChanged={onChanged} />
          </Card>
        </div>
      </div>
      {merchant.data && (
        <Section title={t('catalog.trader')} text={t('orders.trader_text')}>
          <TraderFacts merchant={merchant.data} />
        </Section>
      )}
    </>
  );
}

/** Lines and sums of an order. */
export function OrderSums({ order }: { order: Order }) {
  const { t } = useText();
  const format = useFormat();
  const lines = order.lines.map(
    (line) =>
      [
        <TextLink key={line.variant_id} to={`/products/${line.product_id}`}>
          {`${line.quantity} × ${[line.title, ...line.option_values].join(' · ')}`}
        </TextLink>,
        format.money(line.total),
      ] as const,
  );
  return (
    <>
      <Facts
        sum
        rows={[
          ...lines,
          [t('orders.postage'), format.money(order.shipping)],
          [t('orders.total'), format.money(order.total)],
        ]}
      />
      <p className="mt-1 text-soft text-sm">{t('orders.vat_within', { vat: format.money(order.vat) })}</p>
    </>
  );
}

/** Nothing was bought in the end. */
const isOver = ({ state }: Order): boolean => state === 'cancelled' || state === 'refunded';

/** What the buyer should know or do now. */
function Told({ order }: { order: Order }) {
  const { t, has } = useText();
  const { action_url } = order.payment;
  if (isOpen(order) && action_url) {
    return (
      <Note tone="accent" icon="lock" className="mt-4">
        <p>{t('orders.bank_step_text')}</p>
        <a className={`${buttonClass('accent', 'sm')} mt-3`} href={action_url} target="_blank" rel="noreferrer">
          {t('orders.to_the_bank')}
        </a>
      </Note>
    );
  }
  if (isOpen(order))
    return (
      <Note icon="clock" className="mt-4">
        {t('orders.asking_text')}
      </Note>
    );
  if (!isOver(order)) return null;
  const why = `orders.reason_${order.reason}`;
  const money = order.paid_at
    ? order.refunded_at
      ? 'orders.money_is_back'
      : 'orders.money_goes_back'
    : 'problem.money_stayed';
  return (
    <Note className="mt-4">
      {has(why) ? <p>{t(why)}</p> : order.reason && <p>{t('orders.reason_of_shop', { reason: order.reason })}</p>}
      <p>{t(money)}</p>
    </Note>
  );
}

/** Before it is shipped, an order can be taken back. */
function Cancel({ order, onChanged }: { order: Order; onChanged: () => void }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const cancel = $api.useMutation('post', '/api/orders/{order_id}/cancel', {
    onSuccess: () => {
      setAsking(false);
      onChanged();
    },
  });
  if (order.state !== 'unpaid' && order.state !== 'paid') return null;
  return (
    <>
      <Button size="sm" className="mt-4" onClick={() => setAsking(true)}>
        {t('orders.cancel')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('orders.cancel_title')}
        confirm={t('orders.cancel')}
        danger
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate({ params: { path: { order_id: order.order_id } } })}
      >
        {t(order.state === 'paid' ? 'orders.cancel_paid' : 'orders.cancel_unpaid')}
        <ErrorNote error={cancel.error} money className="mt-3" />
      </Dialog>
    </>
  );
}
