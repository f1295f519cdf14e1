import type { Context } from '../kernel/context.ts';
import { onErasure } from '../people/index.ts';
import { findOpenRoom } from './queries.ts';
import { endRoom } from './rooms.ts';
import { cancelPlansOf } from './schedules.ts';

/** Whoever deletes their account ends their live, cancels their plans and is reminded of nothing. */
export function endLivesOfTheErased(ctx: Context): void {
  onErasure(ctx, {
    async forget(tx, person_id) {
      const open = await findOpenRoom(tx.client, person_id);
      if (open) await endRoom(ctx, tx, open.room_id, { reason: 'host', by: person_id });
      await cancelPlansOf(ctx, tx, person_id);
    },
  });
}
