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
  /** Null when signed out or one's own. */
  ties: z.object({ following: z.boolean(), follows_me: z.boolean(), blocked_by_me: z.boolean() }).nullable(),
});

export const profileOf = (person: Person, ties: Ties | null): z.output<typeof profile> => ({
  ...cardOf(person),
  bio: person.bio,
  follower_count: person.follower_count,
  following_count: person.following_count,
  joined_at: person.created_at,
  ties: ties && { following: ties.following, follows_me: ties.follows_me, blocked_by_me: ties.blocked_by_me },
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
  suspended_until: timeCodec.nullable(),
});
export type Me = z.output<typeof meShape>;

export async function findMe(ctx: Context, { person_id }: Pick<Principal, 'person_id'>): Promise<Me | null> {
  const [[person], contact] = await Promise.all([
    queries.findPeople(ctx.db.pool, [person_id]),
    queries.findContact(ctx.db, person_id),
  ]);
  if (!person || !contact) return null;
  const { bio, born_on, follower_count, following_count, suspended_until } = person;
  const { email, email_verified } = contact;
  const who = { market: person.market as Me['market'], locale: person.locale, roles: person.roles as Me['roles'] };
  const counts = { follower_count, following_count };
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
