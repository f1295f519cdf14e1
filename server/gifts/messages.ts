/** What is told of gifts. */
import type { Context } from '../kernel/context.ts';
import { deriveId, toWire } from '../kernel/ids.ts';
import { declareNotices, type Notice } from '../notices/index.ts';

/** Each sender once for each room, or once a day from person to person: a combo of 999 is one message. */
const received: Notice = {
  kind: 'gift.received',
  category: 'gifts',
  channels: { app: 'on', mail: 'off', push: 'off' },
  on: {
    event: 'gift.sent',
    async tell(_, { actor, at, data }) {
      const { receiver_id, room_id, coins } = data as { receiver_id: string; room_id: string | null; coins: string };
      const where = room_id ?? at.slice(0, 10);
      return [
        {
          person_id: receiver_id,
          once: deriveId('gift.received', receiver_id, where, actor ?? ''),
          actor_id: actor,
          params: { coins: { digits: coins } },
          link: room_id === null ? '/studio/earnings' : `/live/${toWire('room', room_id)}`,
          group: where,
        },
      ];
    },
  },
  example: { coins: { digits: '10' } },
};

/** The sender is thanked: once for a run of taps. */
const thanked: Notice = {
  kind: 'gift.thanked',
  category: 'gifts',
  channels: { app: 'on', mail: 'off', push: 'off' },
  on: {
    event: 'gift.thanked',
    async tell(_, { actor, subject, data }) {
      const { sender_id, run_id } = data as { sender_id: string; run_id: string };
      const once = deriveId('gift.thanked', actor ?? '', run_id);
      return [{ person_id: sender_id, once, actor_id: actor, link: `/gifts/${toWire('gift', subject)}` }];
    },
  },
  example: {},
};

/** What came back without the sender's own doing (a live that was ended), one line for each live. */
const returned: Notice = {
  kind: 'gift.returned',
  category: 'gifts',
  channels: { app: 'on', mail: 'on', push: 'off' },
  on: {
    event: 'gift.returned',
    async tell(_, { data }) {
      const { sender_id, room_id, undone } = data as { sender_id: string; room_id: string | null; undone: boolean };
      return undone ? [] : [{ person_id: sender_id, link: '/wallet', group: room_id ?? 'direct' }];
    },
  },
  example: {},
};

/** A bank took back the money behind gifts: their receiver is told what that costs (FAULTS A30). */
const reversed: Notice = {
  kind: 'gift.reversed',
  category: 'money',
  channels: { app: 'always', mail: 'always' },
  why: 'receipt',
  on: {
    event: 'gift.reversed',
    async tell(_, { data }) {
      const { receiver_id, coins } = data as { receiver_id: string; coins: string };
      const params = { coins: { digits: coins } };
      return [{ person_id: receiver_id, params, link: '/studio/earnings', group: 'reversed' }];
    },
  },
  example: { coins: { digits: '10' } },
};

export const tellOfGifts = (ctx: Context): void => declareNotices(ctx, [received, thanked, returned, reversed]);
