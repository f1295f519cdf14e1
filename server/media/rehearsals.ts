/**
 * Rehearsals: a stream without a room, protected, whose bytes and state are there for its owner alone. It emits no
 * event, so nobody hears of it, and leaves nothing: ending it deletes every row and every file.
 */
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { inTurn } from './publishers.ts';
import * as queries from './queries.ts';
import * as rehearsals from './rehearsal_queries.ts';
import { createStream, endStream } from './streams.ts';

/** A host who is away for so long has closed the page. */
const LEFT_MS = 2 * 60_000;
const BATCH = 100;

/** Begins one in place of any other of this host. Refuses what access has against going live. */
export async function startRehearsal(ctx: Context, me: Principal): Promise<{ stream_id: string; key: string }> {
  await mustBeAllowed(ctx, ctx.db.pool, me.person_id, 'go_live');
  for (const stream_id of await rehearsals.listOf(ctx.db, me.person_id)) await eraseRehearsal(ctx, stream_id);
  return inTx(ctx.db, (tx) =>
    createStream(tx, ctx, { owner_id: me.person_id, is_protected: true, is_rehearsal: true }),
  );
}

/** Ends one's own. Ending twice is ending once. Refuses `not_found` to everybody else. */
export async function endRehearsal(ctx: Context, me: Principal, stream_id: string): Promise<void> {
  const stream = await queries.findStream(ctx.db.pool, stream_id);
  if (!stream) return;
  if (!stream.is_rehearsal || stream.owner_id !== me.person_id) throw new Refusal('not_found');
  await eraseRehearsal(ctx, stream_id);
}

/** Erases those whose host has closed the page. @returns how many */
export async function eraseLeftRehearsals(ctx: Context, now: Date): Promise<number> {
  const left = await rehearsals.listLeft(ctx.db, new Date(now.getTime() - LEFT_MS), BATCH);
  for (const stream_id of left) await eraseRehearsal(ctx, stream_id);
  return left.length;
}

/** Nothing more is taken; what is under way is waited for, so that no file comes after the last was deleted. */
async function eraseRehearsal(ctx: Context, stream_id: string): Promise<void> {
  await inTx(ctx.db, (tx) => endStream(tx, ctx, stream_id));
  await inTurn(stream_id, async () => {
    await ctx.storage.deleteAll(`streams/${stream_id}`);
    await inTx(ctx.db, (tx) => rehearsals.erase(tx, stream_id));
  });
}
