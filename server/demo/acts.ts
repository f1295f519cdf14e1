/** What the cast does in the running live: one deed each, through the routes that everybody uses. */
import { toWire } from '../kernel/ids.ts';
import type { Actor } from './actor.ts';
import { topUp } from './opening.ts';

interface Money {
  amount: string;
  currency: string;
}
interface Variant {
  variant_id: string;
  available: number;
}
interface Product {
  product_id: string;
  variants: Variant[];
}
interface RoomNow {
  state: string;
  pinned: { type: string; id: string } | null;
}
interface Items<Item> {
  items: Item[];
}

const LEAST_COINS = 120;
const REFILL = 600;

/** Sends a gift, and refills the purse first where it has run low. @param to a live room, or a person */
export async function giveGift(
  actor: Actor,
  to: { room_id: string } | { receiver_id: string },
  gift: string,
  count: number,
): Promise<void> {
  const { coins } = await actor.call<{ coins: string }>('GET', '/wallet');
  if (BigInt(coins) < LEAST_COINS) {
    const { items } = await actor.call<Items<{ method_id: string }>>('GET', '/payment-methods');
    if (items[0]) await topUp(actor, REFILL, items[0].method_id);
  }
  await actor.call('POST', '/gifts', { gift, count, ...to, confirmed: true });
}

/** Buys one of a product, as anybody does: quote, then order at the total that was shown. */
export async function buy(actor: Actor, product: Product, room_id: string | null): Promise<void> {
  const variant = product.variants.find(({ available }) => available > 0);
  if (!variant) return;
  const lines = [{ variant_id: variant.variant_id, quantity: 1 }];
  const [{ items: addresses }, { items: methods }, quote] = await Promise.all([
    actor.call<Items<{ address_id: string }>>('GET', '/addresses'),
    actor.call<Items<{ method_id: string }>>('GET', '/payment-methods'),
    actor.call<{ total: Money }>('POST', '/orders/quote', { lines }),
  ]);
  const [address, method] = [addresses[0], methods[0]];
  if (!address || !method) return;
  const { address_id } = address;
  await actor.call('POST', '/orders', {
    lines,
    address_id,
    method_id: method.method_id,
    expected_total: quote.total,
    room_id,
  });
}

export async function buyPinned(actor: Actor, room_id: string): Promise<void> {
  const { pinned } = await actor.call<RoomNow>('GET', `/rooms/${room_id}`);
  if (pinned?.type !== 'product') return;
  await buy(actor, await actor.call<Product>('GET', `/products/${pinned.id}`), room_id);
}

/** Buys something of a shop, outside of any room. */
export async function buyAt(actor: Actor, seller: Actor, nth: number): Promise<void> {
  const product = await productOf(seller, nth);
  if (product) await buy(actor, await actor.call<Product>('GET', `/products/${product.product_id}`), null);
}

async function productOf(seller: Actor, nth: number): Promise<Product | undefined> {
  const { items } = await seller.call<Items<Product>>('GET', '/me/merchant/products?limit=100');
  return items[nth % Math.max(1, items.length)];
}

const LOW = 4;
const RESTOCK = 10;

/** The host shows the next ware; where little is left, more comes out of the kiln first. */
export async function pinNext(host: Actor, room_id: string, nth: number): Promise<void> {
  const product = await productOf(host, nth);
  if (!product) return;
  for (const { variant_id, available } of product.variants) {
    if (available >= LOW) continue;
    const path = `/products/${product.product_id}/variants/${variant_id}/stock-changes`;
    await host.call('POST', path, { change: RESTOCK, reason: 'out of the kiln' });
  }
  await host.call('PUT', `/rooms/${room_id}/pin`, { thing: { type: 'product', id: product.product_id } });
}

interface Sold {
  order_id: string;
  state: string;
}

/** A shop sends what was paid, and what it sent arrives; `keep` of the newest stay for a visitor to handle. */
export async function handleOrders(seller: Actor, keep: number): Promise<void> {
  const { items } = await seller.call<Items<Sold>>('GET', '/me/merchant/orders?limit=100');
  const [paid] = items
    .filter(({ state }) => state === 'paid')
    .slice(keep)
    .slice(-1);
  if (paid) await seller.call('POST', `/orders/${paid.order_id}/ship`, { tracking: 'DEMO0000001' });
  const [shipped] = items.filter(({ state }) => state === 'shipped').slice(-1);
  if (shipped && items.length > 3) await seller.call('POST', `/orders/${shipped.order_id}/deliver`, {});
}

export const wirePerson = (actor: Actor): string => toWire('person', actor.person_id);
