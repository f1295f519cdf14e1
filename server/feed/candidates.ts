/** Where candidates come from: followed, trending, co-watched, same tags and sounds, fresh. Kept for many viewers. */
import type { Context } from '../kernel/context.ts';
import * as queries from './candidate_queries.ts';
import type { Candidate } from './features.ts';
import { Shelf } from './shelf.ts';
import { trendOf } from './trend.ts';
import type { State } from './viewer.ts';

const MINUTE_MS = 60_000;
/** A creator who was viewed less often than this in all has not found an audience. */
export const NEW_BELOW_VIEWS = 1_000;
const EACH = { creator: 5, tag: 30, sound: 20, company: 20 };
const TRENDING = 200;
const FRESH = { newest: 100, of_new: 100 };
/** Of what a viewer likes, so much leads to candidates. */
const TAGS = 8;
const SOUNDS = 4;

interface Shelves {
  creators: Shelf<string[]>;
  tags: Shelf<string[]>;
  sounds: Shelf<string[]>;
  company: Shelf<queries.Likeness[]>;
  all: Shelf<string[]>;
  standings: Shelf<Candidate | null>;
}

const shelves = new WeakMap<Context, Shelves>();

function shelvesOf(ctx: Context): Shelves {
  const found = shelves.get(ctx) ?? {
    creators: new Shelf<string[]>(MINUTE_MS / 2, 20_000),
    tags: new Shelf<string[]>(MINUTE_MS, 5_000),
    sounds: new Shelf<string[]>(MINUTE_MS, 5_000),
    company: new Shelf<queries.Likeness[]>(2 * MINUTE_MS, 20_000),
    all: new Shelf<string[]>(MINUTE_MS / 4, 10),
    standings: new Shelf<Candidate | null>(MINUTE_MS, 30_000),
  };
  shelves.set(ctx, found);
  return found;
}

/** For tests, and where a job has just made standings new. */
export function clearShelves(ctx: Context): void {
  for (const shelf of Object.values(shelvesOf(ctx))) shelf.clear();
}

/** Whose company each of these videos keeps. */
export const companyOf = (ctx: Context, ids: string[]): Promise<Map<string, queries.Likeness[]>> =>
  shelvesOf(ctx).company.get(
    ids,
    ctx.clock.now(),
    (missing) => queries.listCoWatched(ctx.db.pool, missing, EACH.company),
    [],
  );

/** The likeliest keys of a taste. */
const best = (of: Map<string, number>, count: number): string[] =>
  [...of]
    .filter(([, amount]) => amount > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([key]) => key);

/** Ids of candidates for this viewer, each once. */
export async function gather(ctx: Context, state: State): Promise<Set<string>> {
  const { creators, tags, sounds, all } = shelvesOf(ctx);
  const { pool } = ctx.db;
  const now = ctx.clock.now();
  const liked = best(state.taste.creators, TAGS);
  const lists = await Promise.all([
    creators.get(
      [...new Set([...state.follows, ...liked])],
      now,
      (ids) => queries.listOfCreators(pool, ids, EACH.creator),
      [],
    ),
    tags.get(best(state.taste.tags, TAGS), now, (ids) => queries.listOfTags(pool, ids, EACH.tag), []),
    sounds.get(best(state.taste.sounds, SOUNDS), now, (ids) => queries.listOfSounds(pool, ids, EACH.sound), []),
    all.get(['trending'], now, async () => new Map([['trending', await queries.listTrending(pool, TRENDING)]]), []),
    all.get(['fresh'], now, async () => new Map([['fresh', await fresh(ctx)]]), []),
  ]);
  const ids = new Set(state.neighbours.keys());
  for (const list of lists) for (const found of list.values()) for (const id of found) ids.add(id);
  return ids;
}

const fresh = ({ db }: Context): Promise<string[]> =>
  queries.listFresh(db.pool, FRESH.newest, FRESH.of_new, NEW_BELOW_VIEWS);

/** What is left for somebody who has seen the candidates. */
export const gatherUnseen = ({ db }: Context, { seen }: State, limit: number): Promise<string[]> =>
  queries.listUnseen(db.pool, [...seen], limit);

/** What ranking knows of these; what is no longer there is left out. */
export async function standingsOf(ctx: Context, ids: Iterable<string>): Promise<Candidate[]> {
  const now = ctx.clock.now();
  const load = async (missing: string[]) => {
    const rows = await queries.findStandings(ctx.db.pool, missing);
    return new Map(rows.map((row) => [row.video_id, candidateOf(row, now)]));
  };
  const found = await shelvesOf(ctx).standings.get([...ids], now, load, null);
  return [...found.values()].filter((one) => one !== null);
}

const candidateOf = (row: queries.Standing, now: Date): Candidate => ({
  ...row,
  starts: Number(row.starts),
  held: Number(row.held),
  views: Number(row.views),
  trend: trendOf(row.trend_rank, now),
  is_new: Number(row.creator_views) < NEW_BELOW_VIEWS,
});
