/** What ties people to each other: follows, and blocks, which end follows both ways and hide both from each other. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
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

/** Follows a person. Again is no error. Refuses `not_yourself`, `not_found`, `blocked`. */
export async function follow(ctx: Context, me: Principal, followee_id: string): Promise<void> {
  if (me.person_id === followee_id) throw new Refusal('not_yourself');
  await inTx(ctx.db, async (tx) => {
    await lockBoth(tx, me.person_id, followee_id);
    const [blocked] = await tieQueries.blockedPairs(tx.client, [[me.person_id, followee_id]]);
    if (blocked) throw new Refusal('blocked');
    const fresh = await tieQueries.insertFollow(tx, me.person_id, followee_id, ctx.clock.now());
    if (!fresh) return;
    await tieQueries.countFollow(tx, me.person_id, followee_id, 1);
    await emit(tx, ctx, [{ type: 'person.followed', actor: me.person_id, subject: followee_id, data: {} }]);
  });
}

/** Follows no longer. Again is no error. */
export const unfollow = (ctx: Context, me: Principal, followee_id: string): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    await lockBoth(tx, me.person_id, followee_id);
    await endFollow(tx, me.person_id, followee_id);
  });

async function endFollow(tx: Tx, follower_id: string, followee_id: string): Promise<void> {
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

/** Rows of people are locked by id, so that A following B while B follows A is no deadlock (FAULTS A6). */
async function lockBoth(tx: Tx, one: string, other: string): Promise<void> {
  for (const person_id of [one, other].toSorted()) {
    if (!(await queries.lockPerson(tx, person_id))) throw new Refusal('not_found');
  }
}
