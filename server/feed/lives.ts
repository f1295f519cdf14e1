/** Lives for a page: rooms that are live, and the next planned one. */
import type { Context, Principal } from '../kernel/context.ts';
import { liveCards, upcomingCards } from '../rooms/index.ts';
import { Shelf } from './shelf.ts';
import type { State } from './viewer.ts';

type Live = Awaited<ReturnType<typeof liveCards>>[number];
type Upcoming = Awaited<ReturnType<typeof upcomingCards>>[number];

const KEPT_MS = 3_000;
const LIVES = 50;
const UPCOMING = 10;
const AHEAD_MS = 7 * 86_400_000;

const kept = new WeakMap<Context, { lives: Shelf<Live[]>; plans: Shelf<Upcoming[]> }>();

function keptOf(ctx: Context) {
  const found = kept.get(ctx) ?? { lives: new Shelf<Live[]>(KEPT_MS, 1), plans: new Shelf<Upcoming[]>(KEPT_MS, 1) };
  kept.set(ctx, found);
  return found;
}

/** Rooms this viewer was not just shown: of those they follow first, then those that most watch. */
export async function livesFor(ctx: Context, state: State, recent: Set<string>): Promise<Live[]> {
  const load = async () => new Map([['', await liveCards(ctx, LIVES)]]);
  const all = (await keptOf(ctx).lives.get([''], ctx.clock.now(), load, [])).get('') ?? [];
  const open = all.filter((room) => !state.hidden.has(room.host.person_id) && !recent.has(room.room_id));
  const follows = (room: Live) => Number(state.follows.has(room.host.person_id));
  return open.sort((a, b) => follows(b) - follows(a) || b.viewers - a.viewers);
}

/** The next live within a week that they were not just told of; of those they follow first. */
export async function upcomingFor(
  ctx: Context,
  me: Principal | null,
  state: State,
  recent: Set<string>,
): Promise<Upcoming | null> {
  const load = async () => new Map([['', await upcomingCards(ctx, null, UPCOMING)]]);
  const all = (await keptOf(ctx).plans.get([''], ctx.clock.now(), load, [])).get('') ?? [];
  const until = ctx.clock.now().getTime() + AHEAD_MS;
  const open = all.filter(
    ({ host, schedule_id, starts_at }) =>
      !state.hidden.has(host.person_id) && !recent.has(schedule_id) && starts_at.getTime() < until,
  );
  const first = open.find(({ host }) => state.follows.has(host.person_id)) ?? open[0];
  if (!first || me === null) return first ?? null;
  // With whether they asked to be reminded.
  const own = await upcomingCards(ctx, me, UPCOMING);
  return own.find(({ schedule_id }) => schedule_id === first.schedule_id) ?? null;
}
