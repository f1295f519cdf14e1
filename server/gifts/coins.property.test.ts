/**
 * Coins against a small model of them in memory, over the real routes and database: people buy, give, settle, get gifts
 * back, return coins and have payments charged back, at random. The model knows nothing of lines, accounts or floors:
 * it keeps every single coin as (lot, number) in a list.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toWire } from '../kernel/ids.ts';
import { balances, checkInvariants } from '../ledger/index.ts';
import { settled as paymentsSettled } from '../payments/index.ts';
import { ask, buyCoins, chargeBack, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive } from '../test/room.ts';
import { pendingAccount, receivableAccount, returnGiftsOf, settleDue } from './index.ts';

const house = await openHouse(test);
const DAY = 86_400_000;
const RUNS = 8;

type Coin = { lot: string; x: bigint };
type Lot = { net: bigint; vat: bigint; coins: bigint; owner: number; gone: boolean };
type Given = {
  id: string;
  room: string | null;
  from: number;
  to: number;
  coins: Coin[];
  state: 'sent' | 'settled' | 'over';
  due: number;
};
type World = { wallets: Coin[][]; lots: Map<string, Lot>; gifts: Given[]; days: number };
type Person = Awaited<ReturnType<typeof house.person>>;

const worth = (world: World, coins: Coin[], of: (lot: Lot, x: bigint) => bigint): bigint =>
  coins.reduce((sum, { lot, x }) => sum + of(world.lots.get(lot)!, x + 1n) - of(world.lots.get(lot)!, x), 0n);
const net = (lot: Lot, x: bigint) => (lot.net * x) / lot.coins;
const platform = (lot: Lot, x: bigint) => (net(lot, x) * 5_000n) / 10_000n;
const paid = (lot: Lot, x: bigint) => net(lot, x) + (lot.vat * x) / lot.coins;

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('buy' as const), who: fc.nat(2), n: fc.integer({ min: 36, max: 120 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('give' as const),
      who: fc.nat(2),
      n: fc.integer({ min: 1, max: 90 }),
      in_room: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('settle' as const), who: fc.nat(2), n: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), who: fc.nat(2), n: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who: fc.nat(2), n: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('charge_back' as const), who: fc.nat(2), n: fc.nat(9) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test('A17, A19, A20, A28, I5: whatever people do, every coin and cent is where the model says', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      const people = await Promise.all([0, 1, 2].map(() => house.person()));
      const rooms = await Promise.all(people.map(async (person) => (await goLive(house, person)).room_id));
      const world: World = { wallets: [[], [], []], lots: new Map(), gifts: [], days: 0 };
      for (const one of steps) {
        house.clock.advance(1_000);
        await act(world, people, rooms, one);
      }
      await compare(world, people);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  assert.deepEqual(await checkInvariants(house.ctx.db.q), []);
});

async function act(world: World, people: Person[], rooms: string[], one: Step): Promise<void> {
  const me = people[one.who]!;
  if (one.do === 'buy') return buy(world, me, one.who, BigInt(one.n));
  if (one.do === 'give') return give(world, people, rooms, one);
  if (one.do === 'settle') return settle(world, one.n);
  if (one.do === 'return') return giveBack(world, rooms[one.who]!);
  const lots = [...world.lots].filter(([, lot]) => lot.owner === one.who && !lot.gone);
  const picked = lots[one.n % Math.max(1, lots.length)];
  if (picked) await (one.do === 'withdraw' ? withdraw(world, me, picked[0]) : takeBack(world, picked[0]));
}

async function buy(world: World, me: Person, owner: number, coins: bigint): Promise<void> {
  const { lot_id } = await buyCoins(me, coins);
  const { body } = await ask(me, 'GET', `/wallet/receipts/${lot_id}`);
  world.lots.set(lot_id, { net: BigInt(body.net.amount), vat: BigInt(body.vat.amount), coins, owner, gone: false });
  for (let x = 0n; x < coins; x += 1n) world.wallets[owner]!.push({ lot: lot_id, x });
}

async function give(
  world: World,
  people: Person[],
  rooms: string[],
  one: Extract<Step, { do: 'give' }>,
): Promise<void> {
  const to = (one.who + 1 + (one.n % 2)) % 3;
  const where = one.in_room
    ? { room_id: toWire('room', rooms[to]!) }
    : { receiver_id: toWire('person', people[to]!.person_id) };
  const { status, body } = await ask(people[one.who]!, 'POST', '/gifts', { gift: 'rose', count: one.n, ...where });
  const wallet = world.wallets[one.who]!;
  assert.equal(status, wallet.length >= one.n ? 201 : 402);
  if (status !== 201) return;
  const due = house.clock.now().getTime() + 14 * DAY;
  const room = one.in_room ? rooms[to]! : null;
  world.gifts.push({ id: body.gift_id, room, from: one.who, to, coins: wallet.splice(0, one.n), state: 'sent', due });
}

async function settle(world: World, days: number): Promise<void> {
  // Sessions last 60 days.
  const step_days = world.days < 45 ? days * 5 : 0;
  world.days += step_days;
  house.clock.advance(step_days * DAY);
  const now = house.clock.now();
  await settleDue(house.ctx, now, 3);
  await settleDue(house.ctx, now);
  for (const gift of world.gifts) if (gift.state === 'sent' && gift.due <= now.getTime()) gift.state = 'settled';
}

async function giveBack(world: World, room: string): Promise<void> {
  await returnGiftsOf(house.ctx, room);
  const of_room = world.gifts.filter((gift) => gift.room === room && gift.state !== 'over');
  for (const gift of of_room.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    world.wallets[gift.from]!.push(...gift.coins);
    Object.assign(gift, { state: 'over', coins: [] });
  }
}

async function withdraw(world: World, me: Person, lot_id: string): Promise<void> {
  const lot = world.lots.get(lot_id)!;
  const wallet = world.wallets[lot.owner]!;
  const mine = wallet.filter((coin) => coin.lot === lot_id);
  const amount = { amount: String(worth(world, mine, paid)), currency: 'EUR' };
  const body = { coins: String(mine.length), amount };
  const { status, body: said } = await ask(me, 'POST', `/wallet/lots/${lot_id}/withdrawal`, body);
  if (said.code === 'withdrawal_over') return;
  assert.equal(status, mine.length > 0 ? 201 : 409, `${said.code}: the model says ${body.coins} for ${amount.amount}`);
  await paymentsSettled(house.ctx);
  world.wallets[lot.owner] = wallet.filter((coin) => coin.lot !== lot_id);
}

async function takeBack(world: World, lot_id: string): Promise<void> {
  const lot = world.lots.get(lot_id)!;
  const everywhere = [...world.wallets.flat(), ...world.gifts.flatMap((gift) => gift.coins)];
  // What was given back whole cannot be taken back by the bank any more.
  if (!everywhere.some((coin) => coin.lot === lot_id)) return;
  lot.gone = true;
  await chargeBack(house, lot_id);
  const stays = (coin: Coin) => coin.lot !== lot_id;
  world.wallets = world.wallets.map((wallet) => wallet.filter(stays));
  for (const gift of world.gifts) gift.coins = gift.coins.filter(stays);
}

/** Balances, what each earner earned, and the house's invariants. */
async function compare(world: World, people: Person[]): Promise<void> {
  for (const [i, person] of people.entries()) {
    assert.equal(await coinsOf(person), BigInt(world.wallets[i]!.length));
    const ids = [pendingAccount(person.person_id, 'EUR'), receivableAccount(person.person_id, 'EUR')];
    const held = await balances(house.ctx.db.q, ids);
    const earned = world.gifts
      .filter((gift) => gift.to === i && gift.state === 'settled')
      .flatMap((gift) => gift.coins);
    const expected = worth(world, earned, (lot, x) => net(lot, x) - platform(lot, x));
    const [pending, receivable] = [held.get(ids[0]!) ?? 0n, held.get(ids[1]!) ?? 0n];
    assert.equal(pending + receivable, expected, `what person ${i} earned`);
    assert.ok(pending === 0n || receivable === 0n, `person ${i} owes ${receivable} and still has ${pending}`);
  }
}
