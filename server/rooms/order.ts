/** Keeping order in a chat: mutes, lines taken away, the host's rules, named moderators. Every deed is told of. */
import type { ChatModes } from '@souk/sdk/live';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { blockWord } from '../kernel/words.ts';
import { findPeople } from '../people/index.ts';
import { NO_MODES } from './modes.ts';
import * as queries from './order_queries.ts';
import { subscribersKnown } from './ports.ts';
import { mustHavePower, standingOfPerson } from './power.ts';
import type { Over } from './powers.ts';
import { getRoom } from './rooms.ts';
import { type Happening, keepInTimeline, tellRooms } from './timeline.ts';
import { findEvent } from './timeline_queries.ts';

/** On the bus: somebody was muted by a host, or may write again. */
export const MUTED = 'rooms.muted';
export interface Muting {
  host_id: string;
  person_id: string;
  until: string | null;
}
/** On the bus: a host named or dismissed a moderator. */
export const ORDER_CHANGED = 'rooms.order_changed';
/** On the bus: the rules of a host's chat are others now. */
export const RULES_CHANGED = 'rooms.rules_changed';

/** How a mute without an end stands on the wire: a time that nobody waits for. */
export const FOR_EVER = '9999-12-31T23:59:59.999Z';

export const untilOnWire = (mute: { muted_until: Date | null } | null): string | null =>
  mute && (mute.muted_until?.toISOString() ?? FOR_EVER);

/** Whom a deed is done to. Staff of the house is out of reach as the host is. */
async function overWhom(ctx: Context, host_id: string, person_id: string): Promise<Over> {
  const standing = await standingOfPerson(ctx, ctx.db.pool, host_id, { person_id });
  if (standing === 'host' || standing === 'staff') return 'host';
  const named = await queries.moderatorsOf(ctx.db.pool, host_id);
  return named.includes(person_id) ? 'moderator' : 'viewer';
}

/**
 * Keeps a person from writing in all rooms of a host: for a time, or for ever (null). Acts on open sockets at once
 * (FAULTS D5). Refuses `not_found` and what powers.ts has against it.
 */
export async function mute(
  ctx: Context,
  me: Principal,
  room_id: string,
  { person_id, for_s }: { person_id: string; for_s: number | null },
): Promise<void> {
  const { host_id } = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, host_id, `mute_${await overWhom(ctx, host_id, person_id)}`);
  const muted_at = ctx.clock.now();
  const muted_until = for_s === null ? null : new Date(muted_at.getTime() + for_s * 1_000);
  await inTx(ctx.db, async (tx) => {
    await queries.upsertMute(tx, { host_id, person_id, muted_until, muted_by: me.person_id, muted_at });
    const data = { room_id, host_id, until: muted_until?.toISOString() ?? null };
    await emit(tx, ctx, [{ type: 'room.muted', actor: me.person_id, subject: person_id, data }]);
  });
  ctx.bus.publish(MUTED, { host_id, person_id, until: untilOnWire({ muted_until }) } satisfies Muting);
}

/** Lets a person write in the rooms of a host again. Again is no error. */
export async function unmute(ctx: Context, me: Principal, host_id: string, person_id: string): Promise<void> {
  await mustHavePower(ctx, me, host_id, `mute_${await overWhom(ctx, host_id, person_id)}`);
  await inTx(ctx.db, async (tx) => {
    if (!(await queries.deleteMute(tx, host_id, person_id))) return;
    await emit(tx, ctx, [{ type: 'room.unmuted', actor: me.person_id, subject: person_id, data: { host_id } }]);
  });
  ctx.bus.publish(MUTED, { host_id, person_id, until: null } satisfies Muting);
}

/** Takes a line away: its author, the host, a moderator. Nobody sees it any more; who did it is kept. */
export async function deleteLine(ctx: Context, me: Principal, room_id: string, line_id: string): Promise<void> {
  const { host_id } = await getRoom(ctx, room_id);
  const line = await findEvent(ctx.db.pool, room_id, line_id);
  const own = line?.person_id === me.person_id;
  const over = line?.person_id ? await overWhom(ctx, host_id, line.person_id) : 'viewer';
  await mustHavePower(ctx, me, host_id, own ? 'remove_own_line' : `remove_line_of_${over}`);
  if (line?.type !== 'chat') throw new Refusal('not_found');
  const happening: Happening = {
    event_id: mintId(),
    room_id,
    person_id: null,
    happened_at: ctx.clock.now(),
    what: { type: 'chat.deleted', line_id },
  };
  await inTx(ctx.db, async (tx) => {
    await keepInTimeline(tx.client, [happening], me.person_id);
    if (own) return;
    const data = { room_id, host_id, person_id: line.person_id };
    await emit(tx, ctx, [{ type: 'room.line_removed', actor: me.person_id, subject: line_id, data }]);
  });
  await tellRooms(ctx, [happening]);
}

/** Names or dismisses a moderator of all one's rooms. */
export async function setModerator(ctx: Context, me: Principal, person_id: string, named: boolean): Promise<void> {
  if (person_id === me.person_id) throw new Refusal('forbidden');
  if ((await findPeople(ctx.db.pool, [person_id])).length === 0) throw new Refusal('not_found');
  const host_id = me.person_id;
  await inTx(ctx.db, async (tx) => {
    const changed = named
      ? await queries.insertModerator(tx, host_id, person_id, ctx.clock.now())
      : await queries.deleteModerator(tx, host_id, person_id);
    const type = named ? 'room.moderator_named' : 'room.moderator_dismissed';
    if (changed) await emit(tx, ctx, [{ type, actor: host_id, subject: person_id, data: { host_id } }]);
  });
  ctx.bus.publish(ORDER_CHANGED, { host_id });
}

export interface NewRules extends ChatModes {
  block_words: string[];
}

/** The rules of a host's chat, as those who keep order see them. */
export async function findRules(ctx: Context, host_id: string): Promise<NewRules & Partial<queries.ChatRules>> {
  const rules = await queries.rulesOf(ctx.db.pool, [host_id]);
  return rules.get(host_id) ?? { ...NO_MODES, block_words: [] };
}

export async function modesOf(ctx: Context, host_id: string): Promise<ChatModes> {
  const { slow_s, followers_for_s, min_account_age_s, subscribers_only, links_refused } = await findRules(ctx, host_id);
  return { slow_s, followers_for_s, min_account_age_s, subscribers_only, links_refused };
}

/**
 * Sets the rules of a host's chat: from the next line on, in all their rooms. Refuses `mode_unavailable` for
 * subscribers only where there are no subscriptions, and `block_word_invalid`.
 */
export async function setRules(ctx: Context, me: Principal, host_id: string, wanted: NewRules): Promise<void> {
  await mustHavePower(ctx, me, host_id, 'set_chat_rules');
  if ((await findPeople(ctx.db.pool, [host_id])).length === 0) throw new Refusal('not_found');
  if (wanted.subscribers_only && !subscribersKnown(ctx)) throw new Refusal('mode_unavailable');
  const block_words = [...new Set(wanted.block_words.map((word) => word.trim()).filter((word) => word !== ''))];
  if (block_words.some((word) => blockWord(word) === null)) throw new Refusal('block_word_invalid');
  const rules = { ...wanted, block_words, host_id, changed_by: me.person_id, changed_at: ctx.clock.now() };
  await inTx(ctx.db, (tx) => writeRules(ctx, tx, rules));
  ctx.bus.publish(RULES_CHANGED, { host_id });
}

async function writeRules(ctx: Context, tx: Tx, rules: Omit<queries.ChatRules, 'version'>): Promise<void> {
  const { host_id, changed_by, changed_at: _, block_words, ...modes } = rules;
  await queries.upsertRules(tx, rules);
  // The words themselves are nobody's business: how many there are says enough.
  const data = { host_id, ...modes, block_words: block_words.length };
  await emit(tx, ctx, [{ type: 'room.chat_rules_set', actor: changed_by, subject: host_id, data }]);
}
