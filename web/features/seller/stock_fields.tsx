import { useState } from 'react';
import { $api, useKey } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, List, TextField } from '../../ui/index.ts';
import { type Product, type Variant, variantName } from '../catalog/data.ts';

/** Units go in or out; two changes at the same time never undo each other. */
export function StockFields({ product, onChanged }: { product: Product; onChanged: () => void }) {
  const { t } = useText();
  return (
    <List label={t('seller.stock')}>
      {product.variants.map((variant) => (
        <StockRow key={variant.variant_id} product_id={product.product_id} variant={variant} onChanged={onChanged} />
      ))}
    </List>
  );
}

function StockRow(props: { product_id: string; variant: Variant; onChanged: () => void }) {
  const { product_id, variant, onChanged } = props;
  const { t } = useText();
  const key = useKey();
  const [change, setChange] = useState('');
  const post = $api.useMutation('post', '/api/products/{product_id}/variants/{variant_id}/stock-changes', {
    onSuccess: () => {
      key.renew();
      setChange('');
      onChanged();
    },
  });
  const units = /^[+-]?\d{1,6}$/.test(change) ? Number(change) : 0;
  const book = () =>
    post.mutate({
      params: { path: { product_id, variant_id: variant.variant_id } },
      headers: { 'Idempotency-Key': key.value() },
      body: { change: units },
    });
  return (
    <li className="grid gap-2 py-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="min-w-0 grow">
          <span className="block font-semibold">{variantName(variant) || t('seller.one_variant')}</span>
          <span className="tabular text-soft text-sm">{t('catalog.left', { n: variant.available })}</span>
        </p>
        <div className="flex items-end gap-2">
          <TextField
            label={t('seller.change')}
            className="w-32"
            placeholder="+10"
            autoComplete="off"
            value={change}
            onChange={setChange}
          />
          <Button disabled={units === 0} busy={post.isPending} onClick={book} className="mb-0.5">
            {t('seller.book')}
          </Button>
        </div>
      </div>
      <ErrorNote error={post.error} />
    </li>
  );
}
