import { defineRefusals } from '../kernel/refusal.ts';

export const battleRefusals = defineRefusals({
  battle_busy: [409, 'One of you is in a battle or was asked for one'],
  battle_over: [409, 'This battle is not to be had any more'],
  battle_refused: [403, 'There can be no battle between these two lives'],
});
