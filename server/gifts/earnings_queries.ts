/** SQL of what gifts earned, for the page of earnings. */
import type { Db } from '../kernel/db.ts';
import type { Earning } from './queries.ts';

/** What one day brought an earner in one currency. */
export type DayOfEarnings = {
  booked_on: string;
  currency: string;
  gifts: bigint;
  coins: bigint;
  net_minor: bigint;
  vat_minor: bigint;
  creator_minor: bigint;
  platform_minor: bigint;
};

/** The youngest first. */
export async function listEarningDays(
  db: Db,
  receiver_id: string,
  limit: number,
  after: [booked_on: string, currency: string] | null,
): Promise<DayOfEarnings[]> {
  const { rows } = await db.pool.query<DayOfEarnings>(
    `select booked_on, currency, count(distinct gift_id) as gifts,
        sum((lot_to - lot_from) * case reason when 'settled' then 1 else -1 end)::bigint as coins,
        sum(net_minor)::bigint as net_minor, sum(vat_minor)::bigint as vat_minor,
        sum(creator_minor)::bigint as creator_minor, sum(platform_minor)::bigint as platform_minor
      from gift_earnings
      where receiver_id = $1 and ($3::date is null or (booked_on, currency) < ($3::date, $4::char(3)))
      group by booked_on, currency order by booked_on desc, currency desc limit $2`,
    [receiver_id, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}

export type EarningLine = Earning & {
  gift: string;
  count: number;
  lot_coins: bigint;
  lot_net: bigint;
  lot_vat: bigint;
};

/** The lines behind one day, in the order they were booked. */
export async function listEarningsOfDay(
  db: Db,
  receiver_id: string,
  booked_on: string,
  limit: number,
  after: [gift_id: string, reason: string, lot_id: string, lot_from: string] | null,
): Promise<EarningLine[]> {
  const { rows } = await db.pool.query<EarningLine>(
    `select e.*, g.gift, g.count, l.coins as lot_coins, l.net_minor as lot_net, l.vat_minor as lot_vat
      from gift_earnings e join gifts g using (gift_id) join lots l using (lot_id)
      where e.receiver_id = $1 and e.booked_on = $2 and ($4::uuid is null
        or (e.gift_id, e.reason, e.lot_id, e.lot_from) > ($4::uuid, $5::text, $6::uuid, $7::bigint))
      order by e.gift_id, e.reason, e.lot_id, e.lot_from limit $3`,
    [receiver_id, booked_on, limit, ...(after ?? [null, null, null, null])],
  );
  return rows;
}
