/** The door of payments: money from outside, through a provider that may be slow, silent or of two minds. */
import type { App } from '../kernel/http.ts';
import { mountPaymentRoutes, mountProviderRoutes } from './api.ts';
import { closeDesk, sandboxOf, webhookSecret } from './desk.ts';
import { definePaymentJobs } from './jobs.ts';

export { ATTEMPT_STATES, type Attempt, type AttemptDraft, type AttemptState, isOpen } from './attempts.ts';
export { sandboxOf, settled } from './desk.ts';
export { getMethod, listMethods, type Method } from './methods.ts';
export { type Effects, type Outcome, type OutcomeHandler, onOutcome } from './outcomes.ts';
export { cancelPayment, reserveAttempts, startPayment, sweepPayments } from './payments.ts';
export { pspAccount, pspCostAccount } from './postings.ts';
export { findAttempts } from './queries.ts';
export { refund } from './refunds.ts';
export { sweepWebhooks } from './webhooks.ts';

export async function mountPayments(app: App): Promise<void> {
  const ctx = app.souk;
  mountPaymentRoutes(app);
  await mountProviderRoutes(app);
  definePaymentJobs(ctx);
  app.addHook('onListen', async () => {
    const url = `${app.listeningOrigin}/api/payments/webhooks/sandbox`;
    await sandboxOf(ctx).listen({ url, secret: webhookSecret(ctx) });
  });
  app.addHook('onClose', () => closeDesk(ctx));
}
