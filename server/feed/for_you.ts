/** For You: candidates → score → diversity → commerce → lives → served, with the reasons kept. */
import type { Context, Principal } from '../kernel/context.ts';
import { mintId } from '../kernel/ids.ts';
import { decodeCursor, encodeCursor } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type VideoView, type Visit, viewVideos } from '../videos/index.ts';
import { dialOf } from './balance.ts';
import { gather, gatherUnseen, standingsOf } from './candidates.ts';
import { insertCommerce, type Offered } from './commerce.ts';
import { type Before, type Chosen, diversify, fillUp } from './diversity.ts';
import type { Candidate } from './features.ts';
import { livesFor, upcomingFor } from './lives.ts';
import { placeLives } from './places.ts';

import { type Part, partsOf, type Ranked, rank, reasonsOf } from './score.ts';
import { lastServed, type Shown, storeServed } from './served.ts';
import { bare, type FeedItem, type FeedPage, type Reason, reasonOf, servedId } from './shapes.ts';
import { type State, stateOf } from './viewer.ts';
import { WEIGHTS } from './weights.ts';

/** Some of what is chosen may not be seen by this viewer: so many more are asked for. */
const SPARE = 6;
const MORE_UNSEEN = 100;

export interface Wanted {
  limit: number;
  after?: string | undefined;
  /** Where the dial of a guest stands; of others it is kept. */
  dial?: number | undefined;
}

/** A page for this viewer. Refuses `cursor_invalid` for a cursor of somebody else. */
export async function forYou(
  ctx: Context,
  me: Principal | null,
  visit: Visit,
  { limit, after, dial: said }: Wanted,
): Promise<FeedPage> {
  const state = await stateOf(ctx, me, visit);
  const at = placeOf(ctx, state, after);
  const before = await lastServed(ctx, state.viewer_id);
  const recent = new Set(before.map(({ thing_id }) => thing_id));
  const chosen = await choose(ctx, state, before, recent, limit + SPARE);
  const dial = await dialOf(ctx, me, said);
  const { offered, reasons } = await view(ctx, me, before, chosen, { limit, dial });
  const [lives, upcoming] = await Promise.all([livesFor(ctx, state, recent), upcomingFor(ctx, me, state, recent)]);
  const placed = placeLives<Offered, (typeof lives)[number], NonNullable<typeof upcoming>>(
    { videos: offered, lives, upcoming },
    limit,
  );
  const page_id = mintId();
  const items = placed.map((thing, place) => itemOf(thing, servedId(page_id, place), reasons));
  if (items.length > 0) await remember(ctx, state, page_id, placed, items);
  const next = items.length > 0 ? encodeCursor(ctx.config, ['for-you', state.viewer_id, at + items.length]) : null;
  return { items, next, visit: visit.token, exhausted: chosen.some(({ replay }) => replay) || chosen.length === 0 };
}

function placeOf(ctx: Context, { viewer_id }: State, after?: string): number {
  if (after === undefined) return 0;
  const [kind, whose, at] = decodeCursor(ctx.config, after);
  if (kind !== 'for-you' || whose !== viewer_id) throw new Refusal('cursor_invalid');
  return Number(at);
}

type Pick = Chosen & { replay: boolean; parts: Part[]; why: Part[] };

/** The unseen first; what was seen, longest ago first served again, when nothing else is left. */
async function choose(
  ctx: Context,
  state: State,
  before: Shown[],
  recent: Set<string>,
  count: number,
): Promise<Pick[]> {
  const found = await standingsOf(ctx, await gather(ctx, state));
  const shown = (one: Candidate) => !state.hidden.has(one.person_id) && !state.refused.has(one.video_id);
  const known = found.filter(shown);
  const isUnseen = ({ video_id }: Candidate) => !state.seen.has(video_id) && !recent.has(video_id);
  let unseen = known.filter(isUnseen);
  if (unseen.length < count) {
    const more = await standingsOf(ctx, await gatherUnseen(ctx, state, MORE_UNSEEN));
    const there = new Set(unseen.map(({ video_id }) => video_id));
    unseen = [...unseen, ...more.filter((one) => shown(one) && isUnseen(one) && !there.has(one.video_id))];
  }
  const now = ctx.clock.now();
  const pick = (ranked: Ranked[], served: Before[], wanted: number, replay: boolean) =>
    pickFrom(ranked, served, wanted, replay, (one) => partsOf(one, state, WEIGHTS, now));
  const fresh = pick(rank(unseen, state, WEIGHTS, now), before, count, false);
  if (fresh.length >= count) return fresh;
  const latest = new Map(before.map(({ thing_id }, at) => [thing_id, at]));
  const seen = known.filter((one) => !isUnseen(one));
  const again = rank(seen, state, WEIGHTS, now).sort(
    (a, b) => (latest.get(a.candidate.video_id) ?? -1) - (latest.get(b.candidate.video_id) ?? -1),
  );
  return [...fresh, ...pick(again, [...before, ...fresh.map(beforeOf)], count - fresh.length, true)];
}

const beforeOf = ({ candidate }: Ranked): Before => ({ creator_id: candidate.person_id, is_new: candidate.is_new });

function pickFrom(
  ranked: Ranked[],
  before: Before[],
  count: number,
  replay: boolean,
  partsIn: (candidate: Candidate) => Part[],
): Pick[] {
  const places = new Map(ranked.map((one, place) => [one.candidate.video_id, place]));
  const chosen = fillUp(diversify(ranked, before, count), ranked, count);
  return chosen.map((one) => {
    const parts = partsIn(one.candidate);
    return { ...one, replay, parts, why: reasonsOf(ranked, places.get(one.candidate.video_id) ?? 0, parts) };
  });
}

/** What of it the viewer may see, with the videos that its reasons name; and what of it may sell. */
async function view(
  ctx: Context,
  me: Principal | null,
  before: Shown[],
  chosen: Pick[],
  { limit, dial }: { limit: number; dial: number },
): Promise<{ offered: Offered[]; reasons: Map<string, Reason[]> }> {
  const leads = chosen.flatMap(({ why }) =>
    why.flatMap(({ feature, about }) => (feature === 'co_watched' && about) || []),
  );
  const ids = new Set([...chosen.map(({ candidate }) => candidate.video_id), ...leads]);
  const views = await viewVideos(ctx, ctx.db.pool, [...ids], me, 'feed');
  const offered = chosen.flatMap((one): Offered[] => {
    const found = views.get(one.candidate.video_id);
    return found ? [{ ...one, view: found, links: [], sold: 'none' }] : [];
  });
  const reasons = new Map(chosen.map((one) => [one.candidate.video_id, tellWhy(one, views)]));
  const sold = before.map((one) => one.sold);
  return { offered: await insertCommerce(ctx, me, sold, offered.slice(0, limit), dial), reasons };
}

function tellWhy({ why, replay, is_first_audience }: Pick, views: Map<string, VideoView>): Reason[] {
  const told = why.map((part) => reasonOf(part, views));
  if (replay) return [bare('replay'), ...told];
  const quota = is_first_audience && !told.some(({ code }) => code === 'first_audience');
  return quota ? [bare('first_audience'), ...told] : told;
}

type Live = Awaited<ReturnType<typeof livesFor>>[number];
type Upcoming = NonNullable<Awaited<ReturnType<typeof upcomingFor>>>;

function itemOf(thing: Offered | Live | Upcoming, served_id: string, reasons: Map<string, Reason[]>): FeedItem {
  if ('view' in thing) {
    const why = reasons.get(thing.candidate.video_id) ?? [];
    return { kind: 'video', video: thing.view, links: thing.links, replay: thing.replay, why, served_id };
  }
  if ('room_id' in thing) return { kind: 'live', room: thing, why: [bare('live')], served_id };
  return { kind: 'upcoming', schedule: thing, why: [bare('upcoming')], served_id };
}

/** Keeps what was served, in order, with its score and its reasons. */
async function remember(
  ctx: Context,
  state: State,
  served_id: string,
  placed: (Offered | Live | Upcoming)[],
  items: FeedItem[],
): Promise<void> {
  const rows = placed.map((thing, place) => {
    const why = items[place]?.why ?? [];
    if ('view' in thing) {
      const { candidate, score, parts, replay } = thing;
      const said = parts.map(({ feature, points }) => [feature, Math.round(points * 1_000)]);
      const { video_id: id, person_id, is_new } = candidate;
      return { id, person_id, is_new, sold: thing.sold, item: { kind: 'video', id, score, replay, parts: said, why } };
    }
    const [kind, id] = 'room_id' in thing ? ['live', thing.room_id] : ['upcoming', thing.schedule_id];
    return {
      id: id as string,
      person_id: thing.host.person_id,
      is_new: false,
      sold: 'none' as const,
      item: { kind, id, why },
    };
  });
  await storeServed(ctx, {
    served_id,
    viewer_id: state.viewer_id,
    served_at: ctx.clock.now(),
    weights: WEIGHTS.version,
    thing_ids: rows.map(({ id }) => id),
    creator_ids: rows.map(({ person_id }) => person_id),
    news: rows.map(({ is_new }) => is_new),
    sold: rows.map(({ sold }) => sold),
    items: rows.map(({ item }) => item),
  });
}
