import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { ASK_AFTER_MS, type Attempt, type AttemptDraft, isOpen, newAttempt, type Report } from './attempts.ts';
import { atDesk, inBackground } from './desk.ts';
import { NoAnswer, type Provider } from './provider.ts';
import { insertAttempts, listDueAttempts } from './queries.ts';
import { listDueRefunds } from './refund_queries.ts';
import { settle, startRefund } from './settle.ts';

/** How long an HTTP answer waits for the provider before it says 202 (MONEY §5). */
export const ANSWER_WITHIN_MS = 5_000;

/**
 * Writes attempts in the transaction that reserves the thing: MONEY §5 step 1. Nobody is asked for money yet; that is
 * `startPayment`, after the commit. Expires: when the reference is closed at the provider if nothing was captured.
 */
export async function reserveAttempts(tx: Tx, ctx: Context, drafts: AttemptDraft[]): Promise<Attempt[]> {
  const at = ctx.clock.now();
  const attempts = drafts.map((draft) => newAttempt(draft, at));
  await insertAttempts(tx, attempts);
  return attempts;
}

/**
 * Asks the provider, outside every transaction, and settles what it says (MONEY §5 steps 2 and 3). Calling it again
 * for the same attempt is harmless: the attempt's id is the provider's idempotency key. Providers forget a key after a
 * day, so an attempt that is not of this minute is looked up by our reference and never charged anew (FAULTS A15).
 * @returns the attempt as it stands when settled, or as it stood when five seconds have passed
 */
export async function startPayment(ctx: Context, attempt: Attempt): Promise<Attempt> {
  if (!isOpen(attempt.state)) return attempt;
  const now = ctx.clock.now();
  const young = now.getTime() - attempt.created_at.getTime() < ASK_AFTER_MS;
  const work = inBackground(ctx, young ? charge(ctx, attempt) : ask(ctx, attempt, now));
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Attempt>((resolve) => {
    timer = setTimeout(resolve, ANSWER_WITHIN_MS, attempt);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

async function charge(ctx: Context, attempt: Attempt): Promise<Attempt> {
  const { attempt_id: reference, purpose, currency, method_token } = attempt;
  const request = { reference, purpose, amount: attempt.amount_minor, currency, method_token };
  return tell(ctx, attempt, (provider) => provider.charge(request));
}

/** One question to the provider; its answer, or that there was none, is settled. */
async function tell(
  ctx: Context,
  attempt: Attempt,
  question: (provider: Provider) => ReturnType<Provider['charge']>,
): Promise<Attempt> {
  const report: Report = await atDesk(ctx, question).then(
    (answer) => ({ charge: answer }),
    (error) => {
      if (error instanceof NoAnswer) return { no_answer: true as const };
      throw error;
    },
  );
  return settle(ctx, attempt.purpose, { attempt_id: attempt.attempt_id, report });
}

/**
 * Gives up on an attempt that is not captured: its reference is closed at the provider for ever. If the provider had
 * captured it meanwhile, that is what is settled.
 */
export const cancelPayment = (ctx: Context, attempt: Attempt): Promise<Attempt> =>
  inBackground(
    ctx,
    tell(ctx, attempt, (provider) => provider.cancelCharge(attempt.attempt_id)),
  );

/**
 * Asks the provider about everything that is open and due, and pays the refunds that are owed: MONEY §5 step 4.
 * @returns how many were asked about
 */
export async function sweepPayments(ctx: Context, limit = 500): Promise<number> {
  const now = ctx.clock.now();
  const due = await listDueAttempts(ctx.db.pool, now, limit);
  const refunds = await listDueRefunds(ctx.db.pool, now, limit);
  await Promise.all([
    ...due.map((attempt) => inBackground(ctx, ask(ctx, attempt, now))),
    ...refunds.map((refund_id) => startRefund(ctx, refund_id)),
  ]);
  return due.length + refunds.length;
}

/**
 * An attempt that the provider never heard of was lost on the way: nobody waits for it any more, so its reference is
 * closed before it could still arrive. The same for one that expired.
 */
async function ask(ctx: Context, attempt: Attempt, now: Date): Promise<Attempt> {
  return tell(ctx, attempt, async (provider) => {
    const found = attempt.expires_at > now ? await provider.findCharge(attempt.attempt_id) : null;
    return found ?? provider.cancelCharge(attempt.attempt_id);
  });
}
