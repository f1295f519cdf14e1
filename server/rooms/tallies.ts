/** Votes as they stand, told to a room at most once a second, however many there are. */
import type { Context } from '../kernel/context.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { countVotes, findPolls, votesOfQuestions } from './talk_queries.ts';
import { tellRooms, type What } from './timeline.ts';

interface Changed {
  polls: Set<string>;
  /** Question → its room. */
  questions: Map<string, string>;
}

const kept = new WeakMap<Context, Changed>();

/** What was voted on in this process since it was last told. */
export function changedIn(ctx: Context): Changed {
  let changed = kept.get(ctx);
  if (!changed) {
    changed = { polls: new Set(), questions: new Map() };
    kept.set(ctx, changed);
  }
  return changed;
}

const happening = (ctx: Context, room_id: string, what: What) => ({
  event_id: mintId(),
  room_id,
  person_id: null,
  happened_at: ctx.clock.now(),
  what,
});

/** Tells the counts that changed. */
export async function tellTallies(ctx: Context): Promise<void> {
  const { polls, questions } = changedIn(ctx);
  if (polls.size === 0 && questions.size === 0) return;
  const [poll_ids, rooms] = [[...polls], new Map(questions)];
  polls.clear();
  questions.clear();
  const open = (await findPolls(ctx.db.pool, poll_ids)).filter(({ closed_at }) => closed_at === null);
  const told = await Promise.all(
    open.map(async (poll) => {
      const votes = await countVotes(ctx.db.pool, poll);
      const poll_id = toWire('poll', poll.poll_id);
      return happening(ctx, poll.room_id, { type: 'poll.counted', poll_id, votes });
    }),
  );
  const voted = await votesOfQuestions(ctx.db.pool, [...rooms.keys()]);
  for (const [room_id, same] of Map.groupBy(voted, ({ question_id }) => rooms.get(question_id) as string)) {
    const votes = Object.fromEntries(same.map((row) => [toWire('question', row.question_id), row.votes]));
    told.push(happening(ctx, room_id, { type: 'question.voted', votes }));
  }
  await tellRooms(ctx, told);
}
