import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame, Gift, Line, RoomEvent, ServerMessage } from '@souk/sdk/live';
import { pinAt, rememberIds, unseenPart } from '@souk/sdk/room';
import { unframed } from './framing.ts';
import { GIFTS_KEPT, joinCombos, LINES_A_SECOND, LINES_IN_SNAPSHOT, Tape } from './tape.ts';

const START = Date.parse('2026-11-21T20:00:00.000Z');
const after = (ms: number) => new Date(START + ms);

const card = (name: string) => ({ person_id: `person_${name}`, handle: name, name, avatar_url: null });
const line = (id: string, ms = 0, role?: 'host'): Line => ({
  type: 'chat',
  id,
  at: after(ms).toISOString(),
  by: { ...card('ada'), ...(role && { role }) },
  text: id,
});
const gift = (id: string, count = 1, combo_id: string | null = null, ms = 0, by = 'ada'): Gift => ({
  type: 'gift',
  id,
  at: after(ms).toISOString(),
  by: card(by),
  gift: 'rose',
  count,
  combo_id,
});
const pin = (id: string, ms: number): RoomEvent => ({
  type: 'pin',
  id,
  at: after(ms).toISOString(),
  media_at: after(ms).toISOString(),
  thing: { type: 'product', id: `product_${id}` },
});

const open = (events: RoomEvent[] = []) => new Tape('event_1', { state: 'live', end_reason: null, likes: 0, events });
const read = <T extends ServerMessage>(bytes: Buffer) => JSON.parse(unframed(bytes).toString()) as T;
const idsOf = (message: { events: RoomEvent[] }) => message.events.map((event) => event.id);

function tick(tape: Tape, ms: number, events: RoomEvent[]): Frame {
  tape.add(events, after(ms));
  return read<Frame>(tape.tick(after(ms)));
}

test('frames are numbered, and an event that is handed on twice is told once', () => {
  const tape = open();
  const first = tick(tape, 0, [gift('g1'), gift('g1')]);
  const second = tick(tape, 100, [gift('g1'), gift('g2')]);
  assert.deepEqual([first.seq, second.seq], [1, 2]);
  assert.deepEqual([idsOf(first), idsOf(second)], [['g1'], ['g2']]);
});

test('the gifts of one combo are joined within a tick, and nothing else is', () => {
  const events = [
    gift('a1', 2, 'c1'),
    gift('b1', 1, 'c1', 0, 'ben'),
    line('l1'),
    gift('a2', 3, 'c1'),
    gift('x', 1, null),
  ];
  const joined = joinCombos(events);
  assert.deepEqual(idsOf({ events: joined }), ['a1', 'b1', 'l1', 'x']);
  const [first] = joined as [Gift];
  assert.equal(first.count, 5);
  assert.deepEqual(first.parts, [
    { id: 'a1', count: 2 },
    { id: 'a2', count: 3 },
  ]);
  const total = joined.reduce((sum, event) => sum + (event.type === 'gift' ? event.count : 0), 0);
  assert.equal(total, 7);
});

test('twenty lines a second reach everyone; the host’s come on top, and what is held back is counted', () => {
  const tape = open();
  const many = Array.from({ length: 50 }, (_, i) => line(`l${i}`));
  const frame = tick(tape, 0, [...many, line('host', 0, 'host')]);
  assert.equal(frame.events.length, LINES_A_SECOND + 1);
  assert.ok(idsOf(frame).includes('host'));
  assert.equal(frame.held_back, 50 - LINES_A_SECOND);
  let later = 0;
  for (let i = 1; i <= 10; i += 1)
    later += tick(tape, i * 100, [line(`m${i}a`), line(`m${i}b`), line(`m${i}c`)]).events.length;
  assert.equal(later, LINES_A_SECOND, 'two a tick in the long run');
});

test('F4: whoever names the last frame gets exactly the frames after it', () => {
  const tape = open();
  for (let i = 1; i <= 30; i += 1) tick(tape, i * 100, [gift(`g${i}`)]);
  const missed = tape.catchUp('event_1', 20)?.map((bytes) => read<Frame>(bytes));
  assert.deepEqual(
    missed?.map((frame) => frame.seq),
    [21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
  );
  assert.deepEqual(tape.catchUp('event_1', 30), []);
});

test('F4: another epoch, a frame from the future and a gap of over a minute lead to a snapshot', () => {
  const tape = open();
  for (let i = 1; i <= 200; i += 1) tick(tape, i * 1_000, [gift(`g${i}`, 1, null, i * 1_000)]);
  assert.equal(tape.catchUp('event_2', 190), null);
  assert.equal(tape.catchUp('event_1', 201), null);
  assert.equal(tape.catchUp('event_1', 10), null);
  assert.equal(tape.catchUp(undefined, undefined), null);
  assert.ok(tape.catchUp('event_1', 150));
  const snapshot = read<Frame>(tape.snapshot());
  assert.equal(snapshot.seq, 200);
  assert.deepEqual([idsOf(snapshot).at(0), idsOf(snapshot).at(-1)], ['g140', 'g200']);
});

test('a snapshot holds the last lines, the gifts and pins of a minute and the pin before', () => {
  const tape = open([pin('p0', -500_000), pin('p1', -100_000), pin('p2', -30_000)]);
  const lines = Array.from({ length: 70 }, (_, i) => line(`l${i}`, i, 'host'));
  tick(tape, 0, [...lines, gift('g1')]);
  const ids = idsOf(read<Frame>(tape.snapshot()));
  assert.equal(ids.filter((id) => id.startsWith('l')).length, LINES_IN_SNAPSHOT);
  assert.deepEqual(
    ids.filter((id) => id.startsWith('p')),
    ['p1', 'p2'],
  );
  assert.ok(ids.includes('l69') && ids.includes('g1') && !ids.includes('l0'));
});

test('a deleted line and a returned gift leave the snapshot', () => {
  const tape = open();
  tick(tape, 0, [line('l1'), gift('g1', 2, 'c'), gift('g2', 3, 'c')]);
  const at = after(100).toISOString();
  tick(tape, 100, [
    { type: 'chat.deleted', id: 'e1', at, line_id: 'l1' },
    { type: 'gift.returned', id: 'e2', at, gift_id: 'g2' },
  ]);
  const { events } = read<Frame>(tape.snapshot());
  assert.equal(events.length, 1);
  assert.equal((events[0] as Gift).count, 2);
});

test('F1: a summary holds every gift and pin of what was missed and the newest lines', () => {
  const tape = open();
  for (let i = 1; i <= 100; i += 1) {
    tick(tape, i * 100, [line(`l${i}`, 0, 'host'), gift(`g${i}`, 1, 'combo'), ...(i === 50 ? [pin('p', 0)] : [])]);
  }
  const summary = read<ServerMessage & { type: 'summary' }>(tape.summary(0));
  assert.equal(summary.seq, 100);
  assert.equal(summary.left_out, 50);
  const [given] = summary.events.filter((event) => event.type === 'gift');
  assert.deepEqual([given?.count, given?.parts?.length], [100, 100]);
  assert.ok(idsOf(summary).includes('p'));
});

test('F3: in a storm of gifts memory and messages stay bounded', () => {
  const tape = open();
  for (let i = 0; i < 600; i += 1) {
    tick(
      tape,
      i * 100,
      Array.from({ length: 100 }, (_, n) => gift(`g${i}.${n}`, 1, null, i * 100, `p${n}`)),
    );
  }
  assert.ok(tape.snapshot().length < 40_000, `${tape.snapshot().length}`);
  const [only, ...more] = tape.catchUp('event_1', 500) ?? [];
  assert.equal(more.length, 0, 'one summary instead of a hundred frames');
  assert.equal(read<Frame>(only as Buffer).events.length, GIFTS_KEPT);
});

test('counters are latest values: what did not change is not said', () => {
  const tape = open();
  tape.count({ viewers: 3, likes: 0, stock: { a: 5, b: 1 } });
  assert.deepEqual(tick(tape, 0, []).counters, { viewers: 3, stock: { a: 5, b: 1 } });
  tape.count({ viewers: 3, stock: { a: 4 } });
  assert.deepEqual(tick(tape, 100, []).counters, { stock: { a: 4 } });
  tape.count({ likes: 0 });
  assert.equal(tape.waits, false);
});

test('F4: a viewer who sees a joined combo after one of its parts counts only the rest', () => {
  const seen = rememberIds(100);
  assert.equal((unseenPart(gift('a1', 2, 'c'), seen) as Gift).count, 2);
  const [joined] = joinCombos([gift('a1', 2, 'c'), gift('a2', 3, 'c')]) as [Gift];
  assert.equal((unseenPart(joined, seen) as Gift).count, 3);
  assert.equal(unseenPart(joined, seen), null);
  assert.equal(unseenPart(gift('a2', 3, 'c'), seen), null);
});

test('a pin shows when the picture gets there, for each viewer at another moment', () => {
  const unpin: RoomEvent = {
    type: 'unpin',
    id: 'u',
    at: after(9_000).toISOString(),
    media_at: after(20_000).toISOString(),
  };
  const events = [pin('p2', 12_000), pin('p1', 2_000), unpin];
  assert.equal(pinAt(events, after(1_999)), null);
  assert.equal(pinAt(events, after(2_000))?.id, 'p1');
  assert.equal(pinAt(events, after(11_999))?.id, 'p1');
  assert.equal(pinAt(events, after(12_000))?.id, 'p2');
  assert.equal(pinAt(events, after(20_000)), null);
});
