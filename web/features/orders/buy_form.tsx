import type { FormEvent } from 'react';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, IconButton, Price } from '../../ui/index.ts';
import type { Product } from '../catalog/data.ts';
import { ProductPicture } from '../catalog/product_picture.tsx';
import { StockNote } from '../catalog/stock_note.tsx';
import { VariantChoice } from '../catalog/variant_choice.tsx';
import { AddressChoice } from './address_choice.tsx';
import type { AddressDraft } from './address_fields.tsx';
import type { DemoCard, useAddresses, useMethods } from './data.ts';
import { MethodChoice } from './method_choice.tsx';
import type { NewcomerDraft } from './newcomer.ts';
import { NewcomerFields } from './newcomer_fields.tsx';

export interface BuyPicks {
  variant_id: string;
  quantity: number;
  newcomer: NewcomerDraft;
  /** Null: the draft. Undefined: nothing was picked. */
  address_id: string | null | undefined;
  address: AddressDraft;
  method_id: string | null | undefined;
  card: DemoCard;
}

interface BuyFormProps {
  id: string;
  product: Product;
  picks: BuyPicks & { address_id: string | null; method_id: string | null };
  onPicks: (changed: Partial<BuyPicks>) => void;
  addresses: NonNullable<ReturnType<typeof useAddresses>['data']>['items'];
  methods: NonNullable<ReturnType<typeof useMethods>['data']>['items'];
  onSubmit: () => void;
}

const MOST = 20;

/** What is bought, by whom, where it goes and how it is paid. */
export function BuyForm({ id, product, picks, onPicks, addresses, methods, onSubmit }: BuyFormProps) {
  const { t } = useText();
  const { me, askSignIn } = useSignedIn();
  const variant = product.variants.find((one) => one.variant_id === picks.variant_id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form id={id} onSubmit={submit} className="grid gap-5">
      <div className="flex items-center gap-4">
        <ProductPicture product={product} small className="size-18 shrink-0 rounded-md" />
        <div className="min-w-0 grow">
          {variant && (
            <Price className="font-bold text-lg" money={variant.price} was={variant.prior_price ?? undefined} />
          )}
          {variant && <StockNote units={variant.available} />}
        </div>
        <Quantity
          value={picks.quantity}
          max={Math.max(1, Math.min(MOST, variant?.available ?? 1))}
          onChange={(quantity) => onPicks({ quantity })}
        />
      </div>
      <VariantChoice
        product={product}
        value={picks.variant_id}
        onChange={(variant_id) => onPicks({ variant_id, quantity: 1 })}
      />
      {!me && (
        <fieldset>
          <legend className="mb-1.5 flex w-full items-center justify-between gap-3 font-medium text-sm">
            {t('orders.who')}
            <Button size="sm" tone="quiet" onClick={askSignIn}>
              {t('orders.have_account')}
            </Button>
          </legend>
          <NewcomerFields value={picks.newcomer} onChange={(newcomer) => onPicks({ newcomer })} />
        </fieldset>
      )}
      <AddressChoice
        known={addresses}
        value={picks.address_id}
        onChange={(address_id) => onPicks({ address_id })}
        draft={picks.address}
        onDraft={(address) => onPicks({ address })}
        unnamed={!me}
      />
      <MethodChoice
        known={methods}
        value={picks.method_id}
        onChange={(method_id) => onPicks({ method_id })}
        card={picks.card}
        onCard={(card) => onPicks({ card })}
      />
    </form>
  );
}

function Quantity({ value, max, onChange }: { value: number; max: number; onChange: (value: number) => void }) {
  const { t } = useText();
  return (
    <div className="flex shrink-0 items-center">
      <IconButton
        icon="minus"
        size="sm"
        label={t('orders.fewer')}
        disabled={value <= 1}
        onClick={() => onChange(value - 1)}
      />
      <output className="tabular min-w-7 text-center font-semibold" aria-label={t('orders.quantity')}>
        {value}
      </output>
      <IconButton
        icon="plus"
        size="sm"
        label={t('orders.more')}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      />
    </div>
  );
}
