/** What must always be true of gifts: coins outstanding and `deferred`, exactly (FAULTS I5). */
import { sql } from 'kysely';
import { registerInvariant } from '../ledger/index.ts';

/** Stretches of lots that paid for gifts in these states, less what was charged back. */
const partsOf = (states: string[]) => sql`
  select g.gift_id, g.receiver_id, s.lot_id,
         s.lot_from + greatest(g.from_pos, s.from_pos) - s.from_pos as x,
         s.lot_from + least(g.from_pos + g.coins, s.to_pos) - s.from_pos as y
    from gifts g
    join ledger.accounts a on a.owner_id = g.sender_id and a.kind = 'coins'
    join coin_segments s on s.account_id = a.account_id and s.from_pos < g.from_pos + g.coins and s.to_pos > g.from_pos
   where g.state = any(${states})`;

/** Coins that wait at a receiver are those of gifts sent to them and not yet settled. */
registerInvariant('gifts.waiting', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    with parts as (${partsOf(['sent'])}), gone as (
      select p.gift_id, p.receiver_id, sum(least(p.y, b.lot_to) - greatest(p.x, b.lot_from)) as coins
        from parts p join coin_burns b on b.lot_id = p.lot_id and b.reason = 'charged_back'
         and b.lot_from < p.y and b.lot_to > p.x group by 1, 2
    ), waiting as (
      select receiver_id, sum(coins) as coins from (
        select receiver_id, sum(y - x) as coins from parts group by 1
        union all select receiver_id, -sum(coins) from gone group by 1) w group by 1
    )
    select format('%s holds %s gift coins, %s wait', a.owner_id, a.credits - a.debits, coalesce(w.coins, 0)) as fault
      from ledger.accounts a left join waiting w on w.receiver_id = a.owner_id
     where a.kind = 'gift_coins' and a.credits - a.debits <> coalesce(w.coins, 0) limit 20`.execute(q);
  return rows.map((row) => row.fault);
});

/** `deferred` of each market and currency is Σ N over unspent coins and over coins sent and not yet settled. */
registerInvariant('gifts.deferred', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    with sent as (${partsOf(['sent'])}), stretches as (
      select lot_id, x, y, 1 as sign from sent
      union all
      select s.lot_id, s.lot_from + greatest(a.debits, s.from_pos) - s.from_pos, s.lot_from + s.to_pos - s.from_pos, 1
        from ledger.accounts a join coin_segments s using (account_id)
       where a.kind = 'coins' and s.to_pos > a.debits
      union all
      select p.lot_id, greatest(p.x, b.lot_from), least(p.y, b.lot_to), -1
        from sent p join coin_burns b on b.lot_id = p.lot_id and b.reason = 'charged_back'
         and b.lot_from < p.y and b.lot_to > p.x
    ), expected as (
      select format('deferred:%s', l.market) as kind, l.currency as asset,
             sum(sign * (div(l.net_minor::numeric * y, l.coins) - div(l.net_minor::numeric * x, l.coins))) as minor
        from stretches join lots l using (lot_id) group by 1, 2
    )
    select format('%s %s holds %s, its coins are worth %s', a.kind, a.asset, a.credits - a.debits, coalesce(e.minor, 0))
           as fault
      from ledger.accounts a left join expected e on e.kind = a.kind and e.asset = a.asset
     where a.kind like 'deferred:%' and a.credits - a.debits <> coalesce(e.minor, 0)`.execute(q);
  return rows.map((row) => row.fault);
});

/** Coins outstanding = unspent + sent and unsettled. */
registerInvariant('gifts.outstanding', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    select format('%s coins are outstanding, %s lie in wallets and gifts', issued, held) as fault from (
      select coalesce(-sum(credits - debits) filter (where kind = 'coins.issued'), 0) as issued,
             coalesce(sum(credits - debits) filter (where kind in ('coins', 'gift_coins')), 0) as held
        from ledger.accounts where asset = 'COIN') c where issued <> held`.execute(q);
  return rows.map((row) => row.fault);
});

/** What an earner was booked is what the book paid them; a gift's lines net to its state. */
registerInvariant('gifts.earnings', async (q) => {
  const { rows } = await sql<{ fault: string }>`
    with lines as (
      select gift_id, sum(creator_minor) filter (where reason = 'settled') as earned,
             sum(creator_minor) as left_over from gift_earnings group by gift_id
    ), paid as (
      select ref as gift_id, sum(amount) as minor from ledger.transfers where code = 'gift.earned' group by ref
    )
    select format('gift %s: lines of earnings say %s, the book %s', coalesce(l.gift_id, p.gift_id), l.earned, p.minor)
           as fault
      from lines l full join paid p using (gift_id) where coalesce(l.earned, 0) <> coalesce(p.minor, 0)
    union all
    select format('gift %s is %s and still earns %s', g.gift_id, g.state, l.left_over)
      from lines l join gifts g using (gift_id)
     where (g.state in ('returned', 'reversed') and l.left_over <> 0) or g.state = 'sent'
     limit 20`.execute(q);
  return rows.map((row) => row.fault);
});
