import { defineRefusals } from '../kernel/refusal.ts';

export const paymentRefusals = defineRefusals({
  method_unknown: [404, 'This way to pay is not one of yours'],
  methods_full: [409, 'You have stored as many ways to pay as possible'],
  webhook_refused: [400, 'This event is not signed as it must be'],
  refund_not_refused: [409, 'This refund waits for its next try, or is done'],
  declined_often: [429, 'Too many of your payments were declined. Try again in an hour'],
  payments_often: [429, 'So many payments in an hour are too many. Try again later'],
  payments_paused: [503, 'Too many cards are being declined: first payments wait for some minutes'],
  methods_often: [429, 'You have stored too many cards today'],
  refund_too_large: [409, 'More than was paid cannot be refunded'],
});
