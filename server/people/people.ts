/** Becoming a person here, and what may be changed about one. */
import { findSettings, useInvite } from '../instance/index.ts';
import { ageOn } from '../kernel/clock.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { codeOf, inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type MarketCode, pack } from '../markets/index.ts';
import { type Auth, PASSWORD_MIN } from './auth.ts';
import { mailPersonIn } from './mails.ts';
import { networkOf } from './network.ts';
import * as queries from './queries.ts';
import { acceptAll } from './requests.ts';
import type { Me } from './shapes.ts';
import './refusals.ts';
import { beginSession, type Device, PERSON_CHANGED, SESSION_ENDED } from './session.ts';

export interface NewPerson {
  handle: string;
  name: string;
  email: string;
  email_verified?: boolean;
  /** Null: nobody can sign in by password (the demo's cast, tests). */
  password_hash: string | null;
  market: MarketCode;
  locale: 'de' | 'en';
  born_on: string | null;
  roles?: string[];
}

type Welcome = (tx: Tx, person: { person_id: string; market: string }) => Promise<void>;
const welcomes = new WeakMap<Context, Welcome[]>();

/** A port: what must exist before a person can act (accounts on the ledger) is made in the transaction of sign-up. */
export function onSignUp(ctx: Context, run: Welcome): void {
  welcomes.set(ctx, [...(welcomes.get(ctx) ?? []), run]);
}

/** Two spellings of one mailbox are one address (FAULTS D10): no case, no look-alike characters. */
export function canonicalEmail(text: string): string {
  const email = text.normalize('NFKC').trim().toLowerCase();
  // Printable ASCII only: a Cyrillic а is not an a.
  if (!/^[!-~]+$/.test(email)) throw new Refusal('email_invalid');
  return email;
}

const RESERVED = new Set([
  'admin',
  'administrator',
  'help',
  'me',
  'moderator',
  'official',
  'operator',
  'root',
  'souk',
  'staff',
  'support',
  'system',
]);

/** Makes a person in the caller's transaction: sign-in, profile, and what the rooms below open. @returns the person's id */
export async function createPerson(ctx: Context, tx: Tx, person: NewPerson): Promise<string> {
  const now = ctx.clock.now();
  const person_id = mintId();
  const row = {
    ...person,
    person_id,
    email: canonicalEmail(person.email),
    email_verified: person.email_verified ?? false,
    roles: person.roles ?? [],
  };
  await queries.insertPerson(tx, row, mintId(), now).catch(refuseTaken);
  for (const welcome of welcomes.get(ctx) ?? []) await welcome(tx, { person_id, market: person.market });
  await emit(tx, ctx, [
    { type: 'person.signed_up', actor: person_id, subject: person_id, data: { market: person.market } },
  ]);
  return person_id;
}

function refuseTaken(error: unknown): never {
  const { constraint } = error as { constraint?: string };
  if (codeOf(error) === '23505' && constraint === 'people_handle_key') throw new Refusal('handle_taken');
  if (codeOf(error) === '23505' && constraint === 'users_email_key') throw new Refusal('email_taken');
  throw error;
}

export interface SignUp {
  handle: string;
  name: string;
  email: string;
  password: string;
  market: MarketCode;
  locale: 'de' | 'en';
  born_on: string;
  /** Needed while registration is by invitation. */
  invite?: string;
}

/** Accounts of one line in an hour; a school or a company makes more, on other days. */
const SIGN_UPS = { limit: 10, window_ms: 3_600_000 };

/** Null for this machine itself: behind a proxy that the house was not told of, everybody seems to be it. */
function lineOf({ ip_address }: Device): string | null {
  const own = ip_address === null || ip_address === '127.0.0.1' || ip_address === '::1';
  return own ? null : networkOf(ip_address);
}

/**
 * Signs a person up: user, person, ledger accounts, session and the mail to verify, all or nothing.
 * The very first person of an instance without demo runs it.
 * Refuses `too_young`, `birth_date_invalid`, `email_invalid`, `email_taken`, `handle_taken`, `handle_reserved`, `password_weak`,
 * `sign_up_closed`, `invite_needed`, `invite_invalid`, and `too_many_requests` after ten accounts of one line in an hour.
 * @returns the person's id and the new session's token
 */
export async function signUp(ctx: Context, auth: Auth, wanted: SignUp, device: Device) {
  const { password, invite = '', ...person } = wanted;
  if (RESERVED.has(person.handle)) throw new Refusal('handle_reserved');
  const email = canonicalEmail(person.email);
  refuseGuessable(password, [person.handle, email.split('@')[0] as string]);
  refuseTooYoung(person.market, person.born_on, ctx.clock.now());
  const line = lineOf(device);
  if (line !== null && !ctx.limiter.allow('people.sign_up', line, SIGN_UPS)) {
    throw new Refusal('too_many_requests', { retry_after_s: SIGN_UPS.window_ms / 1_000 / SIGN_UPS.limit });
  }
  const { password: hashing } = await auth.context;
  const password_hash = await hashing.hash(password);
  return inTx(ctx.db, async (tx) => {
    const { registration } = await findSettings(tx.client);
    if (registration === 'closed') throw new Refusal('sign_up_closed');
    const noteInvite = registration === 'invite' ? await useInvite(ctx, tx, invite) : null;
    const roles = !ctx.config.demo && (await queries.isEmpty(tx)) ? ['operator'] : [];
    const person_id = await createPerson(ctx, tx, { ...person, email, password_hash, roles });
    await noteInvite?.(person_id);
    await mailPersonIn(ctx, tx, person_id, { kind: 'verify' });
    return { person_id, token: await beginSession(ctx, tx, person_id, device) };
  });
}

/** Long enough, not one character over and over, not one's own name. Length is what helps (NIST SP 800-63B §5.1.1). */
export function refuseGuessable(password: string, names: string[]): void {
  const plain = password.toLowerCase();
  const distinct = new Set(plain).size;
  const named = names.some((name) => name.length >= 3 && plain.replaceAll(name, '').length < 4);
  if (password.length < PASSWORD_MIN || distinct < 5 || named) throw new Refusal('password_weak');
}

/** @returns the age in years. Refuses a date that cannot be and an age below the market's. */
function refuseTooYoung(market: MarketCode, born_on: string, now: Date): number {
  const { ages, zone } = pack(market);
  const age = ageOn(born_on, now, zone);
  if (age < 0 || age > 120) throw new Refusal('birth_date_invalid');
  if (age < ages.sign_up) throw new Refusal('too_young', { extra: { min_age: ages.sign_up } });
  return age;
}

/** Changes what a person shows of themselves. */
export async function setProfile(
  ctx: Context,
  me: Principal,
  changes: Pick<queries.Changes, 'name' | 'bio' | 'locale' | 'avatar' | 'is_private' | 'shows_likes'>,
): Promise<void> {
  const { is_private } = changes;
  await inTx(ctx.db, async (tx) => {
    await queries.updatePerson(tx, me.person_id, changes);
    if (is_private === undefined) return;
    const data = { is_private };
    await emit(tx, ctx, [{ type: 'person.privacy_changed', actor: me.person_id, subject: me.person_id, data }]);
  });
  if (is_private === false) await acceptAll(ctx, me);
  changed(ctx, me.person_id);
}

/**
 * A person corrects their own birth date: only while the address is unverified, and never so that an age is
 * reached which was not (FAULTS B20). Anything else is the operator's to do, with a reason. Every change is kept.
 */
export async function setOwnBirthDate(ctx: Context, me: Principal, born_on: string): Promise<void> {
  const now = ctx.clock.now();
  const market = me.market as MarketCode;
  const age = refuseTooYoung(market, born_on, now);
  await changePerson(ctx, me.person_id, me.person_id, async (tx, was) => {
    if (was.born_on === born_on) return null;
    if (was.born_on !== null) {
      const { ages, zone } = pack(market);
      const before = ageOn(was.born_on, now, zone);
      const opens = Object.values(ages).some((gate) => before < gate && gate <= age);
      if (me.email_verified || opens) throw new Refusal('birth_date_locked');
    }
    await queries.updatePerson(tx, me.person_id, { born_on });
    return { field: 'born_on', was: was.born_on, became: born_on, reason: 'own correction' };
  });
}

/** The operator sets a birth date, with a reason that is kept. */
export async function setBirthDate(
  ctx: Context,
  by: Principal,
  person_id: string,
  { born_on, reason }: { born_on: string; reason: string },
): Promise<void> {
  if (ageOn(born_on, ctx.clock.now(), 'UTC') < 0) throw new Refusal('birth_date_invalid');
  await changePerson(ctx, by.person_id, person_id, async (tx, was) => {
    await queries.updatePerson(tx, person_id, { born_on });
    return { field: 'born_on', was: was.born_on, became: born_on, reason };
  });
}

/** What the operator sees before changing them. Refuses `not_found`. */
export async function rolesOf(ctx: Context, person_id: string): Promise<Me['roles']> {
  const [person] = await queries.findPeople(ctx.db.pool, [person_id]);
  if (!person) throw new Refusal('not_found');
  return person.roles as Me['roles'];
}

/** The operator grants and takes roles. Refuses `last_operator` when nobody would be left to run the instance. */
export async function setRoles(
  ctx: Context,
  by: Principal,
  person_id: string,
  { roles, reason }: { roles: string[]; reason: string },
): Promise<void> {
  const became = [...new Set(roles)].toSorted();
  await changePerson(ctx, by.person_id, person_id, async (tx, was) => {
    const others = (await queries.lockOperators(tx)).filter((id) => id !== person_id);
    if (!became.includes('operator') && others.length === 0) throw new Refusal('last_operator');
    await queries.updatePerson(tx, person_id, { roles: became });
    return { field: 'roles', was: was.roles.join(' '), became: became.join(' '), reason };
  });
}

type Change = { field: 'born_on' | 'roles'; was: string | null; became: string; reason: string };

async function changePerson(
  ctx: Context,
  changed_by: string,
  person_id: string,
  run: (tx: Tx, was: queries.Person) => Promise<Change | null>,
): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const was = await queries.lockPerson(tx, person_id);
    if (!was) throw new Refusal('not_found');
    const change = await run(tx, was);
    if (!change || change.was === change.became) return;
    await queries.insertChange(tx, { ...change, change_id: mintId(), person_id, changed_by, now: ctx.clock.now() });
    await emit(tx, ctx, [
      { type: 'person.changed', actor: changed_by, subject: person_id, data: { field: change.field } },
    ]);
  });
  changed(ctx, person_id);
}

/** Suspends until a date, or lifts it with null. Called by access in its transaction; sessions know within a second. */
export async function setSuspendedUntil(ctx: Context, tx: Tx, person_id: string, until: Date | null): Promise<void> {
  if (!(await queries.lockPerson(tx, person_id))) throw new Refusal('not_found');
  await queries.updatePerson(tx, person_id, { suspended_until: until });
  tx.after_commit.push(() => changed(ctx, person_id));
}

/** Ends sessions of a person: one, or all but the present one. Tells open sockets at once (FAULTS D8). */
export async function endSessions(ctx: Context, me: Principal, session_id: string | null): Promise<void> {
  const keep = session_id === null ? me.session_id : null;
  const ended = await inTx(ctx.db, (tx) => queries.deleteSessions(tx, me.person_id, session_id, keep));
  if (session_id !== null && ended.length === 0) throw new Refusal('not_found');
  for (const id of ended) ctx.bus.publish(SESSION_ENDED, { person_id: me.person_id, session_id: id });
}

const changed = (ctx: Context, person_id: string): void => ctx.bus.publish(PERSON_CHANGED, { person_id });
