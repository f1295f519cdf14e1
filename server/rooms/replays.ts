/** Recordings: kept as long as the house keeps them, or until their host deletes them. */
import type { Context, Principal } from '../kernel/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { deleteRecording } from '../media/index.ts';
import { removePoster } from './posters.ts';
import { mustHavePower } from './power.ts';
import { getRoom } from './rooms.ts';

/** Deletes the recording of one's own live for good. Nobody reads its chat any more; the host keeps the summary. */
export async function deleteReplay(ctx: Context, me: Principal, room_id: string): Promise<void> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'end');
  if (room.state !== 'ended') throw new Refusal('room_not_over');
  await deleteRecording(ctx, room.stream_id);
  await removePoster(ctx, room_id);
}
