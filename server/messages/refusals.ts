import { defineRefusals } from '../kernel/refusal.ts';

export const messageRefusals = defineRefusals({
  request_pending: [409, 'More can be said once the request is accepted'],
  group_too_large: [400, 'A group has at most twenty people'],
  message_empty: [400, 'There is nothing in this message'],
});
