/** SQL of push: who this instance is to push services, and the browsers that show notices. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export interface Subscription {
  subscription_id: string;
  person_id: string;
  session_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  created_at: Date;
}

/** Those whose session is not over. */
export async function findSubscriptions(q: Asks, person_ids: string[], now: Date): Promise<Subscription[]> {
  const { rows } = await q.query<Subscription>({
    name: 'notices_subscriptions',
    text: `select p.* from push_subscriptions p join auth.sessions s on s.id = p.session_id
      where p.person_id = any($1::uuid[]) and s.expires_at > $2 order by p.created_at, p.subscription_id`,
    values: [person_ids, now],
  });
  return rows;
}

export async function findSubscription(q: Asks, subscription_id: string): Promise<Subscription | null> {
  const { rows } = await q.query<Subscription>('select * from push_subscriptions where subscription_id = $1', [
    subscription_id,
  ]);
  return rows[0] ?? null;
}

/** A browser belongs to who uses it now, and of each person the latest `most` are kept. */
export async function upsertSubscription(tx: Tx, row: Subscription, most: number): Promise<void> {
  await tx.client.query(
    `insert into push_subscriptions (subscription_id, person_id, session_id, endpoint, p256dh, auth, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (endpoint) do update set person_id = $2, session_id = $3, p256dh = $5, auth = $6, created_at = $7`,
    [row.subscription_id, row.person_id, row.session_id, row.endpoint, row.p256dh, row.auth, row.created_at],
  );
  await tx.client.query(
    `delete from push_subscriptions where subscription_id in (select subscription_id from push_subscriptions
       where person_id = $1 order by created_at desc, subscription_id desc offset $2)`,
    [row.person_id, most],
  );
}

/** @param person_id whose it must be, or null for the house itself */
export async function deleteSubscription(q: Asks, subscription_id: string, person_id: string | null): Promise<void> {
  await q.query('delete from push_subscriptions where subscription_id = $1 and ($2::uuid is null or person_id = $2)', [
    subscription_id,
    person_id,
  ]);
}

export interface PushKeys {
  public_key: string;
  private_key_sealed: string;
}

/** The first of several processes makes the keys; all read the same. */
export async function insertKeys(q: Asks, keys: PushKeys, now: Date): Promise<PushKeys> {
  await q.query(
    `insert into push_keys (only_one, public_key, private_key_sealed, created_at) values (1, $1, $2, $3)
     on conflict do nothing`,
    [keys.public_key, keys.private_key_sealed, now],
  );
  return (await findKeys(q)) ?? keys;
}

export async function findKeys(q: Asks): Promise<PushKeys | null> {
  const { rows } = await q.query<PushKeys>('select public_key, private_key_sealed from push_keys');
  return rows[0] ?? null;
}

/** Keys that nobody can open any more go, and with them every browser that trusted them. */
export async function deleteKeys(tx: Tx, public_key: string): Promise<void> {
  const { rowCount } = await tx.client.query('delete from push_keys where public_key = $1', [public_key]);
  if (rowCount) await tx.client.query('delete from push_subscriptions');
}
