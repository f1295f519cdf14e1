/**
 * Two people in one picture. Both have to say yes, in either order: a host asks a viewer in, or a viewer asks to join.
 * The pictures meet in the host's browser; the house only introduces the two and tells viewers who is there.
 */
import { may, mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mediaTimeAt } from '../media/index.ts';
import { findOpenRoom, getRoom, mustHavePower, type Room, tellPeople } from '../rooms/index.ts';
import type { Cohost, EndReason } from './queries.ts';
import * as queries from './queries.ts';
import './refusals.ts';

/** A yes that the other one does not answer. */
export const ASKED_MS = 120_000;
/** A viewer who was sent away may not ask again and again. */
const RATE = { limit: 4, window_ms: 300_000 };
const MOST = 50;

export type CohostState = 'asked_by_host' | 'asked_by_guest' | 'together' | 'gone';

/** PURE: what it is at an instant. */
export function stateOf({ host_yes_at, guest_yes_at }: Cohost, now: Date): CohostState {
  if (host_yes_at && guest_yes_at) return 'together';
  const asked_at = (host_yes_at ?? guest_yes_at)?.getTime() ?? 0;
  if (now.getTime() - asked_at >= ASKED_MS) return 'gone';
  return host_yes_at ? 'asked_by_host' : 'asked_by_guest';
}

/**
 * Says yes: the host to this person, or this person to the host. The second yes makes them one picture.
 * Refuses `room_not_live`, `cohost_busy`, `cohost_refused` (nothing more is said about the other one), and what access
 * and powers have against either.
 */
export async function wantTogether(ctx: Context, me: Principal, room_id: string, person_id: string): Promise<void> {
  const room = await getRoom(ctx, room_id);
  const invites = me.person_id !== person_id;
  await mustHavePower(ctx, me, room.host_id, invites ? 'invite_cohost' : 'ask_to_join');
  if (room.state !== 'live') throw new Refusal('room_not_live');
  if (
    !ctx.limiter.allow(`cohosts.${invites ? 'invite' : 'ask'}`, me.person_id, invites ? { ...RATE, limit: 20 } : RATE)
  )
    throw new Refusal('too_many_requests');
  await mustBeAllowed(ctx, ctx.db.pool, me.person_id, 'go_live');
  const other_id = invites ? person_id : room.host_id;
  const against = await may(ctx, ctx.db.pool, other_id, 'go_live', { with: me.person_id });
  if (against !== null) throw new Refusal('cohost_refused');
  await inTx(ctx.db, (tx) => sayYes(ctx, tx, room, person_id, invites));
}

async function sayYes(ctx: Context, tx: Tx, room: Room, person_id: string, invites: boolean): Promise<void> {
  const { room_id, host_id } = room;
  await queries.takePeople(tx, [host_id, person_id]);
  const now = ctx.clock.now();
  const known = await queries.findOpen(tx.client, room_id, person_id);
  const state = known ? stateOf(known, now) : 'gone';
  if (state === 'together' || state === (invites ? 'asked_by_host' : 'asked_by_guest')) return;
  const before = state === 'gone' ? null : known;
  const cohost: Cohost = {
    ...{ cohost_id: known?.cohost_id ?? mintId(), room_id, person_id, host_id, shown_at: null },
    host_yes_at: invites ? now : (before?.host_yes_at ?? null),
    guest_yes_at: invites ? (before?.guest_yes_at ?? null) : now,
  };
  const together = stateOf(cohost, now) === 'together';
  if (together || invites) await refuseBusy(tx, cohost, now);
  if (known) await queries.setYes(tx, cohost);
  else await queries.insertCohost(tx, cohost);
  const type = together ? 'cohost.agreed' : 'cohost.asked';
  const actor = invites ? host_id : person_id;
  await emit(tx, ctx, [{ type, actor, subject: room_id, data: { host_id, guest_id: person_id } }]);
  changed(ctx, tx, cohost);
}

/** One picture at a time for everyone, and nobody joins who has a live of their own. */
async function refuseBusy(tx: Tx, { room_id, person_id, host_id }: Cohost, now: Date): Promise<void> {
  const others = await queries.openOf(tx.client, [person_id, host_id]);
  const together = others.some((other) => stateOf(other, now) === 'together');
  const own = await findOpenRoom(tx.client, person_id);
  if (together || own) throw new Refusal('cohost_busy');
  const here = await queries.openInRoom(tx.client, room_id);
  if (here.some((other) => stateOf(other, now) === 'together')) throw new Refusal('cohost_busy');
}

/**
 * The host's page has both in the picture: viewers are told at media time, the replay remembers. Again is no error.
 * Refuses `not_your_room`, `cohost_over`.
 */
export async function showTogether(
  ctx: Context,
  me: Principal,
  room_id: string,
  { person_id, media_at }: { person_id: string; media_at: Date | null },
): Promise<void> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'invite_cohost');
  const shown_at = await mediaTimeAt(ctx, room.stream_id, media_at);
  await inTx(ctx.db, async (tx) => {
    const cohost = await together(ctx, tx.client, room_id, person_id);
    if (await queries.setShown(tx, cohost.cohost_id, ctx.clock.now()))
      await tell(ctx, tx, cohost, 'cohost.shown', shown_at);
  });
}

/**
 * Declines, takes back, leaves or ends: either of the two, at any time. Again is no error.
 * Refuses `not_your_room` to everybody else.
 */
export async function endTogether(
  ctx: Context,
  me: Principal,
  room_id: string,
  { person_id, lost = false }: { person_id: string; lost?: boolean },
): Promise<void> {
  const { host_id } = await getRoom(ctx, room_id);
  if (person_id !== me.person_id) await mustHavePower(ctx, me, host_id, 'invite_cohost');
  const reason = lost ? 'lost' : person_id === me.person_id ? 'guest' : 'host';
  const cohost = await queries.findOpen(ctx.db.pool, room_id, person_id);
  if (cohost) await endAll(ctx, [cohost], reason, me.person_id);
}

/** Ends these, whoever wants it. */
export async function endAll(ctx: Context, cohosts: Cohost[], reason: EndReason, by: string | null): Promise<void> {
  for (const cohost of cohosts) await inTx(ctx.db, (tx) => endOne(ctx, tx, cohost, reason, by));
}

export async function endOne(
  ctx: Context,
  tx: Tx,
  cohost: Cohost,
  reason: EndReason,
  by: string | null,
): Promise<void> {
  await queries.takePeople(tx, [cohost.host_id, cohost.person_id]);
  const open = await queries.findOpen(tx.client, cohost.room_id, cohost.person_id);
  if (!open || !(await queries.setEnded(tx, open.cohost_id, reason, ctx.clock.now()))) return;
  const { stream_id } = await getRoom(ctx, cohost.room_id);
  const left_at = open.shown_at ? await mediaTimeAt(ctx, stream_id, null) : null;
  await tell(ctx, tx, open, 'cohost.ended', left_at, { reason, by });
}

async function tell(
  ctx: Context,
  tx: Tx,
  cohost: Cohost,
  type: 'cohost.shown' | 'cohost.ended',
  media_at: Date | null,
  { reason, by = cohost.host_id }: { reason?: EndReason; by?: string | null } = {},
): Promise<void> {
  const { room_id, host_id, person_id: guest_id } = cohost;
  const shown = media_at && { media_at: media_at.toISOString() };
  const data = { host_id, guest_id, ...(reason && { reason }), ...shown };
  await emit(tx, ctx, [{ type, actor: by, subject: room_id, data }]);
  changed(ctx, tx, cohost);
}

/** The two people in the picture, or who are about to be. Refuses `cohost_over`. */
export async function together(ctx: Context, on: queries.Asks, room_id: string, person_id: string): Promise<Cohost> {
  const cohost = await queries.findOpen(on, room_id, person_id);
  if (!cohost || stateOf(cohost, ctx.clock.now()) !== 'together') throw new Refusal('cohost_over');
  return cohost;
}

/** What concerns this reader: a host sees all that is open in their room, everybody else what they are part of. */
export async function openFor(ctx: Context, me: Principal, room_id: string): Promise<Cohost[]> {
  const { host_id } = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, host_id, 'watch');
  const since = new Date(ctx.clock.now().getTime() - ASKED_MS);
  if (me.person_id === host_id) return queries.openIn(ctx.db.pool, room_id, since, MOST);
  const own = await queries.findOpen(ctx.db.pool, room_id, me.person_id);
  return own && stateOf(own, ctx.clock.now()) !== 'gone' ? [own] : [];
}

function changed(ctx: Context, tx: Tx, { room_id, host_id, person_id }: Cohost): void {
  const message = { v: 1, type: 'cohosts.changed' } as const;
  tx.after_commit.push(() => tellPeople(ctx, { room_id, person_ids: [host_id, person_id], message }));
}
