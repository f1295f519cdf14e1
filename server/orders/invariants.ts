/** What must always be true of stock, orders and their money. */
import { sql } from 'kysely';
import { registerInvariant } from '../ledger/index.ts';

/** Each statement selects the ids of the rows that break the rule. */
const RULES: [rule: string, violations: string][] = [
  [
    'I6: what is held in stock is what unpaid orders hold',
    `select s.variant_id from stock s where reserved <> coalesce((
       select sum(l.quantity) from order_lines l join orders o using (order_id)
       where l.variant_id = s.variant_id and o.reserved_until is not null), 0)`,
  ],
  [
    'I6: what was sold is what orders took',
    `select s.variant_id from stock s where sold <> coalesce((
       select sum(l.quantity) from order_lines l join orders o using (order_id)
       where l.variant_id = s.variant_id and o.stock_taken), 0)`,
  ],
  [
    'I6: what came in is what is there and what was sold',
    `select s.variant_id from stock s where on_hand + sold <> coalesce((
       select sum(change) from stock_changes c where c.variant_id = s.variant_id), 0)`,
  ],
  [
    'I6: an order that is paid has its units, any other has none',
    `select order_id from orders where stock_taken <> (state in ('paid', 'shipped', 'delivered'))
       and not (state = 'refunded' and reason = 'chargeback')`,
  ],
  [
    'I7: a captured payment of an order stands in the ledger once',
    `select o.order_id from orders o join payment_attempts a using (attempt_id)
     where (a.state in ('captured', 'refund_due', 'refunded', 'reversed') and a.fee_minor > 0) <>
       (select count(*) = 1 from ledger.transfers t where t.ref = o.order_id and t.code = 'order.paid')`,
  ],
  [
    'each order’s transfers net to its state: what is in order_clearing is paid and neither cleared nor given back',
    `with clearing as (
       select t.ref as order_id, sum(case when t.credit = a.account_id then amount else -amount end) as held
       from ledger.transfers t join ledger.accounts a on a.kind = 'order_clearing' and a.account_id in (t.debit, t.credit)
       group by t.ref)
     select o.order_id from orders o left join clearing c using (order_id)
     where coalesce(c.held, 0) <> case when o.state = 'paid' then o.total_minor
       when o.state in ('cancelled', 'refunded') and o.paid_at is not null and o.refunded_at is null then o.total_minor
       else 0 end`,
  ],
];

for (const [rule, violations] of RULES) {
  registerInvariant(`orders: ${rule}`, async (q) => {
    const { rows } = await sql.raw<{ id: string }>(`select v.id from (${violations}) as v (id) limit 20`).execute(q);
    return rows.map((row) => row.id);
  });
}
