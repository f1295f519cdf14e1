/** What rooms does when something happens elsewhere. */
import type { EndReason } from '@souk/sdk/live';
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { deriveId, toWire } from '../kernel/ids.ts';
import { backWithPicture } from './away.ts';
import { endLivesOfTheErased } from './erasure.ts';
import { ORDER_CHANGED } from './order.ts';
import { deleteModeratorsBetween } from './order_queries.ts';
import { show } from './ports.ts';
import { endRoomOfStream, goLive } from './rooms.ts';
import type { What } from './timeline.ts';

export function followEvents(ctx: Context): void {
  endLivesOfTheErased(ctx);
  // A block also ends what one does for the other.
  ctx.relay.on('person.blocked', 'rooms', async (events) => {
    for (const { actor, subject } of events) {
      if (!actor) continue;
      await deleteModeratorsBetween(ctx.db.pool, actor, subject);
      for (const host_id of [actor, subject]) ctx.bus.publish(ORDER_CHANGED, { host_id });
    }
  });
  ctx.relay.on('stream.started', 'rooms', async (events) => {
    for (const { subject } of events) await goLive(ctx, subject);
  });
  ctx.relay.on('stream.resumed', 'rooms', async (events) => {
    for (const { subject } of events) await backWithPicture(ctx, subject);
  });
  // A minute without a segment: the host did not come back.
  ctx.relay.on('stream.silent', 'rooms', async (events) => {
    for (const { subject } of events) await endRoomOfStream(ctx, subject, 'host_gone');
  });
  ctx.relay.on('stream.finished', 'rooms', async (events) => {
    for (const { subject } of events) await endRoomOfStream(ctx, subject, 'host');
  });
  show(ctx, 'room.live', ({ id, subject, at }) => [toRoom(id, subject, at, { type: 'live' })]);
  show(ctx, 'room.ended', ({ id, subject, at, data }) => [toRoom(id, subject, at, endedOf(data))]);
}

const endedOf = (data: Event['data']): What => ({
  type: 'ended',
  reason: data.reason as EndReason,
  ...(data.to_room_id !== undefined && { to_room_id: toWire('room', data.to_room_id as string) }),
});

const toRoom = (event: string, room_id: string, at: string, what: What) => ({
  happening: { event_id: deriveId(event, room_id), room_id, person_id: null, happened_at: new Date(at), what },
});
