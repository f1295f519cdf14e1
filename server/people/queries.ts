/** All SQL of people. */
import type { Principal } from '../kernel/context.ts';
import type { Db, Tx } from '../kernel/db.ts';
import type { Device } from './session.ts';

/** A pool or the connection of a transaction: whoever can ask. */
export type Asks = Pick<Tx['client'], 'query'>;

export interface Person {
  person_id: string;
  handle: string;
  name: string;
  bio: string;
  avatar: string | null;
  market: string;
  locale: 'de' | 'en';
  born_on: string | null;
  roles: string[];
  follower_count: number;
  following_count: number;
  /** Only followers see what they post and whom they know. */
  is_private: boolean;
  /** Others see what they like. */
  shows_likes: boolean;
  suspended_until: Date | null;
  created_at: Date;
}

const PERSON = `p.person_id, p.handle, p.name, p.bio, p.avatar, p.market, p.locale, p.born_on, p.roles,
  p.follower_count, p.following_count, p.is_private, p.shows_likes, p.suspended_until, p.created_at`;

interface SessionRow extends Principal {
  expires_at: Date;
}

/** Hot: once a second for every active session. Three lookups by unique index, 0.1 ms. */
export async function findSession(db: Db, token: string): Promise<{ principal: Principal; expires_at: Date } | null> {
  const { rows } = await db.pool.query<SessionRow>({
    name: 'people_find_session',
    text: `select s.expires_at, s.id as session_id, u.email_verified, p.person_id, p.handle, p.name, p.market, p.locale,
        p.born_on, p.roles, p.suspended_until
      from auth.sessions s join auth.users u on u.id = s.user_id join people p on p.person_id = s.user_id
      where s.token = $1 and p.erased_at is null`,
    values: [token],
  });
  const [row] = rows;
  if (!row) return null;
  const { expires_at, ...principal } = row;
  return { principal, expires_at };
}

export async function insertSession(
  tx: Tx,
  row: { session_id: string; token: string; person_id: string; expires_at: Date; device: Device; now: Date },
): Promise<void> {
  const { session_id, token, person_id, expires_at, device, now } = row;
  await tx.client.query(
    `insert into auth.sessions (id, token, user_id, expires_at, ip_address, user_agent, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [session_id, token, person_id, expires_at, device.ip_address, device.user_agent, now],
  );
}

export interface Session {
  session_id: string;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Date;
}

export async function listSessions(db: Db, person_id: string, now: Date): Promise<Session[]> {
  const { rows } = await db.pool.query<Session>(
    `select id as session_id, ip_address, user_agent, created_at from auth.sessions
     where user_id = $1 and expires_at > $2 order by created_at desc limit 100`,
    [person_id, now],
  );
  return rows;
}

/** @param session_id one session, or null for all but `keep` */
export async function deleteSessions(
  tx: Tx,
  person_id: string,
  session_id: string | null,
  keep: string | null,
): Promise<string[]> {
  const { rows } = await tx.client.query<{ id: string }>(
    `delete from auth.sessions where user_id = $1 and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)
     returning id`,
    [person_id, session_id, keep],
  );
  return rows.map((row) => row.id);
}

export interface NewPersonRow {
  person_id: string;
  handle: string;
  name: string;
  email: string;
  email_verified: boolean;
  password_hash: string | null;
  market: string;
  locale: 'de' | 'en';
  born_on: string | null;
  roles: string[];
}

export async function insertPerson(tx: Tx, row: NewPersonRow, account_id: string, now: Date): Promise<void> {
  const { client } = tx;
  await client.query(
    `insert into auth.users (id, name, email, email_verified, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)`,
    [row.person_id, row.name, row.email, row.email_verified, now],
  );
  if (row.password_hash !== null) {
    await client.query(
      `insert into auth.accounts (id, account_id, provider_id, user_id, password, created_at, updated_at)
       values ($1, $2, 'credential', $3, $4, $5, $5)`,
      [account_id, row.person_id, row.person_id, row.password_hash, now],
    );
  }
  await client.query(
    `insert into people (person_id, handle, name, market, locale, born_on, roles, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.person_id, row.handle, row.name, row.market, row.locale, row.born_on, row.roles, now],
  );
}

const FIRST_PERSON_LOCK = 0x50_45_4f_01;

/** Whether nobody is here yet; two first sign-ups at once wait for each other. */
export async function isEmpty(tx: Tx): Promise<boolean> {
  const some = 'select exists (select from people) as some';
  if ((await tx.client.query<{ some: boolean }>(some)).rows[0]?.some) return false;
  await tx.client.query('select pg_advisory_xact_lock($1)', [FIRST_PERSON_LOCK]);
  return !(await tx.client.query<{ some: boolean }>(some)).rows[0]?.some;
}

export async function findPeople(q: Asks, person_ids: string[]): Promise<Person[]> {
  if (person_ids.length === 0) return [];
  const { rows } = await q.query<Person>({
    name: 'people_find',
    text: `select ${PERSON} from people p where p.person_id = any($1::uuid[]) and p.erased_at is null`,
    values: [person_ids],
  });
  return rows;
}

export async function findByHandle(q: Asks, handle: string): Promise<Person | null> {
  const { rows } = await q.query<Person>(`select ${PERSON} from people p where p.handle = $1 and p.erased_at is null`, [
    handle,
  ]);
  return rows[0] ?? null;
}

/** @param after the creation time and id of the last person seen */
export async function listPeople(q: Asks, limit: number, after: [string, string] | null, viewer: string | null) {
  const { rows } = await q.query<Person>(
    `select ${PERSON} from people p
     where p.erased_at is null and ($2::timestamptz is null or (p.created_at, p.person_id) < ($2, $3::uuid))
       and not exists (select from blocks b where (b.blocker_id = p.person_id and b.blocked_id = $4::uuid)
         or (b.blocked_id = p.person_id and b.blocker_id = $4::uuid))
     order by p.created_at desc, p.person_id desc limit $1`,
    [limit, after?.[0] ?? null, after?.[1] ?? null, viewer],
  );
  return rows;
}

export interface Contact {
  email: string;
  email_verified: boolean;
  name: string;
  locale: 'de' | 'en';
  market: string;
}

export async function findContact(q: Db | Tx, person_id: string): Promise<Contact | null> {
  const asks: Asks = 'pool' in q ? q.pool : q.client;
  const { rows } = await asks.query<Contact>(
    `select u.email, u.email_verified, p.name, p.locale, p.market
     from auth.users u join people p on p.person_id = u.id where u.id = $1`,
    [person_id],
  );
  return rows[0] ?? null;
}

export async function lockPerson(tx: Tx, person_id: string): Promise<Person | null> {
  const { rows } = await tx.client.query<Person>(
    `select ${PERSON} from people p where p.person_id = $1 and p.erased_at is null for update`,
    [person_id],
  );
  return rows[0] ?? null;
}

const FIELDS = [
  'name',
  'bio',
  'avatar',
  'locale',
  'born_on',
  'roles',
  'is_private',
  'shows_likes',
  'suspended_until',
] as const;
export type Changes = Partial<Pick<Person, (typeof FIELDS)[number]>>;

/** Sets the named fields and no others. */
export async function updatePerson(tx: Tx, person_id: string, changes: Changes): Promise<void> {
  const fields = FIELDS.filter((field) => changes[field] !== undefined);
  if (fields.length === 0) return;
  const sets = fields.map((field, i) => `${field} = $${i + 2}`).join(', ');
  const values = fields.map((field) => changes[field]);
  await tx.client.query(`update people set ${sets} where person_id = $1`, [person_id, ...values]);
}

export async function insertChange(
  tx: Tx,
  row: {
    change_id: string;
    person_id: string;
    field: 'born_on' | 'roles';
    was: string | null;
    became: string | null;
    changed_by: string;
    reason: string;
    now: Date;
  },
): Promise<void> {
  await tx.client.query(
    `insert into person_changes (change_id, person_id, field, was, became, changed_by, reason, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.change_id, row.person_id, row.field, row.was, row.became, row.changed_by, row.reason, row.now],
  );
}

/** Locks every operator, so that two cannot dismiss each other at once. @returns their ids */
export async function lockOperators(tx: Tx): Promise<string[]> {
  const { rows } = await tx.client.query<{ person_id: string }>(
    `select person_id from people where 'operator' = any(roles) and erased_at is null order by person_id for update`,
  );
  return rows.map((row) => row.person_id);
}
