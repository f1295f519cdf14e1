/** All SQL of media about the keys of encoders. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export interface EncoderKey {
  owner_id: string;
  made_at: Date;
  connected_at: Date | null;
  fault: string | null;
  fault_at: Date | null;
}

export async function putKey(tx: Tx, owner_id: string, key_hash: Buffer, now: Date): Promise<void> {
  await tx.client.query(
    `insert into encoder_keys (owner_id, key_hash, made_at) values ($1, $2, $3)
     on conflict (owner_id) do update set key_hash = excluded.key_hash, made_at = excluded.made_at`,
    [owner_id, key_hash, now],
  );
}

const KEY = 'owner_id, made_at, connected_at, fault, fault_at';

export async function findKeyOf(on: Asks, owner_id: string): Promise<EncoderKey | null> {
  const { rows } = await on.query<EncoderKey>(`select ${KEY} from encoder_keys where owner_id = $1`, [owner_id]);
  return rows[0] ?? null;
}

export async function findKey(on: Asks, key_hash: Buffer): Promise<EncoderKey | null> {
  const { rows } = await on.query<EncoderKey>(`select ${KEY} from encoder_keys where key_hash = $1`, [key_hash]);
  return rows[0] ?? null;
}

export async function setConnected(on: Asks, owner_id: string, now: Date): Promise<void> {
  await on.query('update encoder_keys set connected_at = $2, fault = null, fault_at = null where owner_id = $1', [
    owner_id,
    now,
  ]);
}

export async function setFault(on: Asks, owner_id: string, fault: string, now: Date): Promise<void> {
  await on.query('update encoder_keys set fault = $2, fault_at = $3 where owner_id = $1', [owner_id, fault, now]);
}

/** The stream that an owner's encoder sends to: the newest that has not ended. */
export async function findOpenStream(on: Asks, owner_id: string): Promise<string | null> {
  const { rows } = await on.query<{ stream_id: string }>(
    `select stream_id from streams s where owner_id = $1 and ended_at is null
       and not exists (select from stream_sources x where x.stream_id = s.stream_id) order by created_at desc limit 1`,
    [owner_id],
  );
  return rows[0]?.stream_id ?? null;
}
