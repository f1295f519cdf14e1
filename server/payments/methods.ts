import type { Context } from '../kernel/context.ts';
import type { Db, Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import {
  findMethods,
  findMethodsOf,
  insertMethod,
  type Method,
  markMethodDeleted,
  markTried,
} from './method_queries.ts';
import type { Outcome } from './outcomes.ts';
import { SANDBOX_CARDS, type SandboxCard, sandboxToken } from './sandbox_cards.ts';
import { CARDS_MS, MOST_CARDS } from './velocity.ts';
import { countCards } from './velocity_queries.ts';

const MOST_METHODS = 20;

/** Stores one of the sandbox's cards for a person. Refuses `methods_full`, `methods_often`. */
export async function addSandboxCard(tx: Tx, ctx: Context, person_id: string, card: SandboxCard): Promise<Method> {
  if ((await findMethodsOf(tx.client, person_id)).length >= MOST_METHODS) throw new Refusal('methods_full');
  const now = ctx.clock.now();
  const lately = await countCards(tx, person_id, new Date(now.getTime() - CARDS_MS));
  if (lately >= MOST_CARDS) throw new Refusal('methods_often', { retry_after_s: CARDS_MS / 1_000 });
  const method: Method = {
    method_id: mintId(),
    provider: 'sandbox',
    token: sandboxToken(card),
    ...SANDBOX_CARDS[card],
    created_at: now,
  };
  await insertMethod(tx, person_id, method);
  return method;
}

/** The one that is proposed first: the newest that was not declined the last time. */
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

/** After payments were decided: a card that was declined is not proposed first the next time. */
export async function rememberTried(ctx: Context, outcomes: readonly Outcome[]): Promise<void> {
  const idsOf = (fits: (outcome: Outcome) => boolean) => outcomes.filter(fits).map(({ attempt }) => attempt.method_id);
  const declined = idsOf(({ attempt }) => attempt.state === 'declined');
  const good = idsOf(({ kind, attempt }) => kind === 'captured' && !declined.includes(attempt.method_id));
  if (good.length + declined.length > 0) await markTried(ctx.db.pool, good, declined, ctx.clock.now());
}
