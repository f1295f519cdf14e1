/**
 * Battles of two lives, scored by gifts. The clock is fair: one clock, the server's, for both rooms; a gift counts by
 * the instant at which it was accepted. The result stands when nothing of it can be taken back any more.
 */
import type { BattleState } from '@souk/sdk/live';
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { blockedPairs, cardOf, findPeople } from '../people/index.ts';
import { findRoom, type Room, tellCounters } from '../rooms/index.ts';
import * as queries from './queries.ts';
import './refusals.ts';

/** An invitation that nobody answers is gone. */
export const ASKED_MS = 60_000;
/** Both rooms see it coming. */
export const HEAD_START_MS = 5_000;
/** A gift can be taken back for ten seconds (server/gifts/undo.ts); then the score is final. */
export const CLOSING_MS = 10_000;
/** How long the result is shown. */
const SHOWN_MS = 60_000;

export type Phase = BattleState['phase'];

/** PURE: what a battle is at an instant. */
export function phaseOf(battle: queries.Battle, at: Date): Phase {
  const { starts_at, ends_at, stopped_at, asked_at } = battle;
  if (stopped_at || !starts_at || !ends_at) {
    return stopped_at || at.getTime() - asked_at.getTime() >= ASKED_MS ? 'off' : 'asked';
  }
  if (at < starts_at) return 'coming';
  if (at < ends_at) return 'running';
  return at.getTime() < ends_at.getTime() + CLOSING_MS ? 'closing' : 'over';
}

const isOpen = (battle: queries.Battle, at: Date): boolean => !['off', 'over'].includes(phaseOf(battle, at));

/**
 * Asks another live for a battle. Refuses `room_not_live`, `battle_busy`, `battle_refused` (the same host, a block between
 * the two), and what access has against receiving gifts.
 */
export async function askForBattle(
  tx: Tx,
  ctx: Context,
  me: Principal,
  { room_id, rival_id, lasts_s }: { room_id: string; rival_id: string; lasts_s: number },
): Promise<queries.Battle> {
  const [room, rival] = [await findRoom(tx.client, room_id), await findRoom(tx.client, rival_id)];
  if (room?.host_id !== me.person_id || !rival) throw new Refusal('not_found');
  if (room.state !== 'live' || rival.state !== 'live') throw new Refusal('room_not_live');
  const [blocked] = await blockedPairs(tx.client, [[room.host_id, rival.host_id]]);
  if (blocked || room.host_id === rival.host_id) throw new Refusal('battle_refused');
  await mustBeAllowed(ctx, tx.client, me.person_id, 'receive_gifts');
  await queries.takeRooms(tx, [room_id, rival_id]);
  const asked_at = ctx.clock.now();
  const newest = await queries.newestOf(tx.client, [room_id, rival_id]);
  if (newest.some((battle) => isOpen(battle, asked_at))) throw new Refusal('battle_busy');
  const times = { starts_at: null, ends_at: null, stopped_at: null, stopped_by: null };
  const battle = { battle_id: mintId(), room_id, rival_id, lasts_s, asked_at, ...times };
  await queries.insertBattle(tx, battle);
  tx.after_commit.push(() => tellSoon(ctx, battle));
  return battle;
}

/** The host who was asked says yes: it starts in five seconds, for both at once. Refuses `battle_over`. */
export async function acceptBattle(ctx: Context, me: Principal, battle_id: string): Promise<void> {
  const battle = await inTx(ctx.db, async (tx) => {
    const found = await lockOwn(tx, me, battle_id);
    const [room, rival] = [await findRoom(tx.client, found.room_id), await findRoom(tx.client, found.rival_id)];
    const now = ctx.clock.now();
    if (rival?.host_id !== me.person_id) throw new Refusal('not_found');
    const both_live = room?.state === 'live' && rival.state === 'live';
    if (phaseOf(found, now) !== 'asked' || !both_live) throw new Refusal('battle_over');
    await mustBeAllowed(ctx, tx.client, me.person_id, 'receive_gifts');
    const starts_at = new Date(now.getTime() + HEAD_START_MS);
    const ends_at = new Date(starts_at.getTime() + found.lasts_s * 1_000);
    await queries.setTimes(tx, battle_id, starts_at, ends_at);
    return { ...found, starts_at, ends_at };
  });
  await tellBattle(ctx, battle);
  tellAt(ctx, battle);
}

/** Declines, takes back or gives up: either host, at any time before the end. Refuses `battle_over`. */
export async function stopBattle(ctx: Context, me: Principal, battle_id: string): Promise<void> {
  const battle = await inTx(ctx.db, async (tx) => {
    const found = await lockOwn(tx, me, battle_id);
    const now = ctx.clock.now();
    if (!['asked', 'coming', 'running'].includes(phaseOf(found, now))) throw new Refusal('battle_over');
    await queries.setStopped(tx, battle_id, me.person_id, now);
    return { ...found, stopped_at: now, stopped_by: me.person_id };
  });
  await tellBattle(ctx, battle);
}

/** A battle of one of my rooms. Refuses `not_found` to everybody else. */
async function lockOwn(tx: Tx, me: Principal, battle_id: string): Promise<queries.Battle> {
  const battle = await queries.lockBattle(tx, battle_id);
  const rooms = battle ? await Promise.all([battle.room_id, battle.rival_id].map((id) => findRoom(tx.client, id))) : [];
  if (!battle || !rooms.some((room) => room?.host_id === me.person_id)) throw new Refusal('not_found');
  return battle;
}

/** What a room shows of its battle; null where there is none. Refuses `not_found`. */
export async function battleOf(ctx: Context, room_id: string): Promise<BattleState | null> {
  if (!(await findRoom(ctx.db.pool, room_id))) throw new Refusal('not_found');
  const [battle] = await queries.newestOf(ctx.db.pool, [room_id]);
  return battle ? stateOf(ctx, battle) : null;
}

async function stateOf(ctx: Context, battle: queries.Battle): Promise<BattleState | null> {
  const now = ctx.clock.now();
  const phase = phaseOf(battle, now);
  const gone = battle.ends_at && now.getTime() > battle.ends_at.getTime() + CLOSING_MS + SHOWN_MS;
  if (phase === 'off' || gone) return null;
  const rooms = [await findRoom(ctx.db.pool, battle.room_id), await findRoom(ctx.db.pool, battle.rival_id)];
  const hosts = await findPeople(
    ctx.db.pool,
    rooms.flatMap((room) => room?.host_id ?? []),
  );
  const score = await queries.scoreOf(ctx.db.pool, battle);
  const sides = rooms.flatMap((room) => sideOf(room, hosts, score));
  if (sides.length < 2) return null;
  return {
    battle_id: toWire('battle', battle.battle_id),
    phase,
    sides: sides as BattleState['sides'],
    lasts_s: battle.lasts_s,
    starts_at: battle.starts_at?.toISOString() ?? null,
    ends_at: battle.ends_at?.toISOString() ?? null,
    told_at: now.toISOString(),
  };
}

type Host = Awaited<ReturnType<typeof findPeople>>[number];

function sideOf(room: Room | null, hosts: Host[], score: Map<string, bigint>): BattleState['sides'] {
  const host = hosts.find(({ person_id }) => person_id === room?.host_id);
  if (!room || !host) return [];
  const { name, handle, avatar_url } = cardOf(host);
  const coins = String(score.get(room.room_id) ?? 0n);
  return [{ room_id: toWire('room', room.room_id), host: { name, handle, avatar_url }, coins }];
}

/** Tells both rooms how it stands. */
export async function tellBattle(ctx: Context, battle: queries.Battle): Promise<void> {
  const state = await stateOf(ctx, battle);
  for (const room_id of [battle.room_id, battle.rival_id]) tellCounters(ctx, room_id, { battle: state });
}

/** After gifts came or went back: rooms in a battle are told their score. One query where nobody is in one. */
export async function tellScores(ctx: Context, room_ids: readonly string[]): Promise<void> {
  if (room_ids.length === 0) return;
  const since = new Date(ctx.clock.now().getTime() - CLOSING_MS);
  for (const battle of await queries.runningIn(ctx.db.pool, [...new Set(room_ids)], since))
    await tellBattle(ctx, battle);
}

function tellSoon(ctx: Context, battle: queries.Battle): void {
  tellBattle(ctx, battle).catch((error) => ctx.log.warn({ error }, 'a battle is told with the next look'));
}

/** Rooms are told at the end and when the result stands; a page that hears nothing asks by itself. */
function tellAt(ctx: Context, battle: queries.Battle): void {
  const end = battle.ends_at?.getTime() ?? 0;
  for (const at of [end, end + CLOSING_MS]) {
    setTimeout(() => tellSoon(ctx, battle), Math.max(0, at - ctx.clock.now().getTime() + 50)).unref();
  }
}
