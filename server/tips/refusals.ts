import { defineRefusals } from '../kernel/refusal.ts';

export const tipRefusals = defineRefusals({
  tips_off: [403, 'Tips are not given in this market'],
  tip_to_self: [409, 'You cannot tip yourself'],
  tip_receiver_unknown: [404, 'There is no such person, room or video'],
  tip_too_small: [409, 'A tip starts at a higher amount'],
  tip_too_large: [409, 'This is more than one tip may be'],
  tip_limit: [403, 'This is more than a day of tips may be'],
});
