/** A profile that becomes private, or public: from then on every byte of its videos is asked for, or no longer. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import * as queries from './queries.ts';
import { guard } from './videos.ts';

export function guardPrivate(ctx: Context): void {
  ctx.relay.on('person.privacy_changed', 'videos: bytes of a private profile', async (events) => {
    for (const person_id of new Set(events.map(({ subject }) => subject))) await guardAll(ctx, person_id);
  });
}

async function guardAll(ctx: Context, person_id: string): Promise<void> {
  for (const { video_id } of await queries.listOf(ctx.db.pool, person_id)) {
    await inTx(ctx.db, async (tx) => {
      inLockOrder(tx, 'videos', 'videos', [video_id]);
      const video = await queries.lockVideo(tx, video_id);
      if (video) await guard(ctx, tx, video);
    });
  }
}
