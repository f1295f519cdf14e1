/**
 * Stored answers: one effect a key, one reply for ever (FAULTS I4). Keys are read first and answers inserted last, in
 * the transaction that has the effect; a refusal stores nothing (docs/decisions/0006-answers-written-last.md).
 */
import * as z from 'zod';
import type { Answer, Json, RequestKey } from './answer.ts';
import type { Context } from './context.ts';
import { inTx, type Tx } from './db.ts';
import { againOn } from './db_errors.ts';
import { deriveId } from './ids.ts';
import { plant } from './plant.ts';
import { Refusal } from './refusal.ts';
import { sqlArray } from './sql_array.ts';

export type { Answer, RequestKey } from './answer.ts';

/** What identifies a request: the same key of another person or on another route is another request (FAULTS A3). */
export const keyId = ({ principal, route, key }: RequestKey): string => deriveId(principal, route, key);

export interface StoredAnswer {
  body_hash: string;
  status: number;
  body: Json;
}

/** The stored answers among these keys, by `keyId`. */
export async function readAnswers(tx: Tx, key_ids: readonly string[]): Promise<Map<string, StoredAnswer>> {
  const { rows } = await tx.client.query<StoredAnswer & { key_id: string }>({
    name: 'idempotency.read',
    text: 'select key_id, body_hash, status, body from idempotency_keys where key_id = any($1::uuid[])',
    values: [sqlArray(key_ids, (id) => id)],
  });
  return new Map(rows.map((row) => [row.key_id, row]));
}

export type NewAnswer = StoredAnswer & { key_id: string };

/** Inserts answers as the last rows of a transaction. Where another node was first, the transaction must run again. */
export async function storeAnswers(tx: Tx, answers: readonly NewAnswer[], at: Date): Promise<void> {
  if (answers.length === 0 || plant('idempotency.forgets')) return;
  // In one order everywhere: two batches that hold each other's keys would wait for each other crosswise.
  const rows = answers.toSorted((a, b) => (a.key_id < b.key_id ? -1 : 1));
  const insert = tx.client.query({
    name: 'idempotency.store',
    text: `insert into idempotency_keys (key_id, body_hash, status, body, stored_at)
           select *, $5::timestamptz from unnest($1::uuid[], $2::text[], $3::int[], $4::json[])`,
    values: [
      sqlArray(rows, (row) => row.key_id),
      sqlArray(rows, (row) => row.body_hash),
      sqlArray(rows, (row) => row.status),
      sqlArray(rows, (row) => JSON.stringify(row.body)),
      at,
    ],
  });
  await insert.catch((error) => {
    throw againOn('idempotency_keys_pkey', error);
  });
}

/** The reply to a repeated request. Refuses `key_reused` where the body is another one (FAULTS A2). */
export function replay(stored: StoredAnswer, key: RequestKey): Answer {
  if (stored.body_hash !== key.body_hash) throw new Refusal('key_reused');
  return { status: stored.status, body: stored.body, replayed: true };
}

/** The stored answer to a request, if it has one. Refuses `key_reused`. */
export async function answerBefore(ctx: Pick<Context, 'db'>, key: RequestKey): Promise<Answer | null> {
  const key_id = keyId(key);
  const stored = (await inTx(ctx.db, (tx) => readAnswers(tx, [key_id]))).get(key_id);
  return stored ? replay(stored, key) : null;
}

/**
 * An ordinary request with a key: `work` and its stored answer in one transaction.
 * @param response the route's own `response`: the success status and its shape
 * @param work runs again when PostgreSQL asks for it or another node answered the same key first; no outside effects
 */
export function keyed<S extends z.ZodType>(
  ctx: Context,
  key: RequestKey,
  response: Record<number, S>,
  work: (tx: Tx) => Promise<z.output<S>>,
): Promise<Answer> {
  const [[status, shape] = []] = Object.entries(response);
  if (!shape) throw new Error(`${key.route} declares no success response`);
  const key_id = keyId(key);
  return inTx(ctx.db, async (tx) => {
    const stored = (await readAnswers(tx, [key_id])).get(key_id);
    if (stored) return replay(stored, key);
    const body = z.encode(shape, await work(tx)) as Json;
    const answer = { status: Number(status), body };
    await storeAnswers(tx, [{ key_id, body_hash: key.body_hash, ...answer }], ctx.clock.now());
    return { ...answer, replayed: false };
  });
}

const KEPT_MS = 48 * 3_600_000;

/** Answers that nobody asks for again die after two days. */
export function defineForgetting(ctx: Context): void {
  ctx.jobs.cron('idempotency.forget', '17 * * * *', async () => {
    const before = new Date(ctx.clock.now().getTime() - KEPT_MS);
    await ctx.db.pool.query('delete from idempotency_keys where stored_at < $1', [before]);
  });
}
