import { accountId, type Transfer, transferId } from '../ledger/index.ts';
import type { Attempt } from './attempts.ts';

/** The account that mirrors what a provider holds for us. */
export const pspAccount = (provider: string, currency: string): string => accountId(null, `psp:${provider}`, currency);

/** What providers cost us. */
export const pspCostAccount = (currency: string): string => accountId(null, 'psp_cost', currency);

/** The provider keeps its fee of a charge: psp_cost → psp. It is not returned when the charge is refunded. */
export function postFee(attempt: Attempt, at: Date): Transfer[] {
  if (attempt.fee_minor === 0n) return [];
  return [
    {
      transfer_id: transferId(attempt.attempt_id, 'fee'),
      debit: pspCostAccount(attempt.currency),
      credit: pspAccount(attempt.provider, attempt.currency),
      amount: attempt.fee_minor,
      code: 'payment.fee',
      ref: attempt.attempt_id,
      event_at: at,
    },
  ];
}
