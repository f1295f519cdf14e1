import { defineRefusals } from '../kernel/refusal.ts';

export const giftRefusals = defineRefusals({
  gift_unknown: [404, 'There is no such gift'],
  receiver_unknown: [404, 'There is no such person or room'],
  gift_to_self: [409, 'You cannot give yourself a gift'],
  gifts_off: [403, 'Gifts are not given in this market'],

  gift_gone: [409, 'This gift went back to its sender'],
  undo_too_late: [409, 'Ten seconds have passed: the gift stays given'],

  no_funds: [402, 'Not enough coins'],
  spending_limit: [403, 'This is more than your spending limit allows'],
});
