import type { Tx } from '../kernel/db.ts';
import type { Held } from './caps.ts';

/** What these buyers hold unpaid, and how many orders they let go of since then. One look at two small indexes. */
export async function findHeld(tx: Tx, buyer_ids: readonly string[], since: Date): Promise<Map<string, Held>> {
  const { rows } = await tx.client.query<{ buyer_id: string; what: string; variant_id: string | null; n: number }>({
    name: 'orders_held',
    text: `select buyer_id, 'orders' as what, null::uuid as variant_id, count(*)::int as n from orders
        where buyer_id = any($1::uuid[]) and reserved_until is not null group by buyer_id
      union all
      select o.buyer_id, 'units', l.variant_id, sum(l.quantity)::int from orders o join order_lines l using (order_id)
        where o.buyer_id = any($1::uuid[]) and o.reserved_until is not null group by o.buyer_id, l.variant_id
      union all
      select buyer_id, 'let_go', null, count(*)::int from orders where buyer_id = any($1::uuid[])
        and state = 'cancelled' and paid_at is null and reason in ('expired', 'cancelled_by_buyer')
        and closed_at > $2 group by buyer_id`,
    values: [buyer_ids, since],
  });
  const held = new Map(buyer_ids.map((id): [string, Held] => [id, { orders: 0, let_go: 0, units: new Map() }]));
  for (const { buyer_id, what, variant_id, n } of rows) {
    const one = held.get(buyer_id) as Held;
    if (variant_id !== null) one.units.set(variant_id, n);
    else if (what === 'orders') one.orders = n;
    else one.let_go = n;
  }
  return held;
}
