/** All SQL of what remains of a live: its viewers over time, its summary, hand-overs. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

/** Rooms that are live, for counting their viewers. */
export async function liveRoomIds(q: Asks): Promise<string[]> {
  const { rows } = await q.query<{ room_id: string }>(`select room_id from rooms where state = 'live' limit 5000`);
  return rows.map(({ room_id }) => room_id);
}

/** The most viewers of each room within a minute. */
export async function addSamples(
  q: Asks,
  samples: { room_id: string; viewers: number }[],
  minute_at: Date,
): Promise<void> {
  if (samples.length === 0) return;
  await q.query({
    name: 'rooms_add_samples',
    text: `insert into room_samples (room_id, minute_at, viewers)
      select room_id, $3, viewers from unnest($1::uuid[], $2::int[]) s (room_id, viewers)
      on conflict (room_id, minute_at) do update set viewers = greatest(room_samples.viewers, excluded.viewers)`,
    values: [samples.map(({ room_id }) => room_id), samples.map(({ viewers }) => viewers), minute_at],
  });
}

export interface Minute {
  minute_at: Date;
  n: number;
}

export async function samplesOf(q: Asks, room_id: string): Promise<Minute[]> {
  const { rows } = await q.query<Minute>(
    'select minute_at, viewers as n from room_samples where room_id = $1 order by minute_at limit 3000',
    [room_id],
  );
  return rows;
}

/** Chat lines that still stand, by minute. */
export async function linesByMinute(q: Asks, room_id: string): Promise<Minute[]> {
  const { rows } = await q.query<Minute>(
    `select date_trunc('minute', happened_at) as minute_at, count(*)::int as n from room_events
     where room_id = $1 and type = 'chat' and deleted_at is null group by 1 order by 1 limit 3000`,
    [room_id],
  );
  return rows;
}

export async function isWelcome(q: Asks, host_id: string): Promise<boolean> {
  const { rows } = await q.query<{ welcome: boolean }>('select welcome from handover_choices where host_id = $1', [
    host_id,
  ]);
  return rows[0]?.welcome ?? false;
}

export async function setWelcome(q: Asks, host_id: string, welcome: boolean, at: Date): Promise<void> {
  await q.query(
    `insert into handover_choices (host_id, welcome, chosen_at) values ($1, $2, $3)
     on conflict (host_id) do update set welcome = excluded.welcome, chosen_at = excluded.chosen_at`,
    [host_id, welcome, at],
  );
}

/** Running lives of others who welcome viewers, with no block between them and this host. */
export async function handoverTargets(q: Asks, host_id: string): Promise<string[]> {
  const { rows } = await q.query<{ room_id: string }>(
    `select r.room_id from rooms r join handover_choices c on c.host_id = r.host_id and c.welcome
     where r.state = 'live' and r.host_id <> $1
       and not exists (select from blocks b where (b.blocker_id = r.host_id and b.blocked_id = $1)
         or (b.blocked_id = r.host_id and b.blocker_id = $1))
     order by r.started_at desc, r.room_id limit 50`,
    [host_id],
  );
  return rows.map(({ room_id }) => room_id);
}

/** Hosts whose viewers have come into this room, over however many hand-overs. */
export async function hostsBefore(q: Asks, room_id: string): Promise<string[]> {
  const { rows } = await q.query<{ host_id: string }>(
    `with recursive chain (room_id) as (
       select from_room_id from room_handovers where to_room_id = $1
       union select h.from_room_id from room_handovers h join chain c on h.to_room_id = c.room_id)
     select distinct r.host_id from chain join rooms r using (room_id)`,
    [room_id],
  );
  return rows.map(({ host_id }) => host_id);
}

export async function insertHandover(tx: Tx, from: string, to: string, at: Date): Promise<void> {
  await tx.client.query('insert into room_handovers (from_room_id, to_room_id, handed_at) values ($1, $2, $3)', [
    from,
    to,
    at,
  ]);
}

export async function findHandover(q: Asks, from_room_id: string): Promise<string | null> {
  const { rows } = await q.query<{ to_room_id: string }>(
    'select to_room_id from room_handovers where from_room_id = $1',
    [from_room_id],
  );
  return rows[0]?.to_room_id ?? null;
}
