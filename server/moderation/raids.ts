/** A raid: many new accounts at once. They are found together and suspended in one action. */
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { listNewcomers, type Newcomer } from '../people/index.ts';
import { removeLinesOf, writersSince } from '../rooms/index.ts';
import { decideOne } from './decisions.ts';

const HOUR_MS = 3_600_000;
/** What they said before it was noticed goes as well. */
const LINES_OF_HOURS = 24;

export interface Raid {
  person_ids: string[];
  suspend_days: number;
  reason: string;
  remove_lines: boolean;
}

/**
 * Suspends many people, all or none: each gets a decision of their own, which they read and can appeal.
 * Refuses `not_found`, `not_yourself`, `may_not_judge`.
 */
export async function suspendAll(ctx: Context, tx: Tx, me: Principal, raid: Raid): Promise<number> {
  const person_ids = [...new Set(raid.person_ids)].toSorted();
  const events: NewEvent[] = [];
  for (const id of person_ids) {
    const { suspend_days, reason } = raid;
    const decision = { outcome: 'violation', take_down: false, suspend_days, reason } as const;
    events.push((await decideOne(ctx, tx, me, { ...decision, subject: { kind: 'person', id } })).event);
  }
  if (raid.remove_lines) {
    const since = new Date(ctx.clock.now().getTime() - LINES_OF_HOURS * HOUR_MS).toISOString();
    const data = { person_ids, since };
    events.push({ type: 'moderation.raid_ended', actor: me.person_id, subject: mintId(), data });
  }
  await emit(tx, ctx, events);
  return person_ids.length;
}

/** The lines of a raid go once everybody in it is suspended. */
export function reactToRaids(ctx: Context): void {
  ctx.relay.on('moderation.raid_ended', 'moderation: lines', async (events) => {
    for (const { actor, data } of events) {
      const { person_ids, since } = data as { person_ids: string[]; since: string };
      if (actor) await removeLinesOf(ctx, person_ids, new Date(since), actor);
    }
  });
}

/** The newest accounts, or those of them who wrote in a room; staff is not among them. */
export async function newcomers(
  ctx: Context,
  { room_id, hours }: { room_id: string | null; hours: number },
  limit: number,
  after: [string, string] | null,
): Promise<Newcomer[]> {
  const since = new Date(ctx.clock.now().getTime() - hours * HOUR_MS);
  const among = room_id === null ? null : await writersSince(ctx.db.pool, room_id, since);
  return listNewcomers(ctx.db.pool, { since, among }, limit, after);
}
