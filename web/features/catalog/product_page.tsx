import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../text.ts';
import { Button, cx, ErrorNote, Loading, Page, Price, Section, TextLink } from '../../ui/index.ts';
import { ReportSheet } from '../moderation/report_sheet.tsx';
import { BuySheet } from '../orders/buy_sheet.tsx';
import { type Product, useContract, useMerchant, useProduct } from './data.ts';
import { ProductPicture } from './product_picture.tsx';
import { StockNote } from './stock_note.tsx';
import { TraderFacts } from './trader_facts.tsx';
import { firstChoice, VariantChoice } from './variant_choice.tsx';

/** A product as a shop shows it. */
export default function ProductPage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const { data, error, isPending, refetch } = useProduct(id);
  return (
    <Page title={data?.title ?? t('catalog.product')} width="wide" back bare>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Loading className="py-20" />}
      {data && <Shown product={data} />}
    </Page>
  );
}

function Shown({ product }: { product: Product }) {
  const { t } = useText();
  const merchant = useMerchant(product.merchant_id);
  const contract = useContract(merchant.data?.market);
  const [variant_id, choose] = useState(firstChoice(product));
  const [buying, setBuying] = useState(false);
  const [reporting, setReporting] = useState(false);
  const variant = product.variants.find((one) => one.variant_id === variant_id);
  return (
    <>
      <div className="grid gap-6 md:grid-cols-2 md:gap-10">
        <Pictures product={product} />
        <div>
          <p aria-hidden="true" className="font-bold text-2xl leading-tight tracking-[-0.02em]">
            {product.title}
          </p>
          <p className="mt-1 text-soft">
            <TextLink to={`/shops/${product.merchant_id}`}>{product.merchant_name}</TextLink>
          </p>
          {variant && (
            <p className="mt-4 font-bold text-xl">
              <Price money={variant.price} was={variant.prior_price ?? undefined} />
            </p>
          )}
          <p className="text-soft text-sm">
            {contract.price_includes_tax}, {t('catalog.plus_postage')} <Price money={product.shipping} />
          </p>
          <div className="mt-6 grid gap-5">
            <VariantChoice product={product} value={variant_id} onChange={choose} />
            {variant && <StockNote units={variant.available} />}
            <Button
              tone="accent"
              size="lg"
              wide
              icon="bag"
              disabled={!variant || variant.available === 0}
              onClick={() => setBuying(true)}
            >
              {t('catalog.buy')}
            </Button>
          </div>
          {product.description && <p className="mt-6 whitespace-pre-line">{product.description}</p>}
          <Button size="sm" tone="quiet" icon="flag" className="mt-6 -ml-3" onClick={() => setReporting(true)}>
            {t('moderation.report_product')}
          </Button>
        </div>
      </div>
      {merchant.data && (
        <Section title={t('catalog.trader')} text={t('catalog.trader_text')}>
          <TraderFacts merchant={merchant.data} />
        </Section>
      )}
      <ReportSheet
        subject={product.product_id}
        name={product.title}
        open={reporting}
        onClose={() => setReporting(false)}
      />
      <BuySheet product={product} variant_id={variant_id} open={buying} onClose={() => setBuying(false)} />
    </>
  );
}

function Pictures({ product }: { product: Product }) {
  const [shown, show] = useState(0);
  const { t } = useText();
  const image = product.images[shown] ?? product.images[0];
  return (
    <div>
      <ProductPicture
        product={image ? { ...product, images: [image] } : product}
        className="aspect-square w-full rounded-xl"
      />
      {product.images.length > 1 && (
        <div className="mt-3 flex flex-wrap gap-2">
          {product.images.map((one, at) => (
            <button
              key={one.url}
              type="button"
              aria-label={t('catalog.picture', { n: at + 1 })}
              aria-pressed={at === shown}
              onClick={() => show(at)}
              className={cx(
                'size-16 overflow-hidden rounded-md border-2',
                at === shown ? 'border-accent-text' : 'border-transparent',
              )}
            >
              <img src={one.small_url} alt="" className="size-full object-cover" />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
