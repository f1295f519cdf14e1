/** One transaction for a whole batch: stored answers first, the work, new answers last. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import type { RequestKey } from './answer.ts';
import type { BatcherSpec } from './batcher.ts';
import type { Context } from './context.ts';
import { createTx, type Tx } from './db.ts';
import { type NewAnswer, readAnswers, type StoredAnswer, storeAnswers } from './idempotency.ts';
import { Refusal } from './refusal.ts';

export interface Asked<Item> {
  item: Item;
  /** Absent: the item is recognised by its own ids. */
  key?: RequestKey & { key_id: string };
}

/** What became of one item: refused, answered by an earlier request, or done. */
export type Outcome<Result> =
  | { is: 'refused'; refusal: Refusal }
  | { is: 'stored'; answer: StoredAnswer }
  | { is: 'done'; result: Result; answer?: NewAnswer };

export interface Committed<Result> {
  outcomes: Outcome<Result>[];
  statements: number;
}

/** @throws what the database or the work threw; then nothing of the batch happened, unless the connection was lost */
export async function commitBatch<Item, Result>(
  spec: BatcherSpec<Item, Result>,
  ctx: Context,
  batch: readonly Asked<Item>[],
): Promise<Committed<Result>> {
  const client = await ctx.hot.connect();
  const counting = countStatements(client);
  const tx = createTx(counting);
  try {
    const outcomes = await runBatch(spec, ctx, tx, batch);
    client.release();
    for (const effect of tx.after_commit) effect();
    return { outcomes, statements: counting.statements };
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
    throw error;
  }
}

async function runBatch<Item, Result>(
  spec: BatcherSpec<Item, Result>,
  ctx: Context,
  tx: Tx,
  batch: readonly Asked<Item>[],
): Promise<Outcome<Result>[]> {
  const [, stored] = await Promise.all([tx.client.query('begin'), answersTo(tx, batch)]);
  const fresh = batch.filter(({ key }) => !key || !stored.has(key.key_id));
  const results =
    fresh.length > 0
      ? await spec.run(
          tx,
          fresh.map(({ item }) => item),
          ctx,
        )
      : [];
  assert.equal(results.length, fresh.length, `batcher ${spec.name}: one result for each item`);
  const done = new Map(fresh.map((asked, i) => [asked, outcomeOf(spec, asked, results[i]!)]));
  const answers = [...done.values()].flatMap((outcome) => (outcome.is === 'done' && outcome.answer) || []);
  const [, committed] = await Promise.all([storeAnswers(tx, answers, ctx.clock.now()), tx.client.query('commit')]);
  assert.equal(committed.command, 'COMMIT', `batcher ${spec.name}: it hid an error that ended its transaction`);
  return batch.map((asked) => done.get(asked) ?? { is: 'stored', answer: stored.get(asked.key!.key_id)! });
}

async function answersTo(tx: Tx, batch: readonly Asked<unknown>[]): Promise<Map<string, StoredAnswer>> {
  const key_ids = batch.flatMap(({ key }) => key?.key_id ?? []);
  return key_ids.length > 0 ? readAnswers(tx, key_ids) : new Map();
}

function outcomeOf<Item, Result>(
  spec: BatcherSpec<Item, Result>,
  { item, key }: Asked<Item>,
  result: Result | Refusal,
): Outcome<Result> {
  if (result instanceof Refusal) return { is: 'refused', refusal: result };
  if (!key) return { is: 'done', result };
  assert(spec.answer, `batcher ${spec.name} has no answer() for keyed items`);
  const answer = { key_id: key.key_id, body_hash: key.body_hash, ...spec.answer(result, item) };
  return { is: 'done', result, answer };
}

/** The same connection, seen through a counter of its statements. */
function countStatements(client: pg.PoolClient): pg.PoolClient & { statements: number } {
  const counting = Object.create(client) as pg.PoolClient & { statements: number };
  counting.statements = 0;
  counting.query = ((...query: Parameters<typeof client.query>) => {
    counting.statements += 1;
    return client.query(...query);
  }) as typeof client.query;
  return counting;
}
