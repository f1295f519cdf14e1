import type { ProviderCharge } from './provider.ts';

/** created → requires_action | authorizing → captured | declined | unknown | expired; → refund_due → refunded. */
export const ATTEMPT_STATES = [
  'created',
  'requires_action',
  'authorizing',
  'unknown',
  'captured',
  'declined',
  'expired',
  'refund_due',
  'refunded',
  'reversed',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

export interface Attempt {
  attempt_id: string;
  purpose: string;
  thing_id: string;
  person_id: string;
  provider: string;
  method_id: string;
  method_token: string;
  amount_minor: bigint;
  currency: string;
  fee_minor: bigint;
  refunded_minor: bigint;
  state: AttemptState;
  provider_version: number;
  decline_code: string | null;
  action_url: string | null;
  created_at: Date;
  changed_at: Date;
  expires_at: Date;
  ask_at: Date | null;
}

/** What one of the three callers of `settle` learned. */
export type Report = { charge: ProviderCharge } | { no_answer: true };

/** What the room that owns the thing is told. */
export type OutcomeKind = 'captured' | 'failed' | 'reversed';

export interface Judged {
  attempt: Attempt;
  outcome: OutcomeKind | null;
  /** The report says more than one step can take: judge it again. */
  again: boolean;
}

/** The sweep asks again after this time about everything that is open (MONEY §5). */
export const ASK_AFTER_MS = 60_000;

export const OPEN_STATES = ['created', 'requires_action', 'authorizing', 'unknown'] as const;
const OPEN = new Set<AttemptState>(OPEN_STATES);
const MONEY_IN = new Set<AttemptState>(['captured', 'refund_due', 'refunded']);

/** Nothing more is expected of the provider unless it speaks up itself. */
export const isOpen = (state: AttemptState): boolean => OPEN.has(state);

/**
 * Where a report leads an attempt. Pure. Reports come in any order and any number: only a newer version changes
 * anything, and a charge that was taken back before we heard of it is first captured, then reversed, so that the books
 * end alike for every order of arrival (FAULTS C3).
 */
export function judge(attempt: Attempt, report: Report, at: Date): Judged {
  if ('no_answer' in report) return stay(noAnswer(attempt, at));
  const { charge } = report;
  if (charge.version <= attempt.provider_version) return stay(postpone(attempt, at));
  const next: Attempt = { ...attempt, provider_version: charge.version, changed_at: at };
  if (MONEY_IN.has(attempt.state)) {
    if (charge.status !== 'reversed') return stay(next);
    return { attempt: close(next, 'reversed', charge.reversal), outcome: 'reversed', again: false };
  }
  switch (charge.status) {
    case 'pending':
      return stay(keepOpen(next, 'authorizing', null, at));
    case 'requires_action':
      return stay(keepOpen(next, 'requires_action', charge.action_url, at));
    case 'declined':
      return failed(close(next, 'declined', charge.decline_code), attempt);
    case 'cancelled':
      return failed(close(next, 'expired', null), attempt);
    case 'captured':
      return { attempt: capture(next, charge), outcome: 'captured', again: false };
    case 'reversed': {
      const before = { ...capture(next, charge), provider_version: charge.version - 1, ask_at: at };
      return { attempt: before, outcome: 'captured', again: true };
    }
  }
}

const stay = (attempt: Attempt): Judged => ({ attempt, outcome: null, again: false });

/** A decline after a decline is no news. */
const failed = (attempt: Attempt, before: Attempt): Judged => ({
  attempt,
  outcome: isOpen(before.state) ? 'failed' : null,
  again: false,
});

function capture(attempt: Attempt, charge: ProviderCharge): Attempt {
  if (charge.amount !== attempt.amount_minor || charge.currency !== attempt.currency) {
    throw new Error(`attempt ${attempt.attempt_id}: the provider captured another amount than was asked for`);
  }
  return { ...close(attempt, 'captured', null), fee_minor: charge.fee };
}

const close = (attempt: Attempt, state: AttemptState, decline_code: string | null): Attempt => ({
  ...attempt,
  state,
  decline_code,
  action_url: null,
  ask_at: null,
});

const keepOpen = (attempt: Attempt, state: AttemptState, action_url: string | null, at: Date): Attempt => ({
  ...attempt,
  state,
  action_url,
  ask_at: askAt(attempt, at),
});

function noAnswer(attempt: Attempt, at: Date): Attempt {
  const state = attempt.state === 'created' ? 'unknown' : attempt.state;
  return postpone({ ...attempt, state, changed_at: state === attempt.state ? attempt.changed_at : at }, at);
}

function postpone(attempt: Attempt, at: Date): Attempt {
  return isOpen(attempt.state) ? { ...attempt, ask_at: askAt(attempt, at) } : attempt;
}

/** After a minute, or when it expires if that is sooner; an expired one every minute until the provider has said. */
function askAt(attempt: { expires_at: Date }, at: Date): Date {
  const soon = at.getTime() + ASK_AFTER_MS;
  const expires = attempt.expires_at.getTime();
  return new Date(expires > at.getTime() ? Math.min(soon, expires) : soon);
}

export interface AttemptDraft {
  attempt_id: string;
  purpose: string;
  thing_id: string;
  person_id: string;
  method: { method_id: string; provider: string; token: string };
  amount: bigint;
  currency: string;
  expires_at: Date;
}

/** An attempt before anybody was asked. */
export function newAttempt(draft: AttemptDraft, at: Date): Attempt {
  return {
    attempt_id: draft.attempt_id,
    purpose: draft.purpose,
    thing_id: draft.thing_id,
    person_id: draft.person_id,
    provider: draft.method.provider,
    method_id: draft.method.method_id,
    method_token: draft.method.token,
    amount_minor: draft.amount,
    currency: draft.currency,
    fee_minor: 0n,
    refunded_minor: 0n,
    state: 'created',
    provider_version: 0,
    decline_code: null,
    action_url: null,
    created_at: at,
    changed_at: at,
    expires_at: draft.expires_at,
    ask_at: askAt(draft, at),
  };
}
