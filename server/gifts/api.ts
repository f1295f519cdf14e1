import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { fromWire, wireId } from '../kernel/ids.ts';
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

type Subject = { kind: 'person' | 'room' | 'video'; id: string };
type Place = { room_id?: string; receiver_id?: string; subject?: Subject };

/** What a thing is given for means for who receives it. Refuses `receiver_unknown`: a video has nobody behind it yet. */
function placeOf({ kind, id }: Subject): { room_id?: string; receiver_id?: string } {
  let uuid: string;
  try {
    uuid = fromWire(kind, id);
  } catch {
    throw new Refusal('invalid_request', { errors: [{ path: 'body.subject.id', message: `must be a ${kind}_…` }] });
  }
  if (kind === 'video') throw new Refusal('receiver_unknown');
  return kind === 'room' ? { room_id: uuid } : { receiver_id: uuid };
}

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

  const subject = z
    .strictObject({ kind: z.enum(['person', 'room', 'video']), id: z.string().max(60) })
    .describe('The same for any kind of thing one gives for; there are no videos yet');
  const place = {
    room_id: wireId('room').optional(),
    receiver_id: wireId('person').optional(),
    subject: subject.optional(),
  };
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

  async function receiverOf({ subject, ...said }: Place) {
    const { room_id, receiver_id } = subject ? placeOf(subject) : said;
    const places = [subject, said.room_id, said.receiver_id].filter((one) => one !== undefined);
    if (places.length !== 1) {
      throw new Refusal('invalid_request', { detail: 'Say one of `room_id`, `receiver_id` and `subject`.' });
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
