/** Conversations: begun, answered, accepted or refused, muted, left. */
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { deriveId, mintId } from '../kernel/ids.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findPeople, followingPairs } from '../people/index.ts';
import * as queries from './queries.ts';
import './refusals.ts';

export interface Said {
  text: string;
  thing: { kind: queries.ThingKind; id: string } | null;
}

export const LIMITS = { group: 20, before_yes: 3 } as const;
const RATE = { limit: 30, window_ms: 60_000 };
const BEGIN_RATE = { limit: 10, window_ms: 3_600_000 };

/**
 * Begins a conversation with one person or a group and says the first thing. Who follows the sender is in it at once;
 * everybody else is asked, and both must then be of the age at which strangers may write.
 * Refuses `not_yourself`, `not_found`, `group_too_large`, `blocked`, `too_young`, `receiver_refused`,
 * `request_pending`, `too_many_requests`.
 * @returns the conversation's id; of a pair, the one that is there
 */
export async function begin(
  ctx: Context,
  tx: Tx,
  me: Principal,
  { person_ids, title, ...said }: Said & { person_ids: string[]; title: string | null },
): Promise<string> {
  const others = [...new Set(person_ids)];
  if (others.includes(me.person_id)) throw new Refusal('not_yourself');
  if (others.length + 1 > LIMITS.group) throw new Refusal('group_too_large');
  if ((await findPeople(tx.client, others)).length < others.length) throw new Refusal('not_found');
  const [first = ''] = others;
  const pair_id = others.length === 1 ? deriveId('conversation', ...[me.person_id, first].toSorted()) : null;
  const now = ctx.clock.now();
  const row = { conversation_id: mintId(), pair_id, title: pair_id === null ? title : null, created_by: me.person_id };
  const conversation_id = await queries.insertConversation(tx, row, now);
  if (conversation_id === row.conversation_id) {
    if (!ctx.limiter.allow('messages.begin', me.person_id, BEGIN_RATE)) throw tooMany(BEGIN_RATE);
    await queries.insertMember(tx, conversation_id, me.person_id, 'in', now);
    for (const [person_id, state] of await invite(ctx, tx, me, others)) {
      await queries.insertMember(tx, conversation_id, person_id, state, now);
    }
  }
  // Who turned the other down and writes now has changed their mind.
  else await queries.setMember(tx, conversation_id, me.person_id, { state: 'in' });
  await say(ctx, tx, me, conversation_id, said);
  return conversation_id;
}

const tooMany = ({ limit, window_ms }: typeof RATE) =>
  new Refusal('too_many_requests', { retry_after_s: Math.ceil(window_ms / 1_000 / limit) });

/** Who is in at once, and who is asked. */
async function invite(ctx: Context, tx: Tx, me: Principal, others: string[]) {
  const follows = await followingPairs(
    tx.client,
    others.map((id) => [id, me.person_id]),
  );
  const invited: [string, 'in' | 'asked'][] = [];
  for (const [at, person_id] of others.entries()) {
    await mustBeAllowed(ctx, tx.client, me.person_id, follows[at] ? 'message' : 'message_strangers', {
      with: person_id,
    });
    invited.push([person_id, follows[at] ? 'in' : 'asked']);
  }
  return invited;
}

/**
 * Says something in a conversation that one is in; to say it is to accept the request, and to have read the rest.
 * Refuses `not_found`, `message_empty`, `blocked`, `request_pending`, `too_many_requests`.
 * @returns the message's id
 */
export async function say(ctx: Context, tx: Tx, me: Principal, conversation_id: string, said: Said): Promise<string> {
  const { text, thing } = said;
  if (text === '' && thing === null) throw new Refusal('message_empty');
  const { conversation, own, others } = await lockOwn(tx, me, conversation_id);
  if (conversation.pair_id !== null) {
    const [other] = others;
    if (!other) throw new Refusal('not_found');
    await mustBeAllowed(ctx, tx.client, me.person_id, 'message', { with: other.person_id });
    // Whether they refused or have not looked yet is not told.
    const silent = other.state === 'asked' || other.state === 'refused';
    if (silent && (await queries.countOwn(tx, conversation_id, me.person_id)) >= LIMITS.before_yes) {
      throw new Refusal('request_pending');
    }
  } else await mustBeAllowed(ctx, tx.client, me.person_id, 'message');
  if (!ctx.limiter.allow('messages.say', me.person_id, RATE)) throw tooMany(RATE);
  const sent_at = ctx.clock.now();
  const message_id = mintId();
  const things = { thing_kind: thing?.kind ?? null, thing_id: thing?.id ?? null };
  const row = { message_id, conversation_id, person_id: me.person_id, body_text: text, sent_at, ...things };
  await queries.insertMessage(tx, row);
  const accepts = own.state === 'asked' ? { state: 'in' as const } : {};
  await queries.setMember(tx, conversation_id, me.person_id, { ...accepts, read_at: sent_at });
  const data = { message_id };
  await emit(tx, ctx, [{ type: 'message.sent', actor: me.person_id, subject: conversation_id, data }]);
  return message_id;
}

/** The conversation and its people, locked. Refuses `not_found` to everybody who is not in it or asked. */
async function lockOwn(tx: Tx, me: Principal, conversation_id: string) {
  inLockOrder(tx, 'messages', 'conversations', [conversation_id]);
  const conversation = await queries.lockConversation(tx, conversation_id);
  const members = conversation ? await queries.listMembers(tx.client, [conversation_id]) : [];
  const own = members.find((member) => member.person_id === me.person_id);
  if (!conversation || (own?.state !== 'in' && own?.state !== 'asked')) throw new Refusal('not_found');
  return { conversation, own, others: members.filter((member) => member !== own) };
}

type Change = Parameters<typeof queries.setMember>[3];

const change = (ctx: Context, me: Principal, conversation_id: string, by: Change): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    await lockOwn(tx, me, conversation_id);
    await queries.setMember(tx, conversation_id, me.person_id, by);
  });

/** Each refuses `not_found` to whoever is not in it. Again is no error. */
export const markRead = (ctx: Context, me: Principal, id: string): Promise<void> =>
  change(ctx, me, id, { read_at: ctx.clock.now() });
export const accept = (ctx: Context, me: Principal, id: string): Promise<void> => change(ctx, me, id, { state: 'in' });
/** Turns a request down; nobody is told, and the conversation is gone for oneself. */
export const refuse = (ctx: Context, me: Principal, id: string): Promise<void> =>
  change(ctx, me, id, { state: 'refused' });
export const setMuted = (ctx: Context, me: Principal, id: string, is_muted: boolean): Promise<void> =>
  change(ctx, me, id, { is_muted });
/** Leaves a group for good; a conversation of two is turned down instead, until one writes again. */
export const leave = (ctx: Context, me: Principal, conversation_id: string): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    const { conversation } = await lockOwn(tx, me, conversation_id);
    const state = conversation.pair_id === null ? 'left' : 'refused';
    await queries.setMember(tx, conversation_id, me.person_id, { state });
  });

/** Moderation takes a message away, or puts it back. */
export const judgeMessage = (ctx: Context, message_id: string, removed: boolean): Promise<void> =>
  queries.setRemoved(ctx.db.pool, message_id, removed ? ctx.clock.now() : null);
