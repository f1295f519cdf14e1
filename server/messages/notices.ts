/** What people are told of messages: that there is one and from whom, never what it says. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { toWire } from '../kernel/ids.ts';
import { declareNotices, type Notice, type Told } from '../notices/index.ts';
import { listMembers } from './queries.ts';

const tell =
  (state: 'in' | 'asked') =>
  async (ctx: Context, { actor, subject }: Event): Promise<Told[]> => {
    const members = await listMembers(ctx.db.pool, [subject]);
    const link = state === 'in' ? `/messages/${toWire('conversation', subject)}` : '/messages?box=requests';
    return members
      .filter((member) => member.state === state && !member.is_muted && member.person_id !== actor)
      .map(({ person_id }) => ({ person_id, actor_id: actor, link, group: `conversation ${subject}` }));
  };

const received: Notice = {
  kind: 'message.received',
  category: 'people',
  channels: { app: 'on', push: 'on', mail: 'off' },
  on: { event: 'message.sent', tell: tell('in') },
  example: {},
};

const requested: Notice = {
  kind: 'message.requested',
  category: 'people',
  channels: { app: 'on', push: 'off', mail: 'off' },
  on: { event: 'message.sent', tell: tell('asked') },
  example: {},
};

export const tellOfMessages = (ctx: Context): void => declareNotices(ctx, [received, requested]);
