import type { Context } from '../kernel/context.ts';
import type { Db, Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { SANDBOX_CARDS, type SandboxCard, sandboxToken } from './sandbox_cards.ts';

/** A stored way to pay. */
export interface Method {
  method_id: string;
  provider: string;
  token: string;
  brand: string;
  last4: string;
  created_at: Date;
}

const MOST_METHODS = 20;
const METHOD = 'method_id, provider, token, brand, last4, created_at';

/** Stores one of the sandbox's cards for a person. Refuses `methods_full`. */
export async function addSandboxCard(tx: Tx, ctx: Context, person_id: string, card: SandboxCard): Promise<Method> {
  const { rows } = await tx.client.query<{ stored: bigint }>(
    'select count(*) as stored from payment_methods where person_id = $1 and deleted_at is null',
    [person_id],
  );
  if (Number(rows[0]?.stored) >= MOST_METHODS) throw new Refusal('methods_full');
  const method: Method = {
    method_id: mintId(),
    provider: 'sandbox',
    token: sandboxToken(card),
    ...SANDBOX_CARDS[card],
    created_at: ctx.clock.now(),
  };
  await tx.client.query(
    `insert into payment_methods (method_id, person_id, provider, token, brand, last4, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [method.method_id, person_id, method.provider, method.token, method.brand, method.last4, method.created_at],
  );
  return method;
}

/** The newest first: the one that is proposed. */
export async function listMethods(db: Db, person_id: string): Promise<Method[]> {
  const { rows } = await db.pool.query<Method>({
    name: 'payment_methods_list',
    text: `select ${METHOD} from payment_methods where person_id = $1 and deleted_at is null
           order by created_at desc, method_id desc`,
    values: [person_id],
  });
  return rows;
}

/** A person's own method. Refuses `method_unknown`, also for another's. */
export async function getMethod(db: Db, person_id: string, method_id: string): Promise<Method> {
  const { rows } = await db.pool.query<Method>({
    name: 'payment_methods_get',
    text: `select ${METHOD} from payment_methods where method_id = $1 and person_id = $2 and deleted_at is null`,
    values: [method_id, person_id],
  });
  if (!rows[0]) throw new Refusal('method_unknown');
  return rows[0];
}

/** Forgets a method. Doing it twice does nothing. */
export async function deleteMethod(ctx: Context, person_id: string, method_id: string): Promise<void> {
  await ctx.db.pool.query(
    'update payment_methods set deleted_at = $3 where method_id = $1 and person_id = $2 and deleted_at is null',
    [method_id, person_id, ctx.clock.now()],
  );
}

/** Methods that are in use, by id, with whose they are; for batches. */
export async function findMethods(
  client: Pick<Tx['client'], 'query'>,
  ids: string[],
): Promise<Map<string, Method & { person_id: string }>> {
  const { rows } = await client.query<Method & { person_id: string }>({
    name: 'payment_methods_find',
    text: `select ${METHOD}, person_id from payment_methods where method_id = any($1::uuid[]) and deleted_at is null`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.method_id, row]));
}
