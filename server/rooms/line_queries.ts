/** SQL of chat lines for who judges them. */
import type { FoundLine } from './lines.ts';
import type { Asks } from './queries.ts';

/** A line wherever it was said, taken away or not. */
export async function findLineById(q: Asks, line_id: string): Promise<FoundLine | null> {
  const { rows } = await q.query<FoundLine>(
    `select event_id as line_id, room_id, person_id, data->>'text' as text from room_events
     where event_id = $1 and type = 'chat'`,
    [line_id],
  );
  return rows[0] ?? null;
}

export async function restoreLineById(q: Asks, line_id: string): Promise<void> {
  await q.query(`update room_events set deleted_at = null, deleted_by = null where event_id = $1 and type = 'chat'`, [
    line_id,
  ]);
}

/** Who said something in a room since. */
export async function writersSince(q: Asks, room_id: string, since: Date): Promise<string[]> {
  const { rows } = await q.query<{ person_id: string }>(
    `select distinct person_id from room_events
     where room_id = $1 and type = 'chat' and person_id is not null and happened_at >= $2 limit 1000`,
    [room_id, since],
  );
  return rows.map((row) => row.person_id);
}

/** What these people said since and is still shown. */
export async function linesSince(
  q: Asks,
  person_ids: string[],
  since: Date,
): Promise<Pick<FoundLine, 'line_id' | 'room_id'>[]> {
  const { rows } = await q.query<Pick<FoundLine, 'line_id' | 'room_id'>>(
    `select event_id as line_id, room_id from room_events
     where person_id = any($1::uuid[]) and happened_at >= $2 and type = 'chat' and deleted_at is null limit 5000`,
    [person_ids, since],
  );
  return rows;
}
