import type { Context } from '../kernel/context.ts';
import type { Db, Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findMethods, findMethodsOf, insertMethod, type Method, markMethodDeleted } from './method_queries.ts';
import { SANDBOX_CARDS, type SandboxCard, sandboxToken } from './sandbox_cards.ts';

const MOST_METHODS = 20;

/** Stores one of the sandbox's cards for a person. Refuses `methods_full`. */
export async function addSandboxCard(tx: Tx, ctx: Context, person_id: string, card: SandboxCard): Promise<Method> {
  if ((await findMethodsOf(tx.client, person_id)).length >= MOST_METHODS) throw new Refusal('methods_full');
  const method: Method = {
    method_id: mintId(),
    provider: 'sandbox',
    token: sandboxToken(card),
    ...SANDBOX_CARDS[card],
    created_at: ctx.clock.now(),
  };
  await insertMethod(tx, person_id, method);
  return method;
}

/** The newest first: the one that is proposed. */
export const listMethods = (db: Db, person_id: string): Promise<Method[]> => findMethodsOf(db.pool, person_id);

/** A person's own method. Refuses `method_unknown`, also for another's. */
export async function getMethod(db: Db, person_id: string, method_id: string): Promise<Method> {
  const method = (await findMethods(db.pool, [method_id])).get(method_id);
  if (method?.person_id !== person_id) throw new Refusal('method_unknown');
  return method;
}

/** Forgets a method. Doing it twice does nothing. */
export const deleteMethod = (ctx: Context, person_id: string, method_id: string): Promise<void> =>
  markMethodDeleted(ctx.db.pool, person_id, method_id, ctx.clock.now());
