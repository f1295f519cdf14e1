import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';
import { sqlArray } from '../kernel/sql_array.ts';

/** An event as it came, unread. */
export interface RawEvent {
  event_id: string;
  body: string;
}

/** @returns the ids of the events that are new */
export async function insertEvents(tx: Tx, provider: string, events: RawEvent[], at: Date): Promise<Set<string>> {
  const { rows } = await tx.client.query<{ event_id: string }>({
    name: 'payment_webhooks_insert',
    text: `insert into payment_webhooks (provider, event_id, body, received_at)
           select $1, e, b, $4 from unnest($2::text[], $3::text[]) as rows (e, b)
           on conflict do nothing returning event_id`,
    values: [provider, sqlArray(events, (event) => event.event_id), events.map((event) => event.body), at],
  });
  return new Set(rows.map((row) => row.event_id));
}

export async function markProcessed(tx: Tx, provider: string, event_ids: string[], at: Date): Promise<void> {
  await tx.client.query({
    name: 'payment_webhooks_done',
    text: 'update payment_webhooks set processed_at = $3 where provider = $1 and event_id = any($2::text[])',
    values: [provider, sqlArray(event_ids, (id) => id), at],
  });
}

/** Events that came before a moment and that nobody has finished with. */
export async function listUnprocessed(pool: pg.Pool, before: Date, limit: number): Promise<RawEvent[]> {
  const { rows } = await pool.query<RawEvent>(
    `select event_id, body from payment_webhooks where processed_at is null and received_at <= $1
     order by received_at limit $2`,
    [before, limit],
  );
  return rows;
}
