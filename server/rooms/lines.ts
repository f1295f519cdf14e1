/** Chat lines for who judges them: found wherever they were said, taken away, and put back. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { findLineById, linesSince, restoreLineById } from './line_queries.ts';
import { type Happening, keepInTimeline, tellRooms } from './timeline.ts';

export interface FoundLine {
  line_id: string;
  room_id: string;
  person_id: string;
  text: string;
}

/** A line, also one that was taken away since. */
export const findLine = (ctx: Context, line_id: string): Promise<FoundLine | null> =>
  findLineById(ctx.db.pool, line_id);

/** Takes a line away for everybody; again is no error. */
export async function removeLine(ctx: Context, line_id: string, by: string): Promise<void> {
  const line = await findLine(ctx, line_id);
  if (line) await removeAll(ctx, [line], by);
}

/** Takes away what these people said since, wherever it was. */
export async function removeLinesOf(ctx: Context, person_ids: string[], since: Date, by: string): Promise<void> {
  await removeAll(ctx, await linesSince(ctx.db.pool, person_ids, since), by);
}

async function removeAll(ctx: Context, lines: Pick<FoundLine, 'line_id' | 'room_id'>[], by: string): Promise<void> {
  const happened_at = ctx.clock.now();
  const happenings = lines.map(({ line_id, room_id }): Happening => {
    const what = { type: 'chat.deleted', line_id } as const;
    return { event_id: mintId(), room_id, person_id: null, happened_at, what };
  });
  await inTx(ctx.db, (tx) => keepInTimeline(tx.client, happenings, by));
  await tellRooms(ctx, happenings);
}

/** Puts a line back into the replay that moderation took away wrongly. */
export const restoreLine = (ctx: Context, line_id: string): Promise<void> => restoreLineById(ctx.db.pool, line_id);
