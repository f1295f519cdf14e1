import { randomUUID } from 'node:crypto';
import { cardOfToken, type SandboxCard } from './sandbox_cards.ts';
import { type Journal, openJournal } from './sandbox_journal.ts';

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

type Line = {
  charge?: SandboxCharge;
  refund?: SandboxRefund;
  events?: SandboxEvent[];
  delivered?: string;
  charged_at?: number;
};

export interface ChargeOrder {
  reference: string;
  purpose: string;
  amount: string;
  currency: string;
  method_token: string;
}

/** How a demo or a test bends it. */
export interface SandboxSettings {
  /** Of the slow card. */
  slow_ms?: number;
  /** Keeps webhooks back until released. */
  hold?: boolean;
  /** Releases the newest first. */
  reversed?: boolean;
  /** So many of the next refunds are refused. */
  refuse_refunds?: number;
}

export interface RefundOrder {
  reference: string;
  charge_reference: string;
  amount: string;
}

/** 1.5 % and 25 minor units, never more than the charge. */
function feeOf(amount: bigint): bigint {
  const fee = (amount * 150n) / 10_000n + 25n;
  return fee < amount ? fee : amount;
}

const DECLINES: Partial<Record<SandboxCard, string>> = {
  declined: 'card_declined',
  insufficient_funds: 'insufficient_funds',
};

/** Providers know a key for a day; after it the same request is a new charge (FAULTS A15). */
const KEY_LIVES_MS = 24 * 3_600_000;

type Changed = { charge: SandboxCharge; events: SandboxEvent[] };
type Status = SandboxCharge['status'];

/** The provider's own books: every change is one journal line, answered only after it is on the disk. */
export class SandboxBook {
  readonly #charges = new Map<string, SandboxCharge>();
  /** When a reference was charged. */
  readonly #asked = new Map<string, number>();
  readonly #refunds = new Map<string, SandboxRefund>();
  readonly #actions = new Map<string, string>();
  readonly #journal: Journal<Line>;
  /** So many of the next refunds are refused. */
  refusals = 0;
  /** Events that the shop has not taken yet. */
  readonly undelivered = new Map<string, SandboxEvent>();

  readonly #now: () => Date;

  constructor(path: string, now: () => Date) {
    this.#now = now;
    this.#journal = openJournal<Line>(path, (line) => this.#apply(line));
  }

  findCharge = (reference: string): SandboxCharge | null => this.#charges.get(reference) ?? null;
  findRefund = (reference: string): SandboxRefund | null => this.#refunds.get(reference) ?? null;
  findByAction = (path: string): SandboxCharge | null => this.findCharge(this.#actions.get(path) ?? '');

  async charge(order: ChargeOrder): Promise<Changed> {
    const known = this.findCharge(order.reference);
    const charged_at = this.#asked.get(order.reference);
    // What was closed stays closed; a charge is known by its key for a day.
    const remembered = charged_at === undefined || this.#now().getTime() < charged_at + KEY_LIVES_MS;
    if (known && remembered) return { charge: known, events: [] };
    const charge = newCharge(order);
    const events = [eventOf(charge)];
    if (charge.card === 'noisy') events.push(eventOf({ ...charge, version: 1, status: 'requires_action', fee: '0' }));
    return { charge, events: await this.#record({ charge, events, charged_at: this.#now().getTime() }) };
  }

  /** Closes a reference, also one that was never seen. */
  async cancel(reference: string): Promise<Changed> {
    const known = await this.#change(reference, 'requires_action', { status: 'cancelled', action_path: null });
    if (known) return known;
    const charge: SandboxCharge = { ...EMPTY, id: `ch_${randomUUID()}`, reference };
    return { charge, events: await this.#record({ charge }) };
  }

  /** What the payer says at the bank. */
  confirm(reference: string, approved: boolean): Promise<Changed | null> {
    const fee = String(feeOf(BigInt(this.findCharge(reference)?.amount ?? '0')));
    const to = { status: 'captured', fee } as const;
    const refused = { status: 'declined', decline_code: 'bank_step_refused' } as const;
    return this.#change(reference, 'requires_action', approved ? to : refused);
  }

  /** The bank takes the money back: a chargeback, or a debit that bounces. */
  reverse(reference: string, reversal: 'chargeback' | 'bounced'): Promise<Changed | null> {
    return this.#change(reference, 'captured', { status: 'reversed', reversal });
  }

  async refund(order: RefundOrder): Promise<{ refund: SandboxRefund; events: SandboxEvent[] }> {
    const known = this.findRefund(order.reference);
    if (known) return { refund: known, events: [] };
    const charge = this.findCharge(order.charge_reference);
    const refunded = BigInt(charge?.refunded ?? '0') + BigInt(order.amount);
    const refused = this.refusals > 0;
    if (refused) this.refusals -= 1;
    const allowed = !refused && charge?.status === 'captured' && refunded <= BigInt(charge.amount);
    const status = allowed ? 'succeeded' : 'failed';
    const refund: SandboxRefund = { id: `re_${randomUUID()}`, ...order, status };
    const line: Line = { refund, events: [{ id: `evt_${randomUUID()}`, type: `refund.${status}`, refund }] };
    if (allowed) line.charge = { ...charge, refunded: String(refunded) };
    return { refund, events: await this.#record(line) };
  }

  delivered = (id: string): Promise<SandboxEvent[]> => this.#record({ delivered: id });

  close(): Promise<void> {
    return this.#journal.close();
  }

  /** Moves a charge on, or leaves it as it is when it is not in the state `from`. */
  async #change(reference: string, from: Status, to: Partial<SandboxCharge>): Promise<Changed | null> {
    const charge = this.findCharge(reference);
    if (!charge) return null;
    if (charge.status !== from) return { charge, events: [] };
    const next: SandboxCharge = { ...charge, ...to, version: charge.version + 1 };
    return { charge: next, events: await this.#record({ charge: next, events: [eventOf(next)] }) };
  }

  async #record(line: Line): Promise<SandboxEvent[]> {
    this.#apply(line);
    await this.#journal.append(line);
    return line.events ?? [];
  }

  #apply(line: Line): void {
    if (line.charge) {
      this.#charges.set(line.charge.reference, line.charge);
      if (line.charged_at !== undefined) this.#asked.set(line.charge.reference, line.charged_at);
      if (line.charge.action_path) this.#actions.set(line.charge.action_path, line.charge.reference);
    }
    if (line.refund) this.#refunds.set(line.refund.reference, line.refund);
    for (const event of line.events ?? []) this.undelivered.set(event.id, event);
    if (line.delivered) this.undelivered.delete(line.delivered);
  }
}

const eventOf = (charge: SandboxCharge): SandboxEvent => ({
  id: `evt_${randomUUID()}`,
  type: `charge.${charge.status}`,
  charge,
});

const EMPTY: Omit<SandboxCharge, 'id' | 'reference'> = {
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

function newCharge(order: ChargeOrder): SandboxCharge {
  const card = cardOfToken(order.method_token);
  const decline_code = card ? (DECLINES[card] ?? null) : 'method_unknown';
  const status = decline_code ? 'declined' : card === 'bank_step' ? 'requires_action' : 'captured';
  return {
    ...EMPTY,
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
  };
}
