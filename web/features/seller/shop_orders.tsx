import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, type Column, EmptyState, ErrorNote, Loading, More, Table } from '../../ui/index.ts';
import type { Order } from '../orders/data.ts';
import { OrderBadge } from '../orders/order_badge.tsx';
import { OrderPicture } from '../orders/order_picture.tsx';
import { ShopOrderSheet } from './shop_order_sheet.tsx';

/** The shop's orders: what is to be sent, and what became of the rest. */
export function ShopOrders() {
  const { t } = useText();
  const [shown, show] = useState<string | null>(null);
  const orders = $api.useInfiniteQuery('get', '/api/me/merchant/orders', { params: { query: { limit: 30 } } }, PAGED);
  const items = orders.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = useColumns(show);
  return (
    <>
      <ErrorNote error={orders.error} onRetry={() => void orders.refetch()} />
      {orders.isPending && <Loading className="py-20" />}
      {orders.isSuccess && (
        <Table
          label={t('seller.orders')}
          columns={columns}
          rows={items}
          rowKey={(order) => order.order_id}
          empty={<EmptyState icon="box" title={t('seller.no_orders')} text={t('seller.no_orders_text')} />}
        />
      )}
      <More show={orders.hasNextPage} busy={orders.isFetchingNextPage} onMore={() => void orders.fetchNextPage()} />
      <ShopOrderSheet
        order={items.find((order) => order.order_id === shown) ?? null}
        onClose={() => show(null)}
        onChanged={() => void orders.refetch()}
      />
    </>
  );
}

function useColumns(show: (order_id: string) => void): Column<Order>[] {
  const { t } = useText();
  const format = useFormat();
  return [
    {
      id: 'what',
      head: t('seller.what'),
      main: true,
      cell: (order) => (
        <span className="flex items-center gap-3">
          <OrderPicture order={order} className="size-11" />
          <span className="min-w-0">{order.lines.map((line) => `${line.quantity} × ${line.title}`).join(', ')}</span>
        </span>
      ),
    },
    { id: 'to', head: t('orders.ship_to'), cell: (order) => `${order.ship_to.name}, ${order.ship_to.city}` },
    { id: 'at', head: t('seller.ordered'), cell: (order) => format.dateTime(order.created_at) },
    { id: 'state', head: t('seller.state'), cell: (order) => <OrderBadge order={order} /> },
    { id: 'total', head: t('orders.total'), end: true, cell: (order) => format.money(order.total) },
    {
      id: 'net',
      head: t('seller.yours'),
      end: true,
      cell: (order) =>
        order.earning && order.state !== 'cancelled' && order.state !== 'refunded'
          ? format.money(order.earning.net)
          : '–',
    },
    {
      id: 'open',
      head: t('seller.deeds'),
      end: true,
      cell: (order) => (
        <Button size="sm" tone={order.state === 'paid' ? 'accent' : 'plain'} onClick={() => show(order.order_id)}>
          {t(order.state === 'paid' ? 'seller.send' : 'seller.open_order')}
        </Button>
      ),
    },
  ];
}
