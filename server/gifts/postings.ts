/** Every way in which a gift moves coins and money. PURE: facts in, transfers out. */
import { deriveId } from '../kernel/ids.ts';
import { accountId, type Transfer, transferId } from '../ledger/index.ts';
import {
  clearingAccount,
  coinsAccount,
  coinsOf,
  deferredAccount,
  giftCoinsAccount,
  issuedAccount,
  type Leg,
  type Lot,
  type LotPart,
  legsToTransfers,
  type Split,
  splitOf,
  taxAccount,
} from '../wallet/index.ts';

export const pendingAccount = (person_id: string, currency: string): string =>
  accountId(person_id, 'payable.pending', currency);
/** What an earner owes after something paid out was undone; the one account of a person that may be below zero. */
export const receivableAccount = (person_id: string, currency: string): string =>
  accountId(person_id, 'receivable', currency);
export const revenueAccount = (currency: string): string => accountId(null, 'revenue:gifts', currency);

export type Sent = { gift_id: string; sender_id: string; receiver_id: string; coins: bigint; sent_at: Date };
/** A stretch of a lot that paid for a gift, with what it comes to under the gift's share. */
export type PaidPart = LotPart & { lot: Lot; split: Split };

export const paidParts = (
  parts: readonly LotPart[],
  lots: ReadonlyMap<string, Lot>,
  platform_bps: number,
): PaidPart[] =>
  parts.map((part) => {
    const lot = lots.get(part.lot_id);
    if (!lot) throw new Error(`lot ${part.lot_id} is not known`);
    return { ...part, lot, split: splitOf(lot, part, platform_bps) };
  });

/** Gift sent: coins → gift_coins. One transfer: the hot path. */
export const postSend = ({ gift_id, sender_id, receiver_id, coins, sent_at }: Sent): Transfer => ({
  transfer_id: transferId(gift_id, 'send'),
  debit: coinsAccount(sender_id),
  credit: giftCoinsAccount(receiver_id),
  amount: coins,
  code: 'gift.sent',
  ref: gift_id,
  event_at: sent_at,
});

/** Gift settled: gift_coins → coins.issued; of each lot deferred → creator's pending and deferred → revenue. */
export function postSettle(gift: Sent, parts: readonly PaidPart[], at: Date): Transfer[] {
  const coins = { debit: giftCoinsAccount(gift.receiver_id), credit: issuedAccount(), amount: coinsOf(parts) };
  const legs: Leg[] = [{ leg: 'coins', ...coins, code: 'gift.settled' }];
  for (const [n, { lot, split }] of parts.entries()) {
    const debit = deferredAccount(lot.market, lot.currency);
    const [pending, revenue] = [pendingAccount(gift.receiver_id, lot.currency), revenueAccount(lot.currency)];
    legs.push(
      { leg: 'creator', n, debit, credit: pending, amount: split.creator_minor, code: 'gift.earned' },
      { leg: 'platform', n, debit, credit: revenue, amount: split.platform_minor, code: 'gift.revenue' },
    );
  }
  return legsToTransfers({ group_id: deriveId(gift.gift_id, 'settle'), ref: gift.gift_id, event_at: at }, legs);
}

/**
 * What an earner's pending balance still holds, per currency, while a batch takes from it: what is missing becomes a
 * receivable.
 */
export type Pending = Map<string, bigint>;

/** Takes an amount from an earner: pending first, the rest is owed. */
function takeBack(receiver_id: string, currency: string, amount: bigint, pending: Pending) {
  const account = pendingAccount(receiver_id, currency);
  const held = pending.get(account) ?? 0n;
  const from_pending = amount < held ? amount : held;
  pending.set(account, held - from_pending);
  return [
    { from: 'pending', debit: account, amount: from_pending },
    { from: 'receivable', debit: receivableAccount(receiver_id, currency), amount: amount - from_pending },
  ];
}

/**
 * Gift returned: its coins go back to the sender as the same coins of the same lots. If it was settled, what the earner
 * and the platform got for it goes back to deferred first.
 */
export function postReturn(
  gift: Sent,
  parts: readonly PaidPart[],
  settled: boolean,
  pending: Pending,
  at: Date,
): Transfer[] {
  const from = settled ? issuedAccount() : giftCoinsAccount(gift.receiver_id);
  const amount = coinsOf(parts);
  const legs: Leg[] = [
    { leg: 'coins', debit: from, credit: coinsAccount(gift.sender_id), amount, code: 'gift.returned' },
  ];
  for (const [n, { lot, split }] of settled ? parts.entries() : []) {
    const credit = deferredAccount(lot.market, lot.currency);
    for (const taken of takeBack(gift.receiver_id, lot.currency, split.creator_minor, pending)) {
      const { debit, amount } = taken;
      legs.push({ leg: `creator.${taken.from}`, n, debit, credit, amount, code: 'gift.unearned' });
    }
    const debit = revenueAccount(lot.currency);
    legs.push({ leg: 'platform', n, debit, credit, amount: split.platform_minor, code: 'gift.unearned' });
  }
  return legsToTransfers({ group_id: returnOf(gift.gift_id), ref: gift.gift_id, event_at: at }, legs);
}

const returnOf = (gift_id: string): string => deriveId(gift_id, 'return');
export const returnedCoins = (gift_id: string): string => transferId(returnOf(gift_id), 'coins');

/**
 * One stretch of a gift whose lot was charged back: coins that wait are burnt and their net taken from deferred; what
 * was settled is taken from the earner and the platform; the tax from the state. All of it clears the chargeback.
 */
export function legsOfReversal(gift: Sent, part: PaidPart, settled: boolean, pending: Pending): Leg[] {
  const { lot, split } = part;
  const clearing = clearingAccount(lot.currency);
  const name = (what: string) => `${what}.${gift.gift_id}.${part.lot_from}`;
  const tax = taxAccount(lot.market, lot.vat_bps, lot.currency);
  const legs: Leg[] = [
    { leg: name('tax'), debit: tax, credit: clearing, amount: split.vat_minor, code: 'chargeback.tax' },
  ];
  if (!settled) {
    const deferred = deferredAccount(lot.market, lot.currency);
    const coins = { debit: giftCoinsAccount(gift.receiver_id), credit: issuedAccount(), amount: coinsOf([part]) };
    legs.push(
      { leg: name('coins'), ...coins, code: 'chargeback.burn' },
      { leg: name('net'), debit: deferred, credit: clearing, amount: split.net_minor, code: 'chargeback.net' },
    );
    return legs;
  }
  for (const { from, debit, amount } of takeBack(gift.receiver_id, lot.currency, split.creator_minor, pending)) {
    legs.push({ leg: name(from), debit, credit: clearing, amount, code: 'chargeback.earned' });
  }
  const revenue = revenueAccount(lot.currency);
  legs.push({
    leg: name('platform'),
    debit: revenue,
    credit: clearing,
    amount: split.platform_minor,
    code: 'chargeback.earned',
  });
  return legs;
}
