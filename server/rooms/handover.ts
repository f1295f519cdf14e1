/** Handing viewers over to another live at the end of one's own. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { Refusal } from '../kernel/refusal.ts';
import { blockedPairs } from '../people/index.ts';
import * as queries from './after_queries.ts';
import { mustHavePower } from './power.ts';
import { lockRoom, type Room } from './queries.ts';
import { endRoom, getRoom } from './rooms.ts';

/** Lives that would take this host's viewers. */
export async function listTargets(ctx: Context, me: Principal): Promise<Room[]> {
  const ids = await queries.handoverTargets(ctx.db.pool, me.person_id);
  const rooms = await Promise.all(ids.map((room_id) => getRoom(ctx, room_id)));
  return rooms.filter(({ state }) => state === 'live');
}

/**
 * Ends one's own live and sends its viewers to another one: they see a card, and may stay. Refuses `room_not_live`,
 * `handover_unwelcome` where its host does not want it or a block stands between them, and `handover_loop` where viewers
 * would come back to a host who handed them over before.
 */
export async function handOver(ctx: Context, me: Principal, room_id: string, to_room_id: string): Promise<Room> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'end');
  if (room_id === to_room_id) throw new Refusal('handover_loop');
  await inTx(ctx.db, async (tx) => {
    const locked = new Map<string, Room | null>();
    for (const id of inLockOrder(tx, 'rooms', 'rooms', [room_id, to_room_id])) locked.set(id, await lockRoom(tx, id));
    const to = locked.get(to_room_id);
    if (!to) throw new Refusal('not_found');
    // Ended already: by this very request, sent again, or otherwise.
    if (locked.get(room_id)?.state === 'ended') {
      if ((await queries.findHandover(tx.client, room_id)) === to_room_id) return;
      throw new Refusal('room_not_live');
    }
    if (locked.get(room_id)?.state !== 'live' || to.state !== 'live') throw new Refusal('room_not_live');
    const [blocked] = await blockedPairs(tx.client, [[room.host_id, to.host_id]]);
    if (blocked || !(await queries.isWelcome(tx.client, to.host_id))) throw new Refusal('handover_unwelcome');
    const before = await queries.hostsBefore(tx.client, room_id);
    if (to.host_id === room.host_id || before.includes(to.host_id)) throw new Refusal('handover_loop');
    await queries.insertHandover(tx, room_id, to_room_id, ctx.clock.now());
    await endRoom(ctx, tx, room_id, { reason: 'host', by: me.person_id, to_room_id });
  });
  return getRoom(ctx, room_id);
}
