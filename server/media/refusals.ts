/** What the media room says no to. */
import { defineRefusals } from '../kernel/refusal.ts';

export const mediaRefusals = defineRefusals({
  stream_key_refused: [401, 'This stream key is not valid'],
  media_invalid: [400, 'This is not a segment that Souk takes'],
  media_too_fast: [429, 'Media arrives faster than it can have been recorded'],
  segment_out_of_order: [409, 'Another segment is expected'],
  segment_gap: [409, 'The timestamps jump: start a new run'],
  run_not_current: [409, 'Another run has begun'],
  stream_busy: [409, 'Somebody is already publishing to this stream'],
  stream_ended: [410, 'This stream has ended'],
  disk_full: [507, 'The space for recordings is used up'],
  encoder_picture: [422, 'Set the video encoder to H.264'],
  encoder_sound: [422, 'Set the audio encoder to AAC, mono or stereo, at 44.1 or 48 kHz'],
  encoder_size: [422, 'The encoder does not say how large its picture is (onMetaData)'],
  encoder_key_frames: [422, 'Set the keyframe interval to 2 s'],
  encoder_bitrate: [422, 'Lower the bitrate: at most 8 Mbit/s'],
});
