/** All SQL of messages. */
import type { Tx } from '../kernel/db.ts';

export type Asks = Pick<Tx['client'], 'query'>;
export type MemberState = 'in' | 'asked' | 'refused' | 'left';
export type ThingKind = 'video' | 'room' | 'product';

export interface Member {
  conversation_id: string;
  person_id: string;
  state: MemberState;
  read_at: Date | null;
  is_muted: boolean;
}

export interface Conversation {
  conversation_id: string;
  pair_id: string | null;
  title: string | null;
  created_by: string;
  created_at: Date;
  said_at: Date;
}

export interface Message {
  message_id: string;
  conversation_id: string;
  person_id: string;
  body_text: string;
  thing_kind: ThingKind | null;
  thing_id: string | null;
  sent_at: Date;
  removed_at: Date | null;
}

const CONVERSATION = 'c.conversation_id, c.pair_id, c.title, c.created_by, c.created_at, c.said_at';

/** Makes a conversation; one of two people that is there already is found instead. @returns its id */
export async function insertConversation(
  tx: Tx,
  row: Omit<Conversation, 'created_at' | 'said_at'>,
  now: Date,
): Promise<string> {
  const { rows } = await tx.client.query<{ conversation_id: string }>(
    `insert into conversations (conversation_id, pair_id, title, created_by, created_at, said_at)
     values ($1, $2, $3, $4, $5, $5) on conflict (pair_id) do update set pair_id = excluded.pair_id
     returning conversation_id`,
    [row.conversation_id, row.pair_id, row.title, row.created_by, now],
  );
  return (rows[0] as { conversation_id: string }).conversation_id;
}

export async function insertMember(
  tx: Tx,
  conversation_id: string,
  person_id: string,
  state: MemberState,
  now: Date,
): Promise<void> {
  await tx.client.query(
    `insert into conversation_members (conversation_id, person_id, state, joined_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [conversation_id, person_id, state, now],
  );
}

export async function lockConversation(tx: Tx, conversation_id: string): Promise<Conversation | null> {
  const { rows } = await tx.client.query<Conversation>(
    `select ${CONVERSATION} from conversations c where c.conversation_id = $1 for update`,
    [conversation_id],
  );
  return rows[0] ?? null;
}

export async function listMembers(q: Asks, conversation_ids: string[]): Promise<Member[]> {
  const { rows } = await q.query<Member>(
    `select conversation_id, person_id, state, read_at, is_muted from conversation_members
     where conversation_id = any($1::uuid[]) order by joined_at, person_id`,
    [conversation_ids],
  );
  return rows;
}

export async function setMember(
  tx: Tx,
  conversation_id: string,
  person_id: string,
  change: { state?: MemberState; read_at?: Date; is_muted?: boolean },
): Promise<void> {
  await tx.client.query(
    `update conversation_members set state = coalesce($3, state), read_at = greatest(read_at, $4),
       is_muted = coalesce($5, is_muted) where conversation_id = $1 and person_id = $2`,
    [conversation_id, person_id, change.state ?? null, change.read_at ?? null, change.is_muted ?? null],
  );
}

export async function insertMessage(tx: Tx, row: Omit<Message, 'removed_at'>): Promise<void> {
  await tx.client.query(
    `insert into messages (message_id, conversation_id, person_id, body_text, thing_kind, thing_id, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.message_id, row.conversation_id, row.person_id, row.body_text, row.thing_kind, row.thing_id, row.sent_at],
  );
  await tx.client.query('update conversations set said_at = $2 where conversation_id = $1', [
    row.conversation_id,
    row.sent_at,
  ]);
}

/** How much one has said in a conversation. */
export async function countOwn(tx: Tx, conversation_id: string, person_id: string): Promise<number> {
  const { rows } = await tx.client.query<{ n: number }>(
    'select count(*)::int as n from messages where conversation_id = $1 and person_id = $2',
    [conversation_id, person_id],
  );
  return rows[0]?.n ?? 0;
}

/** A block between the reader ($1) and `other` hides both from each other. */
const unblocked = (other: string): string => `not exists (select from blocks b
  where (b.blocker_id = ${other} and b.blocked_id = $1) or (b.blocker_id = $1 and b.blocked_id = ${other}))`;

/** Of a pair, the other one is here and neither has blocked the other. */
const OPEN = `(c.pair_id is null or exists (select from conversation_members o join people p using (person_id)
  where o.conversation_id = c.conversation_id and o.person_id <> $1 and p.erased_at is null
    and ${unblocked('o.person_id')}))`;

export interface Listed extends Conversation {
  unread: number;
  last: { person_id: string; body_text: string; thing_kind: ThingKind | null; removed: boolean } | null;
}

const LISTED = `${CONVERSATION},
  (select count(*)::int from messages x where x.conversation_id = c.conversation_id and x.person_id <> $1
     and x.removed_at is null and (m.read_at is null or x.sent_at > m.read_at) and ${unblocked('x.person_id')}) as unread,
  (select json_build_object('person_id', x.person_id, 'body_text', x.body_text, 'thing_kind', x.thing_kind,
       'removed', x.removed_at is not null)
     from messages x where x.conversation_id = c.conversation_id and ${unblocked('x.person_id')}
     order by x.sent_at desc, x.message_id desc limit 1) as last`;

/** Conversations that one is in, or asked into, in the order in which something was last said. */
export async function listConversations(
  q: Asks,
  person_id: string,
  state: 'in' | 'asked',
  limit: number,
  after: [at: string, id: string] | null,
): Promise<Listed[]> {
  const { rows } = await q.query<Listed>(
    `select ${LISTED} from conversation_members m join conversations c using (conversation_id)
     where m.person_id = $1 and m.state = $2 and ${OPEN}
       and ($4::timestamptz is null or (c.said_at, c.conversation_id) < ($4, $5::uuid))
     order by c.said_at desc, c.conversation_id desc limit $3`,
    [person_id, state, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}

/** A conversation as one of its people sees it; null for everybody else and across a block. */
export async function findListed(q: Asks, person_id: string, conversation_id: string): Promise<Listed | null> {
  const { rows } = await q.query<Listed>(
    `select ${LISTED} from conversation_members m join conversations c using (conversation_id)
     where m.person_id = $1 and c.conversation_id = $2 and m.state in ('in', 'asked') and ${OPEN}`,
    [person_id, conversation_id],
  );
  return rows[0] ?? null;
}

/** How many conversations have something new, and how many requests wait. */
export async function countNew(q: Asks, person_id: string): Promise<{ unread: number; requests: number }> {
  const { rows } = await q.query<{ unread: number; requests: number }>(
    `select count(*) filter (where m.state = 'in' and not m.is_muted and exists (select from messages x
         where x.conversation_id = c.conversation_id and x.person_id <> $1 and x.removed_at is null
           and (m.read_at is null or x.sent_at > m.read_at) and ${unblocked('x.person_id')}))::int as unread,
       count(*) filter (where m.state = 'asked')::int as requests
     from conversation_members m join conversations c using (conversation_id)
     where m.person_id = $1 and m.state in ('in', 'asked') and ${OPEN}`,
    [person_id],
  );
  return rows[0] ?? { unread: 0, requests: 0 };
}

/** The latest first; without the words of whom the reader shares a block with. */
export async function listMessages(
  q: Asks,
  reader_id: string,
  conversation_id: string,
  limit: number,
  after: [at: string, id: string] | null,
): Promise<Message[]> {
  const { rows } = await q.query<Message>(
    `select x.* from messages x where x.conversation_id = $2 and ${unblocked('x.person_id')}
       and ($4::timestamptz is null or (x.sent_at, x.message_id) < ($4, $5::uuid))
     order by x.sent_at desc, x.message_id desc limit $3`,
    [reader_id, conversation_id, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}

export async function findMessage(q: Asks, message_id: string): Promise<Message | null> {
  const { rows } = await q.query<Message>('select x.* from messages x where x.message_id = $1', [message_id]);
  return rows[0] ?? null;
}

/** Whether somebody is in a conversation; nobody is who is not signed in. */
export async function isIn(q: Asks, conversation_id: string, person_id: string | null): Promise<boolean> {
  const { rowCount } = await q.query(
    'select 1 from conversation_members where conversation_id = $1 and person_id = $2',
    [conversation_id, person_id],
  );
  return rowCount === 1;
}

export async function setRemoved(q: Asks, message_id: string, at: Date | null): Promise<void> {
  await q.query('update messages set removed_at = $2 where message_id = $1', [message_id, at]);
}

/** What an erased person said goes, and they leave every conversation. */
export async function erase(tx: Tx, person_id: string, at: Date): Promise<void> {
  await tx.client.query(
    `update messages set body_text = '', thing_kind = null, thing_id = null, removed_at = $2 where person_id = $1`,
    [person_id, at],
  );
  await tx.client.query('delete from conversation_members where person_id = $1', [person_id]);
}
