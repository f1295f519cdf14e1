/** How comments look on the wire. */
import * as z from 'zod';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import type * as queries from './comment_queries.ts';
import type { Asks } from './queries.ts';

export const commentView = z.object({
  comment_id: wireId('comment'),
  video_id: wireId('video'),
  /** The comment below which it stands. */
  parent_id: wireId('comment').nullable(),
  person: personCard,
  /** Whom it answers, where that is not the parent's author. */
  answers: personCard.nullable(),
  text: z.string(),
  /** Waits for the owner of the video: seen by its author and the owner alone. */
  held_for: z.enum(['word', 'link', 'all']).nullable(),
  likes: z.int(),
  replies: z.int(),
  liked: z.boolean(),
  liked_by_owner: z.boolean(),
  pinned: z.boolean(),
  created_at: timeCodec,
});

/** As the reader of these rows sees them; what an erased person said is absent. */
export async function viewAll(q: Asks, rows: queries.ShownComment[]): Promise<z.output<typeof commentView>[]> {
  const ids = rows.flatMap((row) => [row.person_id, ...(row.answers_id ? [row.answers_id] : [])]);
  const people = new Map((await findPeople(q, [...new Set(ids)])).map((one) => [one.person_id, cardOf(one)]));
  return rows.flatMap((row) => {
    const { comment_id, video_id, parent_id, held_for, likes, replies, liked, liked_by_owner, created_at } = row;
    const person = people.get(row.person_id);
    const answers = row.answers_id === null ? null : (people.get(row.answers_id) ?? null);
    const said = { comment_id, video_id, parent_id, answers, text: row.body_text, held_for, created_at };
    const counts = { likes, replies, liked, liked_by_owner, pinned: row.pinned_at !== null };
    return person ? [{ ...said, ...counts, person }] : [];
  });
}
