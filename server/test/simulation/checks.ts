/** What must be true after every step: the book's invariants, and that exactly what was acknowledged has happened. */
import { fromWire } from '../../kernel/ids.ts';
import { checkInvariants } from '../../ledger/index.ts';
import type { World } from './world.ts';

/** @returns faults in words */
export async function faultsOf(world: World): Promise<string[]> {
  const { ctx } = world.house;
  const faults = await checkInvariants(ctx.db.q);
  for (const [what, sql, values] of questions(world)) {
    const { rowCount } = await ctx.db.pool.query(sql, values);
    if (rowCount) faults.push(`${what} (${rowCount})`);
  }
  return faults;
}

/** Each selects what should not be there. */
function questions(world: World): [what: string, sql: string, values: unknown[]][] {
  const people = world.people.map((person) => person.person_id);
  const gifts = [...new Set(world.gifts)].map((id) => fromWire('gift', id));
  const orders = [...new Set(world.orders.map(({ order_id }) => order_id))].map((id) => fromWire('order', id));
  const now = world.house.clock.now();
  return [
    ['I14: an acknowledged gift is gone', MISSING('gifts', 'gift_id'), [gifts]],
    ['I4: a gift that nobody was told of', EXTRA('gifts', 'gift_id', 'sender_id'), [people, gifts]],
    ['I14: an acknowledged order is gone', MISSING('orders', 'order_id'), [orders]],
    ['I4: an order that nobody was told of', EXTRA('orders', 'order_id', 'buyer_id'), [people, orders]],
    ['a gift settled before its hold was over', `select from gifts where state = 'settled' and settle_at > $1`, [now]],
    // What a consumer refused is tried again later; only what is due and still there, or given up, is a fault.
    ['I12: an event is still in the outbox', 'select from outbox where parked or next_at <= $1', [now]],
    [
      'A17: a purchase was charged back and its coins are still about',
      `select from lots l where charged_back_at is not null and l.person_id = any($1) and l.coins <>
         (select coalesce(sum(lot_to - lot_from), 0) from coin_burns b where b.lot_id = l.lot_id)`,
      [people],
    ],
  ];
}

const MISSING = (table: string, id: string) =>
  `select from unnest($1::uuid[]) as told (id) where not exists (select from ${table} where ${id} = told.id)`;
const EXTRA = (table: string, id: string, who: string) =>
  `select from ${table} where ${who} = any($1) and ${id} <> all($2::uuid[])`;
