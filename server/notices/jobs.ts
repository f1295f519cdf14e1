/** Background work of notices. */
import type { Context } from '../kernel/context.ts';
import { findContact, onErasure } from '../people/index.ts';
import { canonicalAddress } from './bounces.ts';
import { defineTelling, SEND } from './notices.ts';
import { deleteOld } from './send_queries.ts';
import { sendDue } from './sending.ts';
import { deletePerson } from './setting_queries.ts';

const KEPT_MS = 365 * 86_400_000;
const AT_ONCE = 5_000;

export function defineNoticeJobs(ctx: Context): void {
  defineTelling(ctx);
  forgetErased(ctx);
  ctx.jobs.define(SEND, () => sendDue(ctx));
  // What waits for the end of quiet hours or for a mail server that was away.
  ctx.jobs.cron('notices.send_due', '* * * * *', () => sendDue(ctx));
  ctx.jobs.cron('notices.forget', '40 3 * * *', () => forgetOld(ctx));
}

/** Who deletes their account leaves nothing here, not even an address that mail came back from. */
export function forgetErased(ctx: Context): void {
  onErasure(ctx, {
    async forget(tx, person_id) {
      const contact = await findContact(tx, person_id);
      await deletePerson(tx, person_id, contact && canonicalAddress(contact.email));
    },
  });
}

/** The inbox reaches back a year. */
export async function forgetOld(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS);
  while ((await deleteOld(ctx.db.pool, before, AT_ONCE)) === AT_ONCE);
}
