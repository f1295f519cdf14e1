/** All SQL of battles. The score is counted from the gifts and stands nowhere. */
import type { Tx } from '../kernel/db.ts';

type Asks = Pick<Tx['client'], 'query'>;

export interface Battle {
  battle_id: string;
  room_id: string;
  rival_id: string;
  lasts_s: number;
  asked_at: Date;
  starts_at: Date | null;
  ends_at: Date | null;
  stopped_at: Date | null;
  stopped_by: string | null;
}

const BATTLE = 'battle_id, room_id, rival_id, lasts_s, asked_at, starts_at, ends_at, stopped_at, stopped_by';

/** Two that ask for the same room wait for each other; both rooms are taken in the order of their ids. */
export async function takeRooms(tx: Tx, room_ids: readonly string[]): Promise<void> {
  for (const room_id of [...room_ids].sort()) {
    await tx.client.query(`select pg_advisory_xact_lock(hashtextextended('battle ' || $1, 0))`, [room_id]);
  }
}

export async function insertBattle(tx: Tx, row: Battle): Promise<void> {
  await tx.client.query(
    `insert into battles (battle_id, room_id, rival_id, lasts_s, asked_at) values ($1, $2, $3, $4, $5)`,
    [row.battle_id, row.room_id, row.rival_id, row.lasts_s, row.asked_at],
  );
}

export async function lockBattle(tx: Tx, battle_id: string): Promise<Battle | null> {
  const { rows } = await tx.client.query<Battle>(`select ${BATTLE} from battles where battle_id = $1 for update`, [
    battle_id,
  ]);
  return rows[0] ?? null;
}

/** The newest battle of each of these rooms, on either side. */
export async function newestOf(on: Asks, room_ids: readonly string[]): Promise<Battle[]> {
  const { rows } = await on.query<Battle>({
    name: 'battles_newest',
    text: `select b.* from unnest($1::uuid[]) r (id), lateral (
        select ${BATTLE} from battles where room_id = r.id or rival_id = r.id order by asked_at desc limit 1) b`,
    values: [room_ids],
  });
  return rows;
}

/** Battles of these rooms whose gifts still change the score. Hot: once for each batch of gifts. */
export async function runningIn(on: Asks, room_ids: readonly string[], since: Date): Promise<Battle[]> {
  const { rows } = await on.query<Battle>({
    name: 'battles_running',
    text: `select ${BATTLE} from battles
      where ends_at > $2 and stopped_at is null and (room_id = any($1::uuid[]) or rival_id = any($1::uuid[]))`,
    values: [room_ids, since],
  });
  return rows;
}

export async function setTimes(tx: Tx, battle_id: string, starts_at: Date, ends_at: Date): Promise<void> {
  await tx.client.query('update battles set starts_at = $2, ends_at = $3 where battle_id = $1', [
    battle_id,
    starts_at,
    ends_at,
  ]);
}

export async function setStopped(tx: Tx, battle_id: string, by: string, at: Date): Promise<void> {
  await tx.client.query('update battles set stopped_at = $3, stopped_by = $2 where battle_id = $1', [
    battle_id,
    by,
    at,
  ]);
}

/** Coins by room; what was taken back or returned is not among them. */
export async function scoreOf(
  on: Asks,
  { room_id, rival_id, starts_at, ends_at }: Battle,
): Promise<Map<string, bigint>> {
  if (!starts_at) return new Map();
  const { rows } = await on.query<{ room_id: string; coins: bigint }>({
    name: 'battles_score',
    text: `select x.room_id, sum(x.coins)::bigint as coins from rooms r
      join gifts x on x.receiver_id = r.host_id and x.room_id = r.room_id
      where r.room_id = any($1::uuid[]) and x.sent_at >= $2 and x.sent_at < $3 and x.state in ('sent', 'settled')
      group by x.room_id`,
    values: [[room_id, rival_id], starts_at, ends_at],
  });
  return new Map(rows.map((row) => [row.room_id, row.coins]));
}
