import assert from 'node:assert/strict';
import { createServer, connect as dial, type Socket } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { openHouse } from '../test/harness.ts';
import type { Answer, RequestKey } from './answer.ts';
import { createBatchers, defineBatcher } from './batcher.ts';
import type { Context } from './context.ts';
import { createPool } from './db.ts';
import { mintId } from './ids.ts';
import { Refusal } from './refusal.ts';

interface Item {
  id: string;
  /** The table takes 1 to 9; 0 is refused by the work itself; a bug is thrown for −1. */
  amount: number;
}

const { ctx, app_url } = await openHouse(null);
await ctx.db.pool.query(`create schema probe create table items (
  item_id uuid primary key, amount int not null check (amount < 10))`);

/** Another process of the same house. */
const node = (over: Partial<Context> = {}): Context => ({ ...ctx, batchers: createBatchers(new Registry()), ...over });

const probe = (options: { maxBatch?: number; maxQueue?: number; first?: () => Promise<void> | void } = {}) =>
  defineBatcher<Item, Item>({
    name: 'probe',
    ...options,
    async run(tx, items) {
      await options.first?.();
      assert(
        items.every((item) => item.amount !== -1),
        'a bug',
      );
      const taken = items.filter((item) => item.amount > 0);
      const sql = `insert into probe.items select * from unnest($1::uuid[], $2::int[]) on conflict (item_id) do nothing`;
      await tx.client.query(sql, [taken.map((item) => item.id), taken.map((item) => item.amount)]);
      return items.map((item) => (item.amount > 0 ? item : new Refusal('forbidden')));
    },
    answer: (item) => ({ status: 201, body: { id: item.id } }),
  });

const item = (amount = 1): Item => ({ id: mintId(), amount });
const keyOf = (key = mintId(), body_hash = 'a'): RequestKey => ({
  principal: 'p',
  route: 'POST /probe',
  key,
  body_hash,
});
const stored = async (items: Item[]): Promise<number> =>
  (await ctx.db.pool.query('select from probe.items where item_id = any($1)', [items.map(({ id }) => id)])).rowCount ??
  0;
const codeOf = (error: unknown) => (error as { code: string }).code;
const failure = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', codeOf);

test('many requests share few transactions', async () => {
  const here = node();
  const items = Array.from({ length: 2_000 }, () => item());
  const batcher = probe();
  assert.deepEqual(await Promise.all(items.map((one) => batcher.submit(here, one))), items);
  assert.equal(await stored(items), 2_000);
  const { batches, items: count, statements } = here.batchers.stats().probe!;
  assert.equal(count, 2_000);
  assert(batches <= 4, `${batches} batches`);
  assert.equal(statements, batches * 3);
});

test('a refused item leaves its neighbours alone', async () => {
  const here = node();
  const [good, bad] = [item(), item(0)];
  const batcher = probe();
  const outcomes = await Promise.all([failure(batcher.submit(here, good)), failure(batcher.submit(here, bad))]);
  assert.deepEqual(outcomes, ['none', 'forbidden']);
  assert.equal(await stored([good, bad]), 1);
});

test('a poisoned item among 499 fails alone', async () => {
  for (const poison of [item(10), item(-1)]) {
    const here = node();
    const items = Array.from({ length: 499 }, () => item()).toSpliced(321, 0, poison);
    const batcher = probe();
    const outcomes = await Promise.allSettled(items.map((one) => batcher.submit(here, one)));
    const failed = outcomes.flatMap(({ status }, i) => (status === 'rejected' ? items[i] : []));
    assert.deepEqual(failed, [poison]);
    assert.equal(await stored(items), 499);
    assert(here.batchers.stats().probe!.halvings <= 9);
  }
});

test('a full line is refused at once with 503 and Retry-After, and memory stays flat', async () => {
  const here = node();
  const gate = Promise.withResolvers<void>();
  const batcher = probe({ maxBatch: 10, maxQueue: 100, first: () => gate.promise });
  const taken = Array.from({ length: 100 }, () => item());
  const answers = Promise.all(taken.map((one) => batcher.submit(here, one)));
  const heap = process.memoryUsage().heapUsed;
  for (let i = 0; i < 20_000; i += 1) {
    const refusal = await batcher.submit(here, item()).catch((error) => error as Refusal);
    assert(refusal instanceof Refusal && refusal.status === 503 && refusal.details.retry_after_s === 1);
  }
  assert(process.memoryUsage().heapUsed - heap < 60_000_000);
  gate.resolve();
  await answers;
  assert.equal(await stored(taken), 100);
});

test('a conflict runs the whole batch again, three times at most', async () => {
  for (const [conflicts, outcome] of [
    [3, 'none'],
    [4, 'overloaded'],
  ] as const) {
    const here = node();
    let left = conflicts as number;
    const batcher = probe({
      first: () => {
        if (left-- > 0) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      },
    });
    const items = [item(), item()];
    const outcomes = await Promise.all(items.map((one) => failure(batcher.submit(here, one))));
    assert.deepEqual(outcomes, [outcome, outcome]);
    assert.equal(here.batchers.stats().probe!.reruns, 3);
    assert.equal(here.batchers.stats().probe!.halvings, 0);
  }
});

test('A1: fifty at once with one key: one effect, fifty equal answers', async () => {
  const here = node();
  const key = keyOf();
  const items = Array.from({ length: 50 }, () => item());
  const batcher = probe();
  const answers = await Promise.all(items.map((one) => batcher.submitKeyed(here, one, key)));
  assert.equal(await stored(items), 1);
  assert.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1);
  assert.equal(answers.filter((answer) => !answer.replayed).length, 1);
  assert.deepEqual(await batcher.submitKeyed(here, item(), key), { ...answers[0], replayed: true });
});

test('A2: a key with another body is refused, now and later', async () => {
  const here = node();
  const key = keyOf();
  const other = { ...key, body_hash: 'b' };
  const batcher = probe();
  const outcomes = await Promise.all([
    failure(batcher.submitKeyed(here, item(), key)),
    failure(batcher.submitKeyed(here, item(), other)),
  ]);
  assert.deepEqual(outcomes, ['none', 'key_reused']);
  assert.equal(await failure(batcher.submitKeyed(here, item(), other)), 'key_reused');
});

test('A3: the key of another person or route is another request', async () => {
  const here = node();
  const key = keyOf();
  const items = [item(), item(), item()];
  const batcher = probe();
  const keys = [key, { ...key, principal: 'q' }, { ...key, route: 'POST /other' }];
  const answers = await Promise.all(items.map((one, i) => batcher.submitKeyed(here, one, keys[i]!)));
  assert.deepEqual(
    answers.map(({ body }) => body),
    items.map(({ id }) => ({ id })),
  );
});

test('a refusal stores nothing: the key may be used again, also by who waited behind it', async () => {
  const here = node();
  const key = keyOf();
  const batcher = probe();
  const [refused, good] = [item(0), item()];
  const outcomes = await Promise.all([
    failure(batcher.submitKeyed(here, refused, key)),
    failure(batcher.submitKeyed(here, good, { ...key, body_hash: 'b' })),
  ]);
  assert.deepEqual(outcomes, ['forbidden', 'none']);
  assert.equal(await stored([refused, good]), 1);
});

test('A27: two processes with one key: one effect, one answer', async () => {
  const batcher = probe();
  const nodes = [node(), node()];
  for (let round = 0; round < 20; round += 1) {
    const key = keyOf();
    const items = [item(), item()];
    const answers = await Promise.all(nodes.map((here, i) => batcher.submitKeyed(here, items[i]!, key)));
    assert.equal(await stored(items), 1);
    assert.deepEqual(answers[0]?.body, answers[1]?.body);
  }
});

test('A12: a lost answer at COMMIT is found again, with and without keys', async () => {
  const { url, cutAfterCommit, close } = await wire(app_url);
  const hot = createPool(url, 4, 'through a wire');
  const here = node({ hot });
  const batcher = probe();
  const warm = item();
  await batcher.submit(here, warm);
  const [plain, keyed, key] = [item(), item(), keyOf()];
  cutAfterCommit();
  const [, answer] = await Promise.all([batcher.submit(here, plain), batcher.submitKeyed(here, keyed, key)]);
  assert.equal(here.batchers.stats().probe!.reruns, 1);
  assert.equal(await stored([plain, keyed]), 2);
  assert.deepEqual(answer.body, { id: keyed.id });
  const again = await batcher.submitKeyed(here, item(), key);
  assert.deepEqual([again.body, again.replayed], [{ id: keyed.id }, true]);
  await hot.end();
  close();
});

test('drain answers all that was taken and takes nothing more', async () => {
  const here = node();
  const batcher = probe({ maxBatch: 7 });
  const items = Array.from({ length: 50 }, () => item());
  const answers = items.map((one) => batcher.submit(here, one));
  await here.batchers.drain();
  assert.equal(await stored(items), 50);
  assert.equal((await Promise.all(answers)).length, 50);
  assert.equal(await failure(batcher.submit(here, item())), 'overloaded');
});

test('any mixture of good, refused, poisoned and repeated requests: each is done once or not at all', async () => {
  const asked = fc.record({ amount: fc.constantFrom(1, 1, 1, 1, 0, 10, -1), key: fc.option(fc.nat(5)) });
  // No more conflicts than a batch may have: after three reruns in a row it is refused, which is another test's.
  const conflicting = fc.array(fc.nat(40), { maxLength: 3 });
  const scripts = fc.tuple(fc.array(asked, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), conflicting);
  await fc.assert(
    fc.asyncProperty(scripts, async ([script, maxBatch, conflicts_at]) => {
      const here = node();
      const conflicts = new Set(conflicts_at);
      let turn = 0;
      const batcher = probe({
        maxBatch,
        first: () => {
          if (conflicts.delete(turn++)) throw Object.assign(new Error('conflict'), { code: '40001' });
        },
      });
      const run = mintId();
      const items = script.map(({ amount }) => item(amount));
      const outcomes = await Promise.all(
        script.map(async ({ key }, i): Promise<string | Answer> => {
          const sent =
            key === null ? batcher.submit(here, items[i]!) : batcher.submitKeyed(here, items[i]!, keyOf(run + key));
          return sent.then((done) => ('body' in done ? done : 'done'), codeOf);
        }),
      );
      const effects = new Set<string>();
      for (const [i, { amount, key }] of script.entries()) {
        const outcome = outcomes[i]!;
        if (typeof outcome === 'object') effects.add((outcome.body as { id: string }).id);
        else if (outcome === 'done') effects.add(items[i]!.id);
        if (key === null) assert.equal(outcome === 'done', amount > 0 && amount < 10);
      }
      assert.equal(await stored(items), effects.size);
      assert.equal(await stored([...effects].map((id) => ({ id, amount: 1 }))), effects.size);
    }),
    { numRuns: 40 },
  );
});

/** A wire to PostgreSQL that can be cut at the worst moment: the server has heard COMMIT, we do not hear its answer. */
async function wire(database_url: string) {
  const target = new URL(database_url);
  let armed = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = dial(Number(target.port), target.hostname);
    let deaf = false;
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.on('data', (chunk) => {
      if (armed && chunk.includes('commit')) {
        armed = false;
        deaf = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => (deaf ? near.destroy() : near.write(chunk)));
    near.on('close', () => far.end());
    far.on('close', () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(database_url);
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return {
    url: url.href,
    cutAfterCommit: () => {
      armed = true;
    },
    close,
  };
}
