/** All SQL of what was sold in a live. */
import type pg from 'pg';
import type { Earned } from '../rooms/index.ts';

type Asks = Pick<pg.Pool | pg.PoolClient, 'query'>;

/** Paid and not taken back: what was cancelled or refunded is no sale. */
const STANDS = `room_id = $1 and paid_at is not null and state in ('paid', 'shipped', 'delivered')`;

/** Orders of a live by minute, and the value of their goods before postage. */
export async function salesIn(q: Asks, room_id: string): Promise<Earned> {
  const [minutes, sums, people] = await Promise.all([
    q.query<{ minute_at: Date; n: number }>(
      `select date_trunc('minute', paid_at) as minute_at, count(*)::int as n from orders where ${STANDS}
       group by 1 order by 1 limit 3000`,
      [room_id],
    ),
    q.query<{ currency: string; amount: bigint }>(
      `select currency, sum(goods_minor)::bigint as amount from orders where ${STANDS} group by 1 order by 1`,
      [room_id],
    ),
    q.query<{ n: number }>(`select count(distinct buyer_id)::int as n from orders where ${STANDS}`, [room_id]),
  ]);
  return { minutes: minutes.rows, coins: null, money: sums.rows, people: people.rows[0]?.n ?? 0 };
}
