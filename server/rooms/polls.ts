/** Polls: one at a time in a room, one vote a person, open until a time of the server's clock. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { deriveId, mintId, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mediaTimeAt } from '../media/index.ts';
import { mustHavePower } from './power.ts';
import { getRoom } from './rooms.ts';
import * as queries from './talk_queries.ts';
import { changedIn } from './tallies.ts';
import { type Happening, keepInTimeline, tellRooms } from './timeline.ts';

type Poll = queries.Poll;

export interface NewPoll {
  question: string;
  options: string[];
  for_s: number;
  media_at: Date | null;
}

/** Opens a poll; viewers see it when their picture gets there. Refuses `poll_open`, `room_not_live`. */
export async function openPoll(ctx: Context, tx: Tx, me: Principal, room_id: string, wish: NewPoll): Promise<Poll> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'lead');
  if (room.state !== 'live') throw new Refusal('room_not_live');
  const now = ctx.clock.now();
  const { question, options } = wish;
  const closes_at = new Date(now.getTime() + wish.for_s * 1_000);
  const opened = { poll_id: mintId(), room_id, opened_by: me.person_id, opened_at: now, closed_at: null };
  const poll: Poll = { ...opened, question, options, closes_at };
  if (!(await queries.insertPoll(tx, poll))) throw new Refusal('poll_open');
  const media_at = await mediaTimeAt(ctx, room.stream_id, wish.media_at);
  const what = { type: 'poll', ...factsOf(poll), closes_at: closes_at.toISOString() } as const;
  await show(ctx, tx, [
    { event_id: deriveId('poll', poll.poll_id), room_id, person_id: null, happened_at: now, media_at, what },
  ]);
  return poll;
}

/**
 * One vote a person, for good. Again for the same option changes nothing; for another one it refuses `voted_already`.
 * Refuses `poll_closed` from `closes_at` on, whoever has closed it by then or not.
 */
export async function vote(
  ctx: Context,
  me: Principal,
  { room_id, poll_id, option }: { room_id: string; poll_id: string; option: number },
): Promise<void> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'like');
  const counted = await inTx(ctx.db, async (tx) => {
    const now = ctx.clock.now();
    const poll = await queries.holdPoll(tx, room_id, poll_id);
    if (!poll) throw new Refusal('not_found');
    if (option >= poll.options.length) throw new Refusal('invalid_request', { detail: 'There is no such option' });
    if (poll.closed_at || poll.closes_at <= now) {
      if ((await queries.findVote(tx.client, poll_id, me.person_id)) === option) return option;
      throw new Refusal('poll_closed');
    }
    return queries.insertVote(tx, { poll_id, person_id: me.person_id, option, at: now });
  });
  if (counted !== option) throw new Refusal('voted_already');
  changedIn(ctx).polls.add(poll_id);
}

/** The host closes it before its time. Twice is once. */
export async function closePoll(ctx: Context, me: Principal, room_id: string, poll_id: string): Promise<void> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'lead');
  await inTx(ctx.db, (tx) => close(ctx, tx, { room_id, poll_id }));
}

/** The room is over, and with it its poll. */
export const closePollsOf = (ctx: Context, room_id: string): Promise<number> =>
  inTx(ctx.db, (tx) => close(ctx, tx, { room_id }));

/** Closes what is due. @returns how many */
export const closeDuePolls = (ctx: Context, now: Date): Promise<number> =>
  inTx(ctx.db, (tx) => close(ctx, tx, { due_at: now }));

async function close(ctx: Context, tx: Tx, which: Parameters<typeof queries.closePolls>[1]): Promise<number> {
  const now = ctx.clock.now();
  const closed = await queries.closePolls(tx, which, now);
  const happenings: Happening[] = [];
  for (const poll of closed) {
    const { poll_id, room_id } = poll;
    const votes = await queries.countVotes(tx.client, poll);
    const { stream_id } = await getRoom(ctx, room_id);
    const media_at = await mediaTimeAt(ctx, stream_id, null);
    const what = { type: 'poll.closed', ...factsOf(poll), votes } as const;
    const event_id = deriveId('poll.closed', poll_id);
    happenings.push({ event_id, room_id, person_id: null, happened_at: now, media_at, what });
  }
  await show(ctx, tx, happenings);
  return closed.length;
}

const factsOf = ({ poll_id, question, options }: Poll) => ({ poll_id: toWire('poll', poll_id), question, options });

async function show(ctx: Context, tx: Tx, happenings: Happening[]): Promise<void> {
  if (happenings.length === 0) return;
  await keepInTimeline(tx.client, happenings);
  tx.after_commit.push(
    () => void tellRooms(ctx, happenings).catch((error) => ctx.log.error({ error }, 'a poll is not shown')),
  );
}

/** The newest poll as this viewer has it: with how it stands, and what they chose. */
export async function findPollFor(ctx: Context, viewer: Principal | null, room_id: string) {
  const poll = await queries.findNewestPoll(ctx.db.pool, room_id);
  if (!poll) return null;
  const [votes, voted] = await Promise.all([
    queries.countVotes(ctx.db.pool, poll),
    viewer ? queries.findVote(ctx.db.pool, poll.poll_id, viewer.person_id) : null,
  ]);
  return { ...poll, votes, voted };
}
