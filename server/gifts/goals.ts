/** Goals of creators: counted from the gifts, told to rooms as latest values. */
import type { GoalState } from '@souk/sdk/live';
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { deriveId, mintId, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { pack, priceOf } from '../markets/index.ts';
import { findPeople } from '../people/index.ts';
import { findOpenRoom, findRoom, type Room, tellCounters } from '../rooms/index.ts';
import * as queries from './goal_queries.ts';

export type NewGoal = { room_id: string | null; title: string; unit: 'coins' | 'money'; target: bigint };

/**
 * Sets the goal of a place: a room of one's own, or the profile. One that stood there ends.
 * Refuses what `access` has against receiving gifts, `not_found` for another's or an ended room.
 */
export async function setGoal(tx: Tx, ctx: Context, me: Principal, wanted: NewGoal): Promise<queries.Goal> {
  await mustBeAllowed(ctx, tx.client, me.person_id, 'receive_gifts');
  if (wanted.room_id !== null) {
    const room = await findRoom(tx.client, wanted.room_id);
    if (room?.host_id !== me.person_id || room.state === 'ended') throw new Refusal('not_found');
  }
  const started_at = ctx.clock.now();
  await queries.endGoalOf(tx, me.person_id, wanted.room_id, started_at);
  const { room_id, title, unit, target } = wanted;
  const currency = unit === 'money' ? pack(me.market).currency : null;
  const what = { goal_id: mintId(), owner_id: me.person_id, room_id, title, target, currency };
  const goal = { ...what, started_at, reached_at: null, ended_at: null };
  await queries.insertGoal(tx, goal);
  tx.after_commit.push(() => tellSoon(ctx, me.person_id));
  return goal;
}

/** Ends the goal of a place; again is harmless. */
export async function endGoal(ctx: Context, me: Principal, room_id: string | null): Promise<void> {
  await inTx(ctx.db, (tx) => queries.endGoalOf(tx, me.person_id, room_id, ctx.clock.now()));
  await tellGoals(ctx, [me.person_id]);
}

/** How far a goal is, in its own unit: coins, or what the coins cost in the owner's market and what was tipped. */
export function progressOf(goal: queries.GoalCount, market: string): bigint {
  return goal.currency === null ? goal.coins : priceOf(pack(market), goal.coins).amount + goal.tips_minor;
}

/** What everyone may see of somebody's open goals. Refuses `not_found`. */
export async function goalsOf(ctx: Context, owner_id: string): Promise<GoalState[]> {
  const [owner] = await findPeople(ctx.db.pool, [owner_id]);
  if (!owner) throw new Refusal('not_found');
  const goals = await queries.countGoalsOf(ctx.db.pool, [owner_id]);
  return goals.map((goal) => stateOf(goal, owner.market));
}

const stateOf = (goal: queries.GoalCount, market: string): GoalState => ({
  goal_id: toWire('goal', goal.goal_id),
  room_id: goal.room_id && toWire('room', goal.room_id),
  title: goal.title,
  unit: goal.currency === null ? 'coins' : 'money',
  currency: goal.currency,
  target: String(goal.target),
  progress: String(progressOf(goal, market)),
  reached: goal.reached_at !== null,
});

/**
 * Looks at the goals of these people after something was given or went back: what is full is reached, once for ever,
 * and their rooms are told how far everything is.
 */
export async function tellGoals(ctx: Context, owner_ids: Iterable<string>): Promise<void> {
  const ids = [...new Set(owner_ids)];
  await tellThem(ctx, ids, await queries.countGoalsOf(ctx.db.pool, ids));
}

/** The same after gifts, for every one of them: one query, unless somebody has a goal open. */
export async function tellGoalsOfGifted(ctx: Context, receiver_ids: Iterable<string>): Promise<void> {
  const goals = await queries.countGoalsOf(ctx.db.pool, [...new Set(receiver_ids)]);
  if (goals.length > 0) await tellThem(ctx, [...new Set(goals.map((goal) => goal.owner_id))], goals);
}

async function tellThem(ctx: Context, ids: string[], goals: queries.GoalCount[]): Promise<void> {
  const people = new Map((await findPeople(ctx.db.pool, ids)).map((person) => [person.person_id, person]));
  for (const goal of goals) {
    const market = people.get(goal.owner_id)?.market;
    if (market === undefined || goal.reached_at !== null || progressOf(goal, market) < goal.target) continue;
    if (await reach(ctx, goal)) goal.reached_at = ctx.clock.now();
  }
  for (const owner_id of ids) {
    const market = people.get(owner_id)?.market;
    const room = market === undefined ? null : await findOpenRoom(ctx.db.pool, owner_id);
    if (!room || market === undefined) continue;
    const shown = goals.filter((goal) => goal.owner_id === owner_id && isOfRoom(goal, room));
    tellCounters(ctx, room.room_id, { goals: shown.map((goal) => stateOf(goal, market)) });
  }
}

const isOfRoom = (goal: queries.Goal, { room_id }: Room) => goal.room_id === null || goal.room_id === room_id;

const reach = (ctx: Context, goal: queries.GoalCount): Promise<boolean> =>
  inTx(ctx.db, async (tx) => {
    if (!(await queries.markReached(tx, goal.goal_id, ctx.clock.now()))) return false;
    const room_id = goal.room_id ?? (await findOpenRoom(tx.client, goal.owner_id))?.room_id ?? null;
    const { goal_id: subject, owner_id: actor, target, currency, title } = goal;
    const data = { room_id, target: String(target), currency, title };
    await emit(tx, ctx, [{ id: deriveId('goal.reached', subject), type: 'goal.reached', actor, subject, data }]);
    return true;
  });

function tellSoon(ctx: Context, owner_id: string): void {
  tellGoals(ctx, [owner_id]).catch((error) => ctx.log.warn({ error }, 'a room hears of its goal with the next gift'));
}
