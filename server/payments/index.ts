/** The door of payments: money from outside, through a provider that may be slow, silent or of two minds. */
export { ATTEMPT_STATES, type Attempt, type AttemptDraft, type AttemptState, isOpen } from './attempts.ts';
export { sandboxOf, settled } from './desk.ts';
export { findMethods, type Method } from './method_queries.ts';
export { getMethod, listMethods } from './methods.ts';
export { mountPayments } from './mount.ts';
export { type Effects, type Outcome, type OutcomeHandler, onOutcome } from './outcomes.ts';
export { cancelPayment, reserveAttempts, startPayment, sweepPayments } from './payments.ts';
export { pspAccount, pspCostAccount } from './postings.ts';
export { findAttempts } from './queries.ts';
export { refund } from './refunds.ts';
export { mayPayMany, mustBeAbleToPay, VELOCITY_REFUSALS } from './velocity.ts';
export { sweepWebhooks } from './webhooks.ts';
