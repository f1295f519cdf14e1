import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { digits, timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { personCard } from '../people/index.ts';
import { galleryOf, receivedBy, thank } from './gallery.ts';
import { goalShape, momentumShape } from './goals_api.ts';
import { endOverlay, overlayOf, readOverlay, rotateOverlay } from './overlay.ts';

const card = z.object({
  person_id: z.string(),
  handle: z.string(),
  name: z.string(),
  avatar_url: z.string().nullable(),
});
const happened = { id: z.string(), at: z.string() };
const overlayEvent = z.discriminatedUnion('type', [
  z.object({
    ...happened,
    type: z.literal('gift'),
    by: card,
    gift: z.string(),
    count: z.int(),
    combo_id: z.string().nullable(),
  }),
  z.object({ ...happened, type: z.literal('purchase'), thing: z.object({ type: z.string(), id: z.string() }) }),
]);

export function mountGallery(app: App): void {
  mountProfile(app);
  mountOverlay(app);
}

function mountProfile(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/gifts/gallery/:person_id',
      who: 'anyone',
      summary: 'Which gifts a creator received, and who supported them on most days; never how much',
      params: z.object({ person_id: wireId('person') }),
      response: {
        200: z.object({
          shown: z.boolean().describe('False: the creator shows none'),
          gifts: z.array(z.object({ gift: z.string(), count: digits })),
          supporters: z.array(personCard).describe('In public, within 90 days, unless they opted out'),
        }),
      },
    },
    async ({ me, params }) => galleryOf(ctx, me, params.person_id),
  );

  const received = z.object({
    gift_id: wireId('gift').describe('The last of the run'),
    gift: z.string(),
    count: digits,
    coins: digits,
    sender: personCard.nullable(),
    room_id: wireId('room').nullable(),
    sent_at: timeCodec,
    thanked_at: timeCodec.nullable(),
  });
  route(
    app,
    {
      method: 'GET',
      url: '/gifts/received',
      who: 'person',
      summary: 'Gifts you received in the last 30 days, a run of taps as one; the newest 100',
      response: { 200: z.object({ items: z.array(received) }) },
    },
    async ({ me }) => ({ items: await receivedBy(ctx, me) }),
  );

  const response = { 200: z.object({ thanked_at: timeCodec }) };
  route(
    app,
    {
      method: 'POST',
      url: '/gifts/:gift_id/thanks',
      who: 'person',
      key: 'required',
      summary: 'Thank for a gift you received; once for it or its run of taps, and its sender is told once',
      params: z.object({ gift_id: wireId('gift') }),
      response,
      refusals: ['gift_gone'],
    },
    async ({ me, params, key }) => keyed(ctx, key, response, (tx) => thank(tx, ctx, me, params.gift_id)),
  );
}

function mountOverlay(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/gifts/overlay',
      who: 'person',
      summary: 'Whether you have an overlay address, and since when',
      response: { 200: z.object({ made_at: timeCodec.nullable() }) },
    },
    async ({ me }) => overlayOf(ctx, me),
  );
  route(
    app,
    {
      method: 'POST',
      url: '/gifts/overlay',
      who: 'person',
      key: 'none',
      summary:
        'A new overlay address for OBS, at /overlay/<secret>; shown this once, and the one before is dead at once',
      response: { 201: z.object({ secret: z.string(), made_at: timeCodec }) },
      rate: { max: 10, timeWindow: 60_000 },
    },
    async ({ me }) => rotateOverlay(ctx, me),
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/gifts/overlay',
      who: 'person',
      summary: 'Give the overlay address up',
      response: { 200: z.object({}) },
    },
    async ({ me }) => {
      await endOverlay(ctx, me);
      return {};
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/gifts/overlay/feed',
      who: 'anyone',
      summary: 'What an overlay shows: send its secret as the header `x-overlay-secret`',
      response: {
        200: z.object({
          live: z.boolean(),
          events: z.array(overlayEvent).describe('Gifts and sales of the last minute'),
          goals: z.array(goalShape),
          momentum: momentumShape,
        }),
      },
    },
    async ({ req }) => {
      const secret = req.headers['x-overlay-secret'];
      if (typeof secret !== 'string' || secret.length > 100) throw new Refusal('not_found');
      return readOverlay(ctx, secret);
    },
  );
}
