import { defineRefusals } from '../kernel/refusal.ts';

export const refusals = defineRefusals({
  demo_closed: [409, 'This instance has no demo, or it is still being set up'],
});
