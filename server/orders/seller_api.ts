import * as z from 'zod';
import { getMerchantOf } from '../catalog/index.ts';
import type { Answer, RequestKey } from '../kernel/answer.ts';
import type { Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { pageOf, pageQuery } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { viewIn } from './api.ts';
import { deliverOrder, getOrder, isSeller, refundOrder, shipOrder } from './orders.ts';
import type { Order } from './queries.ts';
import { listOrderPage } from './reading.ts';
import { orderShape } from './shapes.ts';

/** What merchants do with orders. Cancelling is the buyers' route: both may. */
export function mountSellerOrderRoutes(app: App): void {
  const ctx = app.souk;
  const params = z.object({ order_id: wireId('order') });

  route(
    app,
    {
      method: 'GET',
      url: '/me/merchant/orders',
      who: 'person',
      summary: 'The orders of your shop, the newest first',
      query: pageQuery,
      response: { 200: pageOf(orderShape) },
      refusals: ['merchant_needed', 'cursor_invalid'],
    },
    async ({ me, query }) => {
      const merchant = await getMerchantOf(ctx.db.pool, me.person_id);
      return listOrderPage(ctx, { owner: 'merchant_id', id: merchant.merchant_id }, query);
    },
  );

  async function asSeller(
    me: Principal,
    order_id: string,
    key: RequestKey,
    verb: (tx: Tx, order: Order) => Promise<Order>,
  ): Promise<Answer> {
    const order = await getOrder(ctx, me, order_id);
    if (!(await isSeller(ctx, me, order))) throw new Refusal('forbidden');
    return keyed(ctx, key, { 200: orderShape }, async (tx) => viewIn(tx.client, await verb(tx, order), 'seller'));
  }

  route(
    app,
    {
      method: 'POST',
      url: '/orders/:order_id/ship',
      who: 'person',
      key: 'required',
      summary: 'The goods have left; only now the money is yours',
      params,
      body: z.strictObject({ tracking: z.string().trim().max(100).nullable().default(null) }),
      response: { 200: orderShape },
      refusals: ['order_state'],
    },
    ({ me, params, body, key }) =>
      asSeller(me, params.order_id, key, (tx, order) => shipOrder(tx, ctx, order, body.tracking || null)),
  );

  route(
    app,
    {
      method: 'POST',
      url: '/orders/:order_id/deliver',
      who: 'person',
      key: 'required',
      summary: 'The goods have arrived',
      params,
      response: { 200: orderShape },
      refusals: ['order_state'],
    },
    ({ me, params, key }) => asSeller(me, params.order_id, key, (tx, order) => deliverOrder(tx, ctx, order)),
  );

  route(
    app,
    {
      method: 'POST',
      url: '/orders/:order_id/refund',
      who: 'person',
      key: 'required',
      summary: 'Give back all that was paid for a shipped order',
      params,
      body: z.strictObject({ reason: z.string().trim().min(1).max(200).default('refunded by the shop') }),
      response: { 200: orderShape },
      refusals: ['order_state', 'refund_too_large'],
    },
    ({ me, params, body, key }) =>
      asSeller(me, params.order_id, key, (tx, order) => refundOrder(tx, ctx, order, body.reason)),
  );
}
