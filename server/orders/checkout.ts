import { mayMany } from '../access/index.ts';
import { findOffers, type Offer, openStock, reserve, type StockBook, saveStock, shortOf } from '../catalog/index.ts';
import type { RequestKey } from '../kernel/answer.ts';
import { defineBatcher } from '../kernel/batcher.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import type { Money } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { pack } from '../markets/index.ts';
import {
  type Attempt,
  type AttemptDraft,
  findMethods,
  type Method,
  mayPayMany,
  reserveAttempts,
} from '../payments/index.ts';
import { blockedPairs } from '../people/index.ts';
import { type Address, findAddresses } from './address_queries.ts';
import { type Held, hold, LET_GO_MS, RESERVED_MS } from './caps.ts';
import { findHeld } from './caps_queries.ts';
import { type Quote, quote, type Wish } from './pricing.ts';
import { findByKeys, insertOrders, type Order, type OrderLine } from './queries.ts';

export interface CheckoutBody {
  lines: Wish[];
  address_id: string;
  method_id: string;
  /** What the buyer saw. Nothing else is ever charged (FAULTS A10). */
  expected_total: Money;
  room_id: string | null;
}

interface Item extends CheckoutBody {
  order_id: string;
  attempt_id: string;
  buyer: Pick<Principal, 'person_id' | 'market'>;
  key: RequestKey;
}

/** An order as reserved; `attempt` is null when an earlier request with this key made it. */
export interface Reserved {
  order: Order;
  lines: OrderLine[];
  attempt: Attempt | null;
}

/**
 * Reserves an order: stock held with an expiry, the order unpaid, the attempt written (MONEY §5 step 1). Express
 * checkout in a live room and the checkout of a cart are this one verb. The key lives on the order: a replay finds it.
 * Refuses `not_for_sale`, `several_merchants`, `not_sold_here`, `not_shipped_there`, `sold_out`, `total_changed`,
 * `address_unknown`, `method_unknown`, `held_much`, `held_often`, what `may(buy)` has against it and what payments has.
 */
export function checkout(ctx: Context, me: Principal, body: CheckoutBody, key: RequestKey): Promise<Reserved> {
  const buyer = { person_id: me.person_id, market: me.market };
  return checkouts.submit(ctx, { ...body, buyer, key, order_id: mintId(), attempt_id: mintId() });
}

const checkouts = defineBatcher<Item, Reserved>({
  name: 'checkout',
  async run(tx, items, ctx) {
    const desk = await openDesk(tx, ctx, items);
    const results = items.map((item, i) => tryOne(desk, item, i));
    const fresh = [...desk.drafts.values()];
    if (fresh.length > 0) await writeAll(tx, ctx, desk, fresh);
    const attempts = new Map(desk.attempts.map((attempt) => [attempt.thing_id, attempt]));
    return results.map((result, i) => {
      if (result instanceof Refusal) return result;
      const known = desk.known.get(keyOf(items[i]!));
      if (known) return { order: known, lines: [], attempt: null };
      return {
        ...result,
        attempt: result.order.order_id === items[i]!.order_id ? attempts.get(result.order.order_id)! : null,
      };
    });
  },
});

interface Draft {
  order: Order;
  lines: OrderLine[];
  payment: AttemptDraft;
}

/** All that a batch of checkouts looks at. */
interface Desk {
  at: Date;
  known: Map<string, Order>;
  may: (string | Refusal | null)[];
  held: Map<string, Held>;
  methods: Map<string, Method & { person_id: string }>;
  addresses: Map<string, Address>;
  offers: Map<string, Offer>;
  /** Across a block nothing is for sale, as nothing is shown. */
  hidden: Set<Item>;
  stock: StockBook;
  /** By request key: the same key twice in one batch is one order (FAULTS A27). */
  drafts: Map<string, Draft>;
  attempts: Attempt[];
}

const keyOf = ({ buyer, key }: Item): string => `${buyer.person_id} ${key.key}`;

async function openDesk(tx: Tx, ctx: Context, items: Item[]): Promise<Desk> {
  const { client } = tx;
  const variant_ids = [...new Set(items.flatMap((item) => item.lines.map((line) => line.variant_id)))];
  const asks = items.map((item) => ({ person_id: item.buyer.person_id, action: 'buy' as const }));
  const at = ctx.clock.now();
  const payers = items.map((item) => ({ person_id: item.buyer.person_id, purpose: 'order' }));
  const buyer_ids = [...new Set(items.map((item) => item.buyer.person_id))];
  const [unable, held, known, may, methods, addresses, stock, offers] = await Promise.all([
    mayPayMany(tx, ctx, payers),
    findHeld(tx, buyer_ids, new Date(at.getTime() - LET_GO_MS)),
    findByKeys(
      client,
      items.map((item) => ({ buyer_id: item.buyer.person_id, key: item.key.key })),
    ),
    mayMany(ctx, client, asks),
    findMethods(
      client,
      items.map((item) => item.method_id),
    ),
    findAddresses(
      client,
      items.map((item) => item.address_id),
    ),
    openStock(tx, variant_ids),
    findOffers(client, variant_ids),
  ]);
  const by_id = new Map(offers.map((offer) => [offer.variant_id, offer]));
  return {
    at,
    held,
    hidden: await acrossABlock(client, items, by_id),
    known: new Map(known.map((order) => [`${order.buyer_id} ${order.request_key}`, order])),
    may: may.map((refused, i) => refused ?? unable[i] ?? null),
    methods,
    addresses,
    stock,
    offers: by_id,
    drafts: new Map(),
    attempts: [],
  };
}

async function acrossABlock(client: Tx['client'], items: Item[], offers: Desk['offers']): Promise<Set<Item>> {
  const found = items.flatMap((item) => {
    const seller = offers.get(item.lines[0]?.variant_id ?? '')?.owner_id;
    return seller === undefined ? [] : [{ item, pair: [item.buyer.person_id, seller] as [string, string] }];
  });
  const blocked = await blockedPairs(
    client,
    found.map(({ pair }) => pair),
  );
  return new Set(found.filter((_, i) => blocked[i]).map(({ item }) => item));
}

function tryOne(desk: Desk, item: Item, i: number): { order: Order; lines: OrderLine[] } | Refusal {
  try {
    return judge(desk, item, desk.may[i] ?? null);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function judge(desk: Desk, item: Item, refused: string | Refusal | null): { order: Order; lines: OrderLine[] } {
  const twin = desk.drafts.get(keyOf(item));
  const before = desk.known.get(keyOf(item)) ?? twin?.order;
  if (before) {
    if (before.body_hash !== item.key.body_hash) throw new Refusal('key_reused');
    return { order: before, lines: twin?.lines ?? [] };
  }
  if (refused !== null) throw refused instanceof Refusal ? refused : new Refusal(refused);
  const method = desk.methods.get(item.method_id);
  if (method?.person_id !== item.buyer.person_id) throw new Refusal('method_unknown');
  const address = desk.addresses.get(item.address_id);
  if (address?.person_id !== item.buyer.person_id) throw new Refusal('address_unknown');
  const offers = desk.hidden.has(item) ? new Map() : desk.offers;
  const quoted = quote(pack(item.buyer.market), item.lines, offers, desk.at);
  if (address.country !== item.buyer.market) throw new Refusal('not_shipped_there');
  checkTotal(quoted, item.expected_total);
  checkStock(desk.stock, item.lines);
  hold(desk.held.get(item.buyer.person_id) as Held, item.lines);
  reserve(desk.stock, item.lines);
  const draft = draftOf(desk.at, item, quoted, method, address);
  desk.drafts.set(keyOf(item), draft);
  return draft;
}

function checkTotal(quoted: Quote, expected: Money): void {
  if (quoted.total_minor === expected.amount && quoted.currency === expected.currency) return;
  const total = { amount: String(quoted.total_minor), currency: quoted.currency };
  throw new Refusal('total_changed', { extra: { total } });
}

/** Refuses `sold_out`, naming what is short and how many are left. */
export function checkStock(stock: StockBook, wishes: Wish[]): void {
  const short = shortOf(stock, wishes);
  if (!short) return;
  const extra = { variant_id: toWire('variant', short.variant_id), available: short.available };
  throw new Refusal('sold_out', { extra });
}

function draftOf(at: Date, item: Item, quoted: Quote, method: Method, address: Address): Draft {
  const { lines, ...sums } = quoted;
  const { name, street, postal_code, city, country } = address;
  const reserved_until = new Date(at.getTime() + RESERVED_MS);
  const { order_id, attempt_id } = item;
  const order: Order = {
    ...sums,
    order_id,
    attempt_id,
    buyer_id: item.buyer.person_id,
    room_id: item.room_id,
    market: item.buyer.market,
    ship_to: { name, street, postal_code, city, country },
    state: 'unpaid',
    reason: null,
    reserved_until,
    stock_taken: false,
    tracking: null,
    request_key: item.key.key,
    body_hash: item.key.body_hash,
    created_at: at,
    paid_at: null,
    shipped_at: null,
    delivered_at: null,
    closed_at: null,
    refunded_at: null,
  };
  const payment: AttemptDraft = {
    attempt_id,
    purpose: 'order',
    thing_id: order_id,
    person_id: order.buyer_id,
    method,
    amount: order.total_minor,
    currency: order.currency,
    expires_at: reserved_until,
  };
  return { order, lines: lines.map((line) => ({ ...line, order_id })), payment };
}

async function writeAll(tx: Tx, ctx: Context, desk: Desk, drafts: Draft[]): Promise<void> {
  const stock_events = await saveStock(tx, desk.stock);
  desk.attempts = await reserveAttempts(
    tx,
    ctx,
    drafts.map((draft) => draft.payment),
  );
  await insertOrders(
    tx,
    drafts.map((draft) => draft.order),
    drafts.flatMap((draft) => draft.lines),
  );
  await emit(tx, ctx, stock_events);
}
