/** Watching: what players report, believed as far as it can be true, and added up in batches. */
import { defineBatcher } from '../kernel/batcher.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { type Tx, together } from '../kernel/db.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { defineRefusals } from '../kernel/refusal.ts';
import {
  type Added,
  freshWatch,
  nothingAdded,
  type PlaybackSession,
  takeEvent,
  type Watch,
  type WatchEvent,
} from './watch_judge.ts';
import * as queries from './watch_queries.ts';
import { namedViewer, playbackSession, type Visit } from './watch_session.ts';

export const watchRefusals = defineRefusals({
  visit_invalid: [400, 'This visit is over; begin a new one without its token'],
});

const HOUR_MS = 3_600_000;
const KNOWN_MAX = 50_000;
/** Views of one video by guests of one network in an hour. */
const GUEST_VIEWS = { limit: 20, window_ms: HOUR_MS };

interface WatchReport {
  session: { session_id: string; began_at: Date };
  person_id: string | null;
  visit_id: string;
  /** Signed in at all: nobody views their own video. */
  me: string | null;
  network: string;
  events: WatchEvent[];
}

/** How many events were new and of a video that is there. */
export type Taken = { accepted: number };

/** On the bus, after the commit: what somebody stayed with or passed over. */
export const WATCHED = 'videos.watched';
export interface Watched {
  session_id: string;
  person_id: string | null;
  video_id: string;
  held: boolean;
}

const watching = defineBatcher<WatchReport, Taken>({ name: 'watch', run: watchBatch, maxBatch: 400 });

/** Takes a player's report. Events that were there before, or are of no video, are passed over. */
export const watch = (ctx: Context, me: Principal | null, visit: Visit, events: WatchEvent[]): Promise<Taken> => {
  const person_id = namedViewer(ctx, me);
  const session_id = playbackSession(visit, person_id, ctx.clock.now());
  const session = { session_id, began_at: visit.began_at };
  return watching.submit(ctx, {
    session,
    person_id,
    visit_id: visit.visit_id,
    me: me?.person_id ?? null,
    network: visit.network,
    events,
  });
};

async function watchBatch(tx: Tx, reports: WatchReport[], ctx: Context): Promise<Taken[]> {
  const now = ctx.clock.now();
  const [videos, sessions] = await Promise.all([knownVideos(ctx, tx, reports), lockSessions(tx, reports, now)]);
  const watches = await findWatches(tx, reports, videos);
  const desk: Desk = { ctx, now, videos, sessions, watches, added: new Map() };
  const taken = reports.map((report) => takeReport(desk, report));
  await save(tx, desk);
  tell(tx, desk);
  return taken;
}

/** What a batch is judged against, and what came of it. */
interface Desk {
  ctx: Context;
  now: Date;
  videos: Map<string, queries.Watched>;
  sessions: Map<string, PlaybackSession>;
  watches: Map<string, Watch>;
  added: Map<string, Added>;
}

const keyOf = (session_id: string, video_id: string): string => session_id + video_id;

async function lockSessions(tx: Tx, reports: WatchReport[], now: Date): Promise<Map<string, PlaybackSession>> {
  const wanted = new Map(reports.map(({ session }) => [session.session_id, session]));
  const ids = inLockOrder(tx, 'videos', 'playback_sessions', wanted.keys());
  const rows = await queries.lockSessions(
    tx,
    ids.flatMap((id) => wanted.get(id) ?? []),
    now,
  );
  return new Map(rows.map((row) => [row.session_id, row]));
}

const known = new WeakMap<Context, Map<string, queries.Watched>>();

/** Videos of these reports; kept, because what is asked of them stays as it is. */
async function knownVideos(ctx: Context, tx: Tx, reports: WatchReport[]): Promise<Map<string, queries.Watched>> {
  const before = known.get(ctx);
  const kept = before && before.size < KNOWN_MAX ? before : new Map<string, queries.Watched>();
  known.set(ctx, kept);
  const ids = new Set(reports.flatMap(({ events }) => events.map((event) => event.video_id)));
  const missing = [...ids].filter((id) => !kept.has(id));
  if (missing.length > 0) for (const row of await queries.findWatched(tx.client, missing)) kept.set(row.video_id, row);
  return kept;
}

async function findWatches(tx: Tx, reports: WatchReport[], videos: Desk['videos']): Promise<Map<string, Watch>> {
  const keys = new Map<string, { session_id: string; video_id: string }>();
  for (const { session, events } of reports) {
    for (const { video_id } of events) {
      if (videos.has(video_id)) keys.set(keyOf(session.session_id, video_id), { ...session, video_id });
    }
  }
  const rows = await queries.findWatches(tx.client, [...keys.values()]);
  return new Map(rows.map((row) => [keyOf(row.session_id, row.video_id), row]));
}

function takeReport(
  desk: Desk,
  { session: { session_id }, visit_id, person_id, me, network, events }: WatchReport,
): Taken {
  const session = desk.sessions.get(session_id);
  if (!session) throw new Error('a session that was locked is there');
  let accepted = 0;
  for (const event of events) {
    const video = desk.videos.get(event.video_id);
    if (!video) continue;
    const key = keyOf(session_id, event.video_id);
    const watch = desk.watches.get(key) ?? freshWatch({ session_id, video_id: event.video_id, person_id }, desk.now);
    const added = desk.added.get(event.video_id) ?? nothingAdded();
    const countable = () =>
      me !== video.person_id && (person_id !== null || mayCount(desk.ctx, network, event.video_id));
    const against = { session, watch, visit_id, duration_ms: video.duration_ms, now: desk.now, countable };
    if (!takeEvent(event, against, added)) continue;
    accepted += 1;
    desk.watches.set(key, watch);
    desk.added.set(event.video_id, added);
  }
  return { accepted };
}

const mayCount = (ctx: Context, network: string, video_id: string): boolean =>
  ctx.limiter.allow('videos.guest_views', `${network} ${video_id}`, GUEST_VIEWS);

async function save(tx: Tx, { now, sessions, watches, added }: Desk): Promise<void> {
  if (added.size === 0) return;
  const byId = [...added].sort(([a], [b]) => (a < b ? -1 : 1));
  const views = byId.flatMap(([id, one]): [string, number][] => (one.views > 0 ? [[id, one.views]] : []));
  const hour_at = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  inLockOrder(
    tx,
    'videos',
    'video_counts',
    views.map(([id]) => id),
  );
  await together([
    queries.saveSessions(tx, [...sessions.values()], now),
    queries.saveWatches(
      tx,
      [...watches.values()].filter((watch) => added.has(watch.video_id)),
    ),
    ...(views.length > 0 ? [queries.addViews(tx, views)] : []),
    queries.addToHours(tx, hour_at, byId),
  ]);
}

function tell(tx: Tx, { ctx, now, watches }: Desk): void {
  const fresh = [...watches.values()].filter((watch) => watch.last_at === now);
  const told = fresh.map(({ session_id, person_id, video_id, held_at }): Watched => {
    return { session_id, person_id, video_id, held: held_at !== null };
  });
  if (told.length > 0) tx.after_commit.push(() => ctx.bus.publish(WATCHED, told));
}
