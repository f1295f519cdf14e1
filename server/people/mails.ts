/** The two mails without which nobody gets in: to verify an address, and to set a new password. */
import { createEmailVerificationToken } from 'better-auth/api';
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import * as queries from './queries.ts';

export const VERIFY_HOURS = 48;

type Wanted = { kind: 'verify' } | { kind: 'reset'; token: string };
type Reader = { person_id: string; locale: 'de' | 'en'; email: string };

/** A link's secret that proves the mailbox; it says the address only, and works until the address is verified. */
export const verificationToken = (ctx: Context, email: string): Promise<string> =>
  createEmailVerificationToken(ctx.config.secret, email, undefined, VERIFY_HOURS * 3_600);

/** A link that proves a mailbox: who gets it, and what it opens. */
export interface Letter {
  person_id: string;
  kind: Wanted['kind'] | 'change_email' | 'email_changed';
  /** Null where nothing is to be proven. */
  link: string | null;
  /** Another mailbox than the person's own. */
  to?: { email: string; locale: 'de' | 'en' };
  /** The new address, as far as the old mailbox may know it. */
  hint?: string;
}

type Post = (tx: Tx, letter: Letter) => Promise<void>;
const posts = new WeakMap<Context, Post>();

/** A port: the notices room, which stands below, takes the letters that hold secrets no event may carry. */
export function onLetter(ctx: Context, post: Post): void {
  posts.set(ctx, post);
}

/** Asks for a mail in the transaction that wants it. Links begin with the configured address (FAULTS D12). */
export async function mailPersonIn(ctx: Context, tx: Tx, person_id: string, wanted: Wanted): Promise<void> {
  const person = await queries.findContact(tx, person_id);
  if (!person || (wanted.kind === 'verify' && person.email_verified)) return;
  const token = wanted.kind === 'reset' ? wanted.token : await verificationToken(ctx, person.email);
  const page = wanted.kind === 'reset' ? 'reset-password' : 'verify-email';
  // After the # it is neither sent as a referrer nor written to a log of addresses (FAULTS D17).
  const link = `${ctx.config.public_url}/${page}#${token}`;
  await posts.get(ctx)?.(tx, { person_id, kind: wanted.kind, link });
}

export const mailPerson = (ctx: Context, person_id: string, wanted: Wanted): Promise<void> =>
  inTx(ctx.db, (tx) => mailPersonIn(ctx, tx, person_id, wanted));

/** To the new mailbox: the link that proves it. */
export async function mailChangeIn(ctx: Context, tx: Tx, person: Reader, email: string, token: string): Promise<void> {
  const link = `${ctx.config.public_url}/change-email#${token}`;
  const to = { email, locale: person.locale };
  await posts.get(ctx)?.(tx, { person_id: person.person_id, kind: 'change_email', link, to });
}

/** To the old mailbox: that the address is another now. */
export async function mailChangedIn(ctx: Context, tx: Tx, person: Reader, email: string): Promise<void> {
  const to = { email: person.email, locale: person.locale };
  const hint = email.replace(/^(.).*(@.*)$/, '$1…$2');
  await posts.get(ctx)?.(tx, { person_id: person.person_id, kind: 'email_changed', link: null, to, hint });
}
