/** What is told of tips. */
import type { Context } from '../kernel/context.ts';
import { declareNotices, type Notice } from '../notices/index.ts';

const received: Notice = {
  kind: 'tip.received',
  category: 'gifts',
  channels: { app: 'on', mail: 'off', push: 'off' },
  on: {
    event: 'tip.received',
    async tell(_, { actor, data }) {
      const { receiver_id, amount, currency } = data as { receiver_id: string; amount: string; currency: string };
      const params = { amount: { money: amount, currency } };
      return [{ person_id: receiver_id, actor_id: actor, params, link: '/studio/earnings' }];
    },
  },
  example: { amount: { money: '500', currency: 'EUR' } },
};

/** A bank took the money back: the receiver is told what that costs (FAULTS A30). */
const reversed: Notice = {
  kind: 'tip.reversed',
  category: 'money',
  channels: { app: 'always', mail: 'always' },
  why: 'receipt',
  on: {
    event: 'tip.reversed',
    async tell(_, { data }) {
      const { receiver_id, amount, currency } = data as { receiver_id: string; amount: string; currency: string };
      return [{ person_id: receiver_id, params: { amount: { money: amount, currency } }, link: '/studio/earnings' }];
    },
  },
  example: { amount: { money: '500', currency: 'EUR' } },
};

export const tellOfTips = (ctx: Context): void => declareNotices(ctx, [received, reversed]);
