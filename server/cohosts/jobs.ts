/** What ends two people's picture from outside, and how viewers are told who is in it. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import type { App } from '../kernel/http.ts';
import { deriveId } from '../kernel/ids.ts';
import { findPeople, onErasure, PERSON_CHANGED, type PersonChanged } from '../people/index.ts';
import { show } from '../rooms/index.ts';
import { endAll, endOne } from './cohosts.ts';
import * as queries from './queries.ts';

export function followEvents(app: App): void {
  const ctx = app.souk;
  ctx.relay.on('person.blocked', 'cohosts', async (events) => {
    for (const { actor, subject } of events) {
      const open = actor ? await queries.openOf(ctx.db.pool, [actor]) : [];
      const between = open.filter(({ host_id, person_id }) => host_id === subject || person_id === subject);
      await endAll(ctx, between, 'blocked', actor);
    }
  });
  ctx.relay.on('room.ended', 'cohosts', async (events) => {
    for (const { subject } of events) {
      await endAll(ctx, await queries.openInRoom(ctx.db.pool, subject), 'live_ended', null);
    }
  });
  const unsubscribe = ctx.bus.subscribe(PERSON_CHANGED, (said) => {
    endOfSuspended(ctx, said as PersonChanged).catch((error) => ctx.log.error({ error }, 'a suspended guest stays'));
  });
  app.addHook('onClose', async () => unsubscribe());
  onErasure(ctx, {
    async forget(tx, person_id) {
      for (const cohost of await queries.openOf(tx.client, [person_id])) await endOne(ctx, tx, cohost, 'erased', null);
    },
  });
  show(ctx, 'cohost.shown', (event) => inRoom(event, true));
  show(ctx, 'cohost.ended', (event) => inRoom(event, false));
}

/** Within a second of the decision, as their sockets close (FAULTS D5). */
async function endOfSuspended(ctx: Context, { person_id }: PersonChanged): Promise<void> {
  const open = await queries.openOf(ctx.db.pool, [person_id]);
  if (open.length === 0) return;
  const [person] = await findPeople(ctx.db.pool, [person_id]);
  const until = person?.suspended_until;
  if (until && until > ctx.clock.now()) await endAll(ctx, open, 'suspended', null);
}

/** Who was never in the picture leaves none. */
function inRoom({ id, subject, at, data }: Event, here: boolean) {
  if (typeof data.media_at !== 'string') return [];
  const happened = { event_id: deriveId(id, 'cohost'), room_id: subject, person_id: data.guest_id as string };
  const times = { happened_at: new Date(at), media_at: new Date(data.media_at) };
  return [{ happening: { ...happened, ...times, what: { type: 'cohost', here } as const } }];
}
