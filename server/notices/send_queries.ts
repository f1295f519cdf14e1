/** SQL of what leaves the house: mail and push that are due. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';
import type { Locale, Params } from './texts.ts';

export interface NewSend {
  send_id: string;
  notice_id: string;
  channel: 'mail' | 'push';
  subscription_id: string | null;
  secret_sealed: string | null;
}

export async function insertSends(tx: Tx, sends: NewSend[], now: Date): Promise<void> {
  await tx.client.query(
    `insert into notice_sends (send_id, notice_id, channel, subscription_id, secret_sealed, due_at)
     select r.send_id, r.notice_id, r.channel, r.subscription_id, r.secret_sealed, $2
     from jsonb_to_recordset($1::jsonb) as r (send_id uuid, notice_id uuid, channel text, subscription_id uuid,
       secret_sealed text)
     on conflict do nothing`,
    [JSON.stringify(sends), now],
  );
}

export interface Send extends NewSend {
  attempts: number;
  kind: string;
  person_id: string | null;
  actor_id: string | null;
  params: Params;
  link: string | null;
  address: string | null;
  locale: Locale | null;
  created_at: Date;
  /** How many people stand behind the same line of the inbox. */
  actor_count: number;
}

/**
 * Takes what is due and holds it until `lease`: who dies meanwhile loses nothing, and two senders never take the same.
 */
export async function claimSends(q: Asks, now: Date, lease: Date, limit: number): Promise<Send[]> {
  const { rows } = await q.query<Send>(
    `with due as (select send_id from notice_sends where due_at <= $1 order by due_at, send_id limit $3
       for update skip locked),
     held as (update notice_sends s set due_at = $2, attempts = s.attempts + 1 from due where s.send_id = due.send_id
       returning s.send_id, s.notice_id, s.channel, s.subscription_id, s.secret_sealed, s.attempts)
     select h.*, n.kind, n.person_id, n.actor_id, n.params, n.link, n.address, n.locale, n.created_at,
       (select count(distinct o.actor_id)::int from notices o where o.item_id = n.item_id) as actor_count
     from held h join notices n on n.notice_id = h.notice_id order by n.created_at, h.send_id`,
    [now, lease, limit],
  );
  return rows;
}

export type Outcome = 'sent' | 'unwanted' | 'suppressed' | 'refused' | 'expired' | 'given_up';

export async function finishSend(q: Asks, send_id: string, outcome: Outcome, now: Date): Promise<void> {
  await q.query(
    'update notice_sends set due_at = null, outcome = $2, done_at = $3, secret_sealed = null where send_id = $1',
    [send_id, outcome, now],
  );
}

/** @param attempts what it counts from now on: waiting for the end of quiet hours is no attempt */
export async function postponeSend(q: Asks, send_id: string, due_at: Date, attempts: number): Promise<void> {
  await q.query('update notice_sends set due_at = $2, attempts = $3 where send_id = $1 and outcome is null', [
    send_id,
    due_at,
    attempts,
  ]);
}

/** Old notices go with their sends; an item goes with its last notice. */
export async function deleteOld(q: Asks, before: Date, limit: number): Promise<number> {
  const { rowCount } = await q.query(
    `delete from notices where notice_id in (select notice_id from notices where created_at < $1 limit $2)`,
    [before, limit],
  );
  await q.query(
    `delete from notice_items i where i.updated_at < $1 and not exists (select from notices n where n.item_id = i.item_id)`,
    [before],
  );
  return rowCount ?? 0;
}
