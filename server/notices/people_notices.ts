/** What is told of people and their accounts. People stand above this room, so their notices are declared here. */
import type { Context } from '../kernel/context.ts';
import { findPeople, onLetter } from '../people/index.ts';
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
    async tell(ctx, { actor, subject }) {
      const [follower] = actor ? await findPeople(ctx.db.pool, [actor]) : [];
      if (!follower) return [];
      return [{ person_id: subject, actor_id: actor, link: `/@${follower.handle}`, group: 'followers' }];
    },
  },
  example: {},
};

export function tellOfPeople(ctx: Context): void {
  declareNotices(ctx, [verify, reset, changed, followed]);
  onLetter(ctx, (tx, { kind, person_id, link }) =>
    notify(tx, ctx, kind === 'verify' ? 'account.verify' : 'account.reset', [{ person_id, secret: link }]),
  );
}
