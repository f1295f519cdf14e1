/** SQL of the gallery, of thanks and of overlays. */
import type { Tx } from '../kernel/db.ts';

/** A pool or the connection of a transaction. */
type Asks = Pick<Tx['client'], 'query'>;

/** Which gifts somebody received and still has, by code. */
export async function countGiftsOf(q: Asks, receiver_id: string): Promise<{ gift: string; count: bigint }[]> {
  const { rows } = await q.query<{ gift: string; count: bigint }>(
    `select gift, sum(count)::bigint as count from gifts
     where receiver_id = $1 and state in ('sent', 'settled') group by gift`,
    [receiver_id],
  );
  return rows;
}

/**
 * Who supported somebody in public, the most faithful first: on how many different days, never how much. Who does not
 * want to be named is not among them.
 */
export async function findSupporters(q: Asks, receiver_id: string, since: Date, limit: number): Promise<string[]> {
  const { rows } = await q.query<{ sender_id: string }>(
    `select x.sender_id from gifts x left join gift_settings s on s.person_id = x.sender_id
     where x.receiver_id = $1 and x.sent_at >= $2 and x.state in ('sent', 'settled') and x.room_id is not null
       and coalesce(s.named_as_supporter, true)
     group by x.sender_id
     order by count(distinct (x.sent_at at time zone 'UTC')::date) desc, max(x.sent_at) desc, x.sender_id limit $3`,
    [receiver_id, since, limit],
  );
  return rows.map((row) => row.sender_id);
}

export type Received = {
  gift_id: string;
  sender_id: string;
  gift: string;
  count: bigint;
  coins: bigint;
  sent_at: Date;
  room_id: string | null;
  thanked_at: Date | null;
};

/** Gifts received since then, a run of taps as one, the newest first. */
export async function listReceived(q: Asks, receiver_id: string, since: Date, limit: number): Promise<Received[]> {
  const { rows } = await q.query<Received>(
    `select r.*, t.thanked_at from (
       select (array_agg(gift_id order by sent_at desc))[1] as gift_id, sender_id, gift, sum(count)::bigint as count,
              sum(coins)::bigint as coins, max(sent_at) as sent_at, (array_agg(room_id))[1] as room_id,
              coalesce(combo_id, gift_id) as run_id
         from gifts where receiver_id = $1 and sent_at >= $2 and state in ('sent', 'settled')
        group by sender_id, gift, coalesce(combo_id, gift_id)) r
     left join gift_thanks t on t.creator_id = $1 and t.sender_id = r.sender_id and t.run_id = r.run_id
     order by r.sent_at desc, r.gift_id desc limit $3`,
    [receiver_id, since, limit],
  );
  return rows;
}

export type Thanks = { creator_id: string; sender_id: string; run_id: string; gift_id: string; thanked_at: Date };

/** @returns whether it is the first for its run */
export async function insertThanks(tx: Tx, row: Thanks): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into gift_thanks (creator_id, sender_id, run_id, gift_id, thanked_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [row.creator_id, row.sender_id, row.run_id, row.gift_id, row.thanked_at],
  );
  return rowCount === 1;
}

export async function findThanks(tx: Tx, { creator_id, sender_id, run_id }: Thanks): Promise<Date | null> {
  const { rows } = await tx.client.query<{ thanked_at: Date }>(
    'select thanked_at from gift_thanks where creator_id = $1 and sender_id = $2 and run_id = $3',
    [creator_id, sender_id, run_id],
  );
  return rows[0]?.thanked_at ?? null;
}

export async function saveOverlay(q: Asks, person_id: string, secret_hash: string, made_at: Date): Promise<void> {
  await q.query(
    `insert into gift_overlays (person_id, secret_hash, made_at) values ($1, $2, $3)
     on conflict (person_id) do update set secret_hash = $2, made_at = $3`,
    [person_id, secret_hash, made_at],
  );
}

export async function findOverlay(q: Asks, person_id: string): Promise<Date | null> {
  const { rows } = await q.query<{ made_at: Date }>('select made_at from gift_overlays where person_id = $1', [
    person_id,
  ]);
  return rows[0]?.made_at ?? null;
}

export async function findOverlayOwner(q: Asks, secret_hash: string): Promise<string | null> {
  const { rows } = await q.query<{ person_id: string }>({
    name: 'gift_overlay_owner',
    text: 'select person_id from gift_overlays where secret_hash = $1',
    values: [secret_hash],
  });
  return rows[0]?.person_id ?? null;
}

export async function deleteOverlay(q: Asks, person_id: string): Promise<void> {
  await q.query('delete from gift_overlays where person_id = $1', [person_id]);
}
