/** SQL of notices as they are written down and read. */
import type { Tx } from '../kernel/db.ts';
import type { Channel } from './registry.ts';
import type { Locale, Params } from './texts.ts';

export type Asks = Pick<Tx['client'], 'query'>;

export interface NewNotice {
  notice_id: string;
  event_id: string;
  person_id: string | null;
  actor_id: string | null;
  params: Params;
  link: string | null;
  address: string | null;
  locale: Locale | null;
}

/** Hot: one statement for any number. @returns the ids of those that had not been written down before */
export async function insertNotices(tx: Tx, kind: string, rows: NewNotice[], now: Date): Promise<Set<string>> {
  const { rows: fresh } = await tx.client.query<{ notice_id: string }>(
    `insert into notices (notice_id, event_id, person_id, kind, actor_id, params, link, address, locale, created_at)
     select r.notice_id, r.event_id, r.person_id, $1, r.actor_id, r.params, r.link, r.address, r.locale, $3
     from jsonb_to_recordset($2::jsonb) as r (notice_id uuid, event_id uuid, person_id uuid, actor_id uuid,
       params jsonb, link text, address text, locale text)
     on conflict on constraint notices_are_told_once do nothing returning notice_id`,
    [kind, JSON.stringify(rows), now],
  );
  return new Set(fresh.map((row) => row.notice_id));
}

export interface NewItem {
  item_id: string;
  person_id: string;
  group_key: string;
  notice_count: number;
  notice_ids: string[];
}

/**
 * Adds notices to the unread items of their groups, or opens new ones. Items come sorted, so that two writers wait for
 * each other in one order.
 * @returns the notices whose item was opened by them
 */
export async function insertItems(tx: Tx, kind: string, items: NewItem[], now: Date): Promise<Set<string>> {
  const opened = new Set<string>();
  if (items.length === 0) return opened;
  const { rows } = await tx.client.query<{ item_id: string; person_id: string; group_key: string }>(
    `insert into notice_items as i (item_id, person_id, kind, group_key, notice_count, created_at, updated_at)
     select r.item_id, r.person_id, $1, r.group_key, r.notice_count, $3, $3
     from jsonb_to_recordset($2::jsonb) as r (item_id uuid, person_id uuid, group_key text, notice_count int)
     order by r.person_id, r.group_key
     on conflict (person_id, group_key) where read_at is null
     do update set notice_count = i.notice_count + excluded.notice_count, updated_at = excluded.updated_at
     returning item_id, person_id, group_key`,
    [kind, JSON.stringify(items), now],
  );
  const ids = new Map(rows.map((row) => [`${row.person_id} ${row.group_key}`, row.item_id]));
  const pairs = items.flatMap((item) => {
    const item_id = ids.get(`${item.person_id} ${item.group_key}`) as string;
    if (item_id === item.item_id) opened.add(item.notice_ids[0] as string);
    return item.notice_ids.map((notice_id) => ({ notice_id, item_id }));
  });
  await tx.client.query(
    `update notices n set item_id = r.item_id
     from jsonb_to_recordset($1::jsonb) as r (notice_id uuid, item_id uuid) where n.notice_id = r.notice_id`,
    [JSON.stringify(pairs)],
  );
  return opened;
}

/** Those of these people who are still here. */
export async function findReaders(q: Asks, person_ids: string[]): Promise<Set<string>> {
  const { rows } = await q.query<{ person_id: string }>({
    name: 'notices_readers',
    text: 'select person_id from people where person_id = any($1::uuid[]) and erased_at is null',
    values: [person_ids],
  });
  return new Set(rows.map((row) => row.person_id));
}

export interface Choice {
  person_id: string;
  kind: string;
  channel: Channel;
  wanted: boolean;
}

/** @param kind null for every kind */
export async function findChoices(q: Asks, person_ids: string[], kind: string | null): Promise<Choice[]> {
  const { rows } = await q.query<Choice>({
    name: 'notices_choices',
    text: `select person_id, kind, channel, wanted from notice_choices
      where person_id = any($1::uuid[]) and ($2::text is null or kind = $2)`,
    values: [person_ids, kind],
  });
  return rows;
}

export interface Item {
  item_id: string;
  kind: string;
  notice_count: number;
  updated_at: Date;
  read_at: Date | null;
  /** Of its newest notice. */
  params: Params;
  link: string | null;
  /** The newest first, at most three. */
  actor_ids: string[];
  actor_count: number;
}

/** One page of the inbox: the page by index, then its newest notice and its actors by index, too. */
export async function listItems(
  q: Asks,
  person_id: string,
  limit: number,
  after: [string, string] | null,
): Promise<Item[]> {
  const { rows } = await q.query<Item>(
    `select i.item_id, i.kind, i.notice_count, i.updated_at, i.read_at, newest.params, newest.link,
       coalesce(actors.actor_ids, '{}') as actor_ids, coalesce(actors.actor_count, 0)::int as actor_count
     from notice_items i
     join lateral (select params, link from notices n where n.item_id = i.item_id
       order by n.created_at desc, n.notice_id desc limit 1) newest on true
     left join lateral (select (array_agg(a.actor_id order by a.latest desc))[1:3] as actor_ids, count(*) as actor_count
       from (select n.actor_id, max(n.created_at) as latest from notices n
         where n.item_id = i.item_id and n.actor_id is not null group by n.actor_id) a) actors on true
     where i.person_id = $1 and ($3::timestamptz is null or (i.updated_at, i.item_id) < ($3, $4::uuid))
     order by i.updated_at desc, i.item_id desc limit $2`,
    [person_id, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}

/** How many items are unread, counted no further than `most`. */
export async function countUnread(q: Asks, person_id: string, most: number): Promise<number> {
  const { rows } = await q.query<{ count: number }>({
    name: 'notices_unread',
    text: `select count(*)::int as count
      from (select from notice_items where person_id = $1 and read_at is null limit $2) unread`,
    values: [person_id, most],
  });
  return rows[0]?.count ?? 0;
}

/** @param item_ids these, or null for all that changed last until `until` */
export async function setRead(
  q: Asks,
  person_id: string,
  item_ids: string[] | null,
  until: Date,
  now: Date,
): Promise<void> {
  await q.query(
    `update notice_items set read_at = $4 where person_id = $1 and read_at is null
       and (item_id = any($2::uuid[]) or ($2 is null and updated_at <= $3))`,
    [person_id, item_ids, until, now],
  );
}
