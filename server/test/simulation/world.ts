/** The people of one simulated script, what they did, and what the house told them. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { mintId } from '../../kernel/ids.ts';
import { settled, sweepPayments } from '../../payments/index.ts';
import type { SandboxCard } from '../../payments/sandbox_cards.ts';
import { storeCard } from '../coins.ts';
import type { House, TestPerson } from '../harness.ts';
import { goLive, type TestRoom } from '../room.ts';
import { type Buyer, openBuyer, openShop, type Shop } from '../shop.ts';

/** A request that was acknowledged: repeated with its key it must have no second effect. */
export interface Acknowledged {
  who: TestPerson;
  path: string;
  body: unknown;
  key: string;
  status: number;
  answer: Answer;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client without types would
type Answer = any;
export interface Reply {
  status: number;
  body: Answer;
}

export interface Lot {
  lot_id: string;
  owner: TestPerson;
  over: boolean;
}

export interface World {
  house: House;
  people: TestPerson[];
  shop: Shop;
  buyers: Buyer[];
  room: TestRoom;
  host: TestPerson;
  acknowledged: Acknowledged[];
  gifts: string[];
  lots: Lot[];
  orders: { order_id: string; buyer: Buyer }[];
  methods: Map<string, string>;
  /** Until everybody would have to sign in again. */
  days_left: number;
  /** While connections are being broken, nobody is sure of an answer. */
  hurt: boolean;
}

const STOCKS = [3, 2];

/** A small town: everybody may gift, earn and buy; one of them has a live room, and there is one shop. */
export async function openWorld(house: House): Promise<World> {
  const buyers = [await openBuyer(house), await openBuyer(house), await openBuyer(house)];
  const people = buyers.map((buyer) => buyer.person);
  const shop = await openShop(house, STOCKS);
  const host = people[0] as TestPerson;
  const room = await goLive(house, host);
  const memory = { acknowledged: [], gifts: [], lots: [], orders: [], methods: new Map<string, string>() };
  return { house, people, shop, buyers, room, host, hurt: false, days_left: 28, ...memory };
}

/** A person's card that plays a certain part, stored when it is first needed. */
export async function methodOf(world: World, who: TestPerson, card: SandboxCard): Promise<string> {
  const name = `${who.person_id} ${card}`;
  const known = world.methods.get(name) ?? (await storeCard(who, card));
  world.methods.set(name, known);
  return known;
}

const PATIENCE = 40;

/**
 * Asks like an honest client: the same request with the same key until there is an answer. Only while the house is
 * being hurt may there be none at first.
 */
export async function request(
  world: World,
  who: TestPerson,
  path: string,
  body: unknown,
  key = mintId(),
): Promise<Reply> {
  for (let tried = 0; ; tried += 1) {
    const reply = await send(who, path, body, key).catch((error: Error) => ({ status: 599, body: error.message }));
    if (reply.status < 500) {
      if (reply.status < 300) {
        world.acknowledged.push({ who, path, body, key, status: reply.status, answer: reply.body });
      }
      return reply;
    }
    if (!world.hurt || tried === PATIENCE) {
      assert.fail(`POST ${path} was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    await pause(25);
  }
}

async function send(who: TestPerson, path: string, body: unknown, key: string): Promise<Reply> {
  const reply = await who.fetch(`/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body ?? {}),
  });
  return { status: reply.status, body: await reply.json() };
}

export async function read(who: TestPerson, path: string): Promise<Answer> {
  const reply = await who.fetch(`/api${path}`);
  assert.equal(reply.status, 200, `GET ${path} was answered ${reply.status}`);
  return reply.json();
}

/** Lets everything under way come to its end: payments, webhooks, events, jobs. */
export async function quiet(world: World): Promise<void> {
  const { house } = world;
  await settled(house.ctx);
  await house.ctx.batchers.idle();
  await house.drain();
  if (await underWay(world)) {
    house.clock.advance(61_000);
    await sweepPayments(house.ctx);
    await settled(house.ctx);
    await house.drain();
  }
}

/** Attempts without an outcome are asked about by the sweep; those that wait for their bank stay. */
async function underWay({ house, people }: World): Promise<boolean> {
  const { rowCount } = await house.ctx.db.pool.query(
    `select from payment_attempts where person_id = any($1) and state in ('created', 'authorizing', 'unknown') limit 1`,
    [people.map((person) => person.person_id)],
  );
  return rowCount === 1;
}
