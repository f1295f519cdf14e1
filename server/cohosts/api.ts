import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import { endTogether, openFor, showTogether, stateOf, wantTogether } from './cohosts.ts';
import { hasRelay, iceServersFor } from './signals.ts';

const roomParams = z.object({ room_id: wireId('room') });
const params = roomParams.extend({ person_id: wireId('person') });
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const POWER = ['not_your_room', 'cohost_refused', 'muted'];

const cohost = z.object({
  /** Who joins, was asked or wants to. */
  person: personCard,
  host: personCard,
  state: z.enum(['asked_by_host', 'asked_by_guest', 'together', 'gone']),
  /** Viewers see both. */
  shown: z.boolean(),
});

const iceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});

export function mountCohostRoutes(app: App): void {
  mountState(app);
  mountDeeds(app);
}

function mountState(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/:room_id/cohosts',
      who: 'person',
      summary: 'Who is or wants to be in the picture: all of it for the host, one’s own for everybody else',
      params: roomParams,
      response: {
        200: z.object({
          items: z.array(cohost),
          /** For the connection between two browsers (WebRTC); empty for who is in no picture. */
          ice_servers: z.array(iceServer),
          /** Whether this house has a relay: without one two networks often find no way to each other. */
          has_relay: z.boolean(),
        }),
      },
    },
    async ({ me, params: { room_id } }) => {
      const open = await openFor(ctx, me, room_id);
      const people = await findPeople(ctx.db.pool, [...new Set(open.flatMap((one) => [one.person_id, one.host_id]))]);
      const cards = new Map(people.map((person) => [person.person_id, cardOf(person)]));
      const now = ctx.clock.now();
      const items = open.flatMap((one) => {
        const [person, host] = [cards.get(one.person_id), cards.get(one.host_id)];
        return person && host ? [{ person, host, state: stateOf(one, now), shown: one.shown_at !== null }] : [];
      });
      const { ice_servers } = ctx.config;
      const connects = items.some(({ state }) => state === 'together');
      return {
        items,
        ice_servers: connects ? iceServersFor(ice_servers, me.person_id, now) : [],
        has_relay: hasRelay(ice_servers),
      };
    },
  );
}

function mountDeeds(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/rooms/:room_id/cohosts/:person_id', who: 'person', params, response: { 200: done } } as const;
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      summary: 'Say yes to one picture: the host to a viewer, or a viewer to the host; the second yes is the start',
      refusals: [...POWER, 'room_not_live', 'cohost_busy', ...MAY_REFUSALS],
    },
    async ({ me, params: { room_id, person_id } }) => {
      await wantTogether(ctx, me, room_id, person_id);
      return DONE;
    },
  );
  route(
    app,
    {
      ...spec,
      method: 'DELETE',
      summary: 'Decline, take back, leave, or send away',
      /** `lost`: the connection between the two is gone. */
      query: z.object({ lost: z.stringbool().optional() }),
      refusals: POWER,
      while_suspended: true,
    },
    async ({ me, params: { room_id, person_id }, query: { lost = false } }) => {
      await endTogether(ctx, me, room_id, { person_id, lost });
      return DONE;
    },
  );
  route(
    app,
    {
      ...spec,
      url: '/rooms/:room_id/cohosts/:person_id/shown',
      method: 'PUT',
      summary: 'The host’s page has both in the picture: viewers are told at media time',
      body: z.object({ media_at: timeCodec.optional() }),
      refusals: [...POWER, 'cohost_over'],
    },
    async ({ me, params: { room_id, person_id }, body: { media_at = null } }) => {
      await showTogether(ctx, me, room_id, { person_id, media_at });
      return DONE;
    },
  );
}
