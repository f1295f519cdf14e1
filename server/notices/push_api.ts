import * as z from 'zod';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { mintId, wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { OutsideRefused, outsideAddress } from '../kernel/outside.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { keysOf } from './push.ts';
import { deleteSubscription, findSubscriptions, upsertSubscription } from './push_queries.ts';

export const pushRefusals = defineRefusals({
  push_endpoint_refused: [400, 'This is no address of a push service'],
});

const DEVICES_MOST = 10;
const bytes = (length: number) =>
  z
    .string()
    .max(200)
    .refine((text) => Buffer.from(text, 'base64url').length === length, `must be ${length} bytes in base64url`);

const devices = z.object({
  /** For `PushManager.subscribe({ applicationServerKey })`. */
  public_key: z.string(),
  devices: z.array(
    z.object({
      subscription_id: wireId('push'),
      created_at: timeCodec,
      /** Whether this very session allowed it. */
      here: z.boolean(),
    }),
  ),
});

export function mountPush(app: App): void {
  const ctx = app.souk;
  app.addHook('onReady', async () => {
    await keysOf(ctx);
  });
  const read = async (me: { person_id: string; session_id: string }) => ({
    public_key: (await keysOf(ctx)).public_key,
    devices: (await findSubscriptions(ctx.db.pool, [me.person_id], ctx.clock.now())).map((device) => ({
      subscription_id: device.subscription_id,
      created_at: device.created_at,
      here: device.session_id === me.session_id,
    })),
  });

  route(
    app,
    {
      method: 'GET',
      url: '/notices/push',
      who: 'person',
      summary: 'The key for push, and the browsers that show one’s notices',
      response: { 200: devices },
    },
    ({ me }) => read(me),
  );

  route(
    app,
    {
      method: 'PUT',
      url: '/notices/push',
      who: 'person',
      while_suspended: true,
      summary: 'This browser shows notices from now on, until its session ends',
      body: z.object({ endpoint: z.string().max(1_000), keys: z.object({ p256dh: bytes(65), auth: bytes(16) }) }),
      response: { 200: devices },
      refusals: ['push_endpoint_refused'],
    },
    async ({ me, body: { endpoint, keys } }) => {
      refuseInside(endpoint);
      const { person_id, session_id } = me;
      const row = { subscription_id: mintId(), person_id, session_id, endpoint, ...keys, created_at: ctx.clock.now() };
      await inTx(ctx.db, (tx) => upsertSubscription(tx, row, DEVICES_MOST));
      return read(me);
    },
  );

  route(
    app,
    {
      method: 'DELETE',
      url: '/notices/push/:subscription_id',
      who: 'person',
      while_suspended: true,
      summary: 'A browser of one’s own shows notices no longer',
      params: z.object({ subscription_id: wireId('push') }),
      response: { 200: devices },
    },
    async ({ me, params }) => {
      await deleteSubscription(ctx.db.pool, params.subscription_id, me.person_id);
      return read(me);
    },
  );

  function refuseInside(endpoint: string): void {
    try {
      outsideAddress(ctx.config, endpoint);
    } catch (error) {
      throw error instanceof OutsideRefused ? new Refusal('push_endpoint_refused') : error;
    }
  }
}
