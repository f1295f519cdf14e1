/** What rooms say no to. */
import { defineRefusals } from '../kernel/refusal.ts';

export const roomRefusals = defineRefusals({
  muted: [403, 'You may not write in this room for now'],
  not_your_room: [403, 'Only the host may do this'],
  not_a_moderator: [403, 'Only the host and named moderators may do this'],
  room_open: [409, 'You are already live in another room'],
  room_not_live: [409, 'This room is not live'],
});
