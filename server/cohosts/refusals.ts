import { defineRefusals } from '../kernel/refusal.ts';

export const cohostRefusals = defineRefusals({
  cohost_refused: [403, 'This person cannot join the picture'],
  cohost_busy: [409, 'One of you is in another picture, or has a live of their own'],
  cohost_over: [409, 'You two are not in one picture'],
});
