/** Routes of polls, questions and the pinned message. Captions come over the socket. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { setNote } from './captions.ts';
import { shortText } from './messages.ts';
import { closePoll, findPollFor, openPoll, vote } from './polls.ts';
import { mountQuestions } from './questions_api.ts';
import { getRoomFor } from './rooms.ts';
import { roomParams } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const LEAD = ['not_a_moderator'];
const mediaAt = { media_at: timeCodec.optional() };

export function mountTalk(app: App): void {
  mountPolls(app);
  mountQuestions(app);
  mountNote(app);
}

const pollShape = z.object({
  poll_id: wireId('poll'),
  question: z.string(),
  options: z.array(z.string()),
  closes_at: timeCodec,
  closed_at: timeCodec.nullable(),
  votes: z.array(z.int()),
  /** The option that one chose oneself. */
  voted: z.int().nullable(),
});

function mountPolls(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/:room_id/poll',
      who: 'anyone',
      summary: 'The newest poll of a room, how it stands, and what one chose',
      params: roomParams,
      response: { 200: z.object({ poll: pollShape.nullable(), now: timeCodec }) },
    },
    async ({ me, params: { room_id } }) => {
      await getRoomFor(ctx, me, room_id);
      return { poll: await findPollFor(ctx, me, room_id), now: ctx.clock.now() };
    },
  );
  const opened = z.object({ poll_id: wireId('poll'), closes_at: timeCodec });
  route(
    app,
    {
      method: 'POST',
      url: '/rooms/:room_id/polls',
      who: 'person',
      key: 'required',
      summary: 'Open a poll at media time; it closes by the server’s time',
      params: roomParams,
      body: z.object({
        question: shortText(200),
        options: z.array(shortText(60)).min(2).max(4),
        for_s: z.int().min(15).max(600),
        ...mediaAt,
      }),
      response: { 201: opened },
      refusals: ['poll_open', 'room_not_live', ...LEAD],
    },
    ({ me, params, body: { media_at = null, ...wish }, key }) =>
      keyed(ctx, key, { 201: opened }, (tx) => openPoll(ctx, tx, me, params.room_id, { ...wish, media_at })),
  );
  const params = roomParams.extend({ poll_id: wireId('poll') });
  route(
    app,
    {
      method: 'PUT',
      url: '/rooms/:room_id/polls/:poll_id/vote',
      who: 'person',
      summary: 'Vote, once and for good',
      params,
      body: z.object({ option: z.int().min(0).max(3) }),
      response: { 200: done },
      refusals: ['poll_closed', 'voted_already', 'not_a_moderator'],
    },
    async ({ me, params: where, body: { option } }) => {
      await vote(ctx, me, { ...where, option });
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/rooms/:room_id/polls/:poll_id',
      who: 'person',
      summary: 'Close a poll before its time',
      params,
      response: { 200: done },
      refusals: LEAD,
    },
    async ({ me, params: { room_id, poll_id } }) => {
      await closePoll(ctx, me, room_id, poll_id);
      return DONE;
    },
  );
}

function mountNote(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/rooms/:room_id/note', who: 'person', params: roomParams, response: { 200: done } } as const;
  const refusals = ['room_not_live', ...LEAD];
  const body = z.object({ text: shortText(200), ...mediaAt });
  route(
    app,
    { ...spec, refusals, method: 'PUT', summary: 'Pin a message at media time, in place of the one before', body },
    async ({ me, params, body: { text, media_at = null } }) => {
      await setNote(ctx, me, params.room_id, { text, media_at });
      return DONE;
    },
  );
  const query = z.object(mediaAt);
  route(
    app,
    { ...spec, refusals, method: 'DELETE', summary: 'Take the pinned message away at media time', query },
    async ({ me, params, query: { media_at = null } }) => {
      await setNote(ctx, me, params.room_id, { text: null, media_at });
      return DONE;
    },
  );
}
