import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Loading, Page, Section, Select, TextArea, TextField, toast } from '../../ui/index.ts';
import { type Product, useProduct } from '../catalog/data.ts';
import { typedOf } from './data.ts';
import { PictureFields } from './picture_fields.tsx';
import { PublishSwitch } from './publish_switch.tsx';
import { StockFields } from './stock_fields.tsx';
import { emptyVariant, isComplete, type VariantRow, VariantRows, wireOf } from './variant_rows.tsx';

/** A product: a new one, or one of one's own. */
export default function ProductEditorPage() {
  const { t } = useText();
  const { id = 'new' } = useParams({ strict: false });
  if (id === 'new') {
    return (
      <Page title={t('seller.new_product')} intro={t('seller.new_product_text')} back="/seller" width="narrow">
        <ProductForm product={null} />
      </Page>
    );
  }
  return <Existing id={id} />;
}

function Existing({ id }: { id: string }) {
  const { t } = useText();
  const { data, error, isPending, refetch } = useProduct(id);
  const again = () => void refetch();
  return (
    <Page title={data?.title ?? t('seller.product')} back="/seller" width="narrow">
      <ErrorNote error={error} onRetry={again} />
      {isPending && <Loading className="py-20" />}
      {data && (
        <>
          <PublishSwitch product={data} onChanged={again} />
          <Section title={t('seller.pictures')} text={t('seller.pictures_text')}>
            <PictureFields product={data} onChanged={again} />
          </Section>
          <Section title={t('seller.stock')} text={t('seller.stock_text')}>
            <StockFields product={data} onChanged={again} />
          </Section>
          <Section title={t('seller.what_it_is')}>
            <ProductForm
              key={data.variants.map((variant) => variant.variant_id).join()}
              product={data}
              onSaved={again}
            />
          </Section>
        </>
      )}
    </Page>
  );
}

type TaxClass = Product['vat_class'];

function ProductForm({ product, onSaved }: { product: Product | null; onSaved?: () => void }) {
  const { t, locale } = useText();
  const navigate = useNavigate();
  const [title, setTitle] = useState(product?.title ?? '');
  const [description, setDescription] = useState(product?.description ?? '');
  const [vat_class, setTax] = useState<TaxClass>(product?.vat_class ?? 'standard');
  const [option, setOption] = useState(product?.option_names.join(', ') ?? '');
  const [rows, setRows] = useState<VariantRow[]>(() => rowsOf(product, locale));
  const create = $api.useMutation('post', '/api/products', {
    onSuccess: ({ product_id }) => void navigate({ to: `/seller/products/${product_id}` }),
  });
  const change = $api.useMutation('put', '/api/products/{product_id}', {
    onSuccess: () => {
      toast({ title: t('seller.saved'), tone: 'good' });
      onSaved?.();
    },
  });
  const option_names = option
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = { title, description, vat_class, option_names };
    const variants = rows.map((row) => wireOf(row, option_names.length));
    if (product) {
      const kept = variants.map(({ stock: _, ...variant }) => variant);
      change.mutate({ params: { path: { product_id: product.product_id } }, body: { ...said, variants: kept } });
      return;
    }
    create.mutate({ body: { ...said, variants: variants.map(({ variant_id: _, ...variant }) => variant) } });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <TextField label={t('seller.product_title')} maxLength={120} value={title} onChange={setTitle} />
      <TextArea
        label={t('seller.description')}
        optional
        maxLength={4000}
        value={description}
        onChange={setDescription}
      />
      <Select
        label={t('seller.vat_class')}
        value={vat_class}
        onChange={setTax}
        choices={(['standard', 'reduced', 'zero'] as const).map((name) => ({
          value: name,
          label: t(`seller.vat_${name}`),
        }))}
      />
      <TextField
        label={t('seller.options')}
        hint={t('seller.options_hint')}
        optional
        maxLength={120}
        value={option}
        onChange={setOption}
      />
      <VariantRows rows={rows} onRows={setRows} options={option_names} fresh={product === null} />
      <ErrorNote error={create.error ?? change.error} />
      <Button
        tone="accent"
        wide
        submit
        busy={create.isPending || change.isPending}
        disabled={!rows.every((row) => isComplete(row, option_names.length))}
      >
        {t(product ? 'seller.save' : 'seller.create')}
      </Button>
    </form>
  );
}

const rowsOf = (product: Product | null, locale: 'de' | 'en'): VariantRow[] =>
  product?.variants.map((variant) => ({
    row: variant.variant_id,
    variant_id: variant.variant_id,
    values: variant.option_values,
    sku: variant.sku,
    price: typedOf(variant.price.amount, locale),
    stock: String(variant.available),
  })) ?? [emptyVariant()];
