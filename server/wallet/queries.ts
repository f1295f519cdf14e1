/** All SQL of the wallet but that of the spending row (spending_queries.ts). */
import type pg from 'pg';
import type { Db, Tx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { plant } from '../kernel/plant.ts';
import { sqlArray } from '../kernel/sql_array.ts';
import type { LotPart, Segment } from './lots.ts';
import type { Lot } from './postings.ts';

export type TopUp = {
  top_up_id: string;
  person_id: string;
  market: string;
  coins: bigint;
  total_minor: bigint;
  vat_minor: bigint;
  vat_bps: number;
  currency: string;
  state: 'unpaid' | 'paid' | 'failed';
  attempt_id: string;
  request_key: string;
  body_hash: string;
  created_at: Date;
  closed_at: Date | null;
};

const TOP_UP = `top_up_id, person_id, market, coins, total_minor, vat_minor, vat_bps, currency, state, attempt_id,
  request_key, body_hash, created_at, closed_at`;

/** @returns false when this person used the key before */
export async function insertTopUp(tx: Tx, row: TopUp): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into top_ups (${TOP_UP}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (person_id, request_key) do nothing`,
    [
      row.top_up_id,
      row.person_id,
      row.market,
      row.coins,
      row.total_minor,
      row.vat_minor,
      row.vat_bps,
      row.currency,
      row.state,
      row.attempt_id,
      row.request_key,
      row.body_hash,
      row.created_at,
      row.closed_at,
    ],
  );
  return rowCount === 1;
}

export async function findTopUpByKey(db: Db, person_id: string, request_key: string): Promise<TopUp | null> {
  const { rows } = await db.pool.query<TopUp>(
    `select ${TOP_UP} from top_ups where person_id = $1 and request_key = $2`,
    [person_id, request_key],
  );
  return rows[0] ?? null;
}

export async function findTopUp(db: Db, top_up_id: string): Promise<TopUp | null> {
  const { rows } = await db.pool.query<TopUp>(`select ${TOP_UP} from top_ups where top_up_id = $1`, [top_up_id]);
  return rows[0] ?? null;
}

export async function lockTopUps(tx: Tx, ids: readonly string[]): Promise<Map<string, TopUp>> {
  const { rows } = await tx.client.query<TopUp>(
    `select ${TOP_UP} from top_ups where top_up_id = any($1::uuid[]) order by top_up_id for no key update`,
    [inLockOrder(tx, 'wallet', 'top_ups', ids)],
  );
  return new Map(rows.map((row) => [row.top_up_id, row]));
}

export async function closeTopUps(tx: Tx, ids: readonly string[], state: 'paid' | 'failed', at: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.client.query('update top_ups set state = $2, closed_at = $3 where top_up_id = any($1::uuid[])', [
    ids,
    state,
    at,
  ]);
}

const LOT = `lot_id, top_up_id, person_id, attempt_id, market, currency, coins, net_minor, vat_minor, vat_bps, fee_minor,
  bought_at, withdraw_until, charged_back_at`;

export async function insertLots(tx: Tx, lots: readonly Lot[]): Promise<void> {
  if (lots.length === 0) return;
  await tx.client.query({
    name: 'lots_insert',
    text: `insert into lots (lot_id, top_up_id, person_id, attempt_id, market, currency, coins, net_minor, vat_minor,
        vat_bps, fee_minor, bought_at, withdraw_until)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[],
        $8::bigint[], $9::bigint[], $10::int[], $11::bigint[], $12::timestamptz[], $13::timestamptz[])`,
    values: [
      sqlArray(lots, (lot) => lot.lot_id),
      sqlArray(lots, (lot) => lot.top_up_id),
      sqlArray(lots, (lot) => lot.person_id),
      sqlArray(lots, (lot) => lot.attempt_id),
      sqlArray(lots, (lot) => lot.market),
      sqlArray(lots, (lot) => lot.currency),
      sqlArray(lots, (lot) => lot.coins),
      sqlArray(lots, (lot) => lot.net_minor),
      sqlArray(lots, (lot) => lot.vat_minor),
      sqlArray(lots, (lot) => lot.vat_bps),
      sqlArray(lots, (lot) => lot.fee_minor),
      sqlArray(lots, (lot) => lot.bought_at),
      sqlArray(lots, (lot) => lot.withdraw_until),
    ],
  });
}

export async function findLots(client: pg.ClientBase | pg.Pool, ids: Iterable<string>): Promise<Map<string, Lot>> {
  const { rows } = await client.query<Lot>({
    name: 'lots_find',
    text: `select ${LOT} from lots where lot_id = any($1::uuid[])`,
    values: [[...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.lot_id, row]));
}

export async function findLotsOfTopUps(tx: Tx, top_up_ids: readonly string[]): Promise<Map<string, Lot>> {
  const { rows } = await tx.client.query<Lot>(`select ${LOT} from lots where top_up_id = any($1::uuid[])`, [
    top_up_ids,
  ]);
  return new Map(rows.map((row) => [row.top_up_id, row]));
}

/** A person's lots, the youngest first. */
export async function listLots(
  db: Db,
  person_id: string,
  limit: number,
  after: [bought_at: string, lot_id: string] | null,
): Promise<Lot[]> {
  const { rows } = await db.pool.query<Lot>(
    `select ${LOT} from lots where person_id = $1 and ($3::timestamptz is null or (bought_at, lot_id) < ($3, $4))
     order by bought_at desc, lot_id desc limit $2`,
    [person_id, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}

export async function lockLot(tx: Tx, lot_id: string): Promise<Lot | null> {
  const [id] = inLockOrder(tx, 'wallet', 'lots', [lot_id]);
  const { rows } = await tx.client.query<Lot>(`select ${LOT} from lots where lot_id = $1 for no key update`, [id]);
  return rows[0] ?? null;
}

export async function markChargedBack(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.client.query(
    'update lots set charged_back_at = $2 where lot_id = any($1::uuid[]) and charged_back_at is null',
    [ids, at],
  );
}

export type LaidOut = Segment & { account_id: string };

export async function insertSegments(tx: Tx, rows: readonly LaidOut[]): Promise<void> {
  if (rows.length === 0 || plant('wallet.loses_segment')) return;
  await tx.client.query({
    name: 'coin_segments_insert',
    text: `insert into coin_segments (account_id, from_pos, to_pos, lot_id, lot_from)
      select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[], $5::bigint[])`,
    values: [
      sqlArray(rows, (row) => row.account_id),
      sqlArray(rows, (row) => row.from_pos),
      sqlArray(rows, (row) => row.to_pos),
      sqlArray(rows, (row) => row.lot_id),
      sqlArray(rows, (row) => row.lot_from),
    ],
  });
}

/** The segments of a line from a position on. */
export async function findLine(client: pg.ClientBase | pg.Pool, account_id: string, from: bigint): Promise<Segment[]> {
  const { rows } = await client.query<Segment>({
    name: 'coin_segments_line',
    text: `select from_pos, to_pos, lot_id, lot_from from coin_segments
      where account_id = $1 and to_pos > $2 order by from_pos`,
    values: [account_id, from],
  });
  return rows;
}

export type Take = { id: string; account_id: string; from_pos: bigint; to_pos: bigint };

/**
 * Which coins many stretches of many lines are, in order: the interval intersection behind settlement, return and
 * receipts. The lateral step starts at the last segment that begins at or before the stretch, so the index on
 * (account_id, from_pos) serves it however long the line has become.
 */
export async function findParts(
  client: pg.ClientBase | pg.Pool,
  takes: readonly Take[],
): Promise<Map<string, LotPart[]>> {
  const { rows } = await client.query<LotPart & { id: string }>({
    name: 'coin_segments_parts',
    text: `select t.id, s.lot_id,
        s.lot_from + greatest(t.from_pos, s.from_pos) - s.from_pos as lot_from,
        s.lot_from + least(t.to_pos, s.to_pos) - s.from_pos as lot_to
      from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) as t (id, account_id, from_pos, to_pos)
      cross join lateral (
        select * from coin_segments where account_id = t.account_id and from_pos < t.to_pos and from_pos >= coalesce(
          (select max(from_pos) from coin_segments where account_id = t.account_id and from_pos <= t.from_pos), 0)
      ) s
      order by t.id, s.from_pos`,
    values: [
      sqlArray(takes, (take) => take.id),
      sqlArray(takes, (take) => take.account_id),
      sqlArray(takes, (take) => take.from_pos),
      sqlArray(takes, (take) => take.to_pos),
    ],
  });
  return Map.groupBy(rows, (row) => row.id);
}

export type Burn = LotPart & { reason: 'withdrawn' | 'charged_back'; ref: string; burnt_at: Date };

export async function insertBurns(tx: Tx, rows: readonly Burn[]): Promise<void> {
  for (const row of rows) {
    await tx.client.query(
      'insert into coin_burns (lot_id, lot_from, lot_to, reason, ref, burnt_at) values ($1, $2, $3, $4, $5, $6)',
      [row.lot_id, row.lot_from, row.lot_to, row.reason, row.ref, row.burnt_at],
    );
  }
}

export async function findBurns(client: pg.ClientBase | pg.Pool, lot_ids: Iterable<string>): Promise<LotPart[]> {
  const { rows } = await client.query<LotPart>({
    name: 'coin_burns_find',
    text: 'select lot_id, lot_from, lot_to from coin_burns where lot_id = any($1::uuid[])',
    values: [[...new Set(lot_ids)]],
  });
  return rows;
}

export type Withdrawal = {
  withdrawal_id: string;
  lot_id: string;
  person_id: string;
  coins: bigint;
  net_minor: bigint;
  vat_minor: bigint;
  currency: string;
  refund_id: string | null;
  state: 'refunding' | 'refunded';
  withdrawn_at: Date;
  refunded_at: Date | null;
};

const WITHDRAWAL = `withdrawal_id, lot_id, person_id, coins, net_minor, vat_minor, currency, refund_id, state, withdrawn_at,
  refunded_at`;

export async function insertWithdrawal(tx: Tx, row: Withdrawal): Promise<void> {
  await tx.client.query(
    `insert into withdrawals (${WITHDRAWAL}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.withdrawal_id,
      row.lot_id,
      row.person_id,
      row.coins,
      row.net_minor,
      row.vat_minor,
      row.currency,
      row.refund_id,
      row.state,
      row.withdrawn_at,
      row.refunded_at,
    ],
  );
}

export async function findWithdrawal(db: Db, withdrawal_id: string): Promise<Withdrawal | null> {
  const { rows } = await db.pool.query<Withdrawal>(`select ${WITHDRAWAL} from withdrawals where withdrawal_id = $1`, [
    withdrawal_id,
  ]);
  return rows[0] ?? null;
}

/** The provider has given the money back. */
export async function markRefunded(tx: Tx, refund_ids: readonly string[], at: Date): Promise<void> {
  if (refund_ids.length === 0) return;
  await tx.client.query(
    `update withdrawals set state = 'refunded', refunded_at = $2 where refund_id = any($1::uuid[]) and state = 'refunding'`,
    [refund_ids, at],
  );
}
