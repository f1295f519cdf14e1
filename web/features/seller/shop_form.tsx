import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, TextField, toast } from '../../ui/index.ts';
import type { Merchant } from '../catalog/data.ts';
import { minorOf, typedOf, useOwnMerchant } from './data.ts';

const FIELDS = ['trader_name', 'street', 'postal_code', 'city', 'email', 'phone', 'register', 'vat_id'] as const;
type Field = (typeof FIELDS)[number];

const COMPLETE: Partial<Record<Field, string>> = {
  trader_name: 'organization',
  street: 'street-address',
  postal_code: 'postal-code',
  city: 'address-level2',
  email: 'email',
  phone: 'tel',
};

/** What a shop says of itself. The trader's data may come later; nothing is for sale without them. */
export function ShopForm({ merchant }: { merchant: Merchant | null }) {
  const { t, locale } = useText();
  const { me } = useSignedIn();
  const own = useOwnMerchant();
  const [name, setName] = useState(merchant?.name ?? '');
  const [shipping, setShipping] = useState(typedOf(merchant?.shipping.amount ?? '490', locale));
  const [form, setForm] = useState(() => formOf(merchant));
  const done = async () => {
    await own.refetch();
    toast({ title: t('seller.saved'), tone: 'good' });
  };
  const open = $api.useMutation('post', '/api/merchants', { onSuccess: done });
  const change = $api.useMutation('put', '/api/me/merchant', { onSuccess: done });
  const minor = minorOf(shipping);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (minor === null) return;
    const body = { ...form, name, shipping: minor, country: merchant?.market ?? me?.market ?? 'DE' };
    if (merchant) change.mutate({ body });
    else open.mutate({ body });
  };
  return (
    <form onSubmit={submit} className="grid max-w-xl gap-4">
      {merchant && merchant.missing.length > 0 && (
        <Note tone="accent">
          {t('seller.missing', { fields: merchant.missing.map((field) => t(`seller.needs_${field}`)).join(', ') })}
        </Note>
      )}
      <TextField label={t('seller.shop_name')} maxLength={80} value={name} onChange={setName} />
      <TextField
        label={t('seller.shipping')}
        hint={t('seller.shipping_hint')}
        inputMode="decimal"
        value={shipping}
        onChange={setShipping}
        suffix={merchant?.currency ?? (me?.market === 'US' ? 'USD' : 'EUR')}
        error={minor === null ? t('seller.not_an_amount') : null}
      />
      <h2 className="mt-4 text-lg">{t('catalog.trader')}</h2>
      <p className="-mt-3 text-soft text-sm">{t('seller.trader_text')}</p>
      {FIELDS.map((field) => (
        <TextField
          key={field}
          label={t(`seller.${field}`)}
          hint={field === 'register' ? t('seller.register_hint') : undefined}
          optional={field === 'vat_id'}
          required={false}
          type={field === 'email' ? 'email' : 'text'}
          autoComplete={COMPLETE[field] ?? 'off'}
          value={form[field] ?? ''}
          onChange={(text) => setForm((old) => ({ ...old, [field]: text || null }))}
        />
      ))}
      <ErrorNote error={open.error ?? change.error} />
      <Button tone="accent" wide submit busy={open.isPending || change.isPending}>
        {t(merchant ? 'seller.save' : 'seller.open')}
      </Button>
    </form>
  );
}

const formOf = (merchant: Merchant | null) =>
  Object.fromEntries(FIELDS.map((field) => [field, merchant?.[field] ?? null])) as Record<Field, string | null>;
