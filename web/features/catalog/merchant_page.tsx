import { useParams } from '@tanstack/react-router';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { EmptyState, ErrorNote, More, Page, Section } from '../../ui/index.ts';
import { useMerchant } from './data.ts';
import { ProductGrid } from './product_card.tsx';
import { GridSkeleton } from './shop_page.tsx';
import { TraderFacts } from './trader_facts.tsx';

/** One shop: what it sells, and who stands behind it. */
export default function MerchantPage() {
  const { t } = useText();
  const format = useFormat();
  const { id = '' } = useParams({ strict: false });
  const merchant = useMerchant(id);
  const products = $api.useInfiniteQuery(
    'get',
    '/api/merchants/{merchant_id}/products',
    { params: { path: { merchant_id: id }, query: { limit: 24 } } },
    PAGED,
  );
  const items = products.data?.pages.flatMap((page) => page.items) ?? [];
  const shop = merchant.data;
  const intro = shop && t('catalog.postage', { price: format.money(shop.shipping) });
  return (
    <Page title={shop?.name ?? t('catalog.shop')} intro={intro} width="wide" back>
      <ErrorNote error={merchant.error ?? products.error} onRetry={() => void products.refetch()} />
      {products.isPending && <GridSkeleton />}
      {products.isSuccess && items.length === 0 && (
        <EmptyState icon="store" title={t('catalog.nothing')} text={t('catalog.nothing_here')} />
      )}
      <ProductGrid products={items} />
      <More
        show={products.hasNextPage}
        busy={products.isFetchingNextPage}
        onMore={() => void products.fetchNextPage()}
      />
      {shop && (
        <Section title={t('catalog.trader')} text={t('catalog.trader_text')}>
          <TraderFacts merchant={shop} />
        </Section>
      )}
    </Page>
  );
}
