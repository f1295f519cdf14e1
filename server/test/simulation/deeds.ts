/** What the people of a simulation do, always through the routes; a deed answers in words for the journal. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { catalog, returnGiftsOf, settleDue } from '../../gifts/index.ts';
import { fromWire, toWire } from '../../kernel/ids.ts';
import { pack, priceOf } from '../../markets/index.ts';
import { expireReservations } from '../../orders/index.ts';
import { sandboxOf } from '../../payments/index.ts';
import type { SandboxCard } from '../../payments/sandbox_cards.ts';
import { clusterOfRun } from '../cluster.ts';
import type { TestPerson } from '../harness.ts';
import type { Deed, Step } from './script.ts';
import { type Lot, methodOf, type Reply, read, request, type World } from './world.ts';

type Do = (world: World, step: Step) => Promise<string>;

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % from.length];
const personOf = (world: World, at: number): TestPerson => pick(world.people, at) as TestPerson;
const told = ({ status, body }: Reply): string => (status < 300 ? `${status} ${body.state ?? ''}` : body.code);

/** Mostly a good card; each of the others plays one bad day of a payment provider. */
const CARDS: SandboxCard[] = ['ok', 'ok', 'ok', 'noisy', 'noisy', 'declined', 'bank_step', 'charged_500'];
const cardOf = (at: number): SandboxCard => pick(CARDS, at) as SandboxCard;

const FEWEST = 36;
const buy: Do = async (world, { a, b, c }) => {
  const who = personOf(world, a);
  const coins = BigInt(FEWEST + (c % 300));
  const { amount, currency } = priceOf(pack('DE'), coins);
  const method_id = await methodOf(world, who, cardOf(b));
  const total = { amount: String(amount), currency };
  const reply = await request(world, who, '/wallet/top-ups', {
    ...{ coins: String(coins), total, method_id },
    // Some buy on without looking, others stop at the question.
    ...(c % 4 !== 0 && { confirmed: true }),
  });
  return `${who.handle} buys ${coins} with ${cardOf(b)}: ${told(reply)} ${await answerBank(world, reply, b)}`;
};

/** A payment that waits for its bank is approved or refused there. */
async function answerBank({ house }: World, { body }: Reply, luck: number): Promise<string> {
  const { state, action_url } = body.payment ?? {};
  if (state !== 'requires_action' || !action_url) return '';
  const answer = luck % 3 === 0 ? 'refuse' : 'approve';
  await fetch(new URL(action_url, house.url), { method: 'POST', body: new URLSearchParams({ answer }) });
  house.clock.advance(61_000);
  return answer;
}

const AFFORDABLE = catalog.filter(({ coins }) => coins <= 100n);
const gift: Do = async (world, { a, b, c }) => {
  const [from, to] = [personOf(world, a), personOf(world, a + 1 + (b % (world.people.length - 1)))];
  const { gift: code } = pick(AFFORDABLE, c) as (typeof catalog)[number];
  const count = 1 + (b % (code === 'rose' ? 60 : 3));
  const in_room = c % 2 === 0 && from !== world.host;
  const place = in_room ? { room_id: world.room.id } : { receiver_id: toWire('person', to.person_id) };
  const reply = await request(world, from, '/gifts', { gift: code, count, ...place, confirmed: c % 5 !== 0 });
  if (reply.status === 201) world.gifts.push(reply.body.gift_id);
  return `${from.handle} sends ${count} ${code} to ${in_room ? 'the room' : to.handle}: ${told(reply)}`;
};

const DAY_MS = 86_400_000;
const settle: Do = async (world, { a }) => {
  const { house } = world;
  const days = Math.min(1 + (a % 20), world.days_left);
  world.days_left -= days;
  house.clock.advance(days * DAY_MS);
  return `${days} days pass, ${await settleDue(house.ctx, house.clock.now())} gifts settle`;
};

const returnGifts: Do = async ({ house, room }) =>
  `the room's gifts go back: ${await returnGiftsOf(house.ctx, room.room_id)}`;

/** Purchases as their buyer sees them now. */
async function lotsOf(world: World, who: TestPerson): Promise<Lot[]> {
  const { items } = await read(who, '/wallet/lots?limit=100');
  for (const { lot_id, charged_back } of items) {
    const known = world.lots.find((lot) => lot.lot_id === lot_id);
    if (known) known.over ||= charged_back;
    else world.lots.push({ lot_id, owner: who, over: charged_back });
  }
  return world.lots.filter((lot) => lot.owner === who && !lot.over);
}

const withdraw: Do = async (world, { a, b }) => {
  const who = personOf(world, a);
  const { items } = await read(who, '/wallet/lots?limit=100');
  const lot = pick(items, b) as { lot_id: string; unspent: string; refund: unknown } | undefined;
  if (!lot) return `${who.handle} has no purchase to return`;
  const shown = { coins: lot.unspent, amount: lot.refund };
  const reply = await request(world, who, `/wallet/lots/${lot.lot_id}/withdrawal`, shown);
  return `${who.handle} returns ${lot.unspent} coins: ${told(reply)}`;
};

const PATIENCE = 200;
const chargeBack: Do = async (world, { a, b }) => {
  const { house } = world;
  const who = personOf(world, a);
  const lot = pick(await lotsOf(world, who), b);
  if (!lot) return `${who.handle} has no purchase to dispute`;
  lot.over = true;
  const { pool } = house.ctx.db;
  const sql = `select attempt_id, a.state from lots l join payment_attempts a using (attempt_id) where lot_id = $1`;
  const { rows } = await pool.query(sql, [fromWire('lot', lot.lot_id)]);
  if (rows[0]?.state !== 'captured') return `the purchase of ${who.handle} is ${rows[0]?.state}`;
  await sandboxOf(house.ctx).play(rows[0].attempt_id, 'chargeback');
  for (let tried = 0; tried < PATIENCE; tried += 1) {
    const now = await pool.query('select state from payment_attempts where attempt_id = $1', [rows[0].attempt_id]);
    if (now.rows[0]?.state !== 'captured') return `the bank of ${who.handle} takes a purchase back`;
    await pause(10);
  }
  return assert.fail('a chargeback was never heard of');
};

const UNIT_MINOR = 1_900;
const POSTAGE_MINOR = 490;
const order: Do = async (world, { a, b, c }) => {
  const buyer = pick(world.buyers, a) as World['buyers'][number];
  const quantity = 1 + (b % 2);
  const expected_total = { amount: String(UNIT_MINOR * quantity + POSTAGE_MINOR), currency: 'EUR' };
  const method_id = await methodOf(world, buyer.person, cardOf(c));
  const lines = [{ variant_id: pick(world.shop.variant_ids, b), quantity }];
  const body = { lines, address_id: buyer.address_id, method_id, expected_total };
  const reply = await request(world, buyer.person, '/orders', body);
  if (reply.status < 300) world.orders.push({ order_id: reply.body.order_id, buyer });
  const bank = reply.status < 300 ? await answerBank(world, reply, c) : '';
  return `${buyer.person.handle} orders ${quantity} with ${cardOf(c)}: ${told(reply)} ${bank}`;
};

const ADVANCES = ['ship', 'ship', 'deliver', 'cancel', 'refund'] as const;
const advanceOrder: Do = async (world, { a, b }) => {
  const known = pick(world.orders, a);
  const verb = pick(ADVANCES, b) as (typeof ADVANCES)[number];
  if (!known) return 'there is no order yet';
  const who = verb === 'cancel' ? known.buyer.person : world.shop.seller;
  const reply = await request(world, who, `/orders/${known.order_id}/${verb}`, {});
  return `${verb} an order: ${told(reply)}`;
};

const RESERVED_MS = 16 * 60_000;
const expire: Do = async ({ house }) => {
  house.clock.advance(RESERVED_MS);
  return `${await expireReservations(house.ctx)} reservations run out`;
};

/** I4: the same request with the same key is the same thing, however often and however late. */
const repeat: Do = async (world, { a, b }) => {
  const before = pick(world.acknowledged, a);
  if (!before) return 'nothing was asked yet';
  const { who, path, body, key, answer } = before;
  const replies = await Promise.all(Array.from({ length: 1 + (b % 3) }, () => request(world, who, path, body, key)));
  for (const reply of replies)
    assert.deepEqual(idOf(reply.body), idOf(answer), `POST ${path} repeated: ${told(reply)}`);
  return `${who.handle} repeats POST ${path} ${replies.length} times`;
};

/** The id that an answer is about. */
const idOf = (answer: Record<string, unknown>): unknown =>
  answer.gift_id ?? answer.top_up_id ?? answer.withdrawal_id ?? answer.order_id ?? answer.address_id;

/** Every connection to the database breaks while people gift and buy; they ask again until they are answered. */
const crash: Do = async (world, { a, b, c }) => {
  const hurt = Promise.all([
    gift(world, { deed: 'gift', a, b, c }),
    gift(world, { deed: 'gift', a: a + 1, b, c }),
    order(world, { deed: 'order', a, b, c: 0 }),
  ]);
  const broken = breakConnections(world);
  const words = await hurt;
  return `${await broken} connections break: ${words.join('; ')}`;
};

async function breakConnections({ house }: World): Promise<number> {
  const client = new pg.Client({ connectionString: clusterOfRun().admin_url });
  await client.connect();
  await pause(3);
  const database = new URL(house.app_url).pathname.slice(1);
  const sql = `select pg_terminate_backend(pid) from pg_stat_activity
                where datname = $1 and application_name in ('souk', 'souk batchers')`;
  const { rowCount } = await client.query(sql, [database]);
  await client.end();
  return rowCount ?? 0;
}

export const deeds: Record<Deed, Do> = {
  buy,
  gift,
  settle,
  return_gifts: returnGifts,
  withdraw,
  charge_back: chargeBack,
  order,
  advance_order: advanceOrder,
  expire,
  repeat,
  crash,
};
