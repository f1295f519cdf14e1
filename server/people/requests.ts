/** Asking to follow a private profile, and muting. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
import * as friendQueries from './friend_queries.ts';
import * as queries from './queries.ts';
import { beginFollow, endFollow, lockBoth } from './ties.ts';

/** Takes somebody who asked as a follower. Again is no error. Refuses `not_found` where nobody asks. */
export async function acceptRequest(ctx: Context, me: Principal, requester_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    await lockBoth(tx, me.person_id, requester_id);
    if (!(await friendQueries.deleteRequest(tx, requester_id, me.person_id))) {
      const [following] = await friendQueries.followingPairs(tx.client, [[requester_id, me.person_id]]);
      if (!following) throw new Refusal('not_found');
      return;
    }
    await accept(ctx, tx, me.person_id, requester_id);
  });
}

async function accept(ctx: Context, tx: Tx, person_id: string, requester_id: string): Promise<void> {
  if (!(await beginFollow(ctx, tx, requester_id, person_id))) return;
  await emit(tx, ctx, [
    { type: 'person.followed', actor: requester_id, subject: person_id, data: { accepted: true } },
    { type: 'person.follow_accepted', actor: person_id, subject: requester_id, data: {} },
  ]);
}

/** Turns a request down; who asked is not told, and may ask again. */
export const refuseRequest = (ctx: Context, me: Principal, requester_id: string): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    await friendQueries.deleteRequest(tx, requester_id, me.person_id);
  });

const PAGE = 100;

/** A profile that is no longer private has nobody waiting: all who asked follow it now. */
export async function acceptAll(ctx: Context, me: Principal): Promise<void> {
  for (;;) {
    const waiting = await friendQueries.waitingFor(ctx.db.pool, me.person_id, PAGE);
    for (const requester_id of waiting) {
      await inTx(ctx.db, async (tx) => {
        await lockBoth(tx, me.person_id, requester_id);
        if (await friendQueries.deleteRequest(tx, requester_id, me.person_id)) {
          await accept(ctx, tx, me.person_id, requester_id);
        }
      });
    }
    if (waiting.length < PAGE) return;
  }
}

/** Ends another's following of oneself; they are not told. Again is no error. */
export const removeFollower = (ctx: Context, me: Principal, follower_id: string): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    await lockBoth(tx, me.person_id, follower_id);
    await endFollow(tx, follower_id, me.person_id);
  });

/** What the other posts leaves one's feeds; they never learn of it. Refuses `not_yourself`, `not_found`. */
export async function mute(ctx: Context, me: Principal, muted_id: string): Promise<void> {
  if (me.person_id === muted_id) throw new Refusal('not_yourself');
  await inTx(ctx.db, async (tx) => {
    const [muted] = await queries.findPeople(tx.client, [muted_id]);
    if (!muted) throw new Refusal('not_found');
    await friendQueries.insertMute(tx, me.person_id, muted_id, ctx.clock.now());
  });
}

export const unmute = (ctx: Context, me: Principal, muted_id: string): Promise<void> =>
  inTx(ctx.db, (tx) => friendQueries.deleteMute(tx, me.person_id, muted_id));
