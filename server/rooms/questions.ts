/** Questions: viewers ask and vote, whoever leads the room marks what is being answered. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { deriveId, mintId, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mediaTimeAt } from '../media/index.ts';
import { hiddenFrom } from '../people/index.ts';
import { judgeLines } from './chat.ts';
import { mustHavePower } from './power.ts';
import { getRoom } from './rooms.ts';
import * as queries from './talk_queries.ts';
import { changedIn } from './tallies.ts';
import { type Happening, keepInTimeline, tellRooms } from './timeline.ts';

type Question = queries.Question;

/** Three questions a minute: the chat is for the rest. */
const RATE = { limit: 3, window_ms: 60_000 };

/** Asks. What holds for a line of the chat holds for a question; it begins with the vote of who asks. */
export async function askQuestion(
  ctx: Context,
  tx: Tx,
  me: Principal,
  { room_id, text }: { room_id: string; text: string },
): Promise<Question> {
  if (!ctx.limiter.allow('rooms.question', me.person_id, RATE)) throw new Refusal('too_many_requests');
  const now = ctx.clock.now();
  const { person_id } = me;
  const question_id = mintId();
  const [refusal] = await judgeLines(tx, [{ line_id: question_id, room_id, person_id, text, said_at: now }], ctx);
  if (refusal) throw refusal;
  const question: Question = {
    question_id,
    room_id,
    person_id,
    text,
    state: 'open',
    votes: 0,
    asked_at: now,
    closed_at: null,
  };
  await queries.insertQuestion(tx, question);
  await queries.setQuestionVote(tx, { question_id, person_id, wanted: true, at: now });
  const asked = { ...question, votes: 1 };
  await tell(ctx, tx, asked, now);
  return asked;
}

/** Sets one's vote or takes it back; it counts once. Refuses `question_closed`. */
export async function voteForQuestion(
  ctx: Context,
  me: Principal,
  { room_id, question_id, wanted }: { room_id: string; question_id: string; wanted: boolean },
): Promise<void> {
  const { host_id } = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, host_id, 'like');
  const changed = await inTx(ctx.db, async (tx) => {
    const question = await queries.lockQuestion(tx, room_id, question_id);
    if (!question) throw new Refusal('not_found');
    if (question.state !== 'open') throw new Refusal('question_closed');
    return queries.setQuestionVote(tx, { question_id, person_id: me.person_id, wanted, at: ctx.clock.now() });
  });
  if (changed) changedIn(ctx).questions.set(question_id, room_id);
}

/** The host answers it now: it stands over the picture, and in the replay at this second. */
export async function answerQuestion(
  ctx: Context,
  me: Principal,
  { room_id, question_id, media_at }: { room_id: string; question_id: string; media_at: Date | null },
): Promise<void> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'lead');
  const shown_at = await mediaTimeAt(ctx, room.stream_id, media_at);
  await close(ctx, { room_id, question_id, state: 'answered', shown_at });
}

/** Takes a question away: who asked it, or whoever leads the room. */
export async function removeQuestion(ctx: Context, me: Principal, room_id: string, question_id: string): Promise<void> {
  const { host_id } = await getRoom(ctx, room_id);
  await close(ctx, { room_id, question_id, state: 'removed', shown_at: ctx.clock.now() }, async (asked_by) => {
    if (asked_by !== me.person_id) await mustHavePower(ctx, me, host_id, 'lead');
  });
}

interface Closing {
  room_id: string;
  question_id: string;
  state: 'answered' | 'removed';
  shown_at: Date;
}

async function close(ctx: Context, closing: Closing, mayDo?: (asked_by: string) => Promise<void>): Promise<void> {
  const { room_id, question_id, state, shown_at } = closing;
  await inTx(ctx.db, async (tx) => {
    const question = await queries.lockQuestion(tx, room_id, question_id);
    if (!question) throw new Refusal('not_found');
    await mayDo?.(question.person_id);
    if (question.state === state) return;
    if (question.state === 'removed') throw new Refusal('question_closed');
    await queries.closeQuestion(tx, question_id, state, ctx.clock.now());
    await tell(ctx, tx, { ...question, state }, shown_at);
  });
}

async function tell(ctx: Context, tx: Tx, question: Question, media_at: Date): Promise<void> {
  const { question_id, room_id, person_id, text, votes, state } = question;
  const happening: Happening = {
    event_id: deriveId('question', question_id, state),
    room_id,
    person_id,
    happened_at: ctx.clock.now(),
    media_at,
    what: { type: 'question', question_id: toWire('question', question_id), text, votes, state },
  };
  await keepInTimeline(tx.client, [happening]);
  tx.after_commit.push(
    () => void tellRooms(ctx, [happening]).catch((error) => ctx.log.error({ error }, 'a question is not shown')),
  );
}

/** What this reader may see of what was asked. */
export async function questionsFor(ctx: Context, viewer: Principal | null, room_id: string) {
  const hidden = viewer ? await hiddenFrom(ctx.db.pool, viewer.person_id) : [];
  return queries.listQuestions(ctx.db.pool, room_id, viewer?.person_id ?? null, hidden);
}
