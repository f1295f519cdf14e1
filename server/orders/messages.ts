/** What orders tell: buyers that it is confirmed (§ 312i (1) 3 BGB), shipped, refunded; sellers what was ordered. */
import { findMerchants } from '../catalog/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { toWire } from '../kernel/ids.ts';
import { type MarketCode, pack } from '../markets/index.ts';
import { declareNotices, type Notice, type Params, type Told } from '../notices/index.ts';
import { findLines, findOrders, type Order, type OrderLine } from './queries.ts';

type Say = (order: Order, lines: OrderLine[]) => Params | null;

const toBuyer =
  (params: Say) =>
  async (ctx: Context, { subject }: Event): Promise<Told[]> => {
    const [order] = await findOrders(ctx.db.pool, [subject]);
    if (!order) return [];
    const lines = (await findLines(ctx.db.pool, [subject])).get(subject) ?? [];
    const said = params(order, lines);
    return said ? [{ person_id: order.buyer_id, params: said, link: `/orders/${toWire('order', subject)}` }] : [];
  };

const money = (minor: bigint, { currency }: Pick<Order, 'currency'>) => ({ money: String(minor), currency });
const ALWAYS = { app: 'always', mail: 'always', push: 'on' } as const;
const EUR = { currency: 'EUR' };

function bought(order: Order, lines: OrderLine[]): Params {
  const { goods_terms, price_includes_tax } = pack(order.market as MarketCode).contract;
  return {
    first: lines[0]?.title ?? '',
    more: lines.length - 1,
    lines: {
      lines: lines.map(({ quantity, title, total_minor }) => ({
        text: 'order.line',
        params: { quantity, title, total: money(total_minor, order) },
      })),
    },
    shipping: money(order.shipping_minor, order),
    total: money(order.total_minor, order),
    tax: { either: price_includes_tax },
    terms: { either: goods_terms },
  };
}

const EXAMPLE: Params = {
  first: 'Teapot',
  more: 1,
  lines: { lines: [{ text: 'order.line', params: { quantity: 2, title: 'Teapot', total: money(5800n, EUR) } }] },
  shipping: money(490n, EUR),
  total: money(6290n, EUR),
  tax: { either: { de: 'inkl. MwSt.', en: 'incl. VAT' } },
  terms: { either: { de: 'Widerruf binnen 14 Tagen.', en: 'Withdrawal within 14 days.' } },
};

const paid: Notice = {
  kind: 'order.paid',
  category: 'orders',
  channels: { app: 'always', mail: 'always' },
  why: 'contract',
  on: { event: 'order.paid', tell: toBuyer(bought) },
  example: EXAMPLE,
};

const shipped: Notice = {
  kind: 'order.shipped',
  category: 'orders',
  channels: ALWAYS,
  why: 'contract',
  on: {
    event: 'order.shipped',
    tell: toBuyer(({ tracking }, [line]) => ({ first: line?.title ?? '', tracking: tracking ?? 'none' })),
  },
  example: { first: 'Teapot', tracking: 'DE0123456789' },
};

const delivered: Notice = {
  kind: 'order.delivered',
  category: 'orders',
  channels: { app: 'on', mail: 'off', push: 'on' },
  on: { event: 'order.delivered', tell: toBuyer((_, [line]) => ({ first: line?.title ?? '' })) },
  example: { first: 'Teapot' },
};

/** A declined card is told at the till; what ends without its buyer looking on is told here. */
const cancelled: Notice = {
  kind: 'order.cancelled',
  category: 'orders',
  channels: ALWAYS,
  why: 'contract',
  on: {
    event: 'order.cancelled',
    tell: toBuyer(({ reason, paid_at }, [line]) =>
      reason === 'payment_declined'
        ? null
        : { first: line?.title ?? '', reason: reason ?? 'other', paid: paid_at ? 'yes' : 'no' },
    ),
  },
  example: { first: 'Teapot', reason: 'expired', paid: 'no' },
};

const refunded: Notice = {
  kind: 'order.refunded',
  category: 'orders',
  channels: ALWAYS,
  why: 'receipt',
  on: {
    event: 'order.refunded',
    tell: toBuyer((order, [line]) => ({ first: line?.title ?? '', total: money(order.total_minor, order) })),
  },
  example: { first: 'Teapot', total: money(6290n, EUR) },
};

/** A seller hears of every order; who bought stands in the seller centre. */
const received: Notice = {
  kind: 'order.received',
  category: 'selling',
  channels: { app: 'on', mail: 'on', push: 'on' },
  on: {
    event: 'order.paid',
    async tell(ctx, { subject, data }) {
      const [merchant] = await findMerchants(ctx.db.pool, [data.merchant_id as string]);
      const [order] = await findOrders(ctx.db.pool, [subject]);
      if (!merchant || !order) return [];
      const lines = (await findLines(ctx.db.pool, [subject])).get(subject) ?? [];
      const params = {
        first: lines[0]?.title ?? '',
        units: data.units as number,
        total: money(order.total_minor, order),
      };
      return [{ person_id: merchant.owner_id, params, link: '/seller', group: merchant.merchant_id }];
    },
  },
  example: { first: 'Teapot', units: 2, total: money(6290n, EUR) },
};

export const tellOfOrders = (ctx: Context): void =>
  declareNotices(ctx, [paid, shipped, delivered, cancelled, refunded, received]);
