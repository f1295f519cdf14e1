/**
 * Sessions: better-auth issues and revokes them, the house reads them here with one query.
 * Its own `getSession` costs fifteen times as much, and every request and socket message needs the answer.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { inTx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import * as queries from './queries.ts';

/** On the bus: sessions of a person ended (all, or the one named). Open sockets of theirs close. */
export const SESSION_ENDED = 'people.session_ended';
/** On the bus: what a session says of a person changed (roles, name, suspension). */
export const PERSON_CHANGED = 'people.changed';

export interface SessionEnded {
  person_id: string;
  session_id?: string;
}
export interface PersonChanged {
  person_id: string;
}

/** Sessions end after this long, whether used or not. */
export const SESSION_DAYS = 60;
const CACHE_MS = 1_000;
const CACHE_SIZE = 20_000;

const overHttps = (config: Config): boolean => config.public_url.startsWith('https:');

/** The same name and signature as better-auth's own, so that each reads the other's cookies. */
export const cookieName = (config: Config): string => `${overHttps(config) ? '__Secure-' : ''}souk.session_token`;

const signature = (config: Config, token: string): Buffer => createHmac('sha256', config.secret).update(token).digest();

const signed = (config: Config, token: string): string =>
  encodeURIComponent(`${token}.${signature(config, token).toString('base64')}`);

/** The value of our cookie in a Cookie header. */
function cookieIn(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** The session token of a cookie whose signature is ours. */
function tokenOf(config: Config, cookie: string): string | null {
  let text: string;
  try {
    text = decodeURIComponent(cookie);
  } catch {
    return null;
  }
  const at = text.lastIndexOf('.');
  if (at < 1) return null;
  const token = text.slice(0, at);
  const given = Buffer.from(text.slice(at + 1), 'base64');
  const expected = signature(config, token);
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

interface Found {
  principal: Principal;
  expires_at: Date;
}

/**
 * Reads the person behind a Cookie header: signature, one prepared query, kept for at most a second and
 * dropped at once when the bus says that the session ended or the person changed (FAULTS D8).
 */
export function createSessionReader(ctx: Context): (cookie_header: string | undefined) => Promise<Principal | null> {
  const name = cookieName(ctx.config);
  const kept = new Map<string, { at: number; found: Promise<Found | null>; value: Found | null }>();

  function read(cookie: string, token: string): Promise<Found | null> {
    const entry = { at: performance.now(), found: queries.findSession(ctx.db, token), value: null as Found | null };
    if (kept.size >= CACHE_SIZE) kept.clear();
    kept.set(cookie, entry);
    entry.found.then(
      (found) => {
        entry.value = found;
      },
      () => kept.delete(cookie),
    );
    return entry.found;
  }

  function forget(payload: unknown): void {
    const { person_id } = payload as PersonChanged;
    for (const [cookie, { value, at }] of kept) {
      // What is still being read may have been read before the change.
      if (!value || value.principal.person_id === person_id || performance.now() - at > CACHE_MS) kept.delete(cookie);
    }
  }
  ctx.bus.subscribe(SESSION_ENDED, forget);
  ctx.bus.subscribe(PERSON_CHANGED, forget);

  return async (header) => {
    const cookie = header === undefined ? null : cookieIn(header, name);
    if (!cookie || cookie.length > 300) return null;
    const entry = kept.get(cookie);
    let found: Found | null;
    if (entry && performance.now() - entry.at <= CACHE_MS) found = await entry.found;
    else {
      const token = tokenOf(ctx.config, cookie);
      found = token === null ? null : await read(cookie, token);
    }
    return found && found.expires_at > ctx.clock.now() ? found.principal : null;
  };
}

/** Where a session was begun. */
export interface Device {
  ip_address: string | null;
  user_agent: string | null;
}

/** Begins a session without asking for a password: sign-up, the demo's doors, tests. @returns its token */
export async function beginSession(ctx: Context, tx: Tx, person_id: string, device?: Device): Promise<string> {
  const now = ctx.clock.now();
  const token = randomBytes(24).toString('base64url');
  await queries.insertSession(tx, {
    session_id: mintId(),
    token,
    person_id,
    expires_at: new Date(now.getTime() + SESSION_DAYS * 86_400_000),
    device: device ?? { ip_address: null, user_agent: null },
    now,
  });
  return token;
}

/** Begins a session and returns it as a `Cookie` header: for tests and the demo's cast. */
export async function mintSession(ctx: Context, person_id: string): Promise<string> {
  const token = await inTx(ctx.db, (tx) => beginSession(ctx, tx, person_id));
  return `${cookieName(ctx.config)}=${signed(ctx.config, token)}`;
}

/** The `Set-Cookie` header that hands a session to a browser. */
export function setCookie(config: Config, token: string): string {
  const secure = overHttps(config) ? '; Secure' : '';
  return `${cookieName(config)}=${signed(config, token)}; Max-Age=${SESSION_DAYS * 86_400}; Path=/; HttpOnly${secure}; SameSite=Lax`;
}
