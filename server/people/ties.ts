/** What ties people to each other: follows, and blocks, which end follows both ways and hide both from each other. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
import * as friendQueries from './friend_queries.ts';
import * as queries from './queries.ts';
import * as tieQueries from './tie_queries.ts';

/** On the bus: a block between two people was made or lifted. */
export const TIES_CHANGED = 'people.ties_changed';
export interface TiesChanged {
  one: string;
  other: string;
  blocked: boolean;
}

const tied = (ctx: Context, one: string, other: string, blocked: boolean): void =>
  ctx.bus.publish(TIES_CHANGED, { one, other, blocked } satisfies TiesChanged);

export type Following = 'following' | 'requested';

/**
 * Follows a person; a private profile is asked instead. Again is no error. Refuses `not_yourself`, `not_found`, `blocked`.
 * @returns what the viewer is now
 */
export async function follow(ctx: Context, me: Principal, followee_id: string): Promise<Following> {
  if (me.person_id === followee_id) throw new Refusal('not_yourself');
  return inTx(ctx.db, async (tx) => {
    const followee = await lockBoth(tx, me.person_id, followee_id);
    const [blocked] = await tieQueries.blockedPairs(tx.client, [[me.person_id, followee_id]]);
    if (blocked) throw new Refusal('blocked');
    const ties = await tieQueries.tiesBetween(tx.client, me.person_id, followee_id);
    if (ties.following) return 'following';
    if (followee.is_private) return ask(ctx, tx, me.person_id, followee_id);
    await beginFollow(ctx, tx, me.person_id, followee_id);
    await emit(tx, ctx, [{ type: 'person.followed', actor: me.person_id, subject: followee_id, data: {} }]);
    return 'following';
  });
}

async function ask(ctx: Context, tx: Tx, requester_id: string, person_id: string): Promise<Following> {
  if (await friendQueries.insertRequest(tx, requester_id, person_id, ctx.clock.now())) {
    await emit(tx, ctx, [{ type: 'person.follow_requested', actor: requester_id, subject: person_id, data: {} }]);
  }
  return 'requested';
}

/** The follow and its counts. @returns whether it is new */
export async function beginFollow(ctx: Context, tx: Tx, follower_id: string, followee_id: string): Promise<boolean> {
  const fresh = await tieQueries.insertFollow(tx, follower_id, followee_id, ctx.clock.now());
  if (fresh) await tieQueries.countFollow(tx, follower_id, followee_id, 1);
  return fresh;
}

/** Follows no longer, and no longer asks to. Again is no error. */
export const unfollow = (ctx: Context, me: Principal, followee_id: string): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    await lockBoth(tx, me.person_id, followee_id);
    await endFollow(tx, me.person_id, followee_id);
  });

/** Ends a follow or the request for it. */
export async function endFollow(tx: Tx, follower_id: string, followee_id: string): Promise<void> {
  await friendQueries.deleteRequest(tx, follower_id, followee_id);
  if (await tieQueries.deleteFollow(tx, follower_id, followee_id)) {
    await tieQueries.countFollow(tx, follower_id, followee_id, -1);
  }
}

/** Blocks a person. Open sockets re-check within a second (FAULTS D5). */
export async function block(ctx: Context, me: Principal, blocked_id: string): Promise<void> {
  if (me.person_id === blocked_id) throw new Refusal('not_yourself');
  await inTx(ctx.db, async (tx) => {
    await lockBoth(tx, me.person_id, blocked_id);
    if (!(await tieQueries.insertBlock(tx, me.person_id, blocked_id, ctx.clock.now()))) return;
    await endFollow(tx, me.person_id, blocked_id);
    await endFollow(tx, blocked_id, me.person_id);
    await emit(tx, ctx, [{ type: 'person.blocked', actor: me.person_id, subject: blocked_id, data: {} }]);
    tx.after_commit.push(() => tied(ctx, me.person_id, blocked_id, true));
  });
}

export const unblock = (ctx: Context, me: Principal, blocked_id: string): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    await tieQueries.deleteBlock(tx, me.person_id, blocked_id);
    tx.after_commit.push(() => tied(ctx, me.person_id, blocked_id, false));
  });

/**
 * Rows of people are locked by id, so that A following B while B follows A is no deadlock (FAULTS A6).
 * @returns the other
 */
export async function lockBoth(tx: Tx, one: string, other: string): Promise<queries.Person> {
  const locked = new Map<string, queries.Person>();
  for (const person_id of [one, other].toSorted()) {
    const person = await queries.lockPerson(tx, person_id);
    if (!person) throw new Refusal('not_found');
    locked.set(person_id, person);
  }
  return locked.get(other) as queries.Person;
}
