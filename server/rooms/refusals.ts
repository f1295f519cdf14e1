/** What rooms say no to. */
import { defineRefusals } from '../kernel/refusal.ts';

export const roomRefusals = defineRefusals({
  muted: [403, 'You may not write in this room for now'],
  not_your_room: [403, 'Only the host may do this'],
  not_a_moderator: [403, 'Only the host and named moderators may do this'],
  room_open: [409, 'You are already live in another room'],
  poll_open: [409, 'There is a poll in this room already'],
  poll_closed: [409, 'This poll is closed'],
  voted_already: [409, 'You have voted, for another option'],
  question_closed: [409, 'This question was answered or taken away'],
  schedule_in_past: [400, 'This time has passed'],
  schedule_too_far: [400, 'A live can be planned a year ahead'],
  zone_unknown: [400, 'There is no such time zone'],
  too_many_schedules: [409, 'You have planned as many lives as one can'],
  schedule_closed: [409, 'This live was cancelled or has taken place'],
  schedule_not_due: [409, 'It is not yet, or no longer, time for this live'],
  room_not_live: [409, 'This room is not live'],
  slow_mode: [429, 'This chat is in slow mode'],
  followers_only: [403, 'Only followers may write in this chat'],
  account_too_new: [403, 'Your account is too new for this chat'],
  subscribers_only: [403, 'Only subscribers may write in this chat'],
  link_refused: [403, 'Links are not allowed in this chat'],
  word_refused: [403, 'The host does not allow a word in this line'],
  mode_unavailable: [409, 'This mode does not exist here yet'],
  block_word_invalid: [400, 'A block word needs at least two letters'],
});
