/** All SQL of cohosts. */
import type { Tx } from '../kernel/db.ts';

export type Asks = Pick<Tx['client'], 'query'>;

export interface Cohost {
  cohost_id: string;
  room_id: string;
  person_id: string;
  host_id: string;
  host_yes_at: Date | null;
  guest_yes_at: Date | null;
  shown_at: Date | null;
}

export type EndReason = 'host' | 'guest' | 'lost' | 'blocked' | 'suspended' | 'live_ended' | 'erased';

const COHOST = 'c.cohost_id, c.room_id, c.person_id, r.host_id, c.host_yes_at, c.guest_yes_at, c.shown_at';
const OPEN = `select ${COHOST} from cohosts c join rooms r using (room_id) where c.ended_at is null`;

/** Who decides about the same people waits for each other. */
export async function takePeople(tx: Tx, person_ids: readonly string[]): Promise<void> {
  for (const person_id of [...person_ids].sort()) {
    await tx.client.query(`select pg_advisory_xact_lock(hashtextextended('cohost ' || $1, 0))`, [person_id]);
  }
}

export async function findOpen(on: Asks, room_id: string, person_id: string): Promise<Cohost | null> {
  const { rows } = await on.query<Cohost>({
    name: 'cohosts_find_open',
    text: `${OPEN} and c.room_id = $1 and c.person_id = $2`,
    values: [room_id, person_id],
  });
  return rows[0] ?? null;
}

/** Of a room: who wants to join, was asked, or is in the picture. Who is in it stands first, then who asked first. */
export async function openIn(on: Asks, room_id: string, since: Date, limit: number): Promise<Cohost[]> {
  const { rows } = await on.query<Cohost>(
    `${OPEN} and c.room_id = $1 and (host_yes_at is not null and guest_yes_at is not null
       or coalesce(host_yes_at, guest_yes_at) > $2)
     order by (host_yes_at is not null and guest_yes_at is not null) desc, c.cohost_id limit $3`,
    [room_id, since, limit],
  );
  return rows;
}

/** Of these people, as host or as guest: all that is open, also what nobody answered in time. */
export async function openOf(on: Asks, person_ids: readonly string[]): Promise<Cohost[]> {
  const { rows } = await on.query<Cohost>(
    `${OPEN} and (c.person_id = any($1::uuid[])
       or c.room_id in (select room_id from rooms where host_id = any($1::uuid[]) and state <> 'ended'))`,
    [person_ids],
  );
  return rows;
}

export async function openInRoom(on: Asks, room_id: string): Promise<Cohost[]> {
  const { rows } = await on.query<Cohost>(`${OPEN} and c.room_id = $1`, [room_id]);
  return rows;
}

export async function insertCohost(tx: Tx, row: Cohost): Promise<void> {
  await tx.client.query(
    `insert into cohosts (cohost_id, room_id, person_id, host_yes_at, guest_yes_at) values ($1, $2, $3, $4, $5)`,
    [row.cohost_id, row.room_id, row.person_id, row.host_yes_at, row.guest_yes_at],
  );
}

export async function setYes(tx: Tx, { cohost_id, host_yes_at, guest_yes_at }: Cohost): Promise<void> {
  await tx.client.query('update cohosts set host_yes_at = $2, guest_yes_at = $3 where cohost_id = $1', [
    ...[cohost_id, host_yes_at, guest_yes_at],
  ]);
}

/** @returns whether it was not shown before */
export async function setShown(tx: Tx, cohost_id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    'update cohosts set shown_at = $2 where cohost_id = $1 and shown_at is null and ended_at is null',
    [cohost_id, at],
  );
  return rowCount === 1;
}

/** @returns whether it was open */
export async function setEnded(tx: Tx, cohost_id: string, reason: EndReason, at: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    'update cohosts set ended_at = $3, end_reason = $2 where cohost_id = $1 and ended_at is null',
    [cohost_id, reason, at],
  );
  return rowCount === 1;
}
