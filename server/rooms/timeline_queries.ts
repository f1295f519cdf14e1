import { sqlArray } from '../kernel/sql_array.ts';
import type { Asks } from './queries.ts';

type Talk = 'poll' | 'poll.closed' | 'note' | 'caption' | 'question';
export type TimelineType = 'chat' | 'gift' | 'pin' | 'unpin' | 'purchase' | 'cohost' | Talk;

export interface TimelineRow {
  event_id: string;
  room_id: string;
  type: TimelineType;
  person_id: string | null;
  data: Record<string, unknown>;
  happened_at: Date;
  media_at: Date;
}

export interface Placed extends TimelineRow {
  /** The order in which they were written down. */
  seq: bigint;
}

const ROW = 'event_id, room_id, type, person_id, data, happened_at, media_at';

/**
 * Writes events once each. Hot: every chat line and gift of every room, in batches.
 * @returns the ids that were not there before
 */
export async function insertEvents(q: Asks, rows: TimelineRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await q.query<{ event_id: string }>({
    name: 'rooms_insert_events',
    text: `insert into room_events (${ROW})
      select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::jsonb[],
        $6::timestamptz[], $7::timestamptz[])
      on conflict do nothing returning event_id`,
    values: [
      sqlArray(rows, (row) => row.event_id),
      sqlArray(rows, (row) => row.room_id),
      sqlArray(rows, (row) => row.type),
      sqlArray(rows, (row) => row.person_id),
      sqlArray(rows, (row) => JSON.stringify(row.data)),
      sqlArray(rows, (row) => row.happened_at),
      sqlArray(rows, (row) => row.media_at),
    ],
  });
  return new Set(inserted.rows.map((row) => row.event_id));
}

/** What a newcomer is shown: the last lines; gifts, pins, polls, notes and captions of late. Oldest first. */
export async function recentEvents(q: Asks, room_id: string, lines: number, since: Date): Promise<Placed[]> {
  const { rows } = await q.query<Placed>(
    `(select ${ROW}, seq from room_events where room_id = $1 and type = 'chat' and deleted_at is null
       order by seq desc limit $2)
     union all
     (select ${ROW}, seq from room_events where room_id = $1 and type = 'gift' and deleted_at is null
       and happened_at >= $3 order by seq desc limit 100)
     union all
     (select ${ROW}, seq from room_events where room_id = $1 and type in ('pin', 'unpin') and deleted_at is null
       order by seq desc limit 20)
     union all
     (select ${ROW}, seq from room_events where room_id = $1 and type in ('poll', 'poll.closed')
       and deleted_at is null order by seq desc limit 4)
     union all
     (select ${ROW}, seq from room_events where room_id = $1 and type = 'note' and deleted_at is null
       order by seq desc limit 4)
     union all
     (select ${ROW}, seq from room_events where room_id = $1 and type = 'cohost' and deleted_at is null
       order by seq desc limit 4)
     union all
     (select ${ROW}, seq from room_events where room_id = $1 and type = 'caption' and deleted_at is null
       and happened_at >= $3 order by seq desc limit 60)
     order by seq`,
    [room_id, lines, since],
  );
  return rows;
}

/** The newest gifts and purchases since then, the oldest of them first. */
export async function recentShown(q: Asks, room_id: string, since: Date, limit: number): Promise<Placed[]> {
  const { rows } = await q.query<Placed>(
    `select ${ROW}, seq from room_events where room_id = $1 and type in ('gift', 'purchase') and deleted_at is null
       and happened_at >= $2 order by seq desc limit $3`,
    [room_id, since, limit],
  );
  return rows.reverse();
}

/** In the order of the picture. @param after media time and seq of the last event seen */
export async function timelineOf(
  q: Asks,
  room_id: string,
  limit: number,
  after: [string, string] | null,
): Promise<Placed[]> {
  const { rows } = await q.query<Placed>(
    `select ${ROW}, seq from room_events
     where room_id = $1 and deleted_at is null and ($2::timestamptz is null or (media_at, seq) > ($2, $3::bigint))
     order by media_at, seq limit $4`,
    [room_id, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

/** What stood when the picture got to a moment: the last pin or unpin, pinned message and poll before it. */
export async function standingAt(q: Asks, room_id: string, at: Date): Promise<Placed[]> {
  const last = (types: string) => `(select ${ROW}, seq from room_events where room_id = $1 and type in (${types})
    and deleted_at is null and media_at < $2 order by media_at desc, seq desc limit 1)`;
  const { rows } = await q.query<Placed>(
    `${last("'pin', 'unpin'")} union all ${last("'note'")} union all ${last("'poll', 'poll.closed'")}
     union all ${last("'cohost'")}
     order by media_at, seq`,
    [room_id, at],
  );
  return rows;
}

export async function findEvent(q: Asks, room_id: string, event_id: string): Promise<TimelineRow | null> {
  const { rows } = await q.query<TimelineRow>(
    `select ${ROW} from room_events where room_id = $1 and event_id = $2 and deleted_at is null`,
    [room_id, event_id],
  );
  return rows[0] ?? null;
}

/** What is pinned now, by the server's time. */
export async function findPinned(q: Asks, room_id: string): Promise<TimelineRow | null> {
  const { rows } = await q.query<TimelineRow>(
    `select ${ROW} from room_events where room_id = $1 and type in ('pin', 'unpin') and deleted_at is null
     order by seq desc limit 1`,
    [room_id],
  );
  return rows[0]?.type === 'pin' ? rows[0] : null;
}

/**
 * Writes that these were taken back before they were ever told: an event and its return may be handed on in either
 * order. One that is here already is left as it is.
 */
export async function insertTakenBack(q: Asks, rows: TimelineRow[]): Promise<void> {
  await q.query(
    `insert into room_events (${ROW}, deleted_at)
      select e, o, y, p, d, h, h, h from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::jsonb[],
        $6::timestamptz[]) as r (e, o, y, p, d, h) on conflict do nothing`,
    [
      rows.map((row) => row.event_id),
      rows.map((row) => row.room_id),
      rows.map((row) => row.type),
      rows.map((row) => row.person_id),
      rows.map((row) => JSON.stringify(row.data)),
      rows.map((row) => row.happened_at),
    ],
  );
}

/** Which of these were taken back. */
export async function findTakenBack(q: Asks, event_ids: string[]): Promise<Set<string>> {
  const { rows } = await q.query<{ event_id: string }>(
    'select event_id from room_events where event_id = any($1::uuid[]) and deleted_at is not null',
    [event_ids],
  );
  return new Set(rows.map((row) => row.event_id));
}

/** Takes events away; who did it is kept. */
export async function deleteEvents(q: Asks, event_ids: string[], by: string | null, at: Date): Promise<void> {
  await q.query(
    'update room_events set deleted_at = $2, deleted_by = $3 where event_id = any($1) and deleted_at is null',
    [event_ids, at, by],
  );
}

/** The pinned message, by the server's time. */
export async function findNote(q: Asks, room_id: string): Promise<string | null> {
  const { rows } = await q.query<{ text: string | null }>(
    `select data->>'text' as text from room_events where room_id = $1 and type = 'note' and deleted_at is null
     order by seq desc limit 1`,
    [room_id],
  );
  return rows[0]?.text ?? null;
}
