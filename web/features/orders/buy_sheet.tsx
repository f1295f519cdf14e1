import { useId, useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Sheet } from '../../ui/index.ts';
import { type Product, useContract, useMerchant } from '../catalog/data.ts';
import { firstChoice } from '../catalog/variant_choice.tsx';
import { NOWHERE } from './address_fields.tsx';
import { BuyFoot } from './buy_foot.tsx';
import { BuyForm, type BuyPicks } from './buy_form.tsx';
import { type Order, useAddresses, useMethods, useQuote } from './data.ts';
import { NOBODY } from './newcomer.ts';
import { OrderOutcome } from './order_outcome.tsx';
import { useCheckout } from './use_checkout.ts';

interface BuySheetProps {
  product: Product;
  /** Proposed at first; the buyer may take another. */
  variant_id?: string | undefined;
  /** The live room it is bought in; the stream goes on behind the sheet. */
  room_id?: string | null;
  open: boolean;
  onClose: () => void;
}

/** From a product to an order without leaving: everything in one sheet, and the order button below the full total. */
export function BuySheet(props: BuySheetProps) {
  // What was picked is forgotten when the sheet is closed; a running order is not, it stands in the orders.
  return props.open ? <OpenSheet key={props.variant_id} {...props} /> : null;
}

function OpenSheet({ product, variant_id, room_id = null, onClose }: BuySheetProps) {
  const { t } = useText();
  const { me } = useSignedIn();
  const form = useId();
  const merchant = useMerchant(product.merchant_id);
  const market = merchant.data?.market ?? 'DE';
  const contract = useContract(market);
  const addresses = useAddresses().data?.items ?? [];
  const methods = useMethods().data?.items ?? [];
  const [order, setOrder] = useState<Order | null>(null);
  const [picks, setPicks] = useState<BuyPicks>({
    variant_id: variant_id ?? firstChoice(product),
    quantity: 1,
    newcomer: NOBODY,
    address_id: undefined,
    address: { ...NOWHERE, name: me?.name ?? '' },
    method_id: undefined,
    card: 'ok',
  });
  const quote = useQuote(picks.variant_id, picks.quantity, order === null);
  const checkout = useCheckout(setOrder);
  // Nothing picked yet: the newest is proposed, so that a returning buyer has nothing to pick.
  const address_id = picks.address_id === undefined ? (addresses[0]?.address_id ?? null) : picks.address_id;
  const method_id = picks.method_id === undefined ? (methods[0]?.method_id ?? null) : picks.method_id;

  const buy = () => {
    if (!quote.data || checkout.isPending) return;
    const { newcomer, address, card } = picks;
    checkout.mutate({
      variant_id: picks.variant_id,
      quantity: picks.quantity,
      total: quote.data.total,
      room_id,
      market,
      newcomer: me ? null : newcomer,
      address: address_id ? { address_id } : { draft: { ...address, name: address.name || newcomer.name } },
      method: method_id ? { method_id } : { card },
    });
  };

  if (order) {
    return (
      <Sheet open onClose={onClose} title={t('orders.your_order')}>
        <OrderOutcome order={order} in_room={room_id !== null} onClose={onClose} onAgain={() => setOrder(null)} />
      </Sheet>
    );
  }
  return (
    <Sheet
      open
      onClose={onClose}
      title={product.title}
      description={product.merchant_name}
      foot={
        <BuyFoot
          form={form}
          quote={quote.data}
          error={checkout.error ?? quote.error}
          busy={checkout.isPending}
          contract={contract}
        />
      }
    >
      <BuyForm
        id={form}
        product={product}
        picks={{ ...picks, address_id, method_id }}
        onPicks={(changed) => setPicks((old) => ({ ...old, ...changed }))}
        addresses={addresses}
        methods={methods}
        onSubmit={buy}
      />
    </Sheet>
  );
}
