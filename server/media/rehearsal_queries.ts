/** All SQL of media about rehearsals. */
import type { Db, Tx } from '../kernel/db.ts';

const ids = (rows: { stream_id: string }[]) => rows.map(({ stream_id }) => stream_id);

export async function listOf(db: Db, owner_id: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ stream_id: string }>(
    'select stream_id from streams where is_rehearsal and owner_id = $1',
    [owner_id],
  );
  return ids(rows);
}

/** Those that nothing came to since `before`. */
export async function listLeft(db: Db, before: Date, limit: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ stream_id: string }>(
    `select stream_id from streams where is_rehearsal and coalesce(last_segment_at, created_at) < $1
     order by created_at limit $2`,
    [before, limit],
  );
  return ids(rows);
}

export async function erase(tx: Tx, stream_id: string): Promise<void> {
  for (const table of ['stream_segments', 'stream_low_runs', 'stream_runs']) {
    await tx.client.query(`delete from ${table} where stream_id = $1`, [stream_id]);
  }
  await tx.client.query('delete from streams where stream_id = $1 and is_rehearsal', [stream_id]);
}
