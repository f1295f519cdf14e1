/** Every way in which coins and their money move between purchase and gift. PURE: facts in, transfers out. */
import { accountId, type Transfer, transferId } from '../ledger/index.ts';
import { coinsOf, type LotPart, type LotValue } from './lots.ts';

export type Lot = LotValue & {
  lot_id: string;
  top_up_id: string;
  person_id: string;
  attempt_id: string;
  market: string;
  currency: string;
  vat_bps: number;
  fee_minor: bigint;
  bought_at: Date;
  withdraw_until: Date;
  charged_back_at: Date | null;
};

/** A person's line of coins. */
export const coinsAccount = (person_id: string): string => accountId(person_id, 'coins', 'COIN');
/** Coins received and not yet settled. */
export const giftCoinsAccount = (person_id: string): string => accountId(person_id, 'gift_coins', 'COIN');
/** The other side of every coin; its balance below zero is what is outstanding. */
export const issuedAccount = (): string => accountId(null, 'coins.issued', 'COIN');
/** Net of coins sold and not yet settled. */
export const deferredAccount = (market: string, currency: string): string =>
  accountId(null, `deferred:${market}`, currency);
export const taxAccount = (market: string, vat_bps: number, currency: string): string =>
  accountId(null, `tax:${market}:${vat_bps}`, currency);
/** Between us and the provider: refunds not yet confirmed, chargebacks not yet taken out of lots. Ends at zero. */
export const clearingAccount = (currency: string): string => accountId(null, 'coin_clearing', currency);

/** One leg of a posting; `leg` and `n` make its transfer's id within the group. */
export type Leg = { leg: string; n?: number; debit: string; credit: string; amount: bigint; code: string };

/** The legs of one posting as transfers of one group, all or none; legs of nothing are left out. */
export function legsToTransfers(
  { group_id, ref, event_at }: { group_id: string; ref: string; event_at: Date },
  legs: readonly Leg[],
): Transfer[] {
  return legs
    .filter(({ amount }) => amount > 0n)
    .map(({ leg, n, debit, credit, amount, code }) => {
      return { transfer_id: transferId(group_id, leg, n), debit, credit, amount, code, ref, group_id, event_at };
    });
}

const groupOf = (source: string, legs: readonly Leg[], event_at: Date): Transfer[] =>
  legsToTransfers({ group_id: source, ref: source, event_at }, legs);

/** Coins bought: psp → tax, psp → deferred, coins.issued → coins. */
export function postPurchase(lot: Lot, psp: string): Transfer[] {
  const { market, currency, person_id } = lot;
  const tax = taxAccount(market, lot.vat_bps, currency);
  const coins = coinsAccount(person_id);
  return groupOf(
    lot.lot_id,
    [
      { leg: 'tax', debit: psp, credit: tax, amount: lot.vat_minor, code: 'top_up.tax' },
      { leg: 'net', debit: psp, credit: deferredAccount(market, currency), amount: lot.net_minor, code: 'top_up.net' },
      { leg: 'coins', debit: issuedAccount(), credit: coins, amount: lot.coins, code: 'top_up.coins' },
    ],
    lot.bought_at,
  );
}

/** The transfer of `postPurchase` whose credit says where on the person's line the lot begins. */
export const purchasedCoins = (lot_id: string): string => transferId(lot_id, 'coins');

/** A lot's coins on a person's unspent line, what lies there beside them, and what the former were paid with. */
export type Unspent = { taken: LotPart[]; kept: LotPart[]; coins: bigint; net_minor: bigint; vat_minor: bigint };

/**
 * A lot's unspent coins leave a person's line, wherever on it they lie: the whole unspent line burns, and what is not of
 * that lot is issued again behind it, in order, with the coordinates it had. Their money goes to the clearing account.
 */
export function takeOutLegs(reason: 'withdrawal' | 'chargeback', lot: Lot, unspent: Unspent): Leg[] {
  if (unspent.coins === 0n) return [];
  const [coins, issued] = [coinsAccount(lot.person_id), issuedAccount()];
  const clearing = clearingAccount(lot.currency);
  const deferred = deferredAccount(lot.market, lot.currency);
  const tax = taxAccount(lot.market, lot.vat_bps, lot.currency);
  const kept = coinsOf(unspent.kept);
  return [
    { leg: 'burn', debit: coins, credit: issued, amount: unspent.coins + kept, code: `${reason}.burn` },
    { leg: 'reissue', debit: issued, credit: coins, amount: kept, code: `${reason}.reissue` },
    { leg: 'net', debit: deferred, credit: clearing, amount: unspent.net_minor, code: `${reason}.net` },
    { leg: 'tax', debit: tax, credit: clearing, amount: unspent.vat_minor, code: `${reason}.tax` },
  ];
}

/** Accounts that `takeOutLegs` touches, to be locked before the line is read. */
export const takeOutAccounts = (lot: Lot): string[] => [
  coinsAccount(lot.person_id),
  issuedAccount(),
  deferredAccount(lot.market, lot.currency),
  taxAccount(lot.market, lot.vat_bps, lot.currency),
  clearingAccount(lot.currency),
];

/** The transfer of `takeOutLegs` whose credit says where the re-issued coins begin. */
export const reissueTransfer = (group_id: string): string => transferId(group_id, 'reissue');

/** Coins withdrawn: burn, re-issue, and their price to the clearing account until the provider has refunded it. */
export const postWithdrawal = (withdrawal_id: string, lot: Lot, unspent: Unspent, at: Date): Transfer[] =>
  groupOf(withdrawal_id, takeOutLegs('withdrawal', lot, unspent), at);

/** The provider gave a refund to the payer: coin_clearing → psp. */
export function postRefunded(refund_id: string, amount: bigint, currency: string, psp: string, at: Date): Transfer[] {
  const clearing = clearingAccount(currency);
  return groupOf(
    refund_id,
    [{ leg: 'refunded', debit: clearing, credit: psp, amount, code: 'withdrawal.refunded' }],
    at,
  );
}

/** The bank took a payment back: all that is left of it has gone from the provider before anything is unwound. */
export function postReversal(lot: Lot, amount: bigint, psp: string, at: Date): Transfer[] {
  const source = reversalOf(lot.lot_id);
  const clearing = clearingAccount(lot.currency);
  return groupOf(source, [{ leg: 'reversal', debit: clearing, credit: psp, amount, code: 'chargeback.gross' }], at);
}

/** One lot is charged back at most once, so its chargeback has a derived id of its own. */
export const reversalOf = (lot_id: string): string => transferId(lot_id, 'reversal');
