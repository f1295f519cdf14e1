import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gift, RoomEvent } from '@souk/sdk/live';
import { firstView, type RoomView, roomView } from './room_view.ts';

const by = { person_id: 'person_1', handle: 'ada', name: 'Ada', avatar_url: null };
const gift = (id: string, count: number, combo_id: string | null = 'run'): Gift => ({
  type: 'gift',
  id,
  at: '2026-11-21T12:00:00.000Z',
  by,
  gift: 'rose',
  count,
  combo_id,
});
const back = (gift_id: string): RoomEvent => ({
  type: 'gift.returned',
  id: `back-${gift_id}`,
  at: '2026-11-21T12:00:05.000Z',
  gift_id,
});
const after = (events: RoomEvent[], view: RoomView = firstView) =>
  roomView(view, { type: 'events', events, live: true });
const counts = (view: RoomView) => view.log.map((line) => (line.type === 'gift' ? line.count : null));

test('a run is one line that counts up; what is taken back of it counts down, and the last takes the line away', () => {
  let view = after([gift('a', 3), gift('b', 4), gift('c', 1, null)]);
  assert.deepEqual(counts(view), [7, 1]);
  view = after([back('a')], view);
  assert.deepEqual([counts(view), view.returned], [[4, 1], ['a']]);
  view = after([back('b'), back('c')], view);
  assert.deepEqual([counts(view), view.returned], [[], ['a', 'b', 'c']]);
});

test('flushes that the server joined in one tick leave one by one as well', () => {
  const joined = {
    ...gift('a', 5),
    parts: [
      { id: 'a', count: 2 },
      { id: 'b', count: 3 },
    ],
  };
  assert.deepEqual(counts(after([back('b')], after([joined]))), [2]);
});

test('goals and momentum are the latest values; a goal is celebrated only by who watched', () => {
  const goals = [
    {
      goal_id: 'goal_1',
      room_id: null,
      title: 'A new kiln',
      unit: 'coins' as const,
      currency: null,
      target: '10',
      progress: '10',
      reached: true,
    },
  ];
  let view = roomView(firstView, { type: 'counters', counters: { goals, momentum: null } });
  assert.deepEqual([view.goals, view.momentum], [goals, null]);
  const reached: RoomEvent = {
    type: 'goal.reached',
    id: 'event_1',
    at: '2026-11-21T12:00:00.000Z',
    goal_id: 'goal_1',
    title: 'A new kiln',
  };
  view = roomView(view, { type: 'events', events: [reached], live: false });
  assert.equal(view.celebrated, null);
  assert.equal(after([reached], view).celebrated?.title, 'A new kiln');
});
