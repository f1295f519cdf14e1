/** What the wallet tells people. */
import type { Context } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import { declareNotices, type Notice } from '../notices/index.ts';
import { findLots } from './queries.ts';

/** The receipt of a purchase of coins: what it cost, and where the invoice with its tax stands. */
const receipt: Notice = {
  kind: 'coins.receipt',
  category: 'money',
  channels: { app: 'always', mail: 'always' },
  why: 'receipt',
  on: {
    event: 'coins.bought',
    async tell(_, { actor, subject, data }) {
      const { coins, amount, currency } = data as { coins: string; amount: string; currency: string };
      const params = { coins: { digits: coins }, paid: { money: amount, currency } };
      return [{ person_id: actor, params, link: `/wallet/receipts/${toWire('lot', subject)}` }];
    },
  },
  example: { coins: { digits: '100' }, paid: { money: '140', currency: 'EUR' } },
};

/** What was sent back for coins that were returned. */
const withdrawn: Notice = {
  kind: 'coins.withdrawn',
  category: 'money',
  channels: { app: 'always', mail: 'always' },
  why: 'receipt',
  on: {
    event: 'coins.withdrawn',
    async tell(_, { actor, data }) {
      const { coins, amount, currency } = data as { coins: string; amount: string; currency: string };
      const params = { coins: { digits: coins }, refund: { money: amount, currency } };
      return [{ person_id: actor, params, link: '/wallet' }];
    },
  },
  example: { coins: { digits: '100' }, refund: { money: '140', currency: 'EUR' } },
};

/** A bank took a payment back: the coins it had paid for are gone, wherever they lay. */
const chargedBack: Notice = {
  kind: 'coins.charged_back',
  category: 'money',
  channels: { app: 'always', mail: 'always' },
  why: 'receipt',
  on: {
    event: 'coins.charged_back',
    async tell(ctx, { subject, data }) {
      const lot = (await findLots(ctx.db.pool, [subject])).get(subject);
      if (!lot) return [];
      const { amount, currency } = data as { amount: string; currency: string };
      const params = { coins: { digits: String(lot.coins) }, paid: { money: amount, currency } };
      return [{ person_id: lot.person_id, params, link: '/wallet' }];
    },
  },
  example: { coins: { digits: '100' }, paid: { money: '140', currency: 'EUR' } },
};

export const tellOfPurchases = (ctx: Context): void => declareNotices(ctx, [receipt, withdrawn, chargedBack]);
