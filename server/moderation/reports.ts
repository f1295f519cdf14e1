/** Reporting: anyone may, signed out too. One reporter counts once for a thing, however often they report it. */
import { createHmac } from 'node:crypto';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { isMarket, marketCodes, pack } from '../markets/index.ts';
import { networkOf } from '../people/index.ts';
import * as queries from './queries.ts';
import { type SubjectRef, sourceOf } from './subjects.ts';

export const reportRefusals = defineRefusals({
  reason_unknown: [400, 'This is not one of the reasons'],
});

export interface NewReport {
  subject: SubjectRef;
  reason: string;
  details: string;
  /** Where the reporter saw it: a page, a second of a live. */
  place: string;
}

/** @returns the receipt: the id by which the reporter can see what became of it */
export async function report(
  ctx: Context,
  me: Principal | null,
  address: string,
  { subject, reason, details, place }: NewReport,
): Promise<{ report_id: string; reported_at: Date }> {
  const market = me && isMarket(me.market) ? me.market : marketCodes[0];
  const severity = pack(market).report_reasons.find((known) => known.reason === reason)?.severity;
  if (severity === undefined) throw new Refusal('reason_unknown');
  const found = await sourceOf(ctx, subject.kind)?.find(subject.id, me?.person_id ?? null);
  if (!found) throw new Refusal('not_found');
  if (found.owner_id === me?.person_id) throw new Refusal('not_yourself');
  const now = ctx.clock.now();
  return inTx(ctx.db, async (tx) => {
    const case_id = await queries.openCase(tx, { ...found, case_id: mintId(), subject, severity, now });
    const filed = await queries.insertReport(tx, {
      report_id: mintId(),
      case_id,
      reporter_key: me ? `person:${me.person_id}` : `address:${hashed(ctx, address)}`,
      reporter_id: me?.person_id ?? null,
      network_key: hashed(ctx, networkOf(address)),
      reason,
      details,
      place,
      reported_at: now,
    });
    if (filed.fresh) {
      const data = { case_id, subject_kind: subject.kind };
      await emit(tx, ctx, [{ type: 'report.filed', actor: me?.person_id ?? null, subject: subject.id, data }]);
    }
    return filed;
  });
}

/** Addresses are kept only as a keyed hash: enough to count, not to find anybody. */
export const hashed = (ctx: Context, text: string): string =>
  createHmac('sha256', ctx.config.secret).update(`report:${text}`).digest('base64url').slice(0, 22);
