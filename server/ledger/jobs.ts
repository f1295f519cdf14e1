import type { Context } from '../kernel/context.ts';
import { checkInvariants } from './invariants.ts';

/** The book is checked every hour; a fault is an alarm in the log. */
export function defineLedgerJobs(ctx: Context): void {
  ctx.jobs.cron('ledger.check', '41 * * * *', async () => {
    const faults = await checkInvariants(ctx.db.q);
    if (faults.length > 0) ctx.log.fatal({ faults }, 'the book does not hold: run npm run ledger:check');
  });
}
