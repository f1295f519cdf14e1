import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Act,
  advance,
  emptyStage,
  LONGEST_MS,
  MOST_WAITING,
  offer,
  STAGE_MS,
  takeBack,
  told,
} from './stage_queue.ts';

let ids = 0;
function act(who: string, gift = 'comet', run = `run-${ids++}`, count = 1): Act {
  const by = { person_id: who, name: who, avatar_url: null };
  return { run, gift, count, by, parts: [{ id: `gift-${ids++}`, count }] };
}

test('one at a time: the next begins when the one before is over', () => {
  let queue = offer(emptyStage, act('ada'), 0);
  queue = offer(queue, act('bob'), 10);
  assert.deepEqual([queue.playing?.by.name, queue.waiting.length], ['ada', 1]);
  assert.equal(advance(queue, STAGE_MS - 1).playing?.by.name, 'ada');
  queue = advance(queue, STAGE_MS);
  assert.deepEqual([queue.playing?.by.name, queue.waiting.length], ['bob', 0]);
  assert.equal(advance(queue, 2 * STAGE_MS).playing, null);
});

test('fair: who has not had the stage comes before the third gift of who has', () => {
  let queue = emptyStage;
  for (const who of ['ada', 'ada', 'ada', 'bob', 'eve']) queue = offer(queue, act(who), 0);
  const order: string[] = [];
  for (let now = 0; queue.playing; now += STAGE_MS) {
    order.push(queue.playing.by.name);
    queue = advance(queue, now + STAGE_MS);
  }
  assert.deepEqual(order, ['ada', 'bob', 'eve', 'ada', 'ada']);
});

test('bounded: the youngest of whoever has most steps back, and is told as a sum', () => {
  let queue = emptyStage;
  for (let i = 0; i < 12; i += 1) queue = offer(queue, act('ada', i % 2 ? 'whale' : 'comet'), 0);
  queue = offer(queue, act('bob', 'aurora'), 0);
  assert.equal(queue.waiting.length, MOST_WAITING);
  assert.ok(
    queue.waiting.some(({ by }) => by.name === 'bob'),
    'the quiet one keeps a place',
  );
  assert.equal(
    Object.values(queue.skipped).reduce((a, b) => a + b),
    13 - 1 - MOST_WAITING,
  );
  assert.deepEqual(told(queue).skipped, {});
});

test('a run counts up in place, and cannot keep the stage for ever', () => {
  let queue = offer(emptyStage, act('ada', 'comet', 'run'), 0);
  queue = offer(queue, act('bob'), 0);
  for (let now = 500; now < LONGEST_MS + 5_000; now += 500) {
    queue = advance(queue, now);
    if (queue.playing?.run === 'run') queue = offer(queue, act('ada', 'comet', 'run'), now);
  }
  assert.equal(queue.playing?.by.name, 'bob');
});

test('a gift that is taken back leaves the stage, or the run it was part of', () => {
  const [first, second] = [act('ada', 'comet', 'run', 2), act('ada', 'comet', 'run', 3)];
  let queue = offer(offer(emptyStage, first, 0), second, 100);
  queue = offer(queue, act('bob'), 200);
  assert.equal(queue.playing?.count, 5);
  queue = takeBack(queue, first.parts[0]!.id, 300);
  assert.equal(queue.playing?.count, 3);
  queue = takeBack(queue, second.parts[0]!.id, 400);
  assert.equal(queue.playing?.by.name, 'bob');
});
