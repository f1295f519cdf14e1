import { type Batcher, defineBatcher } from '../kernel/batcher.ts';
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { lockAccounts, type Posted, post, type Transfer } from '../ledger/index.ts';
import { ASK_AFTER_MS, type Attempt, type Judged, judge, type Report } from './attempts.ts';
import { atDesk, inBackground } from './desk.ts';
import { rememberTried } from './methods.ts';
import { type Effects, handlerOf, type Outcome } from './outcomes.ts';
import { postFee } from './postings.ts';
import { NoAnswer, type ProviderRefund } from './provider.ts';
import { lockAttempts, updateAttempts } from './queries.ts';
import {
  findRefundByReference,
  findRefundCall,
  insertRefunds,
  lockRefunds,
  postponeRefund,
  updateRefunds,
} from './refund_queries.ts';
import { newRefund, type Refund, type RefundReport, settleRefund } from './refund_states.ts';

/** What one caller learned of one attempt or refund. */
export type Settlement = { attempt_id: string; report: Report } | { attempt_id: string; refund: RefundReport };

interface Settled {
  attempt: Attempt;
  again: boolean;
}

const batchers = new Map<string, Batcher<Settlement, Settled>>();

/** One batcher a purpose: the rows that a room locks never mix with those of another. */
function batcherOf(purpose: string): Batcher<Settlement, Settled> {
  let batcher = batchers.get(purpose);
  if (!batcher) {
    batcher = defineBatcher({
      name: `settle_${purpose}`,
      run: (tx: Tx, items: Settlement[], ctx: Context) => settleBatch(tx, ctx, purpose, items),
    });
    batchers.set(purpose, batcher);
  }
  return batcher;
}

const MOST_STEPS = 4;

/**
 * The one verb that moves an attempt on. The client's completion, the webhook and the sweep call it with what they
 * learned; whoever comes second changes nothing.
 * @returns the attempt as it stands then
 */
export async function settle(ctx: Context, purpose: string, settlement: Settlement): Promise<Attempt> {
  for (let step = 1; ; step += 1) {
    const { attempt, again } = await batcherOf(purpose).submit(ctx, settlement);
    if (!again || step === MOST_STEPS) return attempt;
  }
}

async function settleBatch(tx: Tx, ctx: Context, purpose: string, items: Settlement[]): Promise<Settled[]> {
  const at = ctx.clock.now();
  const book = await openBook(tx, items);
  const results = items.map((item) => step(book, item, at));
  const effects = book.outcomes.length > 0 ? await handlerOf(purpose)(tx, ctx, book.outcomes) : NOTHING;
  const refunds = owed(book, effects, at);
  await updateAttempts(
    tx,
    [...book.changed].map((id) => book.attempts.get(id)!),
  );
  await updateRefunds(tx, book.changed_refunds);
  await insertRefunds(tx, refunds);
  const fees = book.outcomes.flatMap(({ kind, attempt }) => (kind === 'captured' ? postFee(attempt, at) : []));
  const posted = await postAll(tx, effects, fees, at);
  await effects.after?.(posted);
  await emit(tx, ctx, [...book.outcomes.map(eventOf), ...effects.events]);
  tx.after_commit.push(() => inBackground(ctx, rememberTried(ctx, book.outcomes)));
  for (const refund of refunds) tx.after_commit.push(() => void startRefund(ctx, refund.refund_id));
  return results.map(({ attempt_id, again }) => ({ attempt: book.attempts.get(attempt_id)!, again }));
}

const NOTHING: Effects = { transfers: [], events: [] };

/** The batch's attempts and refunds as they change while its items are judged in order. */
interface Book {
  attempts: Map<string, Attempt>;
  refunds: Map<string, Refund>;
  changed: Set<string>;
  changed_refunds: Refund[];
  outcomes: Outcome[];
}

async function openBook(tx: Tx, items: Settlement[]): Promise<Book> {
  const ids = items.map((item) => item.attempt_id);
  const attempts = new Map((await lockAttempts(tx, ids)).map((attempt) => [attempt.attempt_id, attempt]));
  const with_refunds = [...attempts.values()].filter((attempt) => attempt.refunded_minor > 0n);
  const refunds = await lockRefunds(
    tx,
    with_refunds.map((attempt) => attempt.attempt_id),
  );
  return {
    attempts,
    refunds: new Map(refunds.map((refund) => [refund.refund_id, refund])),
    changed: new Set(),
    changed_refunds: [],
    outcomes: [],
  };
}

/** Judges one item. A second outcome of the same attempt waits for the next batch: rooms see one at a time. */
function step(book: Book, item: Settlement, at: Date): { attempt_id: string; again: boolean } {
  const { attempt_id } = item;
  const before = book.attempts.get(attempt_id);
  if (!before) throw new Error(`attempt ${attempt_id} is not known`);
  const busy = book.outcomes.some((outcome) => outcome.attempt.attempt_id === attempt_id);
  if ('refund' in item) {
    if (busy) return { attempt_id, again: true };
    applyRefund(book, before, item.refund, at);
    return { attempt_id, again: false };
  }
  const judged = judge(before, item.report, at);
  if (judged.outcome && busy) return { attempt_id, again: true };
  applyJudged(book, before, judged);
  return { attempt_id, again: judged.again };
}

function applyJudged(book: Book, before: Attempt, { attempt, outcome }: Judged): void {
  if (attempt === before) return;
  book.attempts.set(attempt.attempt_id, attempt);
  book.changed.add(attempt.attempt_id);
  if (!outcome) return;
  const given_back = sumRefunds(book, attempt.attempt_id, 'succeeded');
  book.outcomes.push({ kind: outcome, attempt, amount: attempt.amount_minor - given_back, refund_id: null });
}

function applyRefund(book: Book, before: Attempt, report: RefundReport, at: Date): void {
  const refund = book.refunds.get(report.refund_id);
  if (!refund) throw new Error(`refund ${report.refund_id} is not known`);
  const next = settleRefund(refund, report, at);
  if (next === refund) return;
  book.refunds.set(next.refund_id, next);
  book.changed_refunds.push(next);
  if (next.state !== 'succeeded') return;
  const whole = sumRefunds(book, before.attempt_id, 'succeeded') === before.amount_minor;
  const open = sumRefunds(book, before.attempt_id, 'created') > 0n;
  const state = before.state === 'reversed' ? 'reversed' : whole ? 'refunded' : open ? 'refund_due' : 'captured';
  const attempt: Attempt = { ...before, state, changed_at: at };
  book.attempts.set(attempt.attempt_id, attempt);
  book.changed.add(attempt.attempt_id);
  book.outcomes.push({ kind: 'refunded', attempt, amount: next.amount_minor, refund_id: next.refund_id });
}

const sumRefunds = (book: Book, attempt_id: string, state: Refund['state']): bigint =>
  [...book.refunds.values()]
    .filter((refund) => refund.attempt_id === attempt_id && refund.state === state)
    .reduce((sum, refund) => sum + refund.amount_minor, 0n);

/** What the room cannot keep goes back whole. */
function owed(book: Book, effects: Effects, at: Date): Refund[] {
  return (effects.refund_due ?? []).map(({ attempt_id, refund_id, reason }) => {
    const attempt = book.attempts.get(attempt_id)!;
    const amount_minor = attempt.amount_minor - attempt.refunded_minor;
    book.attempts.set(attempt_id, { ...attempt, state: 'refund_due', refunded_minor: attempt.amount_minor });
    book.changed.add(attempt_id);
    return newRefund({ refund_id, attempt_id, amount_minor, reason }, at);
  });
}

/** A payment that was captured must stand in the book: a refused transfer is a bug, and stops the item. */
async function postAll(tx: Tx, effects: Effects, fees: Transfer[], at: Date): Promise<ReadonlyMap<string, Posted>> {
  const { decide } = effects;
  const plain = [...effects.transfers, ...fees];
  const touched = plain.flatMap(({ debit, credit }) => [debit, credit]);
  const locked = decide && (await lockAccounts(tx, [...decide.accounts, ...touched]));
  const transfers = locked ? [...decide.judge(locked), ...plain] : plain;
  const verdicts = await post(tx, transfers, at, locked);
  const posted = new Map(transfers.map((transfer, i) => [transfer.transfer_id, verdicts[i]!]));
  for (const [transfer_id, verdict] of posted) {
    if (verdict.status === 'refused') throw new Error(`transfer ${transfer_id} of a payment: ${verdict.reason}`);
  }
  return posted;
}

const eventOf = ({ kind, attempt, amount }: Outcome): NewEvent => ({
  type: `payment.${kind}`,
  actor: attempt.person_id,
  subject: attempt.attempt_id,
  data: { purpose: attempt.purpose, thing_id: attempt.thing_id, amount: String(amount), currency: attempt.currency },
});

/** Asks the provider to give money back. Asking again with the same reference has no second effect. */
export function startRefund(ctx: Context, refund_id: string): Promise<void> {
  return inBackground(ctx, askForRefund(ctx, refund_id));
}

async function askForRefund(ctx: Context, refund_id: string): Promise<void> {
  const call = await findRefundCall(ctx.db.pool, refund_id);
  if (call?.state !== 'created') return;
  const request = { reference: call.reference, charge_reference: call.attempt_id, amount: call.amount_minor };
  try {
    const answer = await atDesk(ctx, (provider) => provider.refund(request));
    await hearOfRefund(ctx, call.purpose, answer);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    await inTx(ctx.db, (tx) => postponeRefund(tx, refund_id, new Date(ctx.clock.now().getTime() + ASK_AFTER_MS)));
  }
}

/** The provider has spoken of a refund, as an answer or by webhook. */
export async function hearOfRefund(ctx: Context, purpose: string, answer: ProviderRefund): Promise<void> {
  const { reference, charge_reference: attempt_id } = answer;
  const refund_id = await findRefundByReference(ctx.db.pool, reference);
  // A reference of before: it was refused, and another one is asked for since.
  if (!refund_id) return;
  const succeeded = answer.status === 'succeeded';
  if (!succeeded) ctx.log.error({ refund_id }, 'the provider refused a refund that is owed');
  await settle(ctx, purpose, { attempt_id, refund: { refund_id, reference, succeeded } });
}
