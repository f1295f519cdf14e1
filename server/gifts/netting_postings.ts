/** What an earner owes is taken from the next earnings, gift by gift (MONEY §6). PURE. */
import { deriveId } from '../kernel/ids.ts';
import type { Transfer } from '../ledger/index.ts';
import { type Leg, legsToTransfers } from '../wallet/index.ts';
import { type PaidPart, pendingAccount, receivableAccount, type Sent } from './postings.ts';

/** What earners owe, by receivable account, while a batch of gifts settles; never below 0. */
export type Owed = Map<string, bigint>;

/** Gift netted: of what it just earned, pending → receivable, as much as is owed in that currency. */
export function postNetted(gift: Sent, parts: readonly PaidPart[], owed: Owed, at: Date): Transfer[] {
  const legs: Leg[] = [];
  for (const [n, { lot, split }] of parts.entries()) {
    const receivable = receivableAccount(gift.receiver_id, lot.currency);
    const owes = owed.get(receivable) ?? 0n;
    const amount = owes < split.creator_minor ? owes : split.creator_minor;
    owed.set(receivable, owes - amount);
    const debit = pendingAccount(gift.receiver_id, lot.currency);
    legs.push({ leg: 'netted', n, debit, credit: receivable, amount, code: 'gift.netted' });
  }
  return legsToTransfers({ group_id: deriveId(gift.gift_id, 'netted'), ref: gift.gift_id, event_at: at }, legs);
}
