/** Suspending a person and ending it. The session says so within a second; open sockets re-check (FAULTS D5). */
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { setSuspendedUntil } from '../people/index.ts';
import * as queries from './queries.ts';

export interface Suspension {
  person_id: string;
  until_at: Date;
  /** Shown to the person. */
  reason: string;
  by: string;
}

/** Suspends in the caller's transaction; a longer suspension that is already there stays. @returns the sanction's id */
export async function suspend(ctx: Context, tx: Tx, { person_id, until_at, reason, by }: Suspension): Promise<string> {
  const now = ctx.clock.now();
  const sanction_id = mintId();
  await queries.insertSanction(tx, { sanction_id, person_id, reason, from_at: now, until_at, imposed_by: by });
  const longest = await queries.findSanction(tx.client, person_id, now);
  await setSuspendedUntil(ctx, tx, person_id, longest?.until_at ?? until_at);
  return sanction_id;
}

/** Ends every suspension of a person. @returns whether there was one */
export async function liftSuspension(ctx: Context, tx: Tx, person_id: string, by: string): Promise<boolean> {
  const lifted = await queries.liftSanctions(tx, person_id, by, ctx.clock.now());
  if (lifted > 0) await setSuspendedUntil(ctx, tx, person_id, null);
  return lifted > 0;
}

/** Ends one sanction before its time; another that still runs goes on. @returns whether it was in force */
export async function liftSanction(ctx: Context, tx: Tx, sanction_id: string, by: string): Promise<boolean> {
  const now = ctx.clock.now();
  const person_id = await queries.liftOne(tx, sanction_id, by, now);
  if (person_id === null) return false;
  const longest = await queries.findSanction(tx.client, person_id, now);
  await setSuspendedUntil(ctx, tx, person_id, longest?.until_at ?? null);
  return true;
}
