/**
 * Deleting one's own account. What is somebody's money or somebody's order is settled first; then sign-in, profile, ties
 * and what rooms keep only for the person go. What the books and the law need stays under a name that says nothing.
 */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
import { erasePerson } from './erasure_queries.ts';
import * as queries from './queries.ts';
import './refusals.ts';
import { PERSON_CHANGED, SESSION_ENDED } from './session.ts';

/** What must be settled first, as the screens name it. */
export const REMAINDERS = ['coins', 'earnings', 'debt', 'purchases', 'sales', 'payments'] as const;
export type Remainder = (typeof REMAINDERS)[number];

/** What a room has of a person. */
export interface Keeper {
  /** What stands in the way. */
  remainders?(tx: Tx, person_id: string): Promise<Remainder[]>;
  /** Forgets what is kept only for the person. */
  forget?(tx: Tx, person_id: string): Promise<void>;
}

const keepers = new WeakMap<Context, Keeper[]>();

/** A port: rooms below say what stands in the way of an erasure, and forget what is theirs, in its transaction. */
export function onErasure(ctx: Context, keeper: Keeper): void {
  keepers.set(ctx, [...(keepers.get(ctx) ?? []), keeper]);
}

/** What stands in the way of deleting the own account; empty when nothing does. */
export async function remaindersOf(ctx: Context, tx: Tx, person_id: string): Promise<Remainder[]> {
  const found: Remainder[] = [];
  for (const { remainders } of keepers.get(ctx) ?? []) found.push(...((await remainders?.(tx, person_id)) ?? []));
  return [...new Set(found)];
}

/**
 * Erases the person who asks, for good. Refuses `last_operator`, and `account_not_empty` with `left`.
 * The caller has checked the password.
 */
export async function eraseSelf(ctx: Context, me: Principal): Promise<void> {
  const avatar = await inTx(ctx.db, async (tx) => {
    const was = await queries.lockPerson(tx, me.person_id);
    if (!was) throw new Refusal('not_found');
    const others = (await queries.lockOperators(tx)).filter((id) => id !== me.person_id);
    if (was.roles.includes('operator') && others.length === 0) throw new Refusal('last_operator');
    const left = await remaindersOf(ctx, tx, me.person_id);
    if (left.length > 0) throw new Refusal('account_not_empty', { extra: { left } });
    for (const { forget } of keepers.get(ctx) ?? []) await forget?.(tx, me.person_id);
    await erasePerson(tx, me.person_id, ctx.clock.now());
    await emit(tx, ctx, [{ type: 'person.erased', actor: me.person_id, subject: me.person_id, data: {} }]);
    return was.avatar;
  });
  ctx.bus.publish(SESSION_ENDED, { person_id: me.person_id });
  ctx.bus.publish(PERSON_CHANGED, { person_id: me.person_id });
  if (avatar) await ctx.storage.delete(avatar).catch((err) => ctx.log.warn({ err }, 'an avatar stays behind'));
}
