import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { pageOf, pageQuery } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { changeMerchant, getMerchantOf, type MerchantDraft, openMerchant } from './merchants.ts';
import { changeProduct, createProduct, getOwnVariant, setPublished } from './products.ts';
import type { Merchant, Product } from './queries.ts';
import { findMerchantOf } from './queries.ts';
import { getProduct, listProducts } from './reading.ts';
import * as shapes from './shapes.ts';
import { merchantOf, merchantShape, productShape } from './shapes.ts';
import { changeStock } from './stock.ts';

const productParams = z.object({ product_id: wireId('product') });
const stockShape = z.object({
  variant_id: wireId('variant'),
  on_hand: z.number(),
  reserved: z.number(),
  sold: z.number(),
});

const draftOf = ({ shipping, ...body }: z.output<typeof shapes.merchantBody>): MerchantDraft => ({
  ...body,
  shipping_minor: shipping,
});

/** What the owner of a shop does. */
export function mountSellerRoutes(app: App): void {
  mountShop(app);
  mountProducts(app);
  mountStock(app);
}

function mountShop(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/merchants',
      who: 'person',
      key: 'required',
      summary: 'Open your shop',
      body: shapes.merchantBody,
      response: { 201: merchantShape },
      refusals: ['merchant_exists', ...MAY_REFUSALS],
    },
    ({ me, body, key }) =>
      keyed(ctx, key, { 201: merchantShape }, async (tx) => merchantOf(await openMerchant(tx, ctx, me, draftOf(body)))),
  );

  route(
    app,
    {
      method: 'GET',
      url: '/me/merchant',
      who: 'person',
      summary: 'Your shop, or null',
      response: { 200: z.object({ merchant: merchantShape.nullable() }) },
    },
    async ({ me }) => {
      const merchant = await findMerchantOf(ctx.db.pool, me.person_id);
      return { merchant: merchant && merchantOf(merchant) };
    },
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/me/merchant',
      who: 'person',
      summary: 'Change your shop and what is known of the trader',
      body: shapes.merchantBody,
      response: { 200: merchantShape },
      refusals: ['merchant_needed'],
    },
    ({ me, body }) => inTx(ctx.db, async (tx) => merchantOf(await changeMerchant(tx, ctx, me, draftOf(body)))),
  );
}

function mountProducts(app: App): void {
  const ctx = app.souk;

  /** Runs `work` for the asker's shop and answers the product as its owner sees it. */
  async function viewAfter(me: Principal, work: (tx: Tx, merchant: Merchant) => Promise<Product>) {
    const product = await inTx(ctx.db, async (tx) => work(tx, await getMerchantOf(tx.client, me.person_id)));
    return getProduct(ctx, product.product_id, me.person_id);
  }

  route(
    app,
    {
      method: 'GET',
      url: '/me/merchant/products',
      who: 'person',
      summary: 'Your products in every state, the newest first',
      query: pageQuery,
      response: { 200: pageOf(productShape) },
      refusals: ['merchant_needed', 'cursor_invalid'],
    },
    async ({ me, query }) =>
      listProducts(
        ctx,
        await getMerchantOf(ctx.db.pool, me.person_id),
        ['draft', 'published', 'unpublished'],
        query,
        me.person_id,
      ),
  );

  const created = z.object({ product_id: wireId('product') });
  route(
    app,
    {
      method: 'POST',
      url: '/products',
      who: 'person',
      key: 'required',
      summary: 'Create a draft of a product with its variants',
      body: shapes.newProductBody,
      response: { 201: created },
      refusals: ['merchant_needed', 'options_invalid', 'stock_too_large'],
    },
    ({ me, body, key }) =>
      keyed(ctx, key, { 201: created }, async (tx) =>
        createProduct(tx, ctx, await getMerchantOf(tx.client, me.person_id), body),
      ),
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/products/:product_id',
      who: 'person',
      summary: 'Change a product: variants with an id are kept, new ones have none, others are no longer sold',
      params: productParams,
      body: shapes.productBody,
      response: { 200: productShape },
      refusals: ['merchant_needed', 'options_invalid'],
    },
    ({ me, params, body }) =>
      viewAfter(me, (tx, merchant) => changeProduct(tx, ctx, merchant, params.product_id, body)),
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/products/:product_id/published',
      who: 'person',
      summary: 'Put a product up for sale, or take it down',
      params: productParams,
      body: z.strictObject({ published: z.boolean() }),
      response: { 200: productShape },
      refusals: ['merchant_needed', 'trader_data_missing', 'product_incomplete', 'product_held'],
    },
    ({ me, params, body }) =>
      viewAfter(me, (tx, merchant) => setPublished(tx, ctx, merchant, params.product_id, body.published)),
  );
}

function mountStock(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/products/:product_id/variants/:variant_id/stock-changes',
      who: 'person',
      key: 'required',
      summary: 'Put units into stock, or take some out',
      params: productParams.extend({ variant_id: wireId('variant') }),
      body: shapes.stockBody,
      response: { 201: stockShape },
      refusals: ['merchant_needed', 'stock_reserved', 'stock_too_large'],
    },
    ({ me, params, body, key }) =>
      keyed(ctx, key, { 201: stockShape }, async (tx) => {
        const merchant = await getMerchantOf(tx.client, me.person_id);
        await getOwnVariant(tx, merchant, params);
        return changeStock(tx, ctx, { ...params, ...body, person_id: me.person_id });
      }),
  );
}
