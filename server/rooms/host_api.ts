/** Routes of the host and of those who keep order in a room. */
import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import type { Hub } from './hub.ts';
import { thingRef, title } from './messages.ts';
import { moderatorsOf } from './queries.ts';
import { deleteLine, endOwnRoom, mute, pinThing, renewStreamKey, setModerator, startRoom } from './rooms.ts';
import { roomCard, roomParams, shapeAll } from './shapes.ts';

const personParams = z.object({ person_id: wireId('person') });
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

/** A minute to a day. */
const muteBody = z.object({ for_s: z.int().min(60).max(86_400) });

export function mountHostApi(app: App, hub: Hub): void {
  mountHosting(app, hub);
  mountPins(app);
  mountMutes(app);
  mountLines(app);
  mountModerators(app);
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

function mountMutes(app: App): void {
  const ctx = app.souk;
  const params = roomParams.extend(personParams.shape);
  const spec = { url: '/rooms/:room_id/mutes/:person_id', who: 'person', params, response: { 200: done } } as const;
  const refusals = ['not_a_moderator'];
  route(
    app,
    { ...spec, refusals, method: 'PUT', summary: 'Keep a person from writing in a room for a time', body: muteBody },
    async ({ me, params: { room_id, person_id }, body: { for_s } }) => {
      await mute(ctx, me, room_id, { person_id, for_s });
      return DONE;
    },
  );
  route(
    app,
    { ...spec, refusals, method: 'DELETE', summary: 'Let a person write in a room again' },
    async ({ me, params: { room_id, person_id } }) => {
      await mute(ctx, me, room_id, { person_id, for_s: null });
      return DONE;
    },
  );
}

function mountLines(app: App): void {
  route(
    app,
    {
      method: 'DELETE',
      url: '/rooms/:room_id/lines/:line_id',
      who: 'person',
      summary: "Take a chat line away: one's own, or as host or moderator any",
      params: roomParams.extend({ line_id: wireId('line') }),
      response: { 200: done },
      refusals: ['not_a_moderator'],
    },
    async ({ me, params: { room_id, line_id } }) => {
      await deleteLine(app.souk, me, room_id, line_id);
      return DONE;
    },
  );
}

function mountModerators(app: App): void {
  const ctx = app.souk;
  const spec = {
    url: '/rooms/moderators/:person_id',
    who: 'person',
    params: personParams,
    response: { 200: done },
  } as const;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/moderators',
      who: 'person',
      summary: "Whom one has named to keep order in one's rooms",
      response: { 200: z.object({ items: z.array(personCard) }) },
    },
    async ({ me }) => {
      const ids = await moderatorsOf(ctx.db.pool, me.person_id);
      return { items: (await findPeople(ctx.db.pool, ids)).map(cardOf) };
    },
  );
  for (const [method, named, summary] of [
    ['PUT', true, "Name a moderator of all one's rooms"],
    ['DELETE', false, 'Dismiss a moderator'],
  ] as const) {
    route(app, { ...spec, method, summary }, async ({ me, params: { person_id } }) => {
      await setModerator(ctx, me, person_id, named);
      return DONE;
    });
  }
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
      const [card] = await shapeAll(ctx, hub, [room]);
      if (!card) throw new Refusal('not_found');
      return { room: card, stream_id: room.stream_id, stream_key };
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
      refusals: ['not_your_room', 'room_not_live', 'stream_ended'],
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
      const [card] = await shapeAll(ctx, hub, [await endOwnRoom(ctx, me, params.room_id)]);
      if (!card) throw new Refusal('not_found');
      return card;
    },
  );
}
