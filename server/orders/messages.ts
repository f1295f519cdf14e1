/** What orders tell buyers by mail: the confirmation (§ 312i (1) 3 BGB), shipping and refund. */
import type { Context } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import { formatMoney } from '../kernel/money.ts';
import { type MarketCode, pack } from '../markets/index.ts';
import { tell } from '../notices/index.ts';
import { findLines, findOrders, type Order, type OrderLine } from './queries.ts';

type Locale = 'de' | 'en';
type Told = 'order.paid' | 'order.shipped' | 'order.refunded';

const SUBJECTS: Record<Told, Record<Locale, string>> = {
  'order.paid': { de: 'Deine Bestellung ist bestätigt', en: 'Your order is confirmed' },
  'order.shipped': { de: 'Deine Bestellung ist unterwegs', en: 'Your order is on its way' },
  'order.refunded': { de: 'Deine Bestellung ist erstattet', en: 'Your order is refunded' },
};

export function tellOfOrders(ctx: Context): void {
  for (const event_type of Object.keys(SUBJECTS) as Told[]) {
    tell(ctx, event_type, event_type, async ({ subject }) => {
      const [order] = await findOrders(ctx.db.pool, [subject]);
      if (!order) return [];
      const lines = (await findLines(ctx.db.pool, [subject])).get(subject) ?? [];
      const link = `${ctx.config.public_url}/orders/${toWire('order', subject)}`;
      const text = ({ locale, name }: { locale: Locale; name: string }) => ({
        subject: SUBJECTS[event_type][locale],
        body: `${locale === 'de' ? 'Hallo' : 'Hello'} ${name},\n\n${bodyOf(event_type, order, lines, locale)}\n\n${link}\n`,
      });
      return [{ person_id: order.buyer_id, text }];
    });
  }
}

function bodyOf(told: Told, order: Order, lines: OrderLine[], locale: Locale): string {
  const de = locale === 'de';
  const money = (minor: bigint) => formatMoney({ amount: minor, currency: order.currency }, locale);
  const total = `${de ? 'Gesamt' : 'Total'}: ${money(order.total_minor)}`;
  if (told === 'order.shipped') {
    const number = order.tracking ? `${de ? ', Sendungsnummer' : ', tracking number'} ${order.tracking}` : '';
    return `${de ? 'der Händler hat sie verschickt' : 'the seller has shipped it'}${number}.`;
  }
  if (told === 'order.refunded') {
    return `${de ? 'du bekommst zurück' : 'you get back'}: ${money(order.total_minor)}.`;
  }
  const bought = lines.map((line) => `${line.quantity} × ${line.title}: ${money(line.total_minor)}`);
  const shipping = `${de ? 'Versand' : 'Shipping'}: ${money(order.shipping_minor)}`;
  const { goods_terms, price_includes_tax } = pack(order.market as MarketCode).contract;
  return [...bought, shipping, `${total} (${price_includes_tax[locale]})`, '', goods_terms[locale]].join('\n');
}
