/** Pictures of planned lives: drawn anew, under a generated name, so that a file never changes and may be cached. */
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { mintId } from '../kernel/ids.ts';
import { acceptImages, IMAGE_MAX_BYTES, redraw } from '../kernel/images.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { findSchedule } from './schedule_queries.ts';
import { scheduleCard, scheduleParams, shapeSchedules } from './schedule_shapes.ts';
import { setPicture } from './schedules.ts';

const WIDTH = 900;
const HEIGHT = 1_200;
const FILE = /^[0-9a-f-]{36}\.webp$/;

/** Puts a picture in place of the one before; null takes it away. Refuses `image_refused`, `image_too_slow`. */
async function replace(ctx: Context, me: Principal, schedule_id: string, upload: unknown) {
  const known = await findSchedule(ctx.db.pool, schedule_id);
  if (known?.host_id !== me.person_id) throw new Refusal('not_found');
  const picture = upload === null ? null : await store(ctx, upload);
  const { was, schedule } = await setPicture(ctx, me, schedule_id, picture);
  if (was) await ctx.storage.delete(`schedule-pictures/${was}`);
  const [card] = await shapeSchedules(ctx, me, [schedule]);
  if (!card) throw new Refusal('not_found');
  return card;
}

async function store(ctx: Context, upload: unknown): Promise<string> {
  if (!Buffer.isBuffer(upload)) throw new Refusal('media_type_refused');
  const [drawn] = await redraw(upload, [{ width: WIDTH, height: HEIGHT, fit: 'cover' }]);
  if (!drawn) throw new Refusal('image_refused');
  const picture = `${mintId()}.webp`;
  await ctx.storage.put(`schedule-pictures/${picture}`, drawn.data);
  return picture;
}

export function mountPictures(app: App): void {
  const ctx = app.souk;
  acceptImages(app);
  const spec = { url: '/schedules/:schedule_id/picture', who: 'person', params: scheduleParams } as const;
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      summary: 'Give a plan its picture (JPEG, PNG, WebP or AVIF as the body)',
      bodyLimit: IMAGE_MAX_BYTES,
      response: { 200: scheduleCard },
      refusals: ['schedule_closed', 'image_refused', 'image_too_slow'],
    },
    ({ me, params, req }) => replace(ctx, me, params.schedule_id, req.body),
  );
  route(
    app,
    {
      ...spec,
      method: 'DELETE',
      summary: 'Take the picture of a plan away',
      response: { 200: scheduleCard },
      refusals: ['schedule_closed'],
    },
    ({ me, params }) => replace(ctx, me, params.schedule_id, null),
  );
  app.get<{ Params: { file: string } }>('/schedule-pictures/:file', { schema: { hide: true } }, async (req, reply) => {
    const { file } = req.params;
    const found = FILE.test(file) ? await ctx.storage.get(`schedule-pictures/${file}`) : null;
    if (!found) throw new Refusal('not_found');
    return reply
      .type('image/webp')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-length', found.size)
      .send(found.stream);
  });
}
