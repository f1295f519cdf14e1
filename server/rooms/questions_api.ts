/** Routes of questions. */
import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import { shortText } from './messages.ts';
import { answerQuestion, askQuestion, questionsFor, removeQuestion, voteForQuestion } from './questions.ts';
import { getRoomFor } from './rooms.ts';
import { roomParams } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const LEAD = ['not_a_moderator'];
const WRITE = [
  'muted',
  'slow_mode',
  'followers_only',
  'subscribers_only',
  'account_too_new',
  'link_refused',
  'word_refused',
];
const mediaAt = { media_at: timeCodec.optional() };

const questionShape = z.object({
  question_id: wireId('question'),
  by: personCard,
  text: z.string(),
  state: z.enum(['open', 'answered', 'removed']),
  votes: z.int(),
  /** Whether one has voted for it oneself. */
  voted: z.boolean(),
  asked_at: timeCodec,
});

export function mountQuestions(app: App): void {
  mountQuestion(app);
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/:room_id/questions',
      who: 'anyone',
      summary: 'The hundred questions with most votes; behind them what was answered',
      params: roomParams,
      response: { 200: z.object({ items: z.array(questionShape) }) },
    },
    async ({ me, params: { room_id } }) => {
      await getRoomFor(ctx, me, room_id);
      const rows = await questionsFor(ctx, me, room_id);
      const people = await findPeople(ctx.db.pool, [...new Set(rows.map(({ person_id }) => person_id))]);
      const cards = new Map(people.map((person) => [person.person_id, cardOf(person)]));
      const items = rows.flatMap((row) => {
        const by = cards.get(row.person_id);
        return by ? [{ ...row, by }] : [];
      });
      return { items };
    },
  );
  const asked = z.object({ question_id: wireId('question') });
  route(
    app,
    {
      method: 'POST',
      url: '/rooms/:room_id/questions',
      who: 'person',
      key: 'required',
      summary: 'Ask the host',
      params: roomParams,
      body: z.object({ text: shortText(200) }),
      response: { 201: asked },
      refusals: ['room_not_live', ...WRITE, ...LEAD, ...MAY_REFUSALS],
    },
    ({ me, params: { room_id }, body: { text }, key }) =>
      keyed(ctx, key, { 201: asked }, (tx) => askQuestion(ctx, tx, me, { room_id, text })),
  );
}

const questionParams = roomParams.extend({ question_id: wireId('question') });

function mountQuestion(app: App): void {
  const ctx = app.souk;
  const spec = { who: 'person', params: questionParams, response: { 200: done } } as const;
  const url = '/rooms/:room_id/questions/:question_id';
  for (const [method, wanted, summary] of [
    ['PUT', true, 'Want to know this too'],
    ['DELETE', false, 'Take one’s vote for a question back'],
  ] as const) {
    const refusals = ['question_closed', ...LEAD];
    route(app, { ...spec, url: `${url}/vote`, method, summary, refusals }, async ({ me, params }) => {
      await voteForQuestion(ctx, me, { ...params, wanted });
      return DONE;
    });
  }
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      url: `${url}/answered`,
      summary: 'Answer a question now: it is shown at media time',
      body: z.object(mediaAt),
      refusals: ['question_closed', ...LEAD],
    },
    async ({ me, params, body: { media_at = null } }) => {
      await answerQuestion(ctx, me, { ...params, media_at });
      return DONE;
    },
  );
  const summary = 'Take a question away: one’s own, or whoever leads the room any';
  route(
    app,
    { ...spec, method: 'DELETE', url, summary, refusals: ['question_closed', ...LEAD] },
    async ({ me, params }) => {
      await removeQuestion(ctx, me, params.room_id, params.question_id);
      return DONE;
    },
  );
}
