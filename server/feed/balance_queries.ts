/** All SQL of dials and of what was served a day. Days are UTC. */
import type { Health, Served } from './balance.ts';
import type { Asks } from './queries.ts';

export async function findDial(q: Asks, person_id: string): Promise<number | undefined> {
  const { rows } = await q.query<{ dial: number }>({
    name: 'feed_find_dial',
    text: 'select dial from commerce_dials where person_id = $1',
    values: [person_id],
  });
  return rows[0]?.dial;
}

export async function upsertDial(q: Asks, person_id: string, dial: number, now: Date): Promise<void> {
  await q.query(
    `insert into commerce_dials (person_id, dial, changed_at) values ($1, $2, $3)
     on conflict (person_id) do update set dial = excluded.dial, changed_at = excluded.changed_at`,
    [person_id, dial, now],
  );
}

/** Pages of For You, added up by day. */
export async function listServedDays(q: Asks, since: Date): Promise<Served[]> {
  const { rows } = await q.query<Served>(
    `select to_char(served_at at time zone 'UTC', 'YYYY-MM-DD') as day, sum(cardinality(thing_ids))::int as items,
       sum(cardinality(array_remove(sold, 'none')))::int as sold
     from served_pages where served_at >= $1 group by 1 order by 1`,
    [since],
  );
  return rows;
}

/** Days on which something was watched, with what else people did. */
export async function listHealth(q: Asks, since: Date): Promise<Health[]> {
  const { rows } = await q.query<Health>(
    `with said as (
       select c.created_at, c.person_id, c.parent_id, exists (
           select from comments b where b.person_id = c.person_id and b.created_at < date_trunc('day', c.created_at, 'UTC')
             and b.created_at >= date_trunc('day', c.created_at, 'UTC') - interval '7 days') as again
       from comments c where c.created_at >= $1 and c.deleted_at is null),
     done as (
       select hour_at as at, 'views' as what, views as n from video_hours where hour_at >= $1
       union all select reported_at, 'reports', 1 from reports where reported_at >= $1
       union all select blocked_at, 'blocks', 1 from blocks where blocked_at >= $1
       union all select created_at, 'comments', 1 from said
       union all select created_at, 'replies', 1 from said where parent_id is not null
       union all select min(created_at), 'returning', 1 from said where again
         group by person_id, date_trunc('day', created_at, 'UTC'))
     select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day,
       coalesce(sum(n) filter (where what = 'views'), 0)::int as views,
       coalesce(sum(n) filter (where what = 'reports'), 0)::int as reports,
       coalesce(sum(n) filter (where what = 'blocks'), 0)::int as blocks,
       coalesce(sum(n) filter (where what = 'comments'), 0)::int as comments,
       coalesce(sum(n) filter (where what = 'replies'), 0)::int as replies,
       coalesce(sum(n) filter (where what = 'returning'), 0)::int as returning
     from done group by 1 having sum(n) filter (where what = 'views') > 0 order by 1`,
    [since],
  );
  return rows;
}
