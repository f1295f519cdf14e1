import { randomUUID } from 'node:crypto';
import { cardOfToken, type SandboxCard } from './sandbox_cards.ts';
import { openJournal } from './sandbox_journal.ts';

/** A charge as the sandbox keeps it and sends it. Amounts are digit strings in minor units. */
export interface SandboxCharge {
  id: string;
  reference: string;
  /** What the shop said it is for. */
  purpose: string | null;
  version: number;
  status: 'requires_action' | 'captured' | 'declined' | 'cancelled' | 'reversed';
  amount: string;
  currency: string;
  fee: string;
  card: SandboxCard | null;
  decline_code: string | null;
  action_path: string | null;
  reversal: 'chargeback' | 'bounced' | null;
  refunded: string;
}

export interface SandboxRefund {
  id: string;
  reference: string;
  charge_reference: string;
  amount: string;
  status: 'succeeded' | 'failed';
}

export interface SandboxEvent {
  id: string;
  type: string;
  charge?: SandboxCharge;
  refund?: SandboxRefund;
}

type Line = { charge?: SandboxCharge; refund?: SandboxRefund; events?: SandboxEvent[]; delivered?: string };

export interface ChargeOrder {
  reference: string;
  purpose: string;
  amount: string;
  currency: string;
  method_token: string;
}

export type Book = ReturnType<typeof openBook>;

/** 1.5 % and 25 minor units, never more than the charge. */
function feeOf(amount: bigint): bigint {
  const fee = (amount * 150n) / 10_000n + 25n;
  return fee < amount ? fee : amount;
}

const DECLINES: Partial<Record<SandboxCard, string>> = {
  declined: 'card_declined',
  insufficient_funds: 'insufficient_funds',
};

/** The provider's own books: every change is one journal line, answered only after it is on the disk. */
export function openBook(path: string) {
  const charges = new Map<string, SandboxCharge>();
  const refunds = new Map<string, SandboxRefund>();
  const actions = new Map<string, string>();
  const undelivered = new Map<string, SandboxEvent>();

  function apply(line: Line): void {
    if (line.charge) {
      charges.set(line.charge.reference, line.charge);
      if (line.charge.action_path) actions.set(line.charge.action_path, line.charge.reference);
    }
    if (line.refund) refunds.set(line.refund.reference, line.refund);
    for (const event of line.events ?? []) undelivered.set(event.id, event);
    if (line.delivered) undelivered.delete(line.delivered);
  }

  const journal = openJournal<Line>(path, apply);

  async function record(line: Line): Promise<SandboxEvent[]> {
    apply(line);
    await journal.append(line);
    return line.events ?? [];
  }

  const eventOf = (charge: SandboxCharge): SandboxEvent => ({
    id: `evt_${randomUUID()}`,
    type: `charge.${charge.status}`,
    charge,
  });

  /** Moves a charge on, or leaves it when it is not in one of the states `from`. */
  async function change(reference: string, from: SandboxCharge['status'][], to: Partial<SandboxCharge>) {
    const charge = charges.get(reference);
    if (!charge) return null;
    if (!from.includes(charge.status)) return { charge, events: [] };
    const next: SandboxCharge = { ...charge, ...to, version: charge.version + 1 };
    return { charge: next, events: await record({ charge: next, events: [eventOf(next)] }) };
  }

  return {
    undelivered,
    findCharge: (reference: string) => charges.get(reference) ?? null,
    findRefund: (reference: string) => refunds.get(reference) ?? null,
    findByAction: (path: string) => charges.get(actions.get(path) ?? '') ?? null,
    delivered: (id: string) => record({ delivered: id }),

    async charge(order: ChargeOrder) {
      const known = charges.get(order.reference);
      if (known) return { charge: known, events: [] };
      const card = cardOfToken(order.method_token);
      const decline_code = card ? (DECLINES[card] ?? null) : 'method_unknown';
      const status = decline_code ? 'declined' : card === 'bank_step' ? 'requires_action' : 'captured';
      const charge: SandboxCharge = {
        id: `ch_${randomUUID()}`,
        reference: order.reference,
        purpose: order.purpose,
        version: card === 'noisy' ? 2 : 1,
        status,
        amount: order.amount,
        currency: order.currency,
        fee: status === 'captured' ? String(feeOf(BigInt(order.amount))) : '0',
        card,
        decline_code,
        action_path: status === 'requires_action' ? `/sandbox/bank/${randomUUID()}` : null,
        reversal: null,
        refunded: '0',
      };
      const events = [eventOf(charge)];
      if (card === 'noisy') {
        events.push(eventOf({ ...charge, version: 1, status: 'requires_action', fee: '0' }));
      }
      return { charge, events: await record({ charge, events }) };
    },

    async cancel(reference: string) {
      const known = await change(reference, ['requires_action'], { status: 'cancelled', action_path: null });
      if (known) return known;
      const charge: SandboxCharge = {
        id: `ch_${randomUUID()}`,
        reference,
        purpose: null,
        version: 1,
        status: 'cancelled',
        amount: '0',
        currency: '',
        fee: '0',
        card: null,
        decline_code: null,
        action_path: null,
        reversal: null,
        refunded: '0',
      };
      return { charge, events: await record({ charge }) };
    },

    /** What the payer says at the bank. */
    confirm(reference: string, approved: boolean) {
      const fee = String(feeOf(BigInt(charges.get(reference)?.amount ?? '0')));
      return change(
        reference,
        ['requires_action'],
        approved ? { status: 'captured', fee } : { status: 'declined', decline_code: 'bank_step_refused' },
      );
    },

    /** The bank takes the money back: a chargeback, or a debit that bounces. */
    reverse: (reference: string, reversal: 'chargeback' | 'bounced') =>
      change(reference, ['captured'], { status: 'reversed', reversal }),

    async refund(order: { reference: string; charge_reference: string; amount: string }) {
      const known = refunds.get(order.reference);
      if (known) return { refund: known, events: [] };
      const charge = charges.get(order.charge_reference);
      const refunded = BigInt(charge?.refunded ?? '0') + BigInt(order.amount);
      const allowed = charge?.status === 'captured' && refunded <= BigInt(charge.amount);
      const refund: SandboxRefund = {
        id: `re_${randomUUID()}`,
        ...order,
        status: allowed ? 'succeeded' : 'failed',
      };
      const event = { id: `evt_${randomUUID()}`, type: `refund.${refund.status}`, refund };
      const line: Line = { refund, events: [event] };
      if (allowed) line.charge = { ...charge, refunded: String(refunded) };
      return { refund, events: await record(line) };
    },

    close: () => journal.close(),
  };
}
