import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { acceptImages } from '../kernel/images.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { mountAccount } from './account_api.ts';
import type { Auth } from './auth.ts';
import { describeProfiles } from './card.ts';
import { mountMe, mountSessions } from './me_api.ts';
import { signUp } from './people.ts';
import * as queries from './queries.ts';
import { setCookie } from './session.ts';
import * as shapes from './shapes.ts';
import { cardOf, findMe, meShape, personCard, profile, profileOf } from './shapes.ts';
import * as tieQueries from './tie_queries.ts';
import { mountOffice, mountTies } from './ties_api.ts';
import { mountTieLists } from './ties_lists_api.ts';

export function mountPeopleApi(app: App, auth: Auth): void {
  acceptImages(app);
  mountSignUp(app, auth);
  mountProfiles(app);
  describeProfiles(app.souk);
  mountMe(app);
  mountAccount(app, auth);
  mountSessions(app);
  mountTies(app);
  mountTieLists(app);
  mountOffice(app);
}

function mountSignUp(app: App, auth: Auth): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/people',
      who: 'anyone',
      key: 'none',
      summary: 'Sign up; sets the session cookie and sends the mail to verify the address',
      rate: { max: 30, timeWindow: 600_000 },
      body: z.object({
        handle: shapes.handle,
        name: shapes.name,
        email: shapes.email,
        password: shapes.password,
        market: shapes.market,
        locale: shapes.locale.default('en'),
        born_on: shapes.birthDate,
        /** The code of an invitation, where registration is by invitation. */
        invite: z.string().max(40).optional(),
      }),
      response: { 201: z.object({ person: meShape }) },
      refusals: [
        'too_young',
        'birth_date_invalid',
        'email_invalid',
        'email_taken',
        'handle_taken',
        'handle_reserved',
        'password_weak',
        'sign_up_closed',
        'invite_needed',
        'invite_invalid',
      ],
    },
    async ({ body, req, reply }) => {
      const device = { ip_address: req.ip, user_agent: req.headers['user-agent']?.slice(0, 300) ?? null };
      const { person_id, token } = await signUp(ctx, auth, body, device);
      const person = await findMe(ctx, { person_id });
      if (!person) throw new Refusal('not_found');
      reply.header('set-cookie', setCookie(ctx.config, token));
      return { person };
    },
  );
}

function mountProfiles(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/people',
      who: 'anyone',
      summary: 'People, newest first',
      query: pageQuery,
      response: { 200: pageOf(personCard) },
    },
    async ({ me, query }) => {
      const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
      const rows = await queries.listPeople(ctx.db.pool, query.limit + 1, after, me?.person_id ?? null);
      const page = toPage(ctx.config, rows, query.limit, (row) => [row.created_at.toISOString(), row.person_id]);
      return { ...page, items: page.items.map(cardOf) };
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/people/@:handle',
      who: 'anyone',
      summary: 'A profile',
      params: z.object({ handle: shapes.handle }),
      response: { 200: profile },
    },
    async ({ me, params }) => {
      const person = await queries.findByHandle(ctx.db.pool, params.handle);
      if (!person) throw new Refusal('not_found');
      if (!me || me.person_id === person.person_id) return profileOf(person, null, me !== null);
      const ties = await tieQueries.tiesBetween(ctx.db.pool, me.person_id, person.person_id);
      if (ties.blocks_me) throw new Refusal('not_found');
      return profileOf(person, ties, false);
    },
  );
}
