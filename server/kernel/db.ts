/** The database: two pools, and a transaction in which `pg` and Kysely speak on one connection. */
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

/** For reads outside transactions. */
export interface Db {
  pool: pg.Pool;
  q: Kysely<DB>;
}

/** One open transaction. Another type than Db: what must run inside a transaction takes a Tx. */
export interface Tx {
  client: pg.PoolClient;
  /** Kysely on the same connection. */
  readonly q: Kysely<DB>;
  /** Runs once, after the commit and only then. */
  after_commit: (() => void)[];
}

const INT8 = 20;
const DATE = 1082;

/** int8 → bigint, date → `YYYY-MM-DD`; only for our pools, because libraries on other pools expect pg's own. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) => {
    if (oid === INT8) return BigInt;
    if (oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** A pool whose connections give up on locks and statements instead of waiting for ever (FAULTS G5). */
export function createPool(url: string, max: number, name: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 30_000,
    // Statements that are sent together share a round trip.
    pipeline: true,
  });
  // A connection that breaks is replaced at the next use; without a listener, idle or in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

export const createDb = (pool: pg.Pool): Db => ({
  pool,
  q: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
});

/** Kysely over a connection that somebody else began and will end. */
function kyselyOn(client: pg.PoolClient): Kysely<DB> {
  const borrowed = { query: client.query.bind(client), release: () => {} } as unknown as PostgresPoolClient;
  const pool: PostgresPool = { options: {}, connect: async () => borrowed, end: async () => {} };
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

export function createTx(client: pg.PoolClient): Tx {
  let q: Kysely<DB> | undefined;
  return {
    client,
    after_commit: [],
    get q() {
      q ??= kyselyOn(client);
      return q;
    },
  };
}

const ABORTED = '25P02';

/**
 * Waits for statements of one transaction that were sent together and share a round trip. Throws what the first of them
 * met, once all are answered: those after it only say that the transaction had already failed.
 */
export async function together<T extends readonly unknown[]>(sent: readonly [...T]) {
  const settled = await Promise.allSettled(sent);
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length > 0) throw failures.find((failure) => codeOf(failure) !== ABORTED) ?? failures[0];
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as { [K in keyof T]: Awaited<T[K]> };
}

/** Serialization failure, deadlock, lock timeout: the same work may succeed when run again. */
const AGAIN = new Set(['40001', '40P01', '55P03']);
const TRIES = 3;

export const codeOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

/**
 * Runs `work` in one READ COMMITTED transaction and retries it when PostgreSQL asks for that.
 * `work` must not have effects outside the transaction; those wait in `after_commit`.
 */
export async function inTx<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await once(db, work);
    } catch (error) {
      if (tried >= TRIES || !AGAIN.has(codeOf(error) ?? '')) throw error;
      await new Promise((resume) => setTimeout(resume, Math.random() * 20 * tried));
    }
  }
}

async function once<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  const tx = createTx(client);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(tx);
    await client.query('commit');
    for (const effect of tx.after_commit) effect();
    return result;
  } catch (error) {
    await client.query('rollback').catch((e: Error) => {
      broken = e;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
