/** Who looks: what they follow, hide, like and have seen, kept for moments. */
import type { Context, Principal } from '../kernel/context.ts';
import { TIES_CHANGED, type TiesChanged } from '../people/index.ts';
import { namedViewer, type Visit, WATCHED, type Watched } from '../videos/index.ts';
import { companyOf } from './candidates.ts';
import type { Neighbour, Viewer } from './features.ts';
import * as queries from './queries.ts';
import { type Seen, tasteOf } from './taste.ts';

const KEPT_MS = 20_000;
/** What was held lately is followed up at once, but not more often than this. */
const AGAIN_MS = 3_000;
const MOST_KEPT = 20_000;
const MOST = { follows: 300, corrections: 500, seen: 3_000 };
/** Of what they watched last, so much makes their taste. */
const TASTES = 200;
/** Of what was held, so many lead to what others held. */
const LEADS = 20;

export interface State extends Viewer {
  /** Whose videos are never shown: blocks both ways, mutes, and their own. */
  hidden: Set<string>;
  seen: Set<string>;
  /** Videos they said no to. */
  refused: Set<string>;
}

/** Whom pages are remembered for: a person of age by name, everybody else by their visit. */
export const viewerId = (ctx: Context, me: Principal | null, visit: Visit): string =>
  namedViewer(ctx, me) ?? visit.visit_id;

interface Kept {
  state: State;
  made_at: number;
  stale: boolean;
}
const kept = new WeakMap<Context, Map<string, Kept>>();

/** Listens to what changes a viewer. */
export function watchViewers(ctx: Context): void {
  const states = new Map<string, Kept>();
  kept.set(ctx, states);
  ctx.bus.subscribe(TIES_CHANGED, (said) => {
    const { one, other } = said as TiesChanged;
    states.delete(one);
    states.delete(other);
  });
  ctx.bus.subscribe(WATCHED, (said) => {
    for (const { person_id, session_id, video_id, held } of said as Watched[]) {
      const found = states.get(person_id ?? session_id);
      found?.state.seen.add(video_id);
      if (found && held) found.stale = true;
    }
  });
}

export const forgetState = (ctx: Context, viewer_id: string): void => {
  kept.get(ctx)?.delete(viewer_id);
};

export async function stateOf(ctx: Context, me: Principal | null, visit: Visit): Promise<State> {
  const states = kept.get(ctx);
  const viewer_id = viewerId(ctx, me, visit);
  const now = ctx.clock.now().getTime();
  const found = states?.get(viewer_id);
  if (found && now - found.made_at < (found.stale ? AGAIN_MS : KEPT_MS)) return found.state;
  const state = await readState(ctx, me, viewer_id);
  states?.delete(viewer_id);
  states?.set(viewer_id, { state, made_at: now, stale: false });
  if (states && states.size > MOST_KEPT) states.delete(states.keys().next().value as string);
  return state;
}

/**
 * Reads it all. What a person decided themselves (follows, mutes, corrections) always holds; what follows from their
 * watching only where it may be kept by name, and for guests within their visit.
 */
async function readState(ctx: Context, me: Principal | null, viewer_id: string): Promise<State> {
  const { pool } = ctx.db;
  const person_id = me?.person_id ?? null;
  const named = person_id === viewer_id;
  const may_profile = me === null || named;
  const whose = named ? { person_id: viewer_id } : { session_id: viewer_id };
  const [looks, watched] = await Promise.all([
    queries.findLooks(pool, { person_id, visit_id: viewer_id, named }, MOST),
    may_profile ? queries.listSeen(pool, whose, TASTES) : [],
  ]);
  const said = (kind: queries.CorrectionKind) =>
    new Set(looks.corrections.filter((one) => one.kind === kind).map(({ what }) => what));
  return {
    viewer_id,
    follows: new Set(looks.follows),
    languages: me ? [me.locale] : [],
    taste: tasteOf(watched, ctx.clock.now()),
    neighbours: await neighboursOf(ctx, watched),
    less: { creators: said('creator'), tags: said('tag'), sounds: said('sound') },
    hidden: new Set([...looks.hidden, ...(person_id === null ? [] : [person_id])]),
    seen: new Set(looks.seen),
    refused: said('video'),
  };
}

async function neighboursOf(ctx: Context, seen: Seen[]): Promise<Map<string, Neighbour[]>> {
  const leads = seen.filter(({ is_held }) => is_held).slice(0, LEADS);
  const company = await companyOf(
    ctx,
    leads.map(({ video_id }) => video_id),
  );
  const found = new Map<string, Neighbour[]>();
  for (const [via, list] of company) {
    for (const { video_id, likeness } of list) {
      found.set(video_id, [...(found.get(video_id) ?? []), { via, likeness }]);
    }
  }
  return found;
}
