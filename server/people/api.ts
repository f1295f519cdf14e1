import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { acceptImages, IMAGE_MAX_BYTES } from '../kernel/images.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import type { Auth } from './auth.ts';
import { removeAvatar, setAvatar } from './avatars.ts';
import { endSessions, setBirthDate, setOwnBirthDate, setProfile, setRoles, signUp } from './people.ts';
import * as queries from './queries.ts';
import { setCookie } from './session.ts';
import * as shapes from './shapes.ts';
import { cardOf, findMe, meShape, personCard, profile, profileOf } from './shapes.ts';
import * as tieQueries from './tie_queries.ts';
import { block, follow, unblock, unfollow } from './ties.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const personParams = z.object({ person_id: wireId('person') });

export function mountPeopleApi(app: App, auth: Auth): void {
  acceptImages(app);
  mountSignUp(app, auth);
  mountProfiles(app);
  mountMe(app);
  mountSessions(app);
  mountTies(app);
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
      if (!me || me.person_id === person.person_id) return profileOf(person, null);
      const ties = await tieQueries.tiesBetween(ctx.db.pool, me.person_id, person.person_id);
      if (ties.blocks_me) throw new Refusal('not_found');
      return profileOf(person, ties);
    },
  );
}

function mountMe(app: App): void {
  const ctx = app.souk;
  const whoAmI = z.object({ person: meShape.nullable() });
  route(
    app,
    {
      method: 'GET',
      url: '/people/me',
      who: 'anyone',
      summary: 'Who is signed in; null when nobody is',
      response: { 200: whoAmI },
    },
    async ({ me }) => ({ person: me && (await findMe(ctx, me)) }),
  );
  route(
    app,
    {
      method: 'PATCH',
      url: '/people/me',
      who: 'person',
      summary: 'Change name, text or language',
      body: z
        .strictObject({ name: shapes.name, bio: shapes.bio, locale: shapes.locale })
        .partial()
        .refine((body) => Object.keys(body).length > 0, 'names nothing to change'),
      response: { 200: whoAmI },
    },
    async ({ me, body }) => {
      await setProfile(ctx, me, body);
      return { person: await findMe(ctx, me) };
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/people/me/avatar',
      who: 'person',
      summary: 'Set the avatar: a JPEG, PNG, WebP or AVIF as the body',
      bodyLimit: IMAGE_MAX_BYTES,
      rate: { max: 20, timeWindow: 60_000 },
      response: { 200: whoAmI },
      refusals: ['image_refused', 'image_too_slow'],
    },
    async ({ me, body }) => {
      await setAvatar(ctx, me, body);
      return { person: await findMe(ctx, me) };
    },
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/people/me/avatar',
      who: 'person',
      summary: 'Remove the avatar',
      response: { 200: done },
    },
    async ({ me }) => {
      await removeAvatar(ctx, me);
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/people/me/birth-date',
      who: 'person',
      summary: 'Correct the own birth date, before the address is verified and never past an age that opens something',
      body: z.object({ born_on: shapes.birthDate }),
      response: { 200: whoAmI },
      refusals: ['too_young', 'birth_date_invalid', 'birth_date_locked'],
    },
    async ({ me, body }) => {
      await setOwnBirthDate(ctx, me, body.born_on);
      return { person: await findMe(ctx, me) };
    },
  );
}

function mountSessions(app: App): void {
  const ctx = app.souk;
  const session = z.object({
    session_id: wireId('session'),
    current: z.boolean(),
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
    created_at: timeCodec,
  });
  route(
    app,
    {
      method: 'GET',
      url: '/people/me/sessions',
      who: 'person',
      summary: 'Where one is signed in',
      response: { 200: z.object({ items: z.array(session) }) },
    },
    async ({ me }) => {
      const rows = await queries.listSessions(ctx.db, me.person_id, ctx.clock.now());
      return { items: rows.map((row) => ({ ...row, current: row.session_id === me.session_id })) };
    },
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/people/me/sessions',
      who: 'person',
      summary: 'Sign out everywhere else',
      while_suspended: true,
      response: { 200: done },
    },
    async ({ me }) => {
      await endSessions(ctx, me, null);
      return DONE;
    },
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/people/me/sessions/:session_id',
      who: 'person',
      summary: 'End one session',
      while_suspended: true,
      params: z.object({ session_id: wireId('session') }),
      response: { 200: done },
    },
    async ({ me, params }) => {
      await endSessions(ctx, me, params.session_id);
      return DONE;
    },
  );
}

function mountTies(app: App): void {
  const ctx = app.souk;
  const tie = { who: 'person', params: personParams, response: { 200: done } } as const;
  route(
    app,
    {
      ...tie,
      method: 'PUT',
      url: '/people/:person_id/follow',
      summary: 'Follow',
      refusals: ['not_yourself', 'blocked'],
    },
    async ({ me, params }) => {
      await follow(ctx, me, params.person_id);
      return DONE;
    },
  );
  route(
    app,
    { ...tie, method: 'DELETE', url: '/people/:person_id/follow', summary: 'Follow no longer' },
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
function mountOffice(app: App): void {
  const ctx = app.souk;
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
