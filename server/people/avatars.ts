/** Avatars: drawn anew, kept under a generated name, so that a file never changes and may be cached for ever. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { mintId } from '../kernel/ids.ts';
import { redraw } from '../kernel/images.ts';
import { Refusal } from '../kernel/refusal.ts';
import { setProfile } from './people.ts';
import * as queries from './queries.ts';

const SIZE = 320;
const FILE = /^[0-9a-f-]{36}\.webp$/;

/** Sets the avatar from an uploaded picture. Refuses `image_refused`, `image_too_slow`. */
export async function setAvatar(ctx: Context, me: Principal, upload: unknown): Promise<void> {
  if (!Buffer.isBuffer(upload)) throw new Refusal('media_type_refused');
  const [picture] = await redraw(upload, [{ width: SIZE, height: SIZE, fit: 'cover' }]);
  if (!picture) throw new Refusal('image_refused');
  const avatar = `${mintId()}.webp`;
  await ctx.storage.put(`avatars/${avatar}`, picture.data);
  await replace(ctx, me, avatar);
}

export const removeAvatar = (ctx: Context, me: Principal): Promise<void> => replace(ctx, me, null);

async function replace(ctx: Context, me: Principal, avatar: string | null): Promise<void> {
  const was = await inTx(ctx.db, (tx) => queries.lockPerson(tx, me.person_id));
  await setProfile(ctx, me, { avatar });
  if (was?.avatar) await ctx.storage.delete(`avatars/${was.avatar}`);
}

/** `/avatars/<file>`: outside /api, because it is a file. */
export function mountAvatars(app: App): void {
  app.get<{ Params: { file: string } }>('/avatars/:file', { schema: { hide: true } }, async ({ params }, reply) => {
    const found = FILE.test(params.file) ? await app.souk.storage.get(`avatars/${params.file}`) : null;
    if (!found) throw new Refusal('not_found');
    return reply
      .type('image/webp')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-length', found.size)
      .send(found.stream);
  });
}
