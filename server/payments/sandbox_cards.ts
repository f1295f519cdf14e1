/** The cards of the sandbox provider: each plays what a real one does on some bad day. Demo money only. */
export const SANDBOX_CARDS = {
  ok: { brand: 'Demo Visa', last4: '4242' },
  bank_step: { brand: 'Demo Visa', last4: '3220' },
  declined: { brand: 'Demo Visa', last4: '0002' },
  insufficient_funds: { brand: 'Demo Mastercard', last4: '9995' },
  /** Answers only after `slow_ms`. */
  slow: { brand: 'Demo Mastercard', last4: '1000' },
  /** Charges, then answers 500. */
  charged_500: { brand: 'Demo Amex', last4: '0500' },
  /** Charges, then never answers. */
  charged_silence: { brand: 'Demo Amex', last4: '0408' },
  /** Captured at once; taken back when the bank is asked to bounce it. */
  debit: { brand: 'Demo SEPA', last4: '3000' },
  /** Two events, delivered in the wrong order and each of them twice. */
  noisy: { brand: 'Demo Visa', last4: '2222' },
} as const;

export type SandboxCard = keyof typeof SANDBOX_CARDS;

export const sandboxCardNames = Object.keys(SANDBOX_CARDS) as SandboxCard[];

/** A card's token is its name behind a prefix: the sandbox keeps no vault. */
export const sandboxToken = (card: SandboxCard): string => `demo_card_${card}`;

export function cardOfToken(token: string): SandboxCard | null {
  return sandboxCardNames.find((card) => sandboxToken(card) === token) ?? null;
}
