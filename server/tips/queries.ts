/** All SQL of tips. */
import type { Tx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';

/** A pool or the connection of a transaction. */
type Asks = Pick<Tx['client'], 'query'>;

export type Tip = {
  tip_id: string;
  sender_id: string;
  receiver_id: string;
  subject_kind: 'person' | 'room' | 'video';
  subject_id: string | null;
  market: string;
  currency: string;
  amount_minor: bigint;
  fee_minor: bigint;
  fee_vat_minor: bigint;
  vat_bps: number;
  state: 'unpaid' | 'paid' | 'failed' | 'reversed';
  attempt_id: string;
  request_key: string;
  body_hash: string;
  created_at: Date;
  paid_at: Date | null;
  closed_at: Date | null;
};

const TIP = `tip_id, sender_id, receiver_id, subject_kind, subject_id, market, currency, amount_minor, fee_minor,
  fee_vat_minor, vat_bps, state, attempt_id, request_key, body_hash, created_at, paid_at, closed_at`;

/** @returns false when a request with the same key came first */
export async function insertTip(tx: Tx, tip: Tip): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into tips (${TIP}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, null, null)
     on conflict (sender_id, request_key) do nothing`,
    [
      tip.tip_id,
      tip.sender_id,
      tip.receiver_id,
      tip.subject_kind,
      tip.subject_id,
      tip.market,
      tip.currency,
      tip.amount_minor,
      tip.fee_minor,
      tip.fee_vat_minor,
      tip.vat_bps,
      tip.state,
      tip.attempt_id,
      tip.request_key,
      tip.body_hash,
      tip.created_at,
    ],
  );
  return rowCount === 1;
}

export async function findTipByKey(q: Asks, sender_id: string, request_key: string): Promise<Tip | null> {
  const { rows } = await q.query<Tip>(`select ${TIP} from tips where sender_id = $1 and request_key = $2`, [
    sender_id,
    request_key,
  ]);
  return rows[0] ?? null;
}

export async function findTip(q: Asks, tip_id: string): Promise<Tip | null> {
  const { rows } = await q.query<Tip>(`select ${TIP} from tips where tip_id = $1`, [tip_id]);
  return rows[0] ?? null;
}

export async function lockTips(tx: Tx, ids: readonly string[]): Promise<Map<string, Tip>> {
  const { rows } = await tx.client.query<Tip>(
    `select ${TIP} from tips where tip_id = any($1::uuid[]) order by tip_id for no key update`,
    [inLockOrder(tx, 'tips', 'tips', ids)],
  );
  return new Map(rows.map((row) => [row.tip_id, row]));
}

/** What somebody tips since then, paid or about to be. Their spending row is locked, so two at once count together. */
export async function sumSince(tx: Tx, sender_id: string, since: Date): Promise<{ minor: bigint; count: bigint }> {
  const { rows } = await tx.client.query<{ minor: bigint; count: bigint }>(
    `select coalesce(sum(amount_minor), 0)::bigint as minor, count(*) as count from tips
     where sender_id = $1 and created_at >= $2 and state in ('unpaid', 'paid')`,
    [sender_id, since],
  );
  return rows[0] ?? { minor: 0n, count: 0n };
}

export async function setPaid(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.client.query(`update tips set state = 'paid', paid_at = $2 where tip_id = any($1::uuid[])`, [ids, at]);
}

export async function closeTips(tx: Tx, ids: readonly string[], state: 'failed' | 'reversed', at: Date): Promise<void> {
  await tx.client.query('update tips set state = $2, closed_at = $3 where tip_id = any($1::uuid[])', [ids, state, at]);
}

/** Tips somebody received, the newest first. @param after time and id of the last one seen */
export async function listTipsOf(
  q: Asks,
  receiver_id: string,
  limit: number,
  after: [paid_at: string, tip_id: string] | null,
): Promise<Tip[]> {
  const { rows } = await q.query<Tip>(
    `select ${TIP} from tips where receiver_id = $1 and state in ('paid', 'reversed')
       and ($3::timestamptz is null or (paid_at, tip_id) < ($3, $4::uuid))
     order by paid_at desc, tip_id desc limit $2`,
    [receiver_id, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}
