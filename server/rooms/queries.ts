/** All SQL of rooms themselves. The timeline's is in timeline_queries.ts, that of keeping order in order_queries.ts. */
import type { Tx } from '../kernel/db.ts';

/** A pool or the connection of a transaction: whoever can ask. */
export type Asks = Pick<Tx['client'], 'query'>;

export interface Room {
  room_id: string;
  host_id: string;
  title: string;
  language: string;
  stream_id: string;
  state: 'preparing' | 'live' | 'ended';
  is_demo: boolean;
  likes: bigint;
  viewers_peak: number;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  end_reason: 'host' | 'host_gone' | 'moderation' | null;
  /** Since when the host is away; null while they are there. */
  away_since: Date | null;
  /** Names the newest still; the file is the room's. */
  poster: string | null;
}

const ROOM = `r.room_id, r.host_id, r.title, r.language, r.stream_id, r.state, r.is_demo, r.likes, r.viewers_peak,
  r.created_at, r.started_at, r.ended_at, r.end_reason, r.away_since, r.poster`;

export type NewRoom = Pick<Room, 'room_id' | 'host_id' | 'title' | 'language' | 'stream_id' | 'is_demo' | 'created_at'>;

/** @returns false when the host has an open room */
export async function insertRoom(tx: Tx, room: NewRoom): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `insert into rooms (room_id, host_id, title, language, stream_id, state, is_demo, created_at)
     values ($1, $2, $3, $4, $5, 'preparing', $6, $7) on conflict (host_id) where state <> 'ended' do nothing`,
    [room.room_id, room.host_id, room.title, room.language, room.stream_id, room.is_demo, room.created_at],
  );
  return rowCount === 1;
}

async function findOne(q: Asks, where: string, id: string, lock = ''): Promise<Room | null> {
  const { rows } = await q.query<Room>(`select ${ROOM} from rooms r where ${where} ${lock}`, [id]);
  return rows[0] ?? null;
}

export const findRoom = (q: Asks, room_id: string) => findOne(q, 'r.room_id = $1', room_id);
export const findOpenRoom = (q: Asks, host_id: string) => findOne(q, `r.host_id = $1 and r.state <> 'ended'`, host_id);
export const findRoomOfStream = (q: Asks, stream_id: string) => findOne(q, 'r.stream_id = $1', stream_id);
export const lockRoom = (tx: Tx, room_id: string) => findOne(tx.client, 'r.room_id = $1', room_id, 'for no key update');
export const lockRoomOfStream = (tx: Tx, stream_id: string) =>
  findOne(tx.client, 'r.stream_id = $1', stream_id, 'for no key update');

export interface RoomFilter {
  state: 'live' | 'ended';
  host_id: string | null;
  /** Who looks: rooms of people with a block between them are not shown. */
  viewer_id: string | null;
  /** Part of the title or of the host's name. */
  search: string | null;
}

/** A search as a pattern: what has a meaning in `like` is meant as it stands. */
export const likePattern = (search: string | null): string | null =>
  search && `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Newest first. @param after the time and id of the last room seen */
export async function listRooms(
  q: Asks,
  filter: RoomFilter,
  limit: number,
  after: [string, string] | null,
): Promise<Room[]> {
  const at = filter.state === 'live' ? 'r.started_at' : 'r.ended_at';
  const { rows } = await q.query<Room>(
    `select ${ROOM} from rooms r join people p on p.person_id = r.host_id
     where r.state = $1 and r.started_at is not null
       and (r.state = 'live' or r.host_id = $3
         or exists (select from streams s where s.stream_id = r.stream_id and s.purged_at is null))
       and ($2::uuid is null or r.host_id = $2)
       and ($7::text is null or r.title ilike $7 or p.name ilike $7 or p.handle ilike $7)
       and ($4::timestamptz is null or (${at}, r.room_id) < ($4, $5::uuid))
       and not exists (select from blocks b where (b.blocker_id = r.host_id and b.blocked_id = $3::uuid)
         or (b.blocked_id = r.host_id and b.blocker_id = $3::uuid))
     order by ${at} desc, r.room_id desc limit $6`,
    [
      ...[filter.state, filter.host_id, filter.viewer_id, after?.[0] ?? null, after?.[1] ?? null, limit],
      likePattern(filter.search),
    ],
  );
  return rows;
}

export async function setPosterName(q: Asks, room_id: string, poster: string | null): Promise<void> {
  await q.query('update rooms set poster = $2 where room_id = $1', [room_id, poster]);
}

export async function setAwaySince(q: Asks, room_id: string, at: Date | null): Promise<void> {
  await q.query(`update rooms set away_since = $2 where room_id = $1 and state = 'live'`, [room_id, at]);
}

export async function setLive(tx: Tx, room_id: string, at: Date): Promise<void> {
  await tx.client.query(`update rooms set state = 'live', started_at = $2 where room_id = $1`, [room_id, at]);
}

export async function setEnded(tx: Tx, room_id: string, reason: Room['end_reason'], at: Date): Promise<void> {
  await tx.client.query(`update rooms set state = 'ended', ended_at = $3, end_reason = $2 where room_id = $1`, [
    room_id,
    reason,
    at,
  ]);
}

/** Adds what viewers tapped since the last call. Once a second a busy room. @returns the likes of the whole room */
export async function addLikes(q: Asks, room_id: string, likes: number, viewers: number): Promise<number> {
  const { rows } = await q.query<{ likes: bigint }>({
    name: 'rooms_add_likes',
    text: `update rooms set likes = likes + $2, viewers_peak = greatest(viewers_peak, $3)
           where room_id = $1 returning likes`,
    values: [room_id, likes, viewers],
  });
  return Number(rows[0]?.likes ?? 0n);
}

/** Everything that was ever pinned in these rooms, with who hosts them. */
export async function findPins(
  q: Asks,
  room_ids: string[],
): Promise<{ room_id: string; host_id: string; id: string }[]> {
  const { rows } = await q.query<{ room_id: string; host_id: string; id: string }>({
    name: 'rooms_find_pins',
    text: `select distinct e.room_id, r.host_id, e.data -> 'thing' ->> 'id' as id
      from room_events e join rooms r using (room_id) where e.room_id = any($1::uuid[]) and e.type = 'pin' and e.deleted_at is null`,
    values: [room_ids],
  });
  return rows;
}

export async function hostOf(q: Asks, room_id: string): Promise<string | null> {
  const { rows } = await q.query<{ host_id: string }>('select host_id from rooms where room_id = $1', [room_id]);
  return rows[0]?.host_id ?? null;
}
