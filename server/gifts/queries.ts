/** All SQL of gifts. */
import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { sqlArray } from '../kernel/sql_array.ts';

export type GiftState = 'sent' | 'settled' | 'returned' | 'reversed';

export type Gift = {
  gift_id: string;
  sender_id: string;
  receiver_id: string;
  room_id: string | null;
  gift: string;
  count: number;
  coins: bigint;
  from_pos: bigint;
  combo_id: string | null;
  share_id: string;
  platform_bps: number;
  state: GiftState;
  sent_at: Date;
  settle_at: Date;
  closed_at: Date | null;
  /** Taken back by its sender within seconds. */
  undone: boolean;
};

const GIFT = `gift_id, sender_id, receiver_id, room_id, gift, count, coins, from_pos, combo_id, share_id, platform_bps,
  state, sent_at, settle_at, closed_at, undone`;

/** The markets of people, for the shares and holds of what they earn. */
export async function findMarkets(tx: Tx, person_ids: string[]): Promise<Map<string, string>> {
  const { rows } = await tx.client.query<{ person_id: string; market: string }>({
    name: 'gifts_markets',
    text: 'select person_id, market from people where person_id = any($1::uuid[]) and erased_at is null',
    values: [[...new Set(person_ids)]],
  });
  return new Map(rows.map((row) => [row.person_id, row.market]));
}

/** The same for who has earned, erased or not. */
export async function findMarketsOfEarners(tx: Tx, person_ids: string[]): Promise<Map<string, string>> {
  const { rows } = await tx.client.query<{ person_id: string; market: string }>({
    name: 'gifts_markets_of_earners',
    text: 'select person_id, market from people where person_id = any($1::uuid[])',
    values: [[...new Set(person_ids)]],
  });
  return new Map(rows.map((row) => [row.person_id, row.market]));
}

/** Hot: one statement a batch. */
export async function insertGifts(tx: Tx, rows: readonly Gift[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query({
    name: 'gifts_insert',
    text: `insert into gifts (gift_id, sender_id, receiver_id, room_id, gift, count, coins, from_pos, combo_id, share_id,
        platform_bps, state, sent_at, settle_at)
      select g, s, r, m, k, n, c, f, b, d, p, 'sent', t, u from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[],
        $5::text[], $6::int[], $7::bigint[], $8::bigint[], $9::uuid[], $10::text[], $11::int[], $12::timestamptz[],
        $13::timestamptz[]) as rows (g, s, r, m, k, n, c, f, b, d, p, t, u)`,
    values: [
      sqlArray(rows, (row) => row.gift_id),
      sqlArray(rows, (row) => row.sender_id),
      sqlArray(rows, (row) => row.receiver_id),
      sqlArray(rows, (row) => row.room_id),
      sqlArray(rows, (row) => row.gift),
      sqlArray(rows, (row) => row.count),
      sqlArray(rows, (row) => row.coins),
      sqlArray(rows, (row) => row.from_pos),
      sqlArray(rows, (row) => row.combo_id),
      sqlArray(rows, (row) => row.share_id),
      sqlArray(rows, (row) => row.platform_bps),
      sqlArray(rows, (row) => row.sent_at),
      sqlArray(rows, (row) => row.settle_at),
    ],
  });
}

export async function findGiftRow(pool: Pick<pg.Pool, 'query'>, gift_id: string): Promise<Gift | null> {
  const { rows } = await pool.query<Gift>(`select ${GIFT} from gifts where gift_id = $1`, [gift_id]);
  return rows[0] ?? null;
}

/**
 * Locks gifts whose hold is over, the longest waiting first. Rows that another sweep, a return or a chargeback holds
 * are skipped, so nobody waits here and the order of locks does not matter.
 */
export async function lockDueGifts(tx: Tx, now: Date, limit: number): Promise<Gift[]> {
  const { rows } = await tx.client.query<Gift>({
    name: 'gifts_due',
    text: `select ${GIFT} from gifts where state = 'sent' and settle_at <= $1 order by settle_at, gift_id limit $2
      for no key update skip locked`,
    values: [now, limit],
  });
  return rows;
}

/** Gifts of a room that can still be returned, by id. */
export async function lockGiftsOfRoom(tx: Tx, room_id: string, limit: number): Promise<Gift[]> {
  const { rows } = await tx.client.query<Gift>(
    `select ${GIFT} from gifts where room_id = $1 and state in ('sent', 'settled') order by gift_id limit $2
     for no key update`,
    [room_id, limit],
  );
  inLockOrder(
    tx,
    'gifts',
    'gifts',
    rows.map((row) => row.gift_id),
  );
  return rows;
}

/** The gifts that took coins of a lot from its owner's line, and still have what they took. */
export async function findGiftsOfLot(tx: Tx, lot_id: string, sender_id: string): Promise<string[]> {
  const { rows } = await tx.client.query<{ gift_id: string }>(
    `select distinct g.gift_id from coin_segments s join gifts g
       on g.sender_id = $2 and g.from_pos < s.to_pos and g.from_pos + g.coins > s.from_pos
     where s.lot_id = $1 and g.state in ('sent', 'settled') order by g.gift_id`,
    [lot_id, sender_id],
  );
  return rows.map((row) => row.gift_id);
}

export async function lockGifts(tx: Tx, ids: readonly string[]): Promise<Gift[]> {
  const { rows } = await tx.client.query<Gift>(
    `select ${GIFT} from gifts where gift_id = any($1::uuid[]) order by gift_id for no key update`,
    [inLockOrder(tx, 'gifts', 'gifts', ids)],
  );
  return rows;
}

export async function closeGifts(
  tx: Tx,
  ids: readonly string[],
  state: GiftState,
  at: Date,
  undone = false,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.client.query({
    name: 'gifts_close',
    text: 'update gifts set state = $2, closed_at = $3, undone = $4 where gift_id = any($1::uuid[])',
    values: [ids, state, at, undone],
  });
}

export type Earning = {
  gift_id: string;
  reason: 'settled' | 'returned' | 'charged_back';
  lot_id: string;
  lot_from: bigint;
  lot_to: bigint;
  receiver_id: string;
  currency: string;
  share_id: string;
  platform_bps: number;
  vat_minor: bigint;
  net_minor: bigint;
  creator_minor: bigint;
  platform_minor: bigint;
  booked_on: string;
  booked_at: Date;
};

export async function insertEarnings(tx: Tx, rows: readonly Earning[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query({
    name: 'gift_earnings_insert',
    text: `insert into gift_earnings (gift_id, reason, lot_id, lot_from, lot_to, receiver_id, currency, share_id,
        platform_bps, vat_minor, net_minor, creator_minor, platform_minor, booked_on, booked_at)
      select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::text[],
        $8::text[], $9::int[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::date[],
        $15::timestamptz[])`,
    values: [
      sqlArray(rows, (row) => row.gift_id),
      sqlArray(rows, (row) => row.reason),
      sqlArray(rows, (row) => row.lot_id),
      sqlArray(rows, (row) => row.lot_from),
      sqlArray(rows, (row) => row.lot_to),
      sqlArray(rows, (row) => row.receiver_id),
      sqlArray(rows, (row) => row.currency),
      sqlArray(rows, (row) => row.share_id),
      sqlArray(rows, (row) => row.platform_bps),
      sqlArray(rows, (row) => row.vat_minor),
      sqlArray(rows, (row) => row.net_minor),
      sqlArray(rows, (row) => row.creator_minor),
      sqlArray(rows, (row) => row.platform_minor),
      sqlArray(rows, (row) => row.booked_on),
      sqlArray(rows, (row) => row.booked_at),
    ],
  });
}
