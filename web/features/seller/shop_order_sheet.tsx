import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, Dialog, ErrorNote, Facts, Sheet, TextField } from '../../ui/index.ts';
import type { Order } from '../orders/data.ts';
import { OrderSums } from '../orders/order_page.tsx';
import { OrderSteps } from '../orders/order_steps.tsx';

interface ShopOrderSheetProps {
  order: Order | null;
  onClose: () => void;
  onChanged: () => void;
}

/** One order, as its shop sees it: where it goes, what it earns, and what comes next. */
export function ShopOrderSheet({ order, onClose, onChanged }: ShopOrderSheetProps) {
  const { t } = useText();
  if (!order) return null;
  return (
    <Sheet open onClose={onClose} title={t('seller.order')} wide foot={<Deeds order={order} onChanged={onChanged} />}>
      <div className="grid gap-5">
        <OrderSteps order={order} />
        <div>
          <h3 className="text-base">{t('orders.ship_to')}</h3>
          <address className="mt-1 select-text not-italic">
            {order.ship_to.name}
            <br />
            {order.ship_to.street}
            <br />
            {order.ship_to.postal_code} {order.ship_to.city}, {order.ship_to.country}
          </address>
        </div>
        <div>
          <h3 className="mb-2 text-base">{t('seller.what')}</h3>
          <OrderSums order={order} />
        </div>
        <Earning order={order} />
      </div>
    </Sheet>
  );
}

function Earning({ order }: { order: Order }) {
  const { t } = useText();
  const format = useFormat();
  if (!order.earning) return null;
  const { fee, fee_vat, net } = order.earning;
  const less = (money: typeof fee) => `−${format.money(money)}`;
  return (
    <div>
      <h3 className="mb-2 text-base">{t('seller.earning')}</h3>
      <Facts
        sum
        rows={[
          [t('seller.paid_by_buyer'), format.money(order.total)],
          [t('seller.fee'), less(fee)],
          [t('seller.fee_vat'), less(fee_vat)],
          [t('seller.yours'), format.money(net)],
        ]}
      />
      <p className="mt-1 text-soft text-sm">{t('seller.earning_when')}</p>
    </div>
  );
}

function Deeds({ order, onChanged }: { order: Order; onChanged: () => void }) {
  const { t } = useText();
  const [tracking, setTracking] = useState('');
  const [asking, setAsking] = useState(false);
  const options = { onSuccess: onChanged };
  const ship = $api.useMutation('post', '/api/orders/{order_id}/ship', options);
  const deliver = $api.useMutation('post', '/api/orders/{order_id}/deliver', options);
  const cancel = $api.useMutation('post', '/api/orders/{order_id}/cancel', options);
  const refund = $api.useMutation('post', '/api/orders/{order_id}/refund', options);
  const params = { path: { order_id: order.order_id } };
  const shipped = order.state === 'shipped' || order.state === 'delivered';
  const back = shipped ? refund : cancel;
  const giveBack = () => {
    if (shipped) refund.mutate({ params, body: { reason: t('seller.refund_reason') } });
    else cancel.mutate({ params });
    setAsking(false);
  };
  if (order.state === 'cancelled' || order.state === 'refunded') {
    return <p className="text-center text-soft text-sm">{t(`orders.state_${order.state}`)}</p>;
  }
  return (
    <div className="grid gap-3">
      <ErrorNote error={ship.error ?? deliver.error ?? back.error} money />
      {order.state === 'paid' && (
        <>
          <TextField
            label={t('seller.tracking')}
            optional
            maxLength={100}
            value={tracking}
            onChange={setTracking}
            autoComplete="off"
          />
          <Button
            tone="accent"
            wide
            icon="truck"
            busy={ship.isPending}
            onClick={() => ship.mutate({ params, body: { tracking: tracking || null } })}
          >
            {t('seller.mark_shipped')}
          </Button>
        </>
      )}
      {order.state === 'shipped' && (
        <Button tone="accent" wide icon="home" busy={deliver.isPending} onClick={() => deliver.mutate({ params })}>
          {t('seller.mark_delivered')}
        </Button>
      )}
      <Button tone="quiet" wide onClick={() => setAsking(true)} busy={back.isPending}>
        {t(shipped ? 'seller.refund' : 'seller.cancel')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t(shipped ? 'seller.refund' : 'seller.cancel')}
        confirm={t(shipped ? 'seller.refund' : 'seller.cancel')}
        danger
        onConfirm={giveBack}
      >
        {t(shipped ? 'seller.refund_text' : 'seller.cancel_text')}
      </Dialog>
    </div>
  );
}
