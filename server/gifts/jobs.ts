/** Background work of gifts, and what it does when something happens elsewhere. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { toWire } from '../kernel/ids.ts';
import { type Shown, show } from '../rooms/index.ts';
import { chargeBackLot } from './chargebacks.ts';
import { tellGoalsOfGifted } from './goals.ts';
import { tellOfGifts } from './messages.ts';
import { returnGiftsOf } from './returns.ts';
import { tellMomentumAfter } from './room_momentum.ts';
import { settleDue } from './settlement.ts';

export function defineGiftJobs(ctx: Context): void {
  // First of all that follows: people look at the room.
  show(ctx, 'gift.sent', sentInRoom);
  show(ctx, 'gift.returned', returnedInRoom);
  show(ctx, 'goal.reached', goalInRoom);

  tellOfGifts(ctx);
  ctx.jobs.cron('gifts.settle', '*/5 * * * *', () => settleDue(ctx, ctx.clock.now()));

  ctx.relay.on('coins.charged_back', 'gifts', async (events) => {
    for (const { subject } of events) await chargeBackLot(ctx, subject);
  });

  ctx.relay.on('room.ended', 'gifts', async (events) => {
    for (const { subject, data } of events) if (data.reason === 'moderation') await returnGiftsOf(ctx, subject);
  });

  for (const type of ['gift.sent', 'gift.returned', 'gift.reversed', 'tip.received', 'tip.reversed']) {
    ctx.relay.on(type, 'goals', async (events) => {
      await tellGoalsOfGifted(
        ctx,
        events.map(({ data }) => data.receiver_id as string),
      );
      tellMomentumAfter(ctx, events);
    });
  }
}

/** What a live room shows of a gift. Gifts from person to person concern no room. */
function sentInRoom({ subject, actor, at, data }: Event): Shown[] {
  if (data.room_id === null || actor === null) return [];
  const what = { type: 'gift', gift: data.gift, count: data.count, combo_id: data.combo_id } as const;
  return [happening(subject, data, actor, at, what)];
}

function returnedInRoom({ id, subject, at, data }: Event): Shown[] {
  if (data.room_id === null) return [];
  return [happening(id, data, data.sender_id as string, at, { type: 'gift.returned', gift_id: subject })];
}

function goalInRoom({ id, subject, at, data }: Event): Shown[] {
  if (data.room_id === null) return [];
  const what = { type: 'goal.reached', goal_id: toWire('goal', subject), title: data.title };
  return [happening(id, data, null, at, what)];
}

type Happening = Extract<Shown, { happening: unknown }>['happening'];

function happening(event_id: string, data: Event['data'], person_id: string | null, at: string, what: object): Shown {
  const room_id = data.room_id as string;
  return { happening: { event_id, room_id, person_id, happened_at: new Date(at), what } as Happening };
}
