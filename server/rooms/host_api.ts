/** Routes of the host. Those of keeping order are in order_api.ts. */
import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { setAway } from './away.ts';
import { mountChatRules } from './chat_rules_api.ts';
import type { Hub } from './hub.ts';
import { thingRef, title } from './messages.ts';
import { mountOrder } from './order_api.ts';
import { mountPosters } from './posters.ts';
import { endOwnRoom, pinThing, renewStreamKey, startRoom } from './rooms.ts';
import { roomCard, roomParams, shapeAll } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const OUTSIDE = { limit: 10, window_ms: 60_000 };
const EXTERNAL = ['external_refused', 'external_unreachable', 'external_unusable'];

export function mountHostApi(app: App, hub: Hub): void {
  mountHosting(app, hub);
  mountPins(app);
  mountAway(app);
  mountOrder(app);
  mountChatRules(app);
  mountPosters(app);
}

function mountPins(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/rooms/:room_id/pin', who: 'person', params: roomParams, response: { 200: done } } as const;
  const refusals = ['not_your_room', 'room_not_live'];
  route(
    app,
    {
      ...spec,
      refusals,
      method: 'PUT',
      summary: "Pin a thing in one's own room at media time, in place of the one before",
      body: z.object({ thing: thingRef, media_at: timeCodec.optional() }),
    },
    async ({ me, params, body: { thing, media_at = null } }) => {
      await pinThing(ctx, me, params.room_id, { thing, media_at });
      return DONE;
    },
  );
  route(
    app,
    {
      ...spec,
      refusals,
      method: 'DELETE',
      summary: 'Take the pinned thing away at media time',
      query: z.object({ media_at: timeCodec.optional() }),
    },
    async ({ me, params, query: { media_at = null } }) => {
      await pinThing(ctx, me, params.room_id, { thing: null, media_at });
      return DONE;
    },
  );
}

function mountAway(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'PUT',
      url: '/rooms/:room_id/away',
      who: 'person',
      summary: "Say that one is away from one's own live for a moment, or back",
      params: roomParams,
      body: z.object({ away: z.boolean() }),
      response: { 200: done },
      refusals: ['not_your_room', 'room_not_live'],
    },
    async ({ me, params, body }) => {
      await setAway(ctx, me, params.room_id, body.away);
      return DONE;
    },
  );
}

function mountHosting(app: App, hub: Hub): void {
  const ctx = app.souk;
  const keyed = z.object({ stream_key: z.string() });
  route(
    app,
    {
      method: 'POST',
      url: '/rooms',
      who: 'person',
      key: 'none',
      summary: 'Open a room; it is live with the first segment that comes under the key',
      body: z.object({ title, language: z.enum(['de', 'en']) }),
      response: { 201: keyed.extend({ room: roomCard, stream_id: wireId('stream') }) },
      refusals: ['room_open', ...MAY_REFUSALS],
    },
    async ({ me, body }) => {
      const { room, stream_key } = await startRoom(ctx, me.person_id, body);
      const [card] = await shapeAll(ctx, hub, me, [room]);
      if (!card) throw new Refusal('not_found');
      return { room: card, stream_id: room.stream_id, stream_key };
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/rooms/external',
      who: 'person',
      key: 'none',
      summary: 'Open a room whose pictures lie elsewhere: an HLS playlist of a running live, at a public https address',
      body: z.object({ title, language: z.enum(['de', 'en']), playlist_url: z.url().max(2_000) }),
      response: { 201: z.object({ room: roomCard, stream_id: wireId('stream') }) },
      refusals: ['room_open', 'provider_unavailable', ...EXTERNAL, ...MAY_REFUSALS],
    },
    async ({ me, body }) => {
      // Each asks another house.
      if (!ctx.limiter.allow('rooms.external', me.person_id, OUTSIDE)) throw new Refusal('too_many_requests');
      const { room } = await startRoom(ctx, me.person_id, body);
      const [card] = await shapeAll(ctx, hub, me, [room]);
      if (!card) throw new Refusal('not_found');
      return { room: card, stream_id: room.stream_id };
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/rooms/:room_id/stream-key',
      who: 'person',
      key: 'none',
      summary: "Another key for one's own room; the old one ends",
      params: roomParams,
      response: { 201: keyed },
      refusals: ['not_your_room', 'room_not_live', 'stream_ended', 'stream_external'],
    },
    async ({ me, params }) => ({ stream_key: await renewStreamKey(ctx, me, params.room_id) }),
  );
  route(
    app,
    {
      method: 'POST',
      url: '/rooms/:room_id/end',
      who: 'person',
      key: 'none',
      summary: "End one's own room",
      params: roomParams,
      response: { 200: roomCard },
      refusals: ['not_your_room'],
      while_suspended: true,
    },
    async ({ me, params }) => {
      const [card] = await shapeAll(ctx, hub, me, [await endOwnRoom(ctx, me, params.room_id)]);
      if (!card) throw new Refusal('not_found');
      return card;
    },
  );
}
