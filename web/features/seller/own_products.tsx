import { $api, PAGED } from '../../api.ts';
import { useText } from '../../text.ts';
import { Badge, ButtonLink, EmptyState, ErrorNote, List, ListRow, Loading, More, Price } from '../../ui/index.ts';
import { cheapest, unitsOf } from '../catalog/data.ts';
import { ProductPicture } from '../catalog/product_picture.tsx';

/** One's own products in every state. */
export function OwnProducts() {
  const { t } = useText();
  const products = $api.useInfiniteQuery(
    'get',
    '/api/me/merchant/products',
    { params: { query: { limit: 30 } } },
    PAGED,
  );
  const items = products.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ErrorNote error={products.error} onRetry={() => void products.refetch()} />
      {products.isPending && <Loading className="py-20" />}
      {products.isSuccess && items.length === 0 && (
        <EmptyState
          icon="bag"
          title={t('seller.no_products')}
          text={t('seller.no_products_text')}
          action={<ButtonLink to="/seller/products/new">{t('seller.new_product')}</ButtonLink>}
        />
      )}
      <List label={t('seller.products')}>
        {items.map((product) => {
          const variant = cheapest(product);
          return (
            <ListRow
              key={product.product_id}
              to={`/seller/products/${product.product_id}`}
              lead={<ProductPicture product={product} small className="size-12 shrink-0 rounded-md" />}
              title={product.title}
              text={t('catalog.left', { n: unitsOf(product) })}
              end={
                <span className="flex flex-col items-end gap-1">
                  {variant && <Price className="font-semibold" money={variant.price} />}
                  <Badge tone={product.state === 'published' ? 'good' : 'plain'}>
                    {t(`seller.state_${product.state}`)}
                  </Badge>
                </span>
              }
            />
          );
        })}
      </List>
      <More
        show={products.hasNextPage}
        busy={products.isFetchingNextPage}
        onMore={() => void products.fetchNextPage()}
      />
    </>
  );
}
