/**
 * The port to a payment provider. Money is in minor units. `reference` is OUR id of an attempt or refund and the
 * provider's idempotency key at once: the same reference is never charged twice, however often it is sent.
 */
export interface Provider {
  readonly name: string;
  /** Charges a stored method. Throws `NoAnswer` when the outcome is not known. */
  charge(request: ChargeRequest): Promise<ProviderCharge>;
  /** What became of a reference; null when the provider never heard of it. */
  findCharge(reference: string): Promise<ProviderCharge | null>;
  /** Closes a reference for ever: what is captured stays so, anything else becomes `cancelled`, also if never seen. */
  cancelCharge(reference: string): Promise<ProviderCharge>;
  refund(request: RefundRequest): Promise<ProviderRefund>;
  findRefund(reference: string): Promise<ProviderRefund | null>;
}

export interface ChargeRequest {
  reference: string;
  /** Comes back with every report of the charge. */
  purpose: string;
  amount: bigint;
  currency: string;
  method_token: string;
}

export interface RefundRequest {
  reference: string;
  charge_reference: string;
  amount: bigint;
}

export type ChargeStatus = 'pending' | 'requires_action' | 'captured' | 'declined' | 'cancelled' | 'reversed';

/** The whole state of a charge. A higher `version` is newer, so reports may arrive in any order. */
export interface ProviderCharge {
  reference: string;
  version: number;
  status: ChargeStatus;
  amount: bigint;
  currency: string;
  /** What the provider keeps of the charge. */
  fee: bigint;
  decline_code: string | null;
  /** Where the payer confirms at their bank, a path below our own origin or a full address. */
  action_url: string | null;
  /** Why a captured charge was taken back. */
  reversal: 'chargeback' | 'bounced' | null;
}

export interface ProviderRefund {
  reference: string;
  charge_reference: string;
  status: 'succeeded' | 'failed';
  amount: bigint;
}

/** The provider did not say what happened: timeout, broken connection, 5xx. The attempt becomes `unknown`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
