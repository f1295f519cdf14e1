/** Opening night: the cast, their shops, purses and ties, made through the verbs and routes that everybody uses. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { toWire } from '../kernel/ids.ts';
import { createPerson, mintSession } from '../people/index.ts';
import { type Actor, actorOf } from './actor.ts';
import { CAST, FOLLOWS, type Part, type Plan, type Shop, type Ware } from './cast.ts';
import { drawPortrait, drawWare } from './pictures.ts';
import * as queries from './queries.ts';

export type Troupe = Map<string, Actor>;

/**
 * The cast of this instance: made where nobody is yet, completed where an opening was interrupted. Null where people
 * live who are no cast: their house is theirs.
 */
export async function gather(app: App): Promise<Troupe | null> {
  const { db } = app.souk;
  const found = new Map((await queries.listCast(db.pool)).map(({ part, person_id }) => [part, person_id]));
  if (found.size === 0 && !(await queries.isEmpty(db))) return null;
  const troupe: Troupe = new Map();
  for (const part of CAST) {
    const person_id = found.get(part.part) ?? (await enter(app.souk, part));
    troupe.set(part.part, actorOf(app, part.part, person_id, await mintSession(app.souk, person_id)));
  }
  for (const part of CAST) await furnish(troupe.get(part.part) as Actor, part, app.souk.clock.now());
  if (found.size < CAST.length) await tie(troupe);
  return troupe;
}

/** Gives each what they still lack: at every start nearly nothing. */
async function furnish(actor: Actor, part: Part, now: Date): Promise<void> {
  const { person } = await actor.call<{ person: { avatar_url: string | null } }>('GET', '/people/me');
  if (!person.avatar_url) await actor.call('PUT', '/people/me/avatar', await drawPortrait(part));
  if (part.bio) await actor.call('PATCH', '/people/me', { bio: part.bio });
  if (part.shop) await furnishShop(actor, part.shop, part.handle);
  if (part.plan) await furnishPlan(actor, part.plan, part.locale, now);
  if (part.buys || part.coins) await furnishPurse(actor, part);
}

/** One plan each; what was planned goes on by itself. */
async function furnishPlan(actor: Actor, plan: Plan, language: 'de' | 'en', now: Date): Promise<void> {
  const { title, about, days, at } = plan;
  const host_id = toWire('person', actor.person_id);
  const { items } = await actor.call<{ items: unknown[] }>('GET', `/schedules?host_id=${host_id}`);
  if (items.length > 0) return;
  const day = new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const when = { local_time: `${day}T${at}`, zone: 'Europe/Berlin', repeat: 'weekly' };
  await actor.call('POST', '/schedules', { title, about, language, ...when });
}

async function tie(troupe: Troupe): Promise<void> {
  for (const [who, whom] of FOLLOWS) {
    const person = toWire('person', (troupe.get(whom) as Actor).person_id);
    await troupe.get(who)?.call('PUT', `/people/${person}/follow`);
  }
}

async function enter(ctx: Context, part: Part): Promise<string> {
  const { handle, name, locale, roles, age } = part;
  return inTx(ctx.db, async (tx) => {
    const email = `${handle}@demo.example`;
    const base = { handle, name, locale, roles, email, email_verified: true, password_hash: null };
    const person_id = await createPerson(ctx, tx, { ...base, market: 'DE', born_on: bornOn(ctx, age) });
    await queries.insertPart(tx, part.part, person_id);
    return person_id;
  });
}

/** Half a year past the birthday, so that nobody of the cast changes age this week. */
function bornOn(ctx: Context, age: number): string {
  const now = ctx.clock.now();
  const born = new Date(Date.UTC(now.getUTCFullYear() - age, now.getUTCMonth() - 6, 15));
  return born.toISOString().slice(0, 10);
}

async function furnishShop(actor: Actor, shop: Shop, handle: string): Promise<void> {
  const { products, ...trader } = shop;
  const { merchant } = await actor.call<{ merchant: unknown }>('GET', '/me/merchant');
  const email = `${handle}@demo.example`;
  if (!merchant) await actor.call('POST', '/merchants', { ...trader, country: 'DE', email, phone: '+49 341 0000000' });
  const { items } = await actor.call<{ items: { title: string }[] }>('GET', '/me/merchant/products?limit=100');
  const there = new Set(items.map(({ title }) => title));
  for (const ware of products) if (!there.has(ware.title)) await addProduct(actor, ware);
}

async function addProduct(actor: Actor, ware: Ware): Promise<void> {
  const { title, description, price, stock, option } = ware;
  const values = option?.values ?? [null];
  const share = Math.floor(stock / values.length);
  const { product_id } = await actor.call<{ product_id: string }>('POST', '/products', {
    title,
    description,
    vat_class: 'standard',
    option_names: option ? [option.name] : [],
    variants: values.map((value) => ({ option_values: value ? [value] : [], price, stock: share })),
  });
  for (const position of values.keys()) {
    await actor.call('PUT', `/products/${product_id}/images/${position}`, await drawWare(ware, position));
  }
  await actor.call('PUT', `/products/${product_id}/published`, { published: true });
}

async function furnishPurse(actor: Actor, part: Part): Promise<void> {
  const { items } = await actor.call<{ items: unknown[] }>('GET', '/payment-methods');
  if (items.length > 0) return;
  if (part.buys) {
    const { name } = part;
    const place = { street: 'Musterstraße 1', postal_code: '04109', city: 'Leipzig', country: 'DE' };
    await actor.call('POST', '/addresses', { name, ...place });
  }
  const { method_id } = await actor.call<{ method_id: string }>('POST', '/payment-methods', { card: 'ok' });
  if (part.coins) await topUp(actor, part.coins, method_id);
}

interface Quote {
  coins: string;
  total: { amount: string; currency: string };
}

/** Buys coins with the stored sandbox card, at the total that the quote shows. */
export async function topUp(actor: Actor, coins: number, method_id: string): Promise<void> {
  const quote = await actor.call<Quote>('GET', `/wallet/quote?coins=${coins}`);
  await actor.call('POST', '/wallet/top-ups', { coins: quote.coins, total: quote.total, method_id, confirmed: true });
}
