import * as z from 'zod';
import { defineLabelled } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { liveEdge, streamState } from '../media/index.ts';
import { hiddenFrom } from '../people/index.ts';
import { findHandover } from './after_queries.ts';
import type { Hub } from './hub.ts';
import { searchText, thingRef, timelineEvent } from './messages.ts';
import { hostOf, listRooms, type Room } from './queries.ts';
import { getRoomFor } from './rooms.ts';
import { roomCard, roomPage, roomParams, shapeAll } from './shapes.ts';
import { cardsOf, eventOf, happeningOf, marked, orderOf } from './timeline.ts';
import { findPinned, standingAt, timelineOf } from './timeline_queries.ts';

export function mountRoomsApi(app: App, hub: Hub): void {
  defineLabelled(app.souk, 'room', hostOf);
  mountDirectory(app, hub);
  mountRoom(app, hub);
  mountTimeline(app);
}

function mountDirectory(app: App, hub: Hub): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms',
      who: 'anyone',
      summary: 'Rooms that are live, or replays; newest first; searched by title or host',
      query: pageQuery.extend({
        state: z.enum(['live', 'ended']).default('live'),
        host_id: wireId('person').optional(),
        q: searchText.optional(),
      }),
      response: { 200: pageOf(roomCard) },
    },
    async ({ me, query: { state, host_id = null, q = null, limit, after } }) => {
      const filter = { state, host_id, viewer_id: me?.person_id ?? null, search: q };
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const rows = await listRooms(ctx.db.pool, filter, limit + 1, seen);
      const at = (room: Room) => (state === 'live' ? room.started_at : room.ended_at)?.toISOString() ?? '';
      const page = toPage(ctx.config, rows, limit, (room) => [at(room), room.room_id]);
      return { ...page, items: await shapeAll(ctx, hub, me, page.items) };
    },
  );
}

function mountRoom(app: App, hub: Hub): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/:room_id',
      who: 'anyone',
      summary: 'A room, its stream and what is pinned',
      params: roomParams,
      response: { 200: roomPage },
    },
    async ({ me, params: { room_id } }) => {
      const room = await getRoomFor(ctx, me, room_id);
      const [[card], stream, edge_at, pinned, handed_to] = await Promise.all([
        shapeAll(ctx, hub, me, [room]),
        streamState(ctx, room.stream_id),
        liveEdge(ctx, room.stream_id),
        findPinned(ctx.db.pool, room_id),
        findHandover(ctx.db.pool, room_id),
      ]);
      if (!card) throw new Refusal('not_found');
      const { stream_id } = room;
      return {
        ...card,
        stream: { ...stream, stream_id, edge_at },
        pinned: pinned && thingRef.parse(pinned.data.thing),
        handed_to,
      };
    },
  );
}

const timelineItem = z.object({ media_at: timeCodec, event: timelineEvent });

function mountTimeline(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/:room_id/timeline',
      who: 'anyone',
      summary: 'What happened in a room, in the order of the picture: for its replay',
      params: roomParams,
      /** `from`: beginning at a moment of the picture, with what stood there before. */
      query: pageQuery.extend({ from: timeCodec.optional() }),
      response: { 200: pageOf(timelineItem) },
    },
    async ({ me, params: { room_id }, query: { limit, after, from } }) => {
      const room = await getRoomFor(ctx, me, room_id);
      const hidden = new Set(me ? await hiddenFrom(ctx.db.pool, me.person_id) : []);
      // What a host deleted, or the house no longer keeps, is gone with its chat.
      const gone = room.state === 'ended' && (await streamState(ctx, room.stream_id)).replay.length === 0;
      if (gone) return { items: [], next: null };
      const begin = from ? ([from.toISOString(), '-1'] as [string, string]) : null;
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : begin;
      const stood = from && !after ? await standingAt(ctx.db.pool, room_id, from) : [];
      const rows = await timelineOf(ctx.db.pool, room_id, limit + 1, seen);
      const page = toPage(ctx.config, rows, limit, (row) => [row.media_at.toISOString(), String(row.seq)]);
      const all = [...stood, ...page.items];
      const [cards, order] = await Promise.all([cardsOf(ctx, all), orderOf(ctx.db.pool, room.host_id)]);
      const items = all.flatMap((row) => {
        if (hidden.has(row.person_id ?? '')) return [];
        const event = eventOf(happeningOf(row), cards);
        return event ? [{ media_at: row.media_at, event: marked(event, order) as z.output<typeof timelineEvent> }] : [];
      });
      return { ...page, items };
    },
  );
}
