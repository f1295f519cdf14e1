import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { route } from '../kernel/route.ts';
import { rolesOf, setBirthDate, setRoles } from './people.ts';
import * as queries from './queries.ts';
import { mute, unmute } from './requests.ts';
import * as shapes from './shapes.ts';
import { cardOf, personCard } from './shapes.ts';
import * as tieQueries from './tie_queries.ts';
import { block, follow, unblock, unfollow } from './ties.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const personParams = z.object({ person_id: wireId('person') });

export function mountTies(app: App): void {
  const ctx = app.souk;
  const tie = { who: 'person', params: personParams, response: { 200: done } } as const;
  route(
    app,
    {
      ...tie,
      method: 'PUT',
      url: '/people/:person_id/follow',
      summary: 'Follow; a private profile is asked instead, and `state` says so',
      rate: { max: 120, timeWindow: 60_000 },
      response: { 200: z.object({ state: z.enum(['following', 'requested']) }) },
      refusals: ['not_yourself', 'blocked'],
    },
    async ({ me, params }) => ({ state: await follow(ctx, me, params.person_id) }),
  );
  route(
    app,
    {
      ...tie,
      method: 'DELETE',
      url: '/people/:person_id/follow',
      summary: 'Follow no longer, or withdraw the request',
    },
    async ({ me, params }) => {
      await unfollow(ctx, me, params.person_id);
      return DONE;
    },
  );
  route(
    app,
    { ...tie, method: 'PUT', url: '/people/:person_id/block', summary: 'Block', refusals: ['not_yourself'] },
    async ({ me, params }) => {
      await block(ctx, me, params.person_id);
      return DONE;
    },
  );
  route(
    app,
    { ...tie, method: 'DELETE', url: '/people/:person_id/block', summary: 'Block no longer' },
    async ({ me, params }) => {
      await unblock(ctx, me, params.person_id);
      return DONE;
    },
  );
  route(
    app,
    {
      ...tie,
      method: 'PUT',
      url: '/people/:person_id/mute',
      summary: 'Mute: their posts leave one’s feeds, and they never know',
      refusals: ['not_yourself'],
    },
    async ({ me, params }) => {
      await mute(ctx, me, params.person_id);
      return DONE;
    },
  );
  route(
    app,
    { ...tie, method: 'DELETE', url: '/people/:person_id/mute', summary: 'Mute no longer' },
    async ({ me, params }) => {
      await unmute(ctx, me, params.person_id);
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/people/me/blocks',
      who: 'person',
      summary: 'Whom one has blocked',
      response: { 200: z.object({ items: z.array(personCard) }) },
    },
    async ({ me }) => {
      const ids = await tieQueries.listBlocked(ctx.db.pool, me.person_id);
      return { items: (await queries.findPeople(ctx.db.pool, ids)).map(cardOf) };
    },
  );
}

/** What only the operator does to people. */
export function mountOffice(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/people/:person_id/roles',
      who: 'operator',
      summary: 'The roles that a person has now',
      params: personParams,
      response: { 200: z.object({ roles: z.array(shapes.role) }) },
    },
    async ({ params }) => ({ roles: await rolesOf(ctx, params.person_id) }),
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/people/:person_id/roles',
      who: 'operator',
      summary: 'Grant and take roles, with a reason that is kept',
      params: personParams,
      body: z.object({ roles: z.array(shapes.role).max(3), reason: shapes.reason }),
      response: { 200: done },
      refusals: ['last_operator'],
    },
    async ({ me, params, body }) => {
      await setRoles(ctx, me, params.person_id, body);
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/people/:person_id/birth-date',
      who: 'operator',
      summary: 'Set a birth date, with a reason that is kept',
      params: personParams,
      body: z.object({ born_on: shapes.birthDate, reason: shapes.reason }),
      response: { 200: done },
      refusals: ['birth_date_invalid'],
    },
    async ({ me, params, body }) => {
      await setBirthDate(ctx, me, params.person_id, body);
      return DONE;
    },
  );
}
