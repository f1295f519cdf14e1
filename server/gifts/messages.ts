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

export const tellOfGifts = (ctx: Context): void => declareNotices(ctx, [received, thanked]);
