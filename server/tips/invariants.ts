/** What must always be true of tips. */
import { sql } from 'kysely';
import { registerInvariant } from '../ledger/index.ts';

/** What the book paid for a tip is all of it where it was paid, nothing where it was not or the bank took it back. */
registerInvariant('tips.paid', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    with booked as (
      select ref as tip_id,
             coalesce(sum(amount) filter (where code <> 'tip.reversed'), 0) as came,
             coalesce(sum(amount) filter (where code = 'tip.reversed'), 0) as went
        from ledger.transfers where code in ('tip.received', 'tip.fee', 'tip.fee_tax', 'tip.reversed') group by ref
    )
    select format('tip %s is %s: %s came, %s went', t.tip_id, t.state, coalesce(b.came, 0), coalesce(b.went, 0)) as fault
      from tips t left join booked b using (tip_id)
     where coalesce(b.came, 0) <> case when t.state in ('paid', 'reversed') then t.amount_minor + t.fee_minor else 0 end
        or coalesce(b.went, 0) <> case when t.state = 'reversed' then t.amount_minor + t.fee_minor else 0 end
     limit 20`.execute(q);
  return rows.map((row) => row.fault);
});
