import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import { findMerchants, firstPictures } from '../catalog/index.ts';
import type { Answer, Json } from '../kernel/answer.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { toWire, wireId } from '../kernel/ids.ts';
import { pageOf, pageQuery } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { type Attempt, findAttempts, startPayment, VELOCITY_REFUSALS } from '../payments/index.ts';
import { findRoom } from '../rooms/index.ts';
import { checkout, type Reserved } from './checkout.ts';
import { cancelOrder, getOrder, isSeller } from './orders.ts';
import { findLines, findOrders, type OrderLine } from './queries.ts';
import { listOrderPage, quoteNow, viewOrder } from './reading.ts';
import { checkoutBody, type OrderView, orderOf, orderShape, quoteBody, quoteOf, quoteShape } from './shapes.ts';

const QUOTE_REFUSALS = ['not_for_sale', 'several_merchants', 'not_sold_here'] as const;

const CHECKOUT_REFUSALS = [
  ...QUOTE_REFUSALS,
  ...MAY_REFUSALS,
  'not_shipped_there',
  'sold_out',
  'total_changed',
  'address_unknown',
  'method_unknown',
  'held_much',
  'held_often',
  ...VELOCITY_REFUSALS,
] as const;

/** What buyers do. */
export function mountOrderRoutes(app: App): void {
  mountCheckout(app);
  mountOwnOrders(app);
}

function mountCheckout(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/orders/quote',
      who: 'anyone',
      key: 'none',
      summary: 'What these lines cost with VAT and shipping, reckoned by the server',
      body: quoteBody,
      response: { 200: quoteShape },
      refusals: QUOTE_REFUSALS,
    },
    async ({ me, body }) => {
      const { quoted, short } = await quoteNow(ctx, me, body.lines);
      return quoteOf(quoted, short);
    },
  );

  /** The order as it stands when the provider has answered, or after five seconds. */
  async function pay({ order, lines, attempt }: Reserved): Promise<{ view: OrderView; attempt: Attempt }> {
    const [known] = attempt ? [attempt] : await findAttempts(ctx.db.pool, [order.order_id]);
    const after = await startPayment(ctx, known!);
    if (attempt && after.state === 'captured') {
      const [[merchant], pictures] = await Promise.all([
        findMerchants(ctx.db.pool, [order.merchant_id]),
        picturesOf(ctx.db.pool, lines),
      ]);
      const paid = { ...order, state: 'paid' as const, paid_at: after.changed_at, reserved_until: null };
      return { view: orderOf(paid, lines, merchant, pictures, after, 'buyer'), attempt: after };
    }
    const [now] = await findOrders(ctx.db.pool, [order.order_id]);
    return { view: await viewOrder(ctx, now!, 'buyer'), attempt: after };
  }

  route(
    app,
    {
      method: 'POST',
      url: '/orders',
      who: 'person',
      key: 'required',
      summary: 'Order and pay. 201 when the provider has answered, 202 with the order’s address while it has not',
      body: checkoutBody,
      response: { 201: orderShape },
      refusals: CHECKOUT_REFUSALS,
    },
    async ({ me, body, key, reply }): Promise<Answer> => {
      if (body.room_id !== null && !(await findRoom(ctx.db.pool, body.room_id))) throw new Refusal('not_found');
      const reserved = await checkout(ctx, me, body, key);
      const { view, attempt } = await pay(reserved);
      const waiting = attempt.state === 'created' || attempt.state === 'unknown' || attempt.state === 'authorizing';
      reply.header('location', `/api/orders/${toWire('order', reserved.order.order_id)}`);
      const body_now = z.encode(orderShape, view) as Json;
      return { status: waiting ? 202 : 201, body: body_now, replayed: reserved.attempt === null };
    },
  );
}

function mountOwnOrders(app: App): void {
  const ctx = app.souk;
  const params = z.object({ order_id: wireId('order') });
  route(
    app,
    {
      method: 'GET',
      url: '/orders',
      who: 'person',
      summary: 'Your orders, the newest first',
      query: pageQuery,
      response: { 200: pageOf(orderShape) },
      refusals: ['cursor_invalid'],
    },
    ({ me, query }) => listOrderPage(ctx, { owner: 'buyer_id', id: me.person_id }, query),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/orders/:order_id',
      who: 'person',
      summary: 'An order, for who bought or sells it',
      params,
      response: { 200: orderShape },
    },
    async ({ me, params }) => {
      const order = await getOrder(ctx, me, params.order_id);
      return viewOrder(ctx, order, order.buyer_id === me.person_id ? 'buyer' : 'seller');
    },
  );

  route(
    app,
    {
      method: 'POST',
      url: '/orders/:order_id/cancel',
      who: 'person',
      key: 'required',
      summary: 'Cancel an order that is not shipped; what was paid goes back',
      params,
      response: { 200: orderShape },
      refusals: ['order_state', 'refund_too_large'],
    },
    async ({ me, params, key }) => {
      const order = await getOrder(ctx, me, params.order_id);
      const by = (await isSeller(ctx, me, order)) ? 'merchant' : 'buyer';
      return keyed(ctx, key, { 200: orderShape }, async (tx) => {
        const changed = await cancelOrder(tx, ctx, order, by);
        return viewIn(tx.client, changed, by === 'merchant' ? 'seller' : 'buyer');
      });
    },
  );
}

const picturesOf = (client: Parameters<typeof firstPictures>[0], lines: OrderLine[]) =>
  firstPictures(
    client,
    lines.map((line) => line.product_id),
  );

/** The view of an order inside the transaction that changed it. */
export async function viewIn(
  client: Parameters<typeof findLines>[0],
  order: Parameters<typeof orderOf>[0],
  as: 'buyer' | 'seller',
): Promise<OrderView> {
  const lines = (await findLines(client, [order.order_id])).get(order.order_id) ?? [];
  const [merchant] = await findMerchants(client, [order.merchant_id]);
  const [attempt] = await findAttempts(client, [order.order_id]);
  return orderOf(order, lines, merchant, await picturesOf(client, lines), attempt!, as);
}
