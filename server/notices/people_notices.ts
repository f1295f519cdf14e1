/** What is told of people and their accounts. People stand above this room, so their notices are declared here. */
import type { Context } from '../kernel/context.ts';
import { findPeople, type Letter, onLetter } from '../people/index.ts';
import { declareNotices, notify } from './notices.ts';
import type { Notice } from './registry.ts';

const HOUR_MS = 3_600_000;

const verify: Notice = {
  kind: 'account.verify',
  category: 'account',
  channels: { mail: 'always' },
  why: 'security',
  useful_ms: 48 * HOUR_MS,
  example: {},
};

const reset: Notice = {
  kind: 'account.reset',
  category: 'account',
  channels: { mail: 'always' },
  why: 'security',
  useful_ms: HOUR_MS,
  example: {},
};

/** Somebody else changed what decides over rights: told to whom it concerns. */
const changed: Notice = {
  kind: 'account.changed',
  category: 'account',
  channels: { app: 'always', mail: 'always', push: 'on' },
  why: 'security',
  on: {
    event: 'person.changed',
    tell: async (_, { actor, subject, data }) =>
      actor === subject ? [] : [{ person_id: subject, params: { field: data.field as string }, link: '/settings' }],
  },
  example: { field: 'roles' },
};

const followed: Notice = {
  kind: 'people.followed',
  category: 'people',
  channels: { app: 'on', mail: 'off', push: 'off' },
  on: {
    event: 'person.followed',
    async tell(ctx, { actor, subject, data }) {
      // Who took a request knows.
      if (data.accepted) return [];
      const [follower] = actor ? await findPeople(ctx.db.pool, [actor]) : [];
      if (!follower) return [];
      return [{ person_id: subject, actor_id: actor, link: `/@${follower.handle}`, group: 'followers' }];
    },
  },
  example: {},
};

const asked: Notice = {
  kind: 'people.follow_requested',
  category: 'people',
  channels: { app: 'on', mail: 'off', push: 'on' },
  on: {
    event: 'person.follow_requested',
    tell: async (_, { actor, subject }) => [
      { person_id: subject, actor_id: actor, link: '/follow-requests', group: 'requests' },
    ],
  },
  example: {},
};

const accepted: Notice = {
  kind: 'people.follow_accepted',
  category: 'people',
  channels: { app: 'on', mail: 'off', push: 'off' },
  on: {
    event: 'person.follow_accepted',
    async tell(ctx, { actor, subject }) {
      const [person] = actor ? await findPeople(ctx.db.pool, [actor]) : [];
      return person ? [{ person_id: subject, actor_id: actor, link: `/@${person.handle}` }] : [];
    },
  },
  example: {},
};

/** Goes to the new mailbox, which is nobody's yet. */
const changeEmail: Notice = {
  kind: 'account.change_email',
  category: 'account',
  channels: { mail: 'always' },
  why: 'security',
  useful_ms: 48 * HOUR_MS,
  example: {},
};

/** Goes to the old mailbox: whoever took an account over must not be the only one who knows. */
const emailChanged: Notice = {
  kind: 'account.email_changed',
  category: 'account',
  channels: { app: 'always', mail: 'always' },
  why: 'security',
  example: { hint: 'a…@example.org' },
};

const LETTERS: Record<Letter['kind'], string> = {
  verify: verify.kind,
  reset: reset.kind,
  change_email: changeEmail.kind,
  email_changed: emailChanged.kind,
};

export function tellOfPeople(ctx: Context): void {
  declareNotices(ctx, [verify, reset, changeEmail, emailChanged, changed, followed, asked, accepted]);
  onLetter(ctx, (tx, { kind, person_id, link, to, hint }) =>
    notify(tx, ctx, LETTERS[kind], [
      { person_id, ...(link !== null && { secret: link }), ...(to && { to }), ...(hint && { params: { hint } }) },
    ]),
  );
}
