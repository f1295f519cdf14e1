/**
 * Mail that comes back. A hard bounce ends mail to the address until its owner asks for it again; soft ones are
 * counted; who called our mail unwanted gets only what the law or a contract demands.
 */
import type { Context } from '../kernel/context.ts';
import { deriveId } from '../kernel/ids.ts';
import { type Bounce, countSoft, findSuppression, insertBounce, insertSuppression } from './bounce_queries.ts';
import type { Notice } from './registry.ts';

const SOFT_MOST = 5;
const SOFT_WITHIN_MS = 7 * 86_400_000;
const DETAIL_MAX = 300;

export interface Report {
  address: string;
  kind: Bounce;
  detail: string;
  /** The same report has the same id, and is counted once. */
  id: string;
}

export const canonicalAddress = (address: string): string => address.trim().toLowerCase();

/** @returns how many of the reports were new */
export async function takeBounces(ctx: Context, reports: Report[]): Promise<number> {
  let fresh = 0;
  for (const report of reports) fresh += (await takeBounce(ctx, report)) ? 1 : 0;
  return fresh;
}

async function takeBounce(ctx: Context, { address: given, kind, detail: told, id }: Report): Promise<boolean> {
  const [q, now] = [ctx.db.pool, ctx.clock.now()];
  const [address, detail] = [canonicalAddress(given), told.slice(0, DETAIL_MAX)];
  const fresh = await insertBounce(q, { bounce_id: deriveId('bounce', address, id), address, kind, detail }, now);
  if (!fresh) return false;
  const soft = kind === 'soft' ? await countSoft(q, address, new Date(now.getTime() - SOFT_WITHIN_MS)) : 0;
  if (kind !== 'soft' || soft >= SOFT_MOST)
    await insertSuppression(q, address, { reason: kind, detail, since_at: now });
  return true;
}

/** Whether mail of this notice to this address stays here. */
export async function isSuppressed(ctx: Context, address: string, notice: Notice): Promise<boolean> {
  const found = await findSuppression(ctx.db.pool, canonicalAddress(address));
  if (!found) return false;
  return found.reason !== 'complaint' || notice.channels.mail !== 'always';
}

/**
 * Reads what a mail server sends back: a delivery status notification (RFC 3464) or a complaint (RFC 5965), whole or
 * only its machine-readable part. Line by line, without a pattern that could be made to run long (FAULTS D15).
 */
export function readReport(text: string): Report[] {
  const id = deriveId('report', text);
  const blocks = text.split(/\r?\n[ \t]*\r?\n/).map(fieldsOf);
  const complained = blocks
    .filter((fields) => fields.has('feedback-type'))
    .flatMap((fields) => {
      const address = addressOf(fields.get('original-rcpt-to'));
      return address ? [{ address, kind: 'complaint' as const, detail: fields.get('feedback-type') ?? '', id }] : [];
    });
  const bounced = blocks.flatMap((fields) => {
    const address = addressOf(fields.get('final-recipient') ?? fields.get('original-recipient'));
    const [action, status] = [fields.get('action')?.toLowerCase(), fields.get('status') ?? ''];
    if (!address || (action !== 'failed' && action !== 'delayed')) return [];
    const detail = `${status} ${fields.get('diagnostic-code') ?? ''}`.trim();
    return [{ address, kind: kindOf(action, status), detail, id }];
  });
  return [...complained, ...bounced];
}

/** A full mailbox (5.2.2) is given up by the server but not for ever. */
const kindOf = (action: string, status: string): Bounce =>
  action === 'failed' && status.startsWith('5.') && !status.startsWith('5.2.2') ? 'hard' : 'soft';

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && colon < 40) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

/** `rfc822; ada@example.org` or `<ada@example.org>` */
function addressOf(value: string | undefined): string | null {
  const address = value?.slice(value.indexOf(';') + 1).replaceAll(/[<>\s]/g, '');
  return address?.includes('@') && address.length <= 320 ? address : null;
}
