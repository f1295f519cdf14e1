/** Whose playback it is: a visit of a guest, or a day of a person. */
import { ageOn } from '../kernel/clock.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { deriveId, mintId } from '../kernel/ids.ts';
import { decodeCursor, encodeCursor } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { marketCodes, pack } from '../markets/index.ts';
import { networkOf } from '../people/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Visits that one network may begin: a school or an office is many people. */
const VISITS = { limit: 120, window_ms: 60_000 };

/** A visit: known by a token that we signed and that the page keeps in its memory only. */
export interface Visit {
  token: string;
  visit_id: string;
  began_at: Date;
  /** Where it comes from, as far as counting needs it. */
  network: string;
}

/**
 * Reads the token of a visit, or begins one. Nothing is stored on the device (§ 25 TDDDG), so no consent is asked: it
 * ends with the page, and after the hours of the market's pack at the latest.
 * Refuses `visit_invalid` for a token that is not ours or too old, `too_many_requests` for too many from one network.
 */
export function visitOf(ctx: Context, me: Principal | null, address: string, token?: string): Visit {
  const network = networkOf(address);
  const now = ctx.clock.now();
  if (token === undefined) {
    if (!ctx.limiter.allow('videos.visits', network, VISITS)) throw new Refusal('too_many_requests');
    const visit_id = mintId();
    return { token: encodeCursor(ctx.config, ['visit', visit_id, now.getTime()]), visit_id, began_at: now, network };
  }
  const [kind, visit_id, began] = readToken(ctx, token);
  const hours = pack(me?.market ?? marketCodes[0]).consent.visit_hours;
  const age_ms = now.getTime() - Number(began);
  if (kind !== 'visit' || age_ms < 0 || age_ms > hours * HOUR_MS) throw new Refusal('visit_invalid');
  return { token, visit_id: String(visit_id), began_at: new Date(Number(began)), network };
}

function readToken(ctx: Context, token: string): (string | number)[] {
  try {
    return decodeCursor(ctx.config, token);
  } catch {
    throw new Refusal('visit_invalid');
  }
}

/**
 * The person whose watching may be kept by name: who is known to be of age. Of everybody else nothing is profiled
 * (DSA art. 28 (2)); their visit is counted like a guest's.
 */
export function namedViewer(ctx: Context, me: Principal | null): string | null {
  if (!me || me.born_on === null) return null;
  const { ages, zone } = pack(me.market);
  return ageOn(me.born_on, ctx.clock.now(), zone) >= ages.profiled ? me.person_id : null;
}

/** A named person's playback is one session a day (UTC), on however many devices: so a view counts once a day. */
export const playbackSession = (visit: Visit, person_id: string | null, now: Date): string =>
  person_id === null ? visit.visit_id : deriveId('playback', person_id, Math.floor(now.getTime() / DAY_MS));
