import type { Context } from '../kernel/context.ts';
import { onErasure } from '../people/index.ts';
import { findOpenRoom } from './queries.ts';
import { endRoom } from './rooms.ts';

/** Whoever deletes their account while they are live ends that live. */
export function endLivesOfTheErased(ctx: Context): void {
  onErasure(ctx, {
    async forget(tx, person_id) {
      const open = await findOpenRoom(tx.client, person_id);
      if (open) await endRoom(ctx, tx, open.room_id, { reason: 'host', by: person_id });
    },
  });
}
