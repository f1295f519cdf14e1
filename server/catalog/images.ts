/** Pictures of products: drawn anew, kept under generated names, so that a file never changes and may be cached. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { mintId } from '../kernel/ids.ts';
import { redraw } from '../kernel/images.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findFirstImages } from './offer_queries.ts';
import { getOwnProduct } from './products.ts';
import { type Merchant, putImage } from './queries.ts';

const LARGE = 1_200;
const SMALL = 320;
const FILE = /^[0-9a-f-]{36}(-small)?\.webp$/;

const fileOf = (image_id: string, small: boolean) => `${image_id}${small ? '-small' : ''}.webp`;

/** Where a picture is found, outside /api because it is a file. */
export const imageUrl = (image_id: string, small: boolean): string => `/product-images/${fileOf(image_id, small)}`;

/** The address of the small first picture of each of these products that has one. */
export async function firstPictures(
  client: Parameters<typeof findFirstImages>[0],
  product_ids: string[],
): Promise<Map<string, string>> {
  const found = await findFirstImages(client, [...new Set(product_ids)]);
  return new Map(found.map(({ product_id, image_id }) => [product_id, imageUrl(image_id, true)]));
}

/** Puts a picture in its place, instead of the one that was there. Refuses `image_refused`, `image_too_slow`. */
export async function setImage(
  ctx: Context,
  merchant: Merchant,
  product_id: string,
  position: number,
  upload: unknown,
): Promise<void> {
  if (!Buffer.isBuffer(upload)) throw new Refusal('media_type_refused');
  await inTx(ctx.db, (tx) => getOwnProduct(tx, merchant, product_id));
  const [large, small] = await redraw(upload, [
    { width: LARGE, height: LARGE, fit: 'inside' },
    { width: SMALL, height: SMALL, fit: 'cover' },
  ]);
  if (!large || !small) throw new Refusal('image_refused');
  const image_id = mintId();
  await ctx.storage.put(`product-images/${fileOf(image_id, false)}`, large.data);
  await ctx.storage.put(`product-images/${fileOf(image_id, true)}`, small.data);
  const { width, height } = large;
  await replace(ctx, product_id, position, { image_id, position, width, height });
}

export async function removeImage(
  ctx: Context,
  merchant: Merchant,
  product_id: string,
  position: number,
): Promise<void> {
  await inTx(ctx.db, (tx) => getOwnProduct(tx, merchant, product_id));
  await replace(ctx, product_id, position, null);
}

async function replace(ctx: Context, product_id: string, position: number, image: Parameters<typeof putImage>[2]) {
  const was = await inTx(ctx.db, (tx) => putImage(tx, product_id, image, position));
  if (!was) return;
  await ctx.storage.delete(`product-images/${fileOf(was, false)}`);
  await ctx.storage.delete(`product-images/${fileOf(was, true)}`);
}

export function mountImages(app: App): void {
  app.get<{ Params: { file: string } }>('/product-images/:file', { schema: { hide: true } }, async (req, reply) => {
    const { file } = req.params;
    const found = FILE.test(file) ? await app.souk.storage.get(`product-images/${file}`) : null;
    if (!found) throw new Refusal('not_found');
    return reply
      .type('image/webp')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-length', found.size)
      .send(found.stream);
  });
}
