import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, List, ListRow, Loading, More, Page } from '../../ui/index.ts';
import type { Order } from './data.ts';
import { OrderBadge } from './order_badge.tsx';
import { OrderPicture } from './order_picture.tsx';

/** What one has bought. */
export default function OrdersPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  return (
    <Page title={t('orders.title')} intro={t('orders.intro')}>
      {loading && <Loading className="py-20" />}
      {!loading && !me && <SignedOut icon="box" title={t('orders.sign_in')} text={t('orders.sign_in_text')} />}
      {me && <OwnOrders />}
    </Page>
  );
}

function OwnOrders() {
  const { t } = useText();
  const orders = $api.useInfiniteQuery('get', '/api/orders', { params: { query: { limit: 20 } } }, PAGED);
  const items = orders.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ErrorNote error={orders.error} onRetry={() => void orders.refetch()} />
      {orders.isPending && <Loading className="py-20" />}
      {orders.isSuccess && items.length === 0 && (
        <EmptyState
          icon="box"
          title={t('orders.none')}
          text={t('orders.none_text')}
          action={<ButtonLink to="/shop">{t('orders.to_the_shop')}</ButtonLink>}
        />
      )}
      <List label={t('orders.title')}>
        {items.map((order) => (
          <OrderRow key={order.order_id} order={order} />
        ))}
      </List>
      <More show={orders.hasNextPage} busy={orders.isFetchingNextPage} onMore={() => void orders.fetchNextPage()} />
    </>
  );
}

function OrderRow({ order }: { order: Order }) {
  const format = useFormat();
  const what = order.lines.map((line) => (line.quantity > 1 ? `${line.quantity} × ${line.title}` : line.title));
  return (
    <ListRow
      to={`/orders/${order.order_id}`}
      lead={<OrderPicture order={order} />}
      title={what.join(', ')}
      text={`${order.merchant_name} · ${format.date(order.created_at)}`}
      end={
        <span className="flex flex-col items-end gap-1">
          <span className="font-semibold">{format.money(order.total)}</span>
          <OrderBadge order={order} />
        </span>
      }
    />
  );
}
