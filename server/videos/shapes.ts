/** How posts look on the wire. */
import * as z from 'zod';
import { labelShape } from '../access/index.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { plainLines } from '../kernel/plain.ts';
import { personCard } from '../people/index.ts';

export const videoParams = z.object({ video_id: wireId('video') });
export const visibility = z.enum(['everyone', 'followers', 'friends', 'me']);
export const whoComments = z.enum(['everyone', 'followers', 'friends', 'nobody']);
/** ISO 639-1 */
export const language = z.string().regex(/^[a-z]{2}$/, 'must be a language like en');
export const state = z.enum(['draft', 'scheduled', 'published']);

/** What the owner says of a post. */
export const details = z.object({
  caption: z.string().max(2_200).overwrite(plainLines),
  language,
  visibility: visibility.default('everyone'),
  who_comments: whoComments.default('everyone'),
  may_duet: z.boolean().default(true),
});

const counts = z.object({ views: z.int(), likes: z.int(), comments: z.int(), shares: z.int(), saves: z.int() });

/** A post as everybody sees it who may see it. */
export const videoView = z.object({
  video_id: wireId('video'),
  person: personCard,
  state,
  caption: z.string(),
  language: z.string(),
  visibility,
  who_comments: whoComments,
  may_duet: z.boolean(),
  cover_url: z.string().nullable(),
  duration_ms: z.int(),
  /** As it is shown: turned, and with square pixels. */
  width: z.int(),
  height: z.int(),
  has_sound: z.boolean(),
  /** HLS. */
  playlist_url: z.string(),
  captions: z.array(z.object({ language: z.string(), url: z.string() })),
  sound: z.object({ sound_id: wireId('sound'), title: z.string(), owner: personCard }).nullable(),
  /** The video beside which it was recorded, while it can be seen. */
  duet_of: z.object({ video_id: wireId('video'), person: personCard }).nullable(),
  tags: z.array(z.string()),
  published_at: timeCodec.nullable(),
  counts,
  /** Null when signed out. */
  mine: z.object({ liked: z.boolean(), saved: z.boolean() }).nullable(),
  /** What it says about itself in the words of the reader's market where it is commercial. */
  labels: z.array(labelShape),
  is_demo: z.boolean(),
});
export type VideoView = z.output<typeof videoView>;

/** A post as its owner sees it in the studio, also before it can be played. */
export const ownVideo = videoView.extend({
  duration_ms: z.int().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  has_sound: z.boolean().nullable(),
  playlist_url: z.string().nullable(),
  upload: z.object({
    upload_id: wireId('upload'),
    state: z.enum(['receiving', 'packaging', 'packaged', 'refused']),
    refusal: z.string().nullable(),
    file_name: z.string(),
  }),
  created_at: timeCodec,
  /** When it will be published; a time that has passed: as soon as it is packaged. */
  publish_at: timeCodec.nullable(),
  /** Since when it is taken down by moderation. */
  hidden_at: timeCodec.nullable(),
});
export type OwnVideo = z.output<typeof ownVideo>;
