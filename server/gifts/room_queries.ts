/** All SQL of what was given in a live. */
import type pg from 'pg';
import type { Earned } from '../rooms/index.ts';

type Asks = Pick<pg.Pool | pg.PoolClient, 'query'>;

const STANDS = `room_id = $1 and state in ('sent', 'settled')`;

/** Gifts of a live by minute, and their coins; what was taken back is none. */
export async function giftsIn(q: Asks, room_id: string): Promise<Earned> {
  const [minutes, sums] = await Promise.all([
    q.query<{ minute_at: Date; n: number }>(
      `select date_trunc('minute', sent_at) as minute_at, sum(count)::int as n from gifts where ${STANDS}
       group by 1 order by 1 limit 3000`,
      [room_id],
    ),
    q.query<{ coins: bigint; people: number }>(
      `select coalesce(sum(coins), 0)::bigint as coins, count(distinct sender_id)::int as people from gifts
       where ${STANDS}`,
      [room_id],
    ),
  ]);
  const { coins = 0n, people = 0 } = sums.rows[0] ?? {};
  return { minutes: minutes.rows, coins, money: [], people };
}
