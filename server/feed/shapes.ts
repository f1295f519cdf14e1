/** How the feed looks on the wire. */
import * as z from 'zod';
import { linkedShape } from '../catalog/index.ts';
import { toWire, wireId } from '../kernel/ids.ts';
import { personCard } from '../people/index.ts';
import { roomCard, scheduleCard } from '../rooms/index.ts';
import { type VideoView, videoView } from '../videos/index.ts';
import type { Part } from './score.ts';

/** Why an item is shown, as a code; the sentence is the reader's language. */
export const REASONS = [
  ...['followed', 'creator', 'tag', 'sound', 'co_watched', 'trending', 'held', 'liked', 'fresh'],
  ...['first_audience', 'language', 'live', 'upcoming', 'replay'],
] as const;

export const reason = z.object({
  code: z.enum(REASONS as unknown as [string, ...string[]]),
  tag: z.string().nullable().describe('Which tag'),
  person: personCard.nullable().describe('Whose video led to it'),
  video_id: wireId('video').nullable().describe('Which video led to it'),
});
export type Reason = z.output<typeof reason>;

const because = { why: z.array(reason), served_id: z.string() };

export const feedItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('video'),
    video: videoView,
    links: z.array(linkedShape).describe('What it sells, as far as the viewer’s budget allows'),
    replay: z.boolean().describe('Seen before'),
    ...because,
  }),
  z.object({ kind: z.literal('live'), room: roomCard, ...because }),
  z.object({ kind: z.literal('upcoming'), schedule: scheduleCard, ...because }),
]);
export type FeedItem = z.output<typeof feedItem>;

export const feedPage = z.object({
  items: z.array(feedItem),
  next: z.string().nullable(),
  visit: z.string().describe('Send it with the next page and with what is watched'),
  exhausted: z.boolean().describe('Nothing unseen is left: what follows was seen before'),
});
export type FeedPage = z.output<typeof feedPage>;

/** A page and a place on it. */
export const servedId = (page_id: string, place: number): string => `${toWire('served', page_id)}.${place}`;

export const bare = (code: string): Reason => ({ code, tag: null, person: null, video_id: null });

/** In words for the wire: which tag, and whose video led there, as far as the viewer may see it. */
export function reasonOf({ feature, about }: Part, leads: Map<string, VideoView>): Reason {
  if (feature === 'tag') return { ...bare('tag'), tag: about ?? null };
  if (feature !== 'co_watched') return bare(feature);
  const lead = about === undefined ? undefined : leads.get(about);
  return { ...bare('co_watched'), person: lead?.person ?? null, video_id: lead?.video_id ?? null };
}
