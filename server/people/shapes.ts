/** How people look on the wire. */
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { marketCodes } from '../markets/index.ts';
import type { Person } from './queries.ts';
import * as queries from './queries.ts';
import type { Ties } from './tie_queries.ts';

/** The least that stands for a person anywhere: in a chat line, a list, a gift. */
export const personCard = z.object({
  person_id: wireId('person'),
  handle: z.string(),
  name: z.string(),
  avatar_url: z.string().nullable(),
});
export type PersonCard = z.output<typeof personCard>;

export const avatarUrl = (avatar: string | null): string | null => (avatar === null ? null : `/avatars/${avatar}`);

export const cardOf = ({ person_id, handle, name, avatar }: Person): PersonCard => ({
  person_id,
  handle,
  name,
  avatar_url: avatarUrl(avatar),
});

export const profile = personCard.extend({
  bio: z.string(),
  follower_count: z.int(),
  following_count: z.int(),
  joined_at: timeCodec,
  /** Only followers see what they post and whom they know; to follow is to ask. */
  is_private: z.boolean(),
  /** Others see what they like. */
  shows_likes: z.boolean(),
  /** The profile is private and the viewer may not look inside. */
  closed: z.boolean(),
  /** Null when signed out or one's own. */
  ties: z
    .object({
      following: z.boolean(),
      follows_me: z.boolean(),
      requested: z.boolean(),
      requests_me: z.boolean(),
      muted_by_me: z.boolean(),
      blocked_by_me: z.boolean(),
    })
    .nullable(),
});

/** @param ties null for oneself and for who is signed out, who are told apart by `own` */
export function profileOf(person: Person, ties: Ties | null, own: boolean): z.output<typeof profile> {
  const { bio, follower_count, following_count, is_private, shows_likes, created_at: joined_at } = person;
  const closed = is_private && !own && !ties?.following;
  const { blocks_me: _, ...shown } = ties ?? { blocks_me: false };
  const counts = { follower_count, following_count };
  const seen = ties && (shown as Omit<Ties, 'blocks_me'>);
  return { ...cardOf(person), bio, ...counts, joined_at, is_private, shows_likes, closed, ties: seen };
}

/** A person in a list of ties, with what ties the viewer to them; null when signed out or oneself. */
export const tiedPerson = personCard.extend({
  is_private: z.boolean(),
  ties: z.object({ following: z.boolean(), follows_me: z.boolean(), requested: z.boolean() }).nullable(),
});

export const locale = z.enum(['de', 'en']);
export const market = z.enum(marketCodes);
export const birthDate = z.iso.date();
export const role = z.enum(['operator', 'moderator', 'finance']);

/** What only the person themselves sees. */
export const meShape = personCard.extend({
  bio: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  market,
  locale,
  born_on: birthDate.nullable(),
  roles: z.array(role),
  follower_count: z.int(),
  following_count: z.int(),
  is_private: z.boolean(),
  shows_likes: z.boolean(),
  suspended_until: timeCodec.nullable(),
});
export type Me = z.output<typeof meShape>;

export async function findMe(ctx: Context, { person_id }: Pick<Principal, 'person_id'>): Promise<Me | null> {
  const [[person], contact] = await Promise.all([
    queries.findPeople(ctx.db.pool, [person_id]),
    queries.findContact(ctx.db, person_id),
  ]);
  if (!person || !contact) return null;
  const { bio, born_on, follower_count, following_count, is_private, shows_likes, suspended_until } = person;
  const { email, email_verified } = contact;
  const who = { market: person.market as Me['market'], locale: person.locale, roles: person.roles as Me['roles'] };
  const counts = { follower_count, following_count, is_private, shows_likes };
  return { ...cardOf(person), ...who, ...counts, bio, email, email_verified, born_on, suspended_until };
}

// Control characters and those that turn the direction of a line: a name must not rewrite its surroundings.
const HOSTILE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const calm = (text: string) => !HOSTILE.test(text.replaceAll('\n', ''));

export const handle = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_.]{1,28}[a-z0-9]$/, '3 to 30 of a–z, 0–9, _ and ., a letter or digit at both ends');
export const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((text) => calm(text) && !text.includes('\n'), 'has characters that cannot be used');
export const bio = z.string().trim().max(300).refine(calm, 'has characters that cannot be used');
export const email = z.email().max(254);
export const password = z.string().min(1).max(128);
export const reason = z.string().trim().min(3).max(500).refine(calm, 'has characters that cannot be used');
