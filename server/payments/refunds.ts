import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { lockAttempts, updateAttempts } from './queries.ts';
import { insertRefunds, lockRefund, lockRefunds, updateRefunds } from './refund_queries.ts';
import { newRefund, retried } from './refund_states.ts';
import { startRefund } from './settle.ts';

export interface RefundDraft {
  /** Derived from what is refunded and why, so that asking twice is asking once. */
  refund_id: string;
  attempt_id: string;
  /** Minor units; null: all that is left. */
  amount: bigint | null;
  reason: string;
}

/**
 * Promises a refund inside the caller's transaction; the provider is asked after the commit, and the room hears of it
 * as the outcome `refunded`. Locks the attempt: call it before the rows of rooms below are locked.
 * Refuses `refund_too_large` when more than was captured would go back (FAULTS A16).
 */
export async function refund(tx: Tx, ctx: Context, draft: RefundDraft): Promise<{ amount: bigint }> {
  const at = ctx.clock.now();
  const [attempt] = await lockAttempts(tx, [draft.attempt_id]);
  if (!attempt) throw new Refusal('refund_too_large');
  const known = (await lockRefunds(tx, [draft.attempt_id])).find((row) => row.refund_id === draft.refund_id);
  if (known) return { amount: known.amount_minor };
  const left = attempt.amount_minor - attempt.refunded_minor;
  const amount = draft.amount ?? left;
  const paid = attempt.state === 'captured' || attempt.state === 'refund_due';
  if (!paid || amount <= 0n || amount > left) throw new Refusal('refund_too_large');
  const { refund_id, attempt_id, reason } = draft;
  const refunded_minor = attempt.refunded_minor + amount;
  await updateAttempts(tx, [{ ...attempt, state: 'refund_due', refunded_minor, changed_at: at }]);
  await insertRefunds(tx, [newRefund({ refund_id, attempt_id, amount_minor: amount, reason }, at)]);
  tx.after_commit.push(() => void startRefund(ctx, refund_id));
  return { amount };
}

/**
 * Asks once more for a refund that the provider refused for good, under a new reference.
 * Refuses `not_found`, `refund_not_refused` while it still waits for its own next try, or has succeeded.
 */
export async function retryRefund(tx: Tx, ctx: Context, refund_id: string): Promise<void> {
  const before = await lockRefund(tx, refund_id);
  if (!before) throw new Refusal('not_found');
  if (before.state !== 'failed') throw new Refusal('refund_not_refused');
  await updateRefunds(tx, [retried(before, ctx.clock.now())]);
  tx.after_commit.push(() => void startRefund(ctx, refund_id));
}
