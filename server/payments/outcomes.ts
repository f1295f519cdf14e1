import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { NewEvent } from '../kernel/events.ts';
import type { LockedAccounts, Posted, Transfer } from '../ledger/index.ts';
import type { Attempt, OutcomeKind } from './attempts.ts';

/** What became of a payment, told to the room whose thing it pays. */
export interface Outcome {
  /** `captured`: money came in. `failed`: it never will. `reversed`: the bank took it back. `refunded`: we gave it back. */
  kind: OutcomeKind | 'refunded';
  /** The attempt as it stands after this. */
  attempt: Attempt;
  /** Minor units: the whole charge, or what this refund gave back. */
  amount: bigint;
  /** Only of `refunded`. */
  refund_id: string | null;
}

/** What a room wants to happen in the same transaction. It changes its own rows itself, before it returns. */
export interface Effects {
  /** Posted in one batch, with the provider's fee (psp_cost → psp), which payments adds by itself. */
  transfers: Transfer[];
  /** For a room that judges balances before it posts: these accounts are locked, read and handed to `judge`. */
  decide?: { accounts: string[]; judge: (locked: LockedAccounts) => Transfer[] };
  events: NewEvent[];
  /** Captured attempts whose money must go back at once, e.g. because the last unit is gone (FAULTS B4). */
  refund_due?: { attempt_id: string; refund_id: string; reason: string }[];
  /** Runs after posting and may only insert rows. Keyed by transfer id. */
  after?: (posted: ReadonlyMap<string, Posted>) => Promise<void>;
}

export type OutcomeHandler = (tx: Tx, ctx: Context, outcomes: Outcome[]) => Promise<Effects>;

const handlers = new Map<string, OutcomeHandler>();

/**
 * The port of payments: `app.ts` names, once for each purpose, who is told of outcomes. The handler runs inside the
 * settling transaction, with all outcomes of one batch; the attempts are locked. Every outcome is told exactly once.
 */
export function onOutcome(purpose: string, run: OutcomeHandler): void {
  handlers.set(purpose, run);
}

export function handlerOf(purpose: string): OutcomeHandler {
  const handler = handlers.get(purpose);
  if (!handler) throw new Error(`nobody is told of payments for ${purpose}`);
  return handler;
}
