import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { IMAGE_MAX_BYTES } from '../kernel/images.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { removeAvatar, setAvatar } from './avatars.ts';
import { endSessions, setOwnBirthDate, setProfile } from './people.ts';
import * as queries from './queries.ts';
import * as shapes from './shapes.ts';
import { findMe, meShape } from './shapes.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountMe(app: App): void {
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
      summary: 'Change name, text, language, or who sees what; a profile that opens takes all who asked to follow',
      body: z
        .strictObject({
          name: shapes.name,
          bio: shapes.bio,
          locale: shapes.locale,
          is_private: z.boolean(),
          shows_likes: z.boolean(),
        })
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

export function mountSessions(app: App): void {
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
