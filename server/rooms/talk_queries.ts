/** All SQL of polls and questions. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export interface Poll {
  poll_id: string;
  room_id: string;
  question: string;
  options: string[];
  opened_by: string;
  opened_at: Date;
  closes_at: Date;
  closed_at: Date | null;
}

const POLL = 'poll_id, room_id, question, options, opened_by, opened_at, closes_at, closed_at';

/** @returns false when the room has an open one */
export async function insertPoll(tx: Tx, poll: Poll): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into polls (${POLL}) values ($1, $2, $3, $4, $5, $6, $7, null)
     on conflict (room_id) where closed_at is null do nothing`,
    [poll.poll_id, poll.room_id, poll.question, poll.options, poll.opened_by, poll.opened_at, poll.closes_at],
  );
  return rowCount === 1;
}

/** Voters share the row; who closes waits for them, so that every vote that was taken is counted. */
export async function holdPoll(tx: Tx, room_id: string, poll_id: string): Promise<Poll | null> {
  const { rows } = await tx.client.query<Poll>({
    name: 'rooms_hold_poll',
    text: `select ${POLL} from polls where poll_id = $2 and room_id = $1 for share`,
    values: [room_id, poll_id],
  });
  return rows[0] ?? null;
}

/** @returns the option that counts: this one, or the one chosen before */
export async function insertVote(
  tx: Tx,
  vote: { poll_id: string; person_id: string; option: number; at: Date },
): Promise<number> {
  const { rowCount } = await tx.client.query({
    name: 'rooms_insert_vote',
    text: `insert into poll_votes (poll_id, person_id, option, voted_at) values ($1, $2, $3, $4) on conflict do nothing`,
    values: [vote.poll_id, vote.person_id, vote.option, vote.at],
  });
  return rowCount === 1 ? vote.option : ((await findVote(tx.client, vote.poll_id, vote.person_id)) ?? vote.option);
}

export async function findVote(q: Asks, poll_id: string, person_id: string): Promise<number | null> {
  const { rows } = await q.query<{ option: number }>(
    'select option from poll_votes where poll_id = $1 and person_id = $2',
    [poll_id, person_id],
  );
  return rows[0]?.option ?? null;
}

/** Votes of each option, in their order. */
export async function countVotes(q: Asks, { poll_id, options }: Pick<Poll, 'poll_id' | 'options'>): Promise<number[]> {
  const { rows } = await q.query<{ option: number; votes: number }>(
    'select option, count(*)::int as votes from poll_votes where poll_id = $1 group by option',
    [poll_id],
  );
  const known = new Map(rows.map(({ option, votes }) => [option, votes]));
  return options.map((_, i) => known.get(i) ?? 0);
}

/** Closes polls whose time is over, or those of a room. Two that close at once close each poll once. */
export async function closePolls(
  tx: Tx,
  which: { due_at: Date } | { room_id: string; poll_id?: string },
  at: Date,
): Promise<Poll[]> {
  const due = 'due_at' in which;
  const { rows } = await tx.client.query<Poll>(
    `update polls set closed_at = $1 where poll_id in (
       select poll_id from polls where closed_at is null and ${due ? 'closes_at <= $2' : 'room_id = $2'}
         and ($3::uuid is null or poll_id = $3) limit 100 for update ${due ? 'skip locked' : ''})
     returning ${POLL}`,
    [at, due ? which.due_at : which.room_id, due ? null : (which.poll_id ?? null)],
  );
  return rows;
}

/** The newest poll of a room, open or closed. */
export async function findNewestPoll(q: Asks, room_id: string): Promise<Poll | null> {
  const { rows } = await q.query<Poll>(
    `select ${POLL} from polls where room_id = $1 order by opened_at desc, poll_id desc limit 1`,
    [room_id],
  );
  return rows[0] ?? null;
}

export async function findPolls(q: Asks, poll_ids: string[]): Promise<Poll[]> {
  const { rows } = await q.query<Poll>(`select ${POLL} from polls where poll_id = any($1)`, [poll_ids]);
  return rows;
}

export interface Question {
  question_id: string;
  room_id: string;
  person_id: string;
  text: string;
  state: 'open' | 'answered' | 'removed';
  votes: number;
  asked_at: Date;
  closed_at: Date | null;
}

const QUESTION = 'q.question_id, q.room_id, q.person_id, q.text, q.state, q.votes, q.asked_at, q.closed_at';

export async function insertQuestion(tx: Tx, row: Question): Promise<void> {
  await tx.client.query(
    `insert into questions (question_id, room_id, person_id, text, state, votes, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.question_id, row.room_id, row.person_id, row.text, row.state, row.votes, row.asked_at],
  );
}

export async function lockQuestion(tx: Tx, room_id: string, question_id: string): Promise<Question | null> {
  const { rows } = await tx.client.query<Question>(
    `select ${QUESTION} from questions q where q.question_id = $2 and q.room_id = $1 for no key update`,
    [room_id, question_id],
  );
  return rows[0] ?? null;
}

export async function closeQuestion(tx: Tx, question_id: string, state: Question['state'], at: Date): Promise<void> {
  await tx.client.query('update questions set state = $2, closed_at = $3 where question_id = $1', [
    question_id,
    state,
    at,
  ]);
}

/** Sets or takes back one's vote, and counts it. @returns whether anything changed */
export async function setQuestionVote(
  tx: Tx,
  { question_id, person_id, wanted, at }: { question_id: string; person_id: string; wanted: boolean; at: Date },
): Promise<boolean> {
  const { rowCount } = wanted
    ? await tx.client.query(
        'insert into question_votes (question_id, person_id, voted_at) values ($1, $2, $3) on conflict do nothing',
        [question_id, person_id, at],
      )
    : await tx.client.query('delete from question_votes where question_id = $1 and person_id = $2', [
        question_id,
        person_id,
      ]);
  if (rowCount !== 1) return false;
  await tx.client.query('update questions set votes = votes + $2 where question_id = $1', [
    question_id,
    wanted ? 1 : -1,
  ]);
  return true;
}

/** Open ones by votes, then what was answered last. @param hidden whose questions this reader does not see */
export async function listQuestions(
  q: Asks,
  room_id: string,
  viewer_id: string | null,
  hidden: string[],
): Promise<(Question & { voted: boolean })[]> {
  const { rows } = await q.query<Question & { voted: boolean }>(
    `select ${QUESTION}, exists (select from question_votes v
       where v.question_id = q.question_id and v.person_id = $2) as voted
     from questions q where q.room_id = $1 and q.state <> 'removed' and q.person_id <> all($3::uuid[])
     order by q.state = 'answered', case when q.state = 'open' then q.votes end desc, q.closed_at desc, q.question_id
     limit 100`,
    [room_id, viewer_id, hidden],
  );
  return rows;
}

export async function votesOfQuestions(q: Asks, ids: string[]): Promise<{ question_id: string; votes: number }[]> {
  const { rows } = await q.query<{ question_id: string; votes: number }>(
    'select question_id, votes from questions where question_id = any($1)',
    [ids],
  );
  return rows;
}
