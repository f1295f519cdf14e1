import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { acceptImages, IMAGE_MAX_BYTES } from '../kernel/images.ts';
import { route } from '../kernel/route.ts';
import { removeImage, setImage } from './images.ts';
import { getMerchantOf } from './merchants.ts';
import { getProduct } from './reading.ts';
import { productShape } from './shapes.ts';

/** Pictures of products: the upload is the body. */
export function mountPictures(app: App): void {
  const ctx = app.souk;
  acceptImages(app);
  const params = z.object({ product_id: wireId('product'), position: z.coerce.number().int().min(0).max(7) });
  route(
    app,
    {
      method: 'PUT',
      url: '/products/:product_id/images/:position',
      who: 'person',
      summary: 'Put a picture (JPEG, PNG, WebP or AVIF as the body) in a place of the product',
      params,
      bodyLimit: IMAGE_MAX_BYTES,
      response: { 200: productShape },
      refusals: ['merchant_needed', 'image_refused', 'image_too_slow'],
    },
    async ({ me, params, req }) => {
      const merchant = await getMerchantOf(ctx.db.pool, me.person_id);
      await setImage(ctx, merchant, params.product_id, params.position, req.body);
      return getProduct(ctx, params.product_id, me.person_id);
    },
  );

  route(
    app,
    {
      method: 'DELETE',
      url: '/products/:product_id/images/:position',
      who: 'person',
      summary: 'Remove a picture',
      params,
      response: { 200: productShape },
      refusals: ['merchant_needed'],
    },
    async ({ me, params }) => {
      const merchant = await getMerchantOf(ctx.db.pool, me.person_id);
      await removeImage(ctx, merchant, params.product_id, params.position);
      return getProduct(ctx, params.product_id, me.person_id);
    },
  );
}
