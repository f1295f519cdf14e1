import { defineRefusals } from '../kernel/refusal.ts';

export const paymentRefusals = defineRefusals({
  method_unknown: [404, 'This way to pay is not one of yours'],
  methods_full: [409, 'You have stored as many ways to pay as possible'],
  webhook_refused: [400, 'This event is not signed as it must be'],
  refund_not_refused: [409, 'This refund waits for its next try, or is done'],
  refund_too_large: [409, 'More than was paid cannot be refunded'],
});
