import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';

/** A stored way to pay. */
export interface Method {
  method_id: string;
  provider: string;
  token: string;
  brand: string;
  last4: string;
  created_at: Date;
}

type Asks = Pick<pg.Pool | pg.PoolClient, 'query'>;
const METHOD = 'method_id, provider, token, brand, last4, created_at';

export async function insertMethod(tx: Tx, person_id: string, row: Method): Promise<void> {
  await tx.client.query(
    `insert into payment_methods (method_id, person_id, provider, token, brand, last4, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.method_id, person_id, row.provider, row.token, row.brand, row.last4, row.created_at],
  );
}

/** A person's methods, the one that is proposed first: the newest that was not declined the last time. */
export async function findMethodsOf(client: Asks, person_id: string): Promise<Method[]> {
  const { rows } = await client.query<Method>({
    name: 'payment_methods_list',
    text: `select ${METHOD} from payment_methods where person_id = $1 and deleted_at is null
           order by (declined_at is not null), created_at desc, method_id desc`,
    values: [person_id],
  });
  return rows;
}

/** Methods that are in use, by id, with whose they are; for batches. */
export async function findMethods(client: Asks, ids: string[]): Promise<Map<string, Method & { person_id: string }>> {
  const { rows } = await client.query<Method & { person_id: string }>({
    name: 'payment_methods_find',
    text: `select ${METHOD}, person_id from payment_methods where method_id = any($1::uuid[]) and deleted_at is null`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.method_id, row]));
}

export async function markMethodDeleted(client: Asks, person_id: string, method_id: string, at: Date): Promise<void> {
  await client.query(
    'update payment_methods set deleted_at = $3 where method_id = $1 and person_id = $2 and deleted_at is null',
    [method_id, person_id, at],
  );
}

/** What became of payments with these methods. Where nothing changes, nothing is written. */
export async function markTried(pool: pg.Pool, good: string[], declined: string[], at: Date): Promise<void> {
  await pool.query({
    name: 'payment_methods_tried',
    text: `update payment_methods set declined_at = case when method_id = any($2::uuid[]) then $3::timestamptz end
      where (method_id = any($1::uuid[]) and declined_at is not null) or method_id = any($2::uuid[])`,
    values: [good, declined, at],
  });
}

/** All of a person's methods; the book keeps what was paid with them. */
export async function forgetMethods(tx: Tx, person_id: string, at: Date): Promise<void> {
  await tx.client.query('update payment_methods set deleted_at = $2 where person_id = $1 and deleted_at is null', [
    person_id,
    at,
  ]);
}
