import type { Context } from '../kernel/context.ts';
import { sweepPayments } from './payments.ts';
import { sweepWebhooks } from './webhooks.ts';

export function definePaymentJobs(ctx: Context): void {
  ctx.jobs.cron('payments.sweep', '* * * * *', async () => {
    await sweepWebhooks(ctx);
    await sweepPayments(ctx);
  });
}
