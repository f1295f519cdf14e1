/** What somebody is in the rooms of a host, and whether that is enough. The table is in powers.ts. */
import type { Context } from '../kernel/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { standingWith } from './order_queries.ts';
import { type RoomDeed, type RoomStanding, roomRefusal, standingOf } from './powers.ts';
import type { Asks } from './queries.ts';
import './refusals.ts';

/** What somebody is in the rooms of a host. */
export async function standingOfPerson(
  ctx: Context,
  q: Asks,
  host_id: string,
  person: { person_id: string; roles?: string[] },
): Promise<RoomStanding> {
  const row = await standingWith(q, host_id, person.person_id, ctx.clock.now());
  if (!row) throw new Refusal('not_found');
  return standingOf({ ...row, hosts: host_id === person.person_id, staff: isStaff(row.roles) });
}

export const isStaff = (roles: readonly string[]): boolean => roles.includes('moderator') || roles.includes('operator');

/** Refuses what this person may not do in the rooms of this host. */
export async function mustHavePower(
  ctx: Context,
  me: { person_id: string },
  host_id: string,
  deed: RoomDeed,
): Promise<void> {
  const code = roomRefusal(await standingOfPerson(ctx, ctx.db.pool, host_id, me), deed);
  if (code !== null) throw new Refusal(code);
}
