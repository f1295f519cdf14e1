/** What the room of videos says no to. */
import { defineRefusals } from '../kernel/refusal.ts';

export const videoRefusals = defineRefusals({
  upload_used: [409, 'This file is already posted, or waits in another draft'],
  upload_refused: [409, 'This file could not be used'],
  video_published: [409, 'This video is already published'],
  video_not_scheduled: [409, 'This video is not scheduled'],
  too_many_drafts: [409, 'There are too many drafts: publish or delete some first'],
  too_many_posts: [429, 'You have posted as much as one can in a day'],
  likes_private: [403, 'This person does not show what they like'],
  comments_closed: [403, 'Nobody can comment on this video'],
  comments_for_followers: [403, 'Only followers can comment on this video'],
  comments_for_friends: [403, 'Only friends of the owner can comment on this video'],
  comment_not_pinnable: [409, 'A reply, or what waits to be read, cannot be pinned'],
  captions_invalid: [400, 'These are no captions as WebVTT'],
  too_many_captions: [409, 'There are captions in as many languages as there can be'],
  sound_withdrawn: [409, 'The owner of this sound lets nobody else use it any more'],
  duet_not_allowed: [409, 'A duet with this video is not allowed'],
  publish_too_far: [400, 'A post can be planned at most 90 days ahead'],
});
