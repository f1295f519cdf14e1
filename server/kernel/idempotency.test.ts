import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { ask } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import type { App } from './http.ts';
import { keyed } from './idempotency.ts';
import { mintId } from './ids.ts';
import { digits } from './money.ts';
import { Refusal } from './refusal.ts';
import { route } from './route.ts';

let effects = 0;
let gone = false;

/** Counts how often it was done; answers with a bigint, as text on the wire. */
function mount(app: App): void {
  const response = { 201: z.object({ effect: z.string(), amount: digits }) };
  const body = z.strictObject({ amount: digits });
  route(
    app,
    { method: 'POST', url: '/probe', who: 'person', key: 'required', summary: 'Test', body, response },
    async ({ body: { amount }, key }) => {
      if (gone) throw new Refusal('not_found');
      return keyed(app.souk, key, response, async (tx) => {
        const effect = mintId();
        await tx.client.query('select pg_sleep(0.01)');
        effects += 1;
        return { effect, amount };
      });
    },
  );
}

const house = await openHouse(null, { mount });
const ada = await house.person();
const key = () => `key-${mintId()}`;

test('A1: fifty at once with one key are answered alike, byte for byte', async () => {
  const same = key();
  const replies = await Promise.all(
    Array.from({ length: 50 }, () => ask(ada, 'POST', '/probe', { amount: '9007199254740993' }, same)),
  );
  assert.equal(new Set(replies.map(({ status, body }) => JSON.stringify([status, body]))).size, 1);
  assert.deepEqual([replies[0]?.status, replies[0]?.body.amount], [201, '9007199254740993']);
  assert.equal(replies.filter((reply) => !reply.replayed).length, 1);
});

test('A2: the same key with another body is refused and does nothing', async () => {
  const same = key();
  await ask(ada, 'POST', '/probe', { amount: '1' }, same);
  const before = effects;
  const reply = await ask(ada, 'POST', '/probe', { amount: '2' }, same);
  assert.deepEqual([reply.status, reply.body.code, effects], [422, 'key_reused', before]);
});

test('A3: the key of somebody else is another request', async () => {
  const same = key();
  const eve = await house.person();
  const [mine, hers] = [
    await ask(ada, 'POST', '/probe', { amount: '1' }, same),
    await ask(eve, 'POST', '/probe', { amount: '1' }, same),
  ];
  assert.notEqual(mine.body.effect, hers.body.effect);
});

test('I4: what was answered once is answered so for ever, also when it would be refused now', async () => {
  const same = key();
  const first = await ask(ada, 'POST', '/probe', { amount: '1' }, same);
  gone = true;
  const again = await ask(ada, 'POST', '/probe', { amount: '1' }, same);
  const other = await ask(ada, 'POST', '/probe', { amount: '1' }, key());
  gone = false;
  assert.deepEqual([again.status, again.body, again.replayed], [201, first.body, true]);
  assert.equal(other.status, 404);
});
