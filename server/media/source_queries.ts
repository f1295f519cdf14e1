/** All SQL of media about lives whose pictures lie elsewhere. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export interface Source {
  stream_id: string;
  owner_id: string;
  provider: 'external_hls';
  url: string;
  edge_seq: bigint | null;
  edge_at: Date | null;
  source_clock: boolean | null;
  started_at: Date | null;
  ended_at: Date | null;
}

const SOURCE = `x.stream_id, s.owner_id, x.provider, x.url, x.edge_seq, x.edge_at, x.source_clock, s.started_at, s.ended_at`;

export async function insertSource(tx: Tx, row: Pick<Source, 'stream_id' | 'provider' | 'url'>): Promise<void> {
  await tx.client.query('insert into stream_sources (stream_id, provider, url) values ($1, $2, $3)', [
    ...[row.stream_id, row.provider, row.url],
  ]);
}

/** Hot: asked for every stream that is watched, once a second. */
export async function findSource(on: Asks, stream_id: string): Promise<Source | null> {
  const { rows } = await on.query<Source>({
    name: 'media_find_source',
    text: `select ${SOURCE} from stream_sources x join streams s using (stream_id) where x.stream_id = $1`,
    values: [stream_id],
  });
  return rows[0] ?? null;
}

export async function lockSource(tx: Tx, stream_id: string): Promise<Source | null> {
  const { rows } = await tx.client.query<Source>(
    `select ${SOURCE} from stream_sources x join streams s using (stream_id) where x.stream_id = $1 for update`,
    [stream_id],
  );
  return rows[0] ?? null;
}

/** Running lives that nobody looked at since then; from now on they were. */
export async function takeDue(tx: Tx, before: Date, now: Date, limit: number): Promise<string[]> {
  const { rows } = await tx.client.query<{ stream_id: string }>(
    `update stream_sources set looked_at = $2 where stream_id in (
       select x.stream_id from stream_sources x join streams s using (stream_id)
       where s.ended_at is null and (x.looked_at is null or x.looked_at <= $1)
       order by x.looked_at nulls first limit $3 for update of x skip locked)
     returning stream_id`,
    [before, now, limit],
  );
  return rows.map(({ stream_id }) => stream_id);
}

/** @returns whether it is another than before */
export async function setFault(on: Asks, stream_id: string, fault: string | null): Promise<boolean> {
  const { rowCount } = await on.query(
    'update stream_sources set fault = $2 where stream_id = $1 and fault is distinct from $2',
    [...[stream_id, fault]],
  );
  return rowCount === 1;
}

/** A new segment was seen: the stream goes on. */
export async function setEdge(
  tx: Tx,
  stream_id: string,
  edge: { edge_seq: number; edge_at: Date; source_clock: boolean },
  now: Date,
): Promise<void> {
  await tx.client.query(
    'update stream_sources set edge_seq = $2, edge_at = $3, source_clock = $4 where stream_id = $1',
    [stream_id, edge.edge_seq, edge.edge_at, edge.source_clock],
  );
  await tx.client.query(
    `update streams set started_at = coalesce(started_at, $2), last_segment_at = $2, silent_at = null
     where stream_id = $1 and ended_at is null`,
    [stream_id, now],
  );
}
