/** What must always be true of coins and the purchases behind them. The gifts room adds what it alone knows. */
import { sql } from 'kysely';
import { registerInvariant } from '../ledger/index.ts';

/** Every credited coin of a person has a place: segments cover [0, credits) without gap or overlap. */
registerInvariant('wallet.segments', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    with walked as (
      select account_id, from_pos, to_pos, lag(to_pos, 1, 0::bigint) over line as was
        from coin_segments window line as (partition by account_id order by from_pos)
    ), covered as (
      select account_id, max(to_pos) as upto, bool_and(from_pos = was) as gapless from walked group by account_id
    )
    select format('account %s: its segments do not cover its %s credited coins', a.account_id, a.credits) as fault
      from ledger.accounts a left join covered c using (account_id)
     where a.kind = 'coins' and (a.credits <> coalesce(c.upto, 0) or not coalesce(c.gapless, true)) limit 20`.execute(
    q,
  );
  return rows.map((row) => row.fault);
});

/** A20: no coin without a paid lot, and no paid top-up without its coins. */
registerInvariant('wallet.paid', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    select format('top-up %s is %s and has %s lots', t.top_up_id, t.state, count(l.lot_id)) as fault
      from top_ups t left join lots l using (top_up_id) group by t.top_up_id
    having (t.state = 'paid') <> (count(l.lot_id) = 1)
    union all
    select format('lot %s: paid %s, but net %s and tax %s', l.lot_id, t.total_minor, l.net_minor, l.vat_minor)
      from lots l join top_ups t using (top_up_id)
     where t.total_minor <> l.net_minor + l.vat_minor or t.coins <> l.coins
    union all
    select format('lot %s: coins %s to %s lie outside it', s.lot_id, s.lot_from, s.lot_from + s.to_pos - s.from_pos)
      from coin_segments s join lots l using (lot_id) where s.lot_from + s.to_pos - s.from_pos > l.coins
     limit 20`.execute(q);
  return rows.map((row) => row.fault);
});

/** A coin of a lot leaves for money at most once. */
registerInvariant('wallet.burns', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    select format('lot %s: coins from %s on were burnt twice', lot_id, lot_from) as fault
      from (select lot_id, lot_from, lag(lot_to) over (partition by lot_id order by lot_from) as was from coin_burns) b
     where was > lot_from limit 20`.execute(q);
  return rows.map((row) => row.fault);
});

/** Between us and the provider stands what is being refunded, less what was charged back and is not unwound yet. */
registerInvariant('wallet.clearing', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    with expected as (
      select currency, sum(net_minor + vat_minor) as minor from withdrawals where state = 'refunding' group by currency
    ), booked as (
      select asset, credits - debits as minor from ledger.accounts where kind = 'coin_clearing'
    ), open as (
      select l.currency from lots l where l.charged_back_at is not null and not exists (
        select from coin_burns b where b.lot_id = l.lot_id and b.reason = 'charged_back')
    )
    select format('coin_clearing %s holds %s, %s is being refunded', b.asset, b.minor, coalesce(e.minor, 0)) as fault
      from booked b left join expected e on e.currency = b.asset
     where b.minor <> coalesce(e.minor, 0) and not exists (select from open o where o.currency = b.asset)`.execute(q);
  return rows.map((row) => row.fault);
});
