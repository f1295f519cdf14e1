import { defineRefusals, Refusal } from '../kernel/refusal.ts';

export const walletRefusals = defineRefusals({
  coins_off: [403, 'Coins are not sold in this market'],
  top_up_too_small: [409, 'The payment provider does not charge so little'],
  top_up_too_large: [409, 'This is more than one top-up may be'],
  spending_half: [409, 'This takes you past half of your spending limit'],
  price_changed: [409, 'The price is not the one that was shown'],
  limit_currency: [409, 'Limits are set in the currency of your market'],
  nothing_to_withdraw: [409, 'No coin of this purchase is left unspent'],
  withdrawal_over: [409, 'The time to return these coins is over'],
  withdrawal_changed: [409, 'Coins of this purchase were spent meanwhile'],
});

/** Asks for a confirmation: the same request with `confirmed` is taken. */
export const askToConfirm = (half: 'day' | 'month', limit_minor: bigint, currency: string): Refusal =>
  new Refusal('spending_half', { extra: { limit: half, amount: { amount: String(limit_minor), currency } } });
