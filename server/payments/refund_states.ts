/** Where a refund stands. PURE. */
import { deriveId } from '../kernel/ids.ts';

export interface Refund {
  refund_id: string;
  attempt_id: string;
  amount_minor: bigint;
  reason: string;
  /** `failed`: refused so often that somebody has to look. */
  state: 'created' | 'succeeded' | 'failed';
  /** How often the provider refused it. */
  tries: number;
  /** Under which the provider is asked now; a refused one is never asked about again. */
  reference: string;
  created_at: Date;
  changed_at: Date;
  ask_at: Date | null;
}

export type RefundDraft = Pick<Refund, 'refund_id' | 'attempt_id' | 'amount_minor' | 'reason'>;

export const newRefund = (draft: RefundDraft, at: Date): Refund => ({
  ...draft,
  state: 'created',
  tries: 0,
  reference: draft.refund_id,
  created_at: at,
  changed_at: at,
  ask_at: at,
});

/** What the provider said of one reference. */
export interface RefundReport {
  refund_id: string;
  reference: string;
  succeeded: boolean;
}

const HOUR_MS = 3_600_000;
/** A provider refuses for lack of balance, or because a card is closed: the first passes within days. */
const AGAIN_AFTER_MS = [HOUR_MS / 6, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];

/** Where the provider's word leads a refund; what is settled stays, and an old reference says nothing new. */
export function settleRefund(before: Refund, { reference, succeeded }: RefundReport, at: Date): Refund {
  if (before.state !== 'created' || reference !== before.reference) return before;
  if (succeeded) return { ...before, state: 'succeeded', changed_at: at, ask_at: null };
  const wait_ms = AGAIN_AFTER_MS[before.tries];
  const tries = before.tries + 1;
  if (wait_ms === undefined) return { ...before, state: 'failed', tries, changed_at: at, ask_at: null };
  return { ...askedAnew(before, tries), changed_at: at, ask_at: new Date(at.getTime() + wait_ms) };
}

/** Somebody looked, and wants it to be asked for once more. */
export const retried = (before: Refund, at: Date): Refund => ({
  ...askedAnew(before, before.tries),
  state: 'created',
  changed_at: at,
  ask_at: at,
});

const askedAnew = (before: Refund, tries: number): Refund => ({
  ...before,
  tries,
  reference: deriveId('refund again', before.reference, tries),
});
