/** What people are told of their appeals. */
import type { Context } from '../kernel/context.ts';
import { declareNotices, type Notice } from '../notices/index.ts';
import { findAppeal } from './appeal_queries.ts';

const decided: Notice = {
  kind: 'moderation.appeal_decided',
  category: 'moderation',
  channels: { app: 'always', mail: 'always', push: 'on' },
  why: 'decision',
  on: {
    event: 'moderation.appeal_decided',
    async tell(ctx, { subject }) {
      const appeal = await findAppeal(ctx.db.pool, subject);
      if (!appeal?.outcome) return [];
      const params = { outcome: appeal.outcome, reason: appeal.reason ?? '' };
      return [{ person_id: appeal.person_id, params, link: '/decisions' }];
    },
  },
  example: { outcome: 'overturned', reason: 'It was a joke among friends.' },
};

export const tellOfAppeals = (ctx: Context): void => declareNotices(ctx, [decided]);
