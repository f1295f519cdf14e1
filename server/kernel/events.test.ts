import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../test/harness.ts';
import { inTx } from './db.ts';
import { type Event, emit } from './events.ts';
import { mintId } from './ids.ts';

const { ctx, clock, url } = await openHouse(test);
const heard: Event[] = [];
let broken = 0;
const POISON = mintId();

ctx.relay.on('test.happened', 'a test', (events) => {
  if (broken > 0) {
    broken -= 1;
    throw new Error('told to');
  }
  if (events.some(({ subject }) => subject === POISON)) throw new Error('poison');
  heard.push(...events);
});

const happened = (subject: string) => ({ type: 'test.happened', actor: null, subject, data: {} });
const tell = (...subjects: string[]) => inTx(ctx.db, (tx) => emit(tx, ctx, subjects.map(happened)));
const subjects = () => heard.map(({ subject }) => subject);

async function due(): Promise<void> {
  clock.advance(61_000);
  await ctx.relay.drain();
}

const figure = async (name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
};

test('I12: what was committed is handed on, what was rolled back never', async () => {
  const [kept, gone] = [mintId(), mintId()];
  await tell(kept);
  const failing = inTx(ctx.db, async (tx) => {
    await emit(tx, ctx, [happened(gone)]);
    throw new Error('changed its mind');
  });
  await assert.rejects(failing);
  await due();
  assert.deepEqual(subjects(), [kept]);
});

test('I12: a consumer that fails is told again, with the same event', async () => {
  const subject = mintId();
  const [event] = await tell(subject);
  broken = 2;
  await ctx.relay.drain();
  assert.ok(!subjects().includes(subject));
  await due();
  await due();
  assert.deepEqual(
    heard.filter((one) => one.subject === subject).map(({ id }) => id),
    [event?.id],
  );
});

test('C8: an event that nobody can take is set aside after ten tries; its neighbours pass, and a figure shows it', async () => {
  const neighbours = [mintId(), mintId()];
  await tell(neighbours[0] as string);
  await tell(POISON);
  await tell(neighbours[1] as string);
  await ctx.relay.drain();
  assert.deepEqual(
    neighbours.filter((one) => !subjects().includes(one)),
    [],
  );
  assert.deepEqual([await figure('souk_outbox_waiting'), await figure('souk_outbox_parked')], [1, 0]);
  for (let tries = 0; tries < 10; tries += 1) await due();
  assert.deepEqual([await figure('souk_outbox_waiting'), await figure('souk_outbox_parked')], [0, 1]);
  const after = mintId();
  await tell(after);
  await ctx.relay.drain();
  assert.ok(subjects().includes(after));
});
