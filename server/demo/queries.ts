import type pg from 'pg';
import type { Db, Tx } from '../kernel/db.ts';

export async function isEmpty(db: Db): Promise<boolean> {
  const { rows } = await db.pool.query('select 1 from people limit 1');
  return rows.length === 0;
}

export async function insertPart(tx: Tx, part: string, person_id: string): Promise<void> {
  await tx.client.query('insert into demo_cast (part, person_id) values ($1, $2)', [part, person_id]);
}

export interface CastRow {
  part: string;
  person_id: string;
}

export async function listCast(q: pg.Pool): Promise<CastRow[]> {
  const { rows } = await q.query<CastRow>('select part, person_id from demo_cast order by part');
  return rows;
}
