/** SQL of push subscriptions. */
import type { Asks } from './queries.ts';

export interface Subscription {
  subscription_id: string;
  person_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
}

export async function findSubscriptions(q: Asks, person_ids: string[]): Promise<Subscription[]> {
  const { rows } = await q.query<Subscription>({
    name: 'notices_subscriptions',
    text: `select subscription_id, person_id, endpoint, p256dh, auth from push_subscriptions
      where person_id = any($1::uuid[])`,
    values: [person_ids],
  });
  return rows;
}
