/** Routes of those who keep order in a chat: the host, named moderators, staff. Its rules are in chat_rules_api.ts. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import { deleteLine, mute, unmute } from './order.ts';
import { listMutes } from './order_queries.ts';
import { mustHavePower } from './power.ts';
import { roomParams } from './shapes.ts';

const personParams = z.object({ person_id: wireId('person') });
const hostParams = z.object({ host_id: wireId('person') });
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

/** A minute to a year, or null: for ever. */
const muteBody = z.object({ for_s: z.int().min(60).max(31_536_000).nullable() });

export function mountOrder(app: App): void {
  mountMutes(app);
  mountMuteList(app);
  mountLines(app);
}

function mountMutes(app: App): void {
  const ctx = app.souk;
  const params = roomParams.extend(personParams.shape);
  const spec = { url: '/rooms/:room_id/mutes/:person_id', who: 'person', params, response: { 200: done } } as const;
  const refusals = ['not_a_moderator'];
  const put = 'Keep a person from writing in all rooms of this host: for a time, or for ever';
  route(app, { ...spec, refusals, method: 'PUT', summary: put, body: muteBody }, async ({ me, params, body }) => {
    await mute(ctx, me, params.room_id, { person_id: params.person_id, for_s: body.for_s });
    return DONE;
  });
  route(
    app,
    {
      method: 'DELETE',
      url: '/rooms/hosts/:host_id/mutes/:person_id',
      who: 'person',
      summary: 'Let a person write in the rooms of this host again',
      params: hostParams.extend(personParams.shape),
      response: { 200: done },
      refusals,
    },
    async ({ me, params: { host_id, person_id } }) => {
      await unmute(ctx, me, host_id, person_id);
      return DONE;
    },
  );
}

const muteItem = z.object({
  person: personCard,
  /** Null: for ever. */
  muted_until: timeCodec.nullable(),
  muted_at: timeCodec,
  muted_by: personCard.nullable(),
});

function mountMuteList(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/hosts/:host_id/mutes',
      who: 'person',
      summary: 'Who may not write in the rooms of a host now, the latest first',
      params: hostParams,
      query: pageQuery,
      response: { 200: pageOf(muteItem) },
      refusals: ['not_a_moderator'],
    },
    async ({ me, params: { host_id }, query: { limit, after } }) => {
      await mustHavePower(ctx, me, host_id, 'see_mutes');
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const rows = await listMutes(ctx.db.pool, host_id, ctx.clock.now(), limit + 1, seen);
      const page = toPage(ctx.config, rows, limit, (row) => [row.muted_at.toISOString(), row.person_id]);
      const people = await findPeople(
        ctx.db.pool,
        page.items.flatMap((row) => [row.person_id, row.muted_by]),
      );
      const cards = new Map(people.map((person) => [person.person_id, cardOf(person)]));
      const items = page.items.flatMap(({ person_id, muted_by, muted_until, muted_at }) => {
        const person = cards.get(person_id);
        return person ? [{ person, muted_until, muted_at, muted_by: cards.get(muted_by) ?? null }] : [];
      });
      return { ...page, items };
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
