/** What whoever leads a room writes for all at media time: captions of what is said, and the pinned message. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { deriveId, mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mediaTimeAt } from '../media/index.ts';
import { sendCaption } from './messages.ts';
import { onMessage } from './ports.ts';
import { mustHavePower } from './power.ts';
import { lockRoom, type Room } from './queries.ts';
import { getRoom } from './rooms.ts';
import { type Happening, keepInTimeline, tellRooms } from './timeline.ts';
import { findNote } from './timeline_queries.ts';

/** Fast speech is three phrases a second; a recogniser may send what it held back at once. */
const RATE = { limit: 20, window_ms: 5_000 };

/** Answers `caption.send`: from the host's browser, or typed by a moderator who helps. Kept for the replay. */
export function answerCaptions(ctx: Context): void {
  onMessage(ctx, 'caption.send', {
    schema: sendCaption,
    rate: RATE,
    async handle({ me, room: { room_id, host_id }, message: { text, language, media_at }, key }) {
      await mustHavePower(ctx, me, host_id, 'lead');
      const { stream_id } = await getRoom(ctx, room_id);
      const caption: Happening = {
        // The same key is the same caption: sent again after a reconnect, it is shown once.
        event_id: deriveId('caption', room_id, me.person_id, key.key),
        room_id,
        person_id: null,
        happened_at: ctx.clock.now(),
        media_at: await mediaTimeAt(ctx, stream_id, media_at ? new Date(media_at) : null),
        what: { type: 'caption', text, language },
      };
      await keepInTimeline(ctx.db.pool, [caption]);
      await tellRooms(ctx, [caption]);
      return { status: 201, body: { done: true } };
    },
  });
}

/** Pins a message in place of the one before, or with null takes it away. */
export async function setNote(
  ctx: Context,
  me: Principal,
  room_id: string,
  { text, media_at }: { text: string | null; media_at: Date | null },
): Promise<void> {
  const room = await getRoom(ctx, room_id);
  await mustHavePower(ctx, me, room.host_id, 'lead');
  if (room.state !== 'live') throw new Refusal('room_not_live');
  const note = await keepNote(ctx, room, text, await mediaTimeAt(ctx, room.stream_id, media_at));
  if (note) await tellRooms(ctx, [note]);
}

/** PUT is idempotent: what stands there already stays since then. */
function keepNote(ctx: Context, { room_id }: Room, text: string | null, media_at: Date): Promise<Happening | null> {
  return inTx(ctx.db, async (tx) => {
    await lockRoom(tx, room_id);
    if ((await findNote(tx.client, room_id)) === text) return null;
    const happened_at = ctx.clock.now();
    const what = { type: 'note', text } as const;
    const note: Happening = { event_id: mintId(), room_id, person_id: null, happened_at, media_at, what };
    await keepInTimeline(tx.client, [note]);
    return note;
  });
}
