import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { pageOf, pageQuery } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { mountVideoLinks } from './link_api.ts';
import { findMerchantOf, findMerchants } from './queries.ts';
import { getProduct, listProducts } from './reading.ts';
import { merchantOf, merchantShape, productShape, text } from './shapes.ts';

/** What everybody may see. */
export function mountCatalogRoutes(app: App): void {
  const ctx = app.souk;
  mountVideoLinks(app);
  const merchantParams = z.object({ merchant_id: wireId('merchant') });

  async function getMerchant(merchant_id: string) {
    const [merchant] = await findMerchants(ctx.db.pool, [merchant_id]);
    if (!merchant) throw new Refusal('not_found');
    return merchant;
  }

  route(
    app,
    {
      method: 'GET',
      url: '/merchants/:merchant_id',
      who: 'anyone',
      summary: 'A shop, and who stands behind it',
      params: merchantParams,
      response: { 200: merchantShape },
    },
    async ({ params }) => merchantOf(await getMerchant(params.merchant_id)),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/merchants/:merchant_id/products',
      who: 'anyone',
      summary: 'What a shop sells, the newest first',
      params: merchantParams,
      query: pageQuery,
      response: { 200: pageOf(productShape) },
      refusals: ['cursor_invalid'],
    },
    async ({ me, params, query }) =>
      listProducts(ctx, await getMerchant(params.merchant_id), ['published'], query, me?.person_id ?? null),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/products',
      who: 'anyone',
      summary: 'What all shops sell, or one person, the newest first; searched by title',
      query: pageQuery.extend({ seller_id: wireId('person').optional(), q: text(80).optional() }),
      response: { 200: pageOf(productShape) },
      refusals: ['cursor_invalid'],
    },
    async ({ me, query }) => {
      const shop = query.seller_id === undefined ? null : await findMerchantOf(ctx.db.pool, query.seller_id);
      if (query.seller_id !== undefined && !shop) return { items: [], next: null };
      return listProducts(ctx, shop, ['published'], query, me?.person_id ?? null);
    },
  );

  route(
    app,
    {
      method: 'GET',
      url: '/products/:product_id',
      who: 'anyone',
      summary: 'A product with its variants, prices and stock',
      params: z.object({ product_id: wireId('product') }),
      response: { 200: productShape },
    },
    ({ me, params }) => getProduct(ctx, params.product_id, me?.person_id ?? null),
  );
}
