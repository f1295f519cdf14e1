import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { findPeople } from '../people/index.ts';
import { findRoom, onMessage } from '../rooms/index.ts';
import { dayLimitOf } from '../wallet/index.ts';
import { SEND_REFUSALS, sendGift } from './gifts.ts';
import { getReceipt } from './receipts.ts';
import { undoGifts, undoneShape } from './undo.ts';
import * as views from './views.ts';

/** How often a person may send: three flushes of a combo a second, and some. */
const SEND_RATE = { limit: 20, window_ms: 1_000 };

const wanted = {
  gift: z.string().max(40).describe('Code in the catalog'),
  count: z.int().min(1).max(999),
  combo_id: z.uuid().optional().describe('Joins the flushes of one run of taps, for display only'),
  confirmed: z.boolean().optional().describe('Send it although it goes past half of the spending limit'),
};

export function mountGiftRoutes(app: App): void {
  mountReading(app);
  mountSending(app);
}

function mountReading(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/gifts/catalog',
      who: 'anyone',
      summary: 'The gifts: coins, price, and who gets what of it',
      response: { 200: views.catalogShape },
    },
    async ({ me }) => {
      const payer = views.payerOf(me);
      const day_minor = me ? await dayLimitOf(ctx, me) : payer.spending.gifts_day_minor;
      return views.catalogView(payer, payer, day_minor, ctx.clock.now());
    },
  );

  route(
    app,
    {
      method: 'GET',
      url: '/gifts/:gift_id',
      who: 'person',
      summary: 'The receipt of a gift: purchases that paid for it, who got what, its transfers',
      params: z.object({ gift_id: wireId('gift') }),
      response: { 200: views.receiptShape },
    },
    async ({ me, params }) => getReceipt(ctx, me, params.gift_id),
  );
}

function mountSending(app: App): void {
  const ctx = app.souk;

  onMessage(ctx, 'gift.send', {
    schema: z.object(wanted),
    rate: SEND_RATE,
    handle: ({ me, room, message, key }) => {
      const { gift, count, combo_id = null, confirmed = false } = message;
      const where = { receiver_id: room.host_id, room_id: room.room_id };
      return sendGift(ctx, me, { gift, count, combo_id, confirmed, ...where }, key);
    },
  });

  const place = { room_id: wireId('room').optional(), receiver_id: wireId('person').optional() };
  route(
    app,
    {
      method: 'POST',
      url: '/gifts',
      who: 'person',
      key: 'required',
      summary: 'Send a gift to the host of a live room, or to a person',
      body: z.strictObject({ ...wanted, ...place }),
      response: { 201: views.giftShape },
      refusals: SEND_REFUSALS,
    },
    async ({ me, body, key }) => {
      const { gift, count, combo_id = null, confirmed = false } = body;
      return sendGift(ctx, me, { gift, count, combo_id, confirmed, ...(await receiverOf(body)) }, key);
    },
  );

  route(
    app,
    {
      method: 'POST',
      url: '/gifts/undo',
      who: 'person',
      key: 'required',
      summary: 'Take back gifts of yours that are at most ten seconds old: the flushes of one run of taps',
      body: z.strictObject({ gift_ids: z.array(wireId('gift')).min(1).max(60) }),
      response: { 200: undoneShape },
      refusals: ['undo_too_late'],
      while_suspended: true,
    },
    async ({ me, body, key }) => undoGifts(ctx, me, body.gift_ids, key),
  );

  async function receiverOf({ room_id, receiver_id }: { room_id?: string; receiver_id?: string }) {
    if ((room_id === undefined) === (receiver_id === undefined)) {
      throw new Refusal('invalid_request', { detail: 'Say either `room_id` or `receiver_id`.' });
    }
    if (room_id !== undefined) {
      const room = await findRoom(ctx.db.pool, room_id);
      if (!room) throw new Refusal('receiver_unknown');
      if (room.state !== 'live') throw new Refusal('room_not_live');
      return { receiver_id: room.host_id, room_id };
    }
    const [person] = await findPeople(ctx.db.pool, [receiver_id as string]);
    if (!person) throw new Refusal('receiver_unknown');
    return { receiver_id: person.person_id, room_id: null };
  }
}
