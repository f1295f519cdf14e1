/** What a room's socket accepts and says, as schemas that satisfy the types of sdk/live.ts. */
import type { RoomEvent } from '@souk/sdk/live';
import * as z from 'zod';
import { plain, plainLines } from '../kernel/plain.ts';

/** Every message is one of these or ignored: fields are read where they are used. */
export const envelope = z.looseObject({ v: z.literal(1), type: z.string().max(40), key: z.unknown().optional() });

export const hello = z.object({
  epoch: z.string().max(40).optional(),
  seq: z.int().min(0).optional(),
});

/** As the Idempotency-Key of HTTP. */
export const messageKey = z.string().regex(/^[\x21-\x7e]{8,200}$/);

/** One line of text that people read: plain, and not empty. */
const oneLine = (max: number) =>
  z
    .string()
    .max(5 * max)
    .refine((text) => text.isWellFormed(), 'is not valid Unicode')
    .transform(plain)
    .pipe(z.string().min(1).max(max));

export const sendLine = z.object({ text: oneLine(200) });

/** What a host calls their room. A codec, so that it can stand in the description of the API. */
export const title = z.string().min(1).max(100).overwrite(plain).min(1);

/** Text of several lines, possibly empty: plain as well, with its line breaks. */
export const plainText = (max: number) => z.string().max(max).overwrite(plainLines);

/** What somebody looks for in titles and names. */
export const searchText = z.string().max(80).overwrite(plain).min(1);

/** One line that a host or viewer writes for all: a question, an option, a pinned message. */
export const shortText = (max: number) => z.string().min(1).max(max).overwrite(plain).min(1);

export const sendCaption = z.object({
  text: oneLine(200),
  language: z.enum(['de', 'en']),
  media_at: z.iso.datetime({ offset: true }).optional(),
});

export const like = z.object({ count: z.int().min(1).max(50) });

export const personCard = z.object({
  person_id: z.string(),
  handle: z.string(),
  name: z.string(),
  avatar_url: z.string().nullable(),
  role: z.enum(['host', 'moderator']).optional(),
});

/** By its id on the wire. */
export const thingRef = z.object({
  type: z.literal('product'),
  id: z.string().regex(/^product_[0-7][0-9a-hjkmnp-tv-z]{25}$/),
});

const happened = { id: z.string(), at: z.string() };

const line = z.object({ ...happened, type: z.literal('chat'), by: personCard, text: z.string() });
const gift = z.object({
  ...happened,
  type: z.literal('gift'),
  by: personCard,
  gift: z.string(),
  count: z.int(),
  combo_id: z.string().nullable(),
});
const pin = z.object({ ...happened, type: z.literal('pin'), thing: thingRef, media_at: z.string() });
const unpin = z.object({ ...happened, type: z.literal('unpin'), media_at: z.string() });
const shown = { ...happened, media_at: z.string() };
const asked = { poll_id: z.string(), question: z.string(), options: z.array(z.string()) };
const poll = z.object({ ...shown, ...asked, type: z.literal('poll'), closes_at: z.string() });
const pollClosed = z.object({ ...shown, ...asked, type: z.literal('poll.closed'), votes: z.array(z.int()) });
const note = z.object({ ...shown, type: z.literal('note'), text: z.string().nullable() });
const caption = z.object({ ...shown, type: z.literal('caption'), text: z.string(), language: z.string() });
const question = z.object({
  ...shown,
  type: z.literal('question'),
  question_id: z.string(),
  by: personCard,
  text: z.string(),
  votes: z.int(),
  state: z.enum(['open', 'answered', 'removed']),
});
const cohost = z.object({ ...shown, type: z.literal('cohost'), by: personCard, here: z.boolean() });
const purchase = z.object({ ...happened, type: z.literal('purchase'), thing: thingRef });

/** What a replay shows, each at its second. */
export const timelineEvent = z.discriminatedUnion('type', [
  line,
  gift,
  pin,
  unpin,
  purchase,
  poll,
  pollClosed,
  note,
  caption,
  question,
  cohost,
]) satisfies z.ZodType<RoomEvent>;
