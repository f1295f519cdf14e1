/** All SQL of keeping order in a chat: who stands how in a room, its host's rules, mutes and moderators. */
import type { ChatModes } from '@souk/sdk/live';
import type { Tx } from '../kernel/db.ts';
import type { Asks, Room } from './queries.ts';

export interface Speaker {
  room_id: string;
  person_id: string;
  /** The line that is being written, so that writing it twice is writing it once; null for every other deed. */
  line_id: string | null;
}

export interface StandingRow {
  host_id: string;
  state: Room['state'];
  roles: string[];
  moderates: boolean;
  blocked: boolean;
  muted: boolean;
  /** Null with `muted`: for ever. */
  muted_until: Date | null;
  account_from: Date;
  followed_at: Date | null;
  /** Only looked for in slow mode. */
  said_at: Date | null;
  /** This very line stands there already. */
  is_said: boolean;
}

/**
 * How these people stand in these rooms. One row each, in their order; null where there is no such room or person.
 * Hot: once a batch of chat lines. Every lookup is by a unique index but the last line of slow mode, which reads
 * one row of the person's own.
 */
export async function standings(q: Asks, speakers: Speaker[], now: Date): Promise<(StandingRow | null)[]> {
  const { rows } = await q.query<StandingRow & { host_id: string | null }>({
    name: 'rooms_standings',
    text: `select r.host_id, r.state, p.roles, p.created_at as account_from, f.followed_at, l.said_at,
        mo.person_id is not null as moderates, m.person_id is not null as muted, m.muted_until,
        exists (select from blocks b where b.blocker_id = r.host_id and b.blocked_id = s.person_id)
          or exists (select from blocks b where b.blocker_id = s.person_id and b.blocked_id = r.host_id) as blocked,
        s.line_id is not null and exists (select from room_events e where e.event_id = s.line_id) as is_said
      from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality s (room_id, person_id, line_id, at)
      left join (rooms r cross join people p) on r.room_id = s.room_id and p.person_id = s.person_id
      left join chat_mutes m on m.host_id = r.host_id and m.person_id = s.person_id
        and (m.muted_until is null or m.muted_until > $4)
      left join room_moderators mo on mo.host_id = r.host_id and mo.person_id = s.person_id
      left join follows f on f.follower_id = s.person_id and f.followee_id = r.host_id
      left join chat_rules c on c.host_id = r.host_id
      left join lateral (select e.happened_at as said_at from room_events e
        where c.slow_s > 0 and s.line_id is not null and e.person_id = s.person_id and e.room_id = s.room_id
          and e.type = 'chat' and e.event_id <> s.line_id and e.happened_at > $4 - interval '1 hour'
        order by e.happened_at desc limit 1) l on true
      order by s.at`,
    values: [speakers.map((s) => s.room_id), speakers.map((s) => s.person_id), speakers.map((s) => s.line_id), now],
  });
  return rows.map((row) => (row.host_id === null ? null : row));
}

export interface ChatRules extends ChatModes {
  host_id: string;
  block_words: string[];
  version: number;
  changed_by: string;
  changed_at: Date;
}

const RULES = `host_id, slow_s, followers_for_s, min_account_age_s, subscribers_only, links_refused, block_words,
  version, changed_by, changed_at`;

/** Of those hosts who have set any. Once a batch of lines, by primary key. */
export async function rulesOf(q: Asks, host_ids: string[]): Promise<Map<string, ChatRules>> {
  const { rows } = await q.query<ChatRules>({
    name: 'rooms_chat_rules',
    text: `select ${RULES} from chat_rules where host_id = any($1::uuid[])`,
    values: [host_ids],
  });
  return new Map(rows.map((row) => [row.host_id, row]));
}

export async function upsertRules(tx: Tx, rules: Omit<ChatRules, 'version'>): Promise<void> {
  await tx.client.query(
    `insert into chat_rules (${RULES}) values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)
     on conflict (host_id) do update set slow_s = $2, followers_for_s = $3, min_account_age_s = $4,
       subscribers_only = $5, links_refused = $6, block_words = $7, version = chat_rules.version + 1,
       changed_by = $8, changed_at = $9`,
    [
      rules.host_id,
      rules.slow_s,
      rules.followers_for_s,
      rules.min_account_age_s,
      rules.subscribers_only,
      rules.links_refused,
      rules.block_words,
      rules.changed_by,
      rules.changed_at,
    ],
  );
}

export interface Mute {
  host_id: string;
  person_id: string;
  /** Null: for ever. */
  muted_until: Date | null;
  muted_by: string;
  muted_at: Date;
}

export async function upsertMute(tx: Tx, mute: Mute): Promise<void> {
  await tx.client.query(
    `insert into chat_mutes (host_id, person_id, muted_until, muted_by, muted_at) values ($1, $2, $3, $4, $5)
     on conflict (host_id, person_id) do update
     set muted_until = excluded.muted_until, muted_by = excluded.muted_by, muted_at = excluded.muted_at`,
    [mute.host_id, mute.person_id, mute.muted_until, mute.muted_by, mute.muted_at],
  );
}

export async function deleteMute(tx: Tx, host_id: string, person_id: string): Promise<boolean> {
  const { rowCount } = await tx.client.query('delete from chat_mutes where host_id = $1 and person_id = $2', [
    host_id,
    person_id,
  ]);
  return rowCount === 1;
}

/** Who may not write now, the latest first. @param after time and id of the last one seen */
export async function listMutes(
  q: Asks,
  host_id: string,
  now: Date,
  limit: number,
  after: [string, string] | null,
): Promise<Mute[]> {
  const { rows } = await q.query<Mute>(
    `select host_id, person_id, muted_until, muted_by, muted_at from chat_mutes
     where host_id = $1 and (muted_until is null or muted_until > $2)
       and ($3::timestamptz is null or (muted_at, person_id) < ($3, $4::uuid))
     order by muted_at desc, person_id desc limit $5`,
    [host_id, now, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

export async function findMute(q: Asks, host_id: string, person_id: string, now: Date): Promise<Mute | null> {
  const { rows } = await q.query<Mute>({
    name: 'rooms_find_mute',
    text: `select host_id, person_id, muted_until, muted_by, muted_at from chat_mutes
      where host_id = $1 and person_id = $2 and (muted_until is null or muted_until > $3)`,
    values: [host_id, person_id, now],
  });
  return rows[0] ?? null;
}

export async function insertModerator(tx: Tx, host_id: string, person_id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    'insert into room_moderators (host_id, person_id, named_at) values ($1, $2, $3) on conflict do nothing',
    [host_id, person_id, at],
  );
  return rowCount === 1;
}

export async function deleteModerator(tx: Tx, host_id: string, person_id: string): Promise<boolean> {
  const { rowCount } = await tx.client.query('delete from room_moderators where host_id = $1 and person_id = $2', [
    host_id,
    person_id,
  ]);
  return rowCount === 1;
}

export async function moderatorsOf(q: Asks, host_id: string): Promise<string[]> {
  const { rows } = await q.query<{ person_id: string }>(
    `select m.person_id from room_moderators m where m.host_id = $1
       and not exists (select from blocks
         where (blocker_id, blocked_id) in ((m.host_id, m.person_id), (m.person_id, m.host_id)))
     order by m.named_at, m.person_id limit 100`,
    [host_id],
  );
  return rows.map((row) => row.person_id);
}

/** How a person stands towards a host, whichever room of theirs it is. */
export async function standingWith(q: Asks, host_id: string, person_id: string, now: Date) {
  const { rows } = await q.query<Pick<StandingRow, 'moderates' | 'blocked' | 'muted' | 'roles'>>({
    name: 'rooms_standing_with',
    text: `select p.roles, exists (select from room_moderators where host_id = $1 and person_id = $2) as moderates,
        exists (select from chat_mutes where host_id = $1 and person_id = $2
          and (muted_until is null or muted_until > $3)) as muted,
        exists (select from blocks where (blocker_id, blocked_id) in (($1, $2), ($2, $1))) as blocked
      from people p where p.person_id = $2`,
    values: [host_id, person_id, now],
  });
  return rows[0] ?? null;
}

/** Whoever shares a block keeps order for the other no longer. */
export async function deleteModeratorsBetween(q: Asks, one: string, other: string): Promise<void> {
  await q.query('delete from room_moderators where (host_id, person_id) in (($1, $2), ($2, $1))', [one, other]);
}
