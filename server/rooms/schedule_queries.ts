/** All SQL of planned lives, of reminders, and of who was told that a room began. */
import type { Tx } from '../kernel/db.ts';
import type { Repeat } from './occurrences.ts';
import { type Asks, likePattern } from './queries.ts';

export interface Schedule {
  schedule_id: string;
  host_id: string;
  title: string;
  about: string;
  language: string;
  local_time: string;
  zone: string;
  repeat: Repeat;
  starts_at: Date;
  picture: string | null;
  things: { type: 'product'; id: string }[];
  state: 'planned' | 'over' | 'cancelled';
  revision: number;
  created_at: Date;
  updated_at: Date;
}

const SCHEDULE = `s.schedule_id, s.host_id, s.title, s.about, s.language, s.local_time, s.zone, s.repeat, s.starts_at,
  s.picture, s.things, s.state, s.revision, s.created_at, s.updated_at`;

export async function insertSchedule(tx: Tx, row: Schedule): Promise<void> {
  await tx.client.query(
    `insert into schedules (schedule_id, host_id, title, about, language, local_time, zone, repeat, starts_at, picture,
       things, state, revision, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    valuesOf(row),
  );
}

/** Writes everything that may change. */
export async function updateSchedule(tx: Tx, row: Schedule): Promise<void> {
  await tx.client.query(
    `update schedules set title = $3, about = $4, language = $5, local_time = $6, zone = $7, repeat = $8, starts_at = $9,
       picture = $10, things = $11, state = $12, revision = $13, created_at = $14, updated_at = $15
     where schedule_id = $1 and host_id = $2`,
    valuesOf(row),
  );
}

const valuesOf = (row: Schedule): unknown[] => [
  ...[row.schedule_id, row.host_id, row.title, row.about, row.language, row.local_time, row.zone, row.repeat],
  ...[row.starts_at, row.picture, JSON.stringify(row.things), row.state, row.revision, row.created_at, row.updated_at],
];

export async function findSchedule(q: Asks, schedule_id: string): Promise<Schedule | null> {
  const { rows } = await q.query<Schedule>(`select ${SCHEDULE} from schedules s where s.schedule_id = $1`, [
    schedule_id,
  ]);
  return rows[0] ?? null;
}

export async function lockSchedule(tx: Tx, schedule_id: string): Promise<Schedule | null> {
  const { rows } = await tx.client.query<Schedule>(
    `select ${SCHEDULE} from schedules s where s.schedule_id = $1 for no key update`,
    [schedule_id],
  );
  return rows[0] ?? null;
}

export async function countPlanned(tx: Tx, host_id: string): Promise<number> {
  const { rows } = await tx.client.query<{ n: number }>(
    `select count(*)::int as n from schedules where host_id = $1 and state = 'planned'`,
    [host_id],
  );
  return rows[0]?.n ?? 0;
}

export interface UpcomingFilter {
  host_id: string | null;
  /** Who looks: plans of people with a block between them are not shown. */
  viewer_id: string | null;
  /** Part of the title or of the host's name. */
  search: string | null;
}

/** Soonest first; also what should have begun just now. @param after time and id of the last one seen */
export async function listUpcoming(
  q: Asks,
  filter: UpcomingFilter,
  limit: number,
  after: [string, string] | null,
): Promise<Schedule[]> {
  const { rows } = await q.query<Schedule>(
    `select ${SCHEDULE} from schedules s join people p on p.person_id = s.host_id
     where s.state = 'planned' and ($1::uuid is null or s.host_id = $1)
       and ($3::text is null or s.title ilike $3 or p.name ilike $3 or p.handle ilike $3)
       and ($4::timestamptz is null or (s.starts_at, s.schedule_id) > ($4, $5::uuid))
       and not exists (select from blocks b where (b.blocker_id = s.host_id and b.blocked_id = $2::uuid)
         or (b.blocked_id = s.host_id and b.blocker_id = $2::uuid))
     order by s.starts_at, s.schedule_id limit $6`,
    [filter.host_id, filter.viewer_id, likePattern(filter.search), after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

/** Plans whose time passed before `before`, for the sweep. */
export async function lockPassed(tx: Tx, before: Date, limit: number): Promise<Schedule[]> {
  const { rows } = await tx.client.query<Schedule>(
    `select ${SCHEDULE} from schedules s where s.state = 'planned' and s.starts_at < $1
     order by s.starts_at, s.schedule_id limit $2 for no key update skip locked`,
    [before, limit],
  );
  return rows;
}

export async function cancelPlans(tx: Tx, host_id: string, at: Date): Promise<Schedule[]> {
  const { rows } = await tx.client.query<Schedule>(
    `update schedules s set state = 'cancelled', revision = revision + 1, updated_at = $2
     where s.host_id = $1 and s.state = 'planned' returning ${SCHEDULE}`,
    [host_id, at],
  );
  return rows;
}

export async function forgetReminders(tx: Tx, person_id: string): Promise<void> {
  await tx.client.query('delete from schedule_reminders where person_id = $1', [person_id]);
}

export async function insertReminder(q: Asks, schedule_id: string, person_id: string, at: Date): Promise<void> {
  await q.query(
    'insert into schedule_reminders (schedule_id, person_id, asked_at) values ($1, $2, $3) on conflict do nothing',
    [schedule_id, person_id, at],
  );
}

export async function deleteReminder(q: Asks, schedule_id: string, person_id: string): Promise<void> {
  await q.query('delete from schedule_reminders where schedule_id = $1 and person_id = $2', [schedule_id, person_id]);
}

export interface Reminded {
  schedule_id: string;
  reminders: number;
  /** Whether the viewer is among them. */
  reminded: boolean;
}

export async function countReminders(q: Asks, ids: string[], viewer_id: string | null): Promise<Map<string, Reminded>> {
  const { rows } = await q.query<Reminded>(
    `select schedule_id, count(*)::int as reminders, bool_or(person_id = $2) is true as reminded
     from schedule_reminders where schedule_id = any($1) group by schedule_id`,
    [ids, viewer_id],
  );
  return new Map(rows.map((row) => [row.schedule_id, row]));
}

export async function remindedOf(q: Asks, schedule_id: string): Promise<string[]> {
  const { rows } = await q.query<{ person_id: string }>(
    'select person_id from schedule_reminders where schedule_id = $1 order by person_id',
    [schedule_id],
  );
  return rows.map(({ person_id }) => person_id);
}

export interface Start {
  room_id: string;
  host_id: string;
  schedule_id: string | null;
  occurs_at: Date | null;
  opened_at: Date;
  announced_at: Date | null;
}

export async function insertStart(tx: Tx, start: Start): Promise<void> {
  await tx.client.query(
    `insert into room_starts (room_id, host_id, schedule_id, occurs_at, opened_at, announced_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [start.room_id, start.host_id, start.schedule_id, start.occurs_at, start.opened_at, start.announced_at],
  );
}

export async function findStart(q: Asks, room_id: string): Promise<Start | null> {
  const { rows } = await q.query<Start>('select * from room_starts where room_id = $1', [room_id]);
  return rows[0] ?? null;
}

/** The newest room of a plan. */
export async function findStartOf(q: Asks, schedule_id: string): Promise<Start | null> {
  const { rows } = await q.query<Start>(
    'select * from room_starts where schedule_id = $1 order by opened_at desc, room_id desc limit 1',
    [schedule_id],
  );
  return rows[0] ?? null;
}

export async function setAnnounced(tx: Tx, room_id: string, at: Date): Promise<void> {
  await tx.client.query('update room_starts set announced_at = $2 where room_id = $1', [room_id, at]);
}

/** Whether people were told of this time of the plan already. */
export async function wasAnnounced(tx: Tx, schedule_id: string, occurs_at: Date): Promise<boolean> {
  const { rows } = await tx.client.query(
    'select from room_starts where schedule_id = $1 and occurs_at = $2 and announced_at is not null limit 1',
    [schedule_id, occurs_at],
  );
  return rows.length > 0;
}

export async function lastAnnouncedAt(tx: Tx, host_id: string): Promise<Date | null> {
  const { rows } = await tx.client.query<{ announced_at: Date }>(
    `select announced_at from room_starts where host_id = $1 and announced_at is not null
     order by announced_at desc limit 1`,
    [host_id],
  );
  return rows[0]?.announced_at ?? null;
}
