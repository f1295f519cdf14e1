import { $api, PAGED } from '../../api.ts';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, More, Page, Skeleton } from '../../ui/index.ts';
import { ProductGrid } from './product_card.tsx';

/** Everything that all shops sell. */
export default function ShopPage() {
  const { t } = useText();
  const products = $api.useInfiniteQuery('get', '/api/products', { params: { query: { limit: 24 } } }, PAGED);
  const items = products.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('catalog.shop')} intro={t('catalog.shop_intro')} width="wide">
      <ErrorNote error={products.error} onRetry={() => void products.refetch()} />
      {products.isPending && <GridSkeleton />}
      {products.isSuccess && items.length === 0 && (
        <EmptyState
          icon="bag"
          title={t('catalog.nothing')}
          text={t('catalog.nothing_text')}
          action={<ButtonLink to="/seller">{t('catalog.open_a_shop')}</ButtonLink>}
        />
      )}
      <ProductGrid products={items} />
      <More
        show={products.hasNextPage}
        busy={products.isFetchingNextPage}
        onMore={() => void products.fetchNextPage()}
      />
    </Page>
  );
}

export function GridSkeleton() {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
      {['a', 'b', 'c', 'd'].map((id) => (
        <Skeleton key={id} className="aspect-[3/4] rounded-xl" />
      ))}
    </div>
  );
}
