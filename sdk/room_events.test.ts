import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RoomEvent } from './live.ts';
import { shownAt } from './room_events.ts';

const at = (s: number) => new Date(Date.parse('2026-11-02T11:00:00Z') + s * 1_000);
let ids = 0;
const event = (s: number, what: object) =>
  ({ id: `event_${ids++}`, at: at(0).toISOString(), media_at: at(s).toISOString(), ...what }) as RoomEvent;

const facts = { poll_id: 'poll_1', question: 'Which?', options: ['a', 'b'] };
const events = [
  event(10, { type: 'poll', ...facts, closes_at: at(40).toISOString() }),
  event(40, { type: 'poll.closed', ...facts, votes: [2, 1] }),
  event(5, { type: 'note', text: 'Welcome' }),
  event(50, { type: 'note', text: null }),
  event(12, { type: 'caption', text: 'one', language: 'en' }),
  event(14, { type: 'caption', text: 'two', language: 'en' }),
  event(20, { type: 'question', question_id: 'question_1', text: 'Why?', votes: 3, state: 'answered' }),
];

const seen = (s: number) => {
  const { poll, note, caption, question } = shownAt(events, at(s));
  return [poll?.type ?? null, note, caption?.text ?? null, question?.text ?? null];
};

test('what is shown follows the picture, forwards and back, and goes when its time is over', () => {
  assert.deepEqual(seen(0), [null, null, null, null]);
  assert.deepEqual(seen(13), ['poll', 'Welcome', 'one', null]);
  assert.deepEqual(seen(14), ['poll', 'Welcome', 'two', null]);
  assert.deepEqual(seen(22), ['poll', 'Welcome', null, 'Why?']);
  assert.deepEqual(seen(60), ['poll.closed', null, null, null]);
  assert.deepEqual(seen(71), [null, null, null, null]);
  assert.deepEqual(seen(13), ['poll', 'Welcome', 'one', null], 'whoever seeks back sees it again');
});

test('who is in the picture is named as long as they are there', () => {
  const by = { person_id: 'person_1', handle: 'gusti', name: 'Gusti', avatar_url: null };
  const told = [event(10, { type: 'cohost', by, here: true }), event(30, { type: 'cohost', by, here: false })];
  const there = [9, 10, 29, 30].map((s) => shownAt(told, at(s)).cohost?.by.handle ?? null);
  assert.deepEqual(there, [null, 'gusti', 'gusti', null]);
});

test('a caption that came late is shown when it came', () => {
  const late = event(0, { type: 'caption', text: 'late', language: 'de' });
  assert.equal(shownAt([late], at(9)).caption, null);
  const came = (one: RoomEvent) => (one === late ? at(9).getTime() : 0);
  assert.equal(shownAt([late], at(9), came).caption?.type, 'caption');
});
