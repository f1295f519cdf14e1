/** Every way in which a tip moves money. PURE: facts in, transfers out. */
import { deriveId } from '../kernel/ids.ts';
import { accountId, type Transfer } from '../ledger/index.ts';
import { type Leg, legsToTransfers, taxAccount } from '../wallet/index.ts';

export type TipFacts = {
  tip_id: string;
  receiver_id: string;
  market: string;
  currency: string;
  amount_minor: bigint;
  fee_minor: bigint;
  fee_vat_minor: bigint;
  vat_bps: number;
};

export const pendingAccount = (person_id: string, currency: string): string =>
  accountId(person_id, 'payable.pending', currency);
export const receivableAccount = (person_id: string, currency: string): string =>
  accountId(person_id, 'receivable', currency);
/** Fees of tips, without their tax. What the provider takes of them is a cost of its own. */
export const revenueAccount = (currency: string): string => accountId(null, 'revenue:tips', currency);

/** Tip paid: psp → creator's pending, all of it; of the fee psp → tax and psp → revenue. */
export function postTip(tip: TipFacts, psp: string, at: Date): Transfer[] {
  const { receiver_id, currency, amount_minor, fee_minor, fee_vat_minor } = tip;
  const pending = pendingAccount(receiver_id, currency);
  const net = fee_minor - fee_vat_minor;
  return legsToTransfers({ group_id: deriveId(tip.tip_id, 'paid'), ref: tip.tip_id, event_at: at }, [
    { leg: 'creator', debit: psp, credit: pending, amount: amount_minor, code: 'tip.received' },
    { leg: 'tax', debit: psp, credit: taxOf(tip), amount: fee_vat_minor, code: 'tip.fee_tax' },
    { leg: 'fee', debit: psp, credit: revenueAccount(currency), amount: net, code: 'tip.fee' },
  ]);
}

const taxOf = ({ market, vat_bps, currency }: TipFacts): string => taxAccount(market, vat_bps, currency);

/**
 * The bank took the payment back: the creator's part leaves their pending balance, what is missing there is owed; fee
 * and tax go back as well.
 * @param held what the creator has pending
 */
export function postReversal(tip: TipFacts, psp: string, held: bigint, at: Date): Transfer[] {
  const { receiver_id, currency, amount_minor, fee_minor, fee_vat_minor } = tip;
  const from_pending = amount_minor < held ? amount_minor : held;
  const code = 'tip.reversed';
  const legs: Leg[] = [
    { leg: 'pending', debit: pendingAccount(receiver_id, currency), credit: psp, amount: from_pending, code },
    {
      leg: 'receivable',
      debit: receivableAccount(receiver_id, currency),
      credit: psp,
      amount: amount_minor - from_pending,
      code,
    },
    { leg: 'tax', debit: taxOf(tip), credit: psp, amount: fee_vat_minor, code },
    { leg: 'fee', debit: revenueAccount(currency), credit: psp, amount: fee_minor - fee_vat_minor, code },
  ];
  return legsToTransfers({ group_id: deriveId(tip.tip_id, 'reversed'), ref: tip.tip_id, event_at: at }, legs);
}
