/** SQL of goals, momentum and what people want of them. */
import type { Tx } from '../kernel/db.ts';
import type { Given, Reckoned } from './momentum.ts';

/** A pool or the connection of a transaction. */
type Asks = Pick<Tx['client'], 'query'>;

export type Goal = {
  goal_id: string;
  owner_id: string;
  room_id: string | null;
  title: string;
  /** Coins, or minor units where there is a currency. */
  target: bigint;
  currency: string | null;
  started_at: Date;
  reached_at: Date | null;
  ended_at: Date | null;
};
/** With what was given since it began and is still given. */
export type GoalCount = Goal & { coins: bigint; gifts: bigint; tips_minor: bigint };

const GOAL = `g.goal_id, g.owner_id, g.room_id, g.title, g.target, g.currency, g.started_at, g.reached_at,
  g.ended_at`;
/** Returned and reversed gifts are not among them, so a goal counts back by itself. */
const COUNTED = `
  left join lateral (
    select coalesce(sum(x.coins), 0)::bigint as coins, count(*) as gifts from gifts x
     where x.receiver_id = g.owner_id and x.sent_at >= g.started_at and x.state in ('sent', 'settled')
       and (g.room_id is null or x.room_id = g.room_id) and (g.ended_at is null or x.sent_at <= g.ended_at)) c on true
  left join lateral (
    select coalesce(sum(t.amount_minor), 0)::bigint as tips_minor from tips t
     where t.receiver_id = g.owner_id and t.state = 'paid' and t.paid_at >= g.started_at and t.currency = g.currency
       and (g.room_id is null or t.subject_id = g.room_id) and (g.ended_at is null or t.paid_at <= g.ended_at)) d on true`;

export async function insertGoal(tx: Tx, goal: Goal): Promise<void> {
  await tx.client.query(
    `insert into gift_goals (goal_id, owner_id, room_id, title, target, currency, started_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [goal.goal_id, goal.owner_id, goal.room_id, goal.title, goal.target, goal.currency, goal.started_at],
  );
}

/** Ends the open goal of a place. @returns its id, where there was one */
export async function endGoalOf(tx: Tx, owner_id: string, room_id: string | null, at: Date): Promise<string | null> {
  const { rows } = await tx.client.query<{ goal_id: string }>(
    `update gift_goals set ended_at = $3
     where owner_id = $1 and room_id is not distinct from $2::uuid and ended_at is null returning goal_id`,
    [owner_id, room_id, at],
  );
  return rows[0]?.goal_id ?? null;
}

/** The open goals of these people, with how far they are. */
export async function countGoalsOf(q: Asks, owner_ids: readonly string[]): Promise<GoalCount[]> {
  const { rows } = await q.query<GoalCount>({
    name: 'gift_goals_of',
    text: `select ${GOAL}, c.coins, c.gifts, d.tips_minor from gift_goals g ${COUNTED}
      where g.owner_id = any($1::uuid[]) and g.ended_at is null order by g.started_at, g.goal_id`,
    values: [owner_ids],
  });
  return rows;
}

export async function countGoal(q: Asks, goal_id: string): Promise<GoalCount | null> {
  const { rows } = await q.query<GoalCount>(
    `select ${GOAL}, c.coins, c.gifts, d.tips_minor from gift_goals g ${COUNTED} where g.goal_id = $1`,
    [goal_id],
  );
  return rows[0] ?? null;
}

/** Whoever writes it first has reached it. @returns whether that was now */
export async function markReached(tx: Tx, goal_id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    'update gift_goals set reached_at = $2 where goal_id = $1 and reached_at is null and ended_at is null',
    [goal_id, at],
  );
  return rowCount === 1;
}

export type Settings = {
  momentum_in_my_rooms: boolean;
  momentum_for_me: boolean;
  gallery_shown: boolean;
  named_as_supporter: boolean;
};
const SETTINGS = 'momentum_in_my_rooms, momentum_for_me, gallery_shown, named_as_supporter';
const DEFAULTS: Settings = {
  momentum_in_my_rooms: true,
  momentum_for_me: true,
  gallery_shown: true,
  named_as_supporter: true,
};

export async function findSettings(q: Asks, person_id: string): Promise<Settings> {
  const { rows } = await q.query<Settings>(`select ${SETTINGS} from gift_settings where person_id = $1`, [person_id]);
  return rows[0] ?? DEFAULTS;
}

export async function saveSettings(q: Asks, person_id: string, wanted: Settings): Promise<void> {
  await q.query(
    `insert into gift_settings (person_id, ${SETTINGS}) values ($1, $2, $3, $4, $5)
     on conflict (person_id) do update set momentum_in_my_rooms = $2, momentum_for_me = $3, gallery_shown = $4,
       named_as_supporter = $5`,
    [person_id, wanted.momentum_in_my_rooms, wanted.momentum_for_me, wanted.gallery_shown, wanted.named_as_supporter],
  );
}

export async function findRun(q: Asks, room_id: string): Promise<Reckoned['run']> {
  const { rows } = await q.query<NonNullable<Reckoned['run']>>(
    'select started_at, counts_from from gift_momentum where room_id = $1',
    [room_id],
  );
  return rows[0] ?? null;
}

export async function saveRun(q: Asks, room_id: string, run: NonNullable<Reckoned['run']>): Promise<void> {
  await q.query(
    `insert into gift_momentum (room_id, started_at, counts_from) values ($1, $2, $3)
     on conflict (room_id) do update set started_at = $2, counts_from = $3
     where gift_momentum.started_at < $2`,
    [room_id, run.started_at, run.counts_from],
  );
}

/** Who gave in a room since then, and wants to count. The newest 5,000: more than any run needs. */
export async function givenInRoom(q: Asks, host_id: string, room_id: string, since: Date): Promise<Given[]> {
  const { rows } = await q.query<Given>({
    name: 'gift_momentum_given',
    text: `select * from (
        select x.sender_id, x.sent_at from gifts x left join gift_settings s on s.person_id = x.sender_id
         where x.receiver_id = $1 and x.room_id = $2 and x.sent_at >= $3 and x.state in ('sent', 'settled')
           and coalesce(s.momentum_for_me, true)
         order by x.sent_at desc limit 5000) newest order by sent_at`,
    values: [host_id, room_id, since],
  });
  return rows;
}
