import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { route } from '../kernel/route.ts';
import { listAddresses, markAddressDeleted } from './address_queries.ts';
import { addAddress } from './addresses.ts';
import { addressBody, addressShape } from './shapes.ts';

/** Where orders go. */
export function mountAddresses(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/addresses',
      who: 'person',
      summary: 'Your addresses, the newest first',
      response: { 200: z.object({ items: z.array(addressShape) }) },
    },
    async ({ me }) => ({ items: await listAddresses(ctx.db.pool, me.person_id) }),
  );

  route(
    app,
    {
      method: 'POST',
      url: '/addresses',
      who: 'person',
      key: 'required',
      summary: 'Store an address',
      body: addressBody,
      response: { 201: addressShape },
      refusals: ['addresses_full'],
    },
    ({ me, body, key }) => keyed(ctx, key, { 201: addressShape }, (tx) => addAddress(tx, ctx, me.person_id, body)),
  );

  route(
    app,
    {
      method: 'DELETE',
      url: '/addresses/:address_id',
      who: 'person',
      summary: 'Forget an address',
      params: z.object({ address_id: wireId('address') }),
      response: { 200: z.object({}) },
    },
    async ({ me, params }) => {
      await markAddressDeleted(ctx.db.pool, me.person_id, params.address_id, ctx.clock.now());
      return {};
    },
  );
}
