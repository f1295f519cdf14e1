/** Posters: a still that the host's page draws from its camera, drawn anew here. Each new one changes its address. */
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { mintId } from '../kernel/ids.ts';
import { acceptImages, redraw } from '../kernel/images.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { setPosterName } from './queries.ts';
import { getRoom } from './rooms.ts';
import { roomParams } from './shapes.ts';

const FRAME = { width: 405, height: 720, fit: 'cover' } as const;
/** A page draws it at 405 × 720: that is 60 kB as JPEG. */
const MAX_BYTES = 500_000;
const FILE = /^[0-9a-f-]{36}\.webp$/;

/** Refuses `not_your_room`, `room_not_live`, `image_refused`, `image_too_slow`. */
export async function setPoster(ctx: Context, me: Principal, room_id: string, upload: unknown): Promise<void> {
  if (!Buffer.isBuffer(upload)) throw new Refusal('media_type_refused');
  const room = await getRoom(ctx, room_id);
  if (room.host_id !== me.person_id) throw new Refusal('not_your_room');
  if (room.state !== 'live') throw new Refusal('room_not_live');
  const [picture] = await redraw(upload, [FRAME]);
  if (!picture) throw new Refusal('image_refused');
  // One file a room: a page that has not heard of the newest still gets it all the same.
  await ctx.storage.put(`posters/${room_id}.webp`, picture.data);
  await setPosterName(ctx.db.pool, room_id, `${mintId()}.webp`);
}

/** Takes the still of a room away. */
export async function removePoster(ctx: Context, room_id: string): Promise<void> {
  await setPosterName(ctx.db.pool, room_id, null);
  await ctx.storage.delete(`posters/${room_id}.webp`);
}

export function mountPosters(app: App): void {
  const ctx = app.souk;
  acceptImages(app);
  route(
    app,
    {
      method: 'PUT',
      url: '/rooms/:room_id/poster',
      who: 'person',
      summary: "A still for the card of one's own live room: a JPEG, PNG, WebP or AVIF as the body",
      params: roomParams,
      bodyLimit: MAX_BYTES,
      rate: { max: 10, timeWindow: 60_000 },
      response: { 200: z.object({ done: z.literal(true) }) },
      refusals: ['not_your_room', 'room_not_live', 'image_refused', 'image_too_slow'],
    },
    async ({ me, params, body }) => {
      await setPoster(ctx, me, params.room_id, body);
      return { done: true as const };
    },
  );
  app.get<{ Params: { file: string } }>('/room-posters/:file', { schema: { hide: true } }, async (request, reply) => {
    const { file } = request.params;
    const found = FILE.test(file) ? await ctx.storage.get(`posters/${file}`) : null;
    if (!found) throw new Refusal('not_found');
    return reply
      .type('image/webp')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-length', found.size)
      .send(found.stream);
  });
}
