import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RoomEvent } from '@souk/sdk/live';
import { firstView, roomView } from './room_view.ts';

const by = { person_id: 'person_1', handle: 'ann', name: 'Ann', avatar_url: null };
let ids = 0;
const event = (what: object) =>
  ({
    id: `event_${ids++}`,
    at: '2026-11-02T11:00:00.000Z',
    media_at: '2026-11-02T11:00:00.000Z',
    ...what,
  }) as RoomEvent;
const after = (...events: RoomEvent[]) =>
  events.reduce((view, one) => roomView(view, { type: 'events', events: [one], live: true }), firstView);

test('questions are known by their newest state, votes of polls and questions by their latest value', () => {
  const question = { type: 'question', question_id: 'question_1', by, text: 'Why?', votes: 1 };
  const view = after(
    event({ ...question, state: 'open' }),
    event({ type: 'question.voted', votes: { question_1: 4 } }),
    event({ type: 'poll.counted', poll_id: 'poll_1', votes: [1, 0] }),
    event({ type: 'poll.counted', poll_id: 'poll_1', votes: [2, 5] }),
    event({ ...question, state: 'answered' }),
  );
  assert.equal(view.questions.question_1?.state, 'answered');
  assert.equal(view.question_votes.question_1, 4);
  assert.deepEqual(view.votes.poll_1, [2, 5]);
  assert.deepEqual(
    view.cues.map(({ type }) => type),
    ['question'],
    'only what is answered comes with the picture',
  );
});

test('an end that hands over says where to; one that does not says nowhere', () => {
  assert.equal(after(event({ type: 'ended', reason: 'host', to_room_id: 'room_2' })).handed_to, 'room_2');
  assert.equal(after(event({ type: 'ended', reason: 'host' })).handed_to, null);
});
