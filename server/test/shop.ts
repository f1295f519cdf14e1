/** A shop with one product, told as a story, and buyers who are ready to pay. */
import assert from 'node:assert/strict';
import { settled } from '../payments/index.ts';
import type { SandboxCard } from '../payments/sandbox_cards.ts';
import type { openHouse } from './harness.ts';

type House = Awaited<ReturnType<typeof openHouse>>;
type Person = Awaited<ReturnType<House['person']>>;
type Wire = { amount: string; currency: string };

let keys = 0;

/** A request with a JSON body; POSTs get a fresh Idempotency-Key unless one is given. */
export async function ask(who: Person, method: string, path: string, body?: unknown, key = `shop-key-${++keys}`) {
  const headers: Record<string, string> = { 'idempotency-key': key };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const text = body === undefined ? null : JSON.stringify(body);
  const response = await who.fetch(`/api${path}`, { method, headers, body: text });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

async function must(who: Person, method: string, path: string, body?: unknown) {
  const answer = await ask(who, method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const TRADER = {
  name: 'Lehm & Glut',
  trader_name: 'Lehm & Glut GmbH',
  street: 'Töpferweg 1',
  postal_code: '10115',
  city: 'Berlin',
  country: 'DE',
  email: 'kontakt@lehm.example',
  phone: '+49 30 1234',
  register: 'HRB 1, AG Berlin',
  shipping: '490',
};

export interface Shop {
  seller: Person;
  merchant_id: string;
  product_id: string;
  /** Of the one product's variants, in order. */
  variant_ids: string[];
}

/** Opens a shop with one published product: a mug, in as many colours as stocks are given. */
export async function openShop(house: House, stocks: number[], price = '1900'): Promise<Shop> {
  const seller = await house.person();
  const { merchant_id } = await must(seller, 'POST', '/merchants', TRADER);
  const variants = stocks.map((stock, i) => ({ option_values: [`Colour ${i}`], price, stock }));
  const draft = { title: 'Mug', vat_class: 'standard', option_names: ['Colour'], variants };
  const { product_id } = await must(seller, 'POST', '/products', draft);
  const product = await must(seller, 'PUT', `/products/${product_id}/published`, { published: true });
  return {
    seller,
    merchant_id,
    product_id,
    variant_ids: product.variants.map((v: { variant_id: string }) => v.variant_id),
  };
}

export interface Buyer {
  person: Person;
  address_id: string;
  method_id: string;
}

/** A person with an address and a card. */
export async function openBuyer(house: House, card: SandboxCard = 'ok'): Promise<Buyer> {
  const person = await house.person();
  const where = { name: 'Mia Muster', street: 'Weg 2', postal_code: '20095', city: 'Hamburg', country: 'DE' };
  const { address_id } = await must(person, 'POST', '/addresses', where);
  const { method_id } = await must(person, 'POST', '/payment-methods', { card });
  return { person, address_id, method_id };
}

/** Orders units of one variant for the total of 19.00 each and 4.90 postage. */
export function order(
  buyer: Buyer,
  variant_id: string,
  options: { quantity?: number; total?: Wire; key?: string } = {},
) {
  const { quantity = 1 } = options;
  const total = options.total ?? { amount: String(1900 * quantity + 490), currency: 'EUR' };
  const { address_id, method_id } = buyer;
  const body = { lines: [{ variant_id, quantity }], address_id, method_id, expected_total: total };
  return ask(buyer.person, 'POST', '/orders', body, options.key);
}

/** What can be bought of each variant now. */
export async function availableOf(shop: Shop): Promise<number[]> {
  const product = await must(shop.seller, 'GET', `/products/${shop.product_id}`);
  return product.variants.map((variant: { available: number }) => variant.available);
}

/** An order as its buyer sees it, once nothing is under way any more. */
export async function orderNow(house: House, buyer: Buyer, order_id: string) {
  await settled(house.ctx);
  return must(buyer.person, 'GET', `/orders/${order_id}`);
}
