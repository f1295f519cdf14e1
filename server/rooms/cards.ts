/** Lives as other rooms show them: what is live, what is planned. */
import type { Context, Principal } from '../kernel/context.ts';
import type { Hub } from './hub.ts';
import { listRooms } from './queries.ts';
import { listUpcoming } from './schedule_queries.ts';
import { shapeSchedules } from './schedule_shapes.ts';
import { shapeAll } from './shapes.ts';

export { scheduleCard } from './schedule_shapes.ts';
export { roomCard } from './shapes.ts';

const hubs = new WeakMap<Context, Hub>();

export const offerCards = (ctx: Context, hub: Hub): unknown => hubs.set(ctx, hub);

const ALL = { host_id: null, viewer_id: null, search: null };

/** Rooms that are live, the newest first: for anybody, so whoever shows them leaves out who shares a block. */
export async function liveCards(ctx: Context, limit: number) {
  const hub = hubs.get(ctx);
  if (!hub) return [];
  return shapeAll(ctx, hub, null, await listRooms(ctx.db.pool, { ...ALL, state: 'live' }, limit, null));
}

/** The next planned lives, as this viewer sees them. */
export async function upcomingCards(ctx: Context, viewer: Principal | null, limit: number) {
  const filter = { ...ALL, viewer_id: viewer?.person_id ?? null };
  return shapeSchedules(ctx, viewer, await listUpcoming(ctx.db.pool, filter, limit, null));
}
