/** What somebody wants less of: their own word, so it holds for minors too. */
import type { Context, Principal } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import type { Visit } from '../videos/index.ts';
import type { Correction, CorrectionKind } from './queries.ts';
import * as queries from './queries.ts';
import { forgetState, viewerId } from './viewer.ts';

export interface About {
  video_id?: string | undefined;
  person_id?: string | undefined;
  tag?: string | undefined;
  sound_id?: string | undefined;
}

const LISTED = 200;

function* kindsOf({ video_id, person_id, tag, sound_id }: About): Generator<[CorrectionKind, string]> {
  if (video_id !== undefined) yield ['video', video_id];
  if (person_id !== undefined) yield ['creator', person_id];
  if (tag !== undefined) yield ['tag', tag.toLowerCase()];
  if (sound_id !== undefined) yield ['sound', sound_id];
}

/** Saying it again is no error. */
export async function correct(
  ctx: Context,
  me: Principal | null,
  visit: Visit,
  about: About,
  served_id: string | null,
): Promise<void> {
  const viewer_id = me?.person_id ?? visit.visit_id;
  for (const [kind, what] of kindsOf(about)) {
    await queries.saveCorrection(ctx.db.pool, { viewer_id, kind, what, served_id, made_at: ctx.clock.now() });
  }
  forgetState(ctx, viewerId(ctx, me, visit));
}

export async function uncorrect(ctx: Context, me: Principal | null, visit: Visit, about: About): Promise<void> {
  const viewer_id = me?.person_id ?? visit.visit_id;
  for (const [kind, what] of kindsOf(about)) await queries.deleteCorrection(ctx.db.pool, { viewer_id, kind, what });
  forgetState(ctx, viewerId(ctx, me, visit));
}

const ON_WIRE = { video: 'video', creator: 'person', sound: 'sound' } as const;

/** A person's own, with ids as they are on the wire. */
export async function correctionsOf(
  ctx: Context,
  me: Principal,
): Promise<Pick<Correction, 'kind' | 'what' | 'made_at'>[]> {
  const rows = await queries.listCorrections(ctx.db.pool, me.person_id, LISTED);
  return rows.map(({ kind, what, made_at }) => ({
    kind,
    what: kind === 'tag' ? what : toWire(ON_WIRE[kind], what),
    made_at,
  }));
}
