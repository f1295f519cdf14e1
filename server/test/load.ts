/** Load of gifts and orders that remembers every key, and what was acknowledged for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mintId, toWire } from '../kernel/ids.ts';
import { ask } from './coins.ts';
import type { House, TestPerson } from './harness.ts';
import { type Buyer, openBuyer, openShop } from './shop.ts';

export interface Wish {
  /** Spreads the load over several servers: the n-th speaks to the n-th address. */
  who: TestPerson;
  path: string;
  body: object;
  key: string;
  /** The id in the answer. */
  id: 'gift_id' | 'order_id';
}

export interface Load {
  /** Acknowledged: the wish and the id that was answered. */
  done: { wish: Wish; id: string }[];
  /** Sent, and not answered with success. */
  open: Wish[];
  /** How often each status was answered; 0 where nothing answered. */
  statuses: Map<number, number>;
  /** Ends it, and waits for what was begun. */
  stop(): Promise<void>;
}

export interface Cast {
  giver: TestPerson;
  buyer: Buyer;
  /** The next gift or order. */
  wish(): Wish;
}

/** A giver with coins, a receiver, a shop and a buyer, all speaking to one address. */
export async function openCast(person: House['person']): Promise<Cast> {
  const house = { person } as House;
  const [giver, receiver] = [await person({ coins: 5_000 }), await person()];
  const shop = await openShop(house, [10_000]);
  const buyer = await openBuyer(house);
  const gift = { gift: 'rose', count: 1, confirmed: true, receiver_id: toWire('person', receiver.person_id) };
  const order = {
    lines: [{ variant_id: shop.variant_ids[0], quantity: 1 }],
    address_id: buyer.address_id,
    method_id: buyer.method_id,
    expected_total: { amount: '2390', currency: 'EUR' },
  };
  let wishes = 0;
  return {
    giver,
    buyer,
    wish() {
      wishes += 1;
      const common = { key: mintId() };
      return wishes % 4 === 0
        ? { ...common, who: buyer.person, path: '/orders', body: order, id: 'order_id' }
        : { ...common, who: giver, path: '/gifts', body: gift, id: 'gift_id' };
    },
  };
}

async function send(load: Load, wish: Wish): Promise<boolean> {
  const answer = await ask(wish.who, 'POST', wish.path, wish.body, wish.key).catch(() => null);
  const status = answer?.status ?? 0;
  load.statuses.set(status, (load.statuses.get(status) ?? 0) + 1);
  // 202: an order whose payment is not decided yet.
  const done = status === 200 || status === 201;
  if (done) load.done.push({ wish, id: answer?.body[wish.id] });
  return done;
}

/** Begins load: so many at a time, until stopped. `pause_ms` between two of one line keeps it gentle. */
export function startLoad(casts: Cast[], width = 8, pause_ms = 0): Load {
  let going = true;
  const line = async (cast: Cast) => {
    while (going) {
      const wish = cast.wish();
      if (!(await send(load, wish))) {
        load.open.push(wish);
        await sleep(20);
      }
      if (pause_ms) await sleep(pause_ms);
    }
  };
  const load: Load = {
    done: [],
    open: [],
    statuses: new Map(),
    stop: async () => {
      going = false;
      await Promise.all(lines);
    },
  };
  const lines = Array.from({ length: width }, (_, n) => line(casts[n % casts.length] as Cast));
  return load;
}

/** Every wish again with its own key, as a client would: those acknowledged must be answered with the same id. */
export async function repeatAll(load: Load): Promise<string[]> {
  const faults: string[] = [];
  for (const { wish, id } of load.done.slice()) {
    const answer = await ask(wish.who, 'POST', wish.path, wish.body, wish.key);
    if (answer.body[wish.id] !== id) faults.push(`${wish.path} ${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  for (const wish of load.open.splice(0)) {
    let done = await send(load, wish);
    for (let tries = 0; !done && tries < 40; tries += 1) {
      await sleep(500);
      done = await send(load, wish);
    }
    if (!done) faults.push(`${wish.path} with key ${wish.key} is not accepted when sent again`);
  }
  return faults;
}
