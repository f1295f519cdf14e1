/** Another mail address: proven by a link in the new mailbox, told to the old one. */
import { createHash, randomBytes } from 'node:crypto';
import type { Context, Principal } from '../kernel/context.ts';
import { codeOf, inTx } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mailChangedIn, mailChangeIn, VERIFY_HOURS } from './mails.ts';
import { canonicalEmail } from './people.ts';
import * as queries from './queries.ts';
import { putEmailChange, setEmail, takeEmailChange } from './security_queries.ts';
import { PERSON_CHANGED } from './session.ts';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Asks for another address; asking again replaces what was asked before. Until the link is opened nothing changes.
 * Refuses `email_invalid`, `email_same`. Whether the address belongs to somebody is not told here.
 */
export async function askForEmail(ctx: Context, me: Principal, wanted: string): Promise<void> {
  const email = canonicalEmail(wanted);
  const token = randomBytes(24).toString('base64url');
  await inTx(ctx.db, async (tx) => {
    const person = await queries.findContact(tx, me.person_id);
    if (!person) throw new Refusal('not_found');
    if (person.email === email) throw new Refusal('email_same');
    const expires_at = new Date(ctx.clock.now().getTime() + VERIFY_HOURS * 3_600_000);
    await putEmailChange(tx, { person_id: me.person_id, email, token_hash: hashOf(token), expires_at });
    await mailChangeIn(ctx, tx, { ...person, person_id: me.person_id }, email, token);
  });
}

/** The link was opened: the address is changed, once, and the old mailbox is told. Refuses `token_invalid`, `email_taken`. */
export async function changeEmail(ctx: Context, token: string): Promise<void> {
  const person_id = await inTx(ctx.db, async (tx) => {
    const change = await takeEmailChange(tx, hashOf(token));
    if (!change || change.expires_at <= ctx.clock.now()) throw new Refusal('token_invalid');
    const person = await queries.findContact(tx, change.person_id);
    if (!person) throw new Refusal('token_invalid');
    await setEmail(tx, change.person_id, change.email, ctx.clock.now()).catch((error) => {
      if (codeOf(error) === '23505') throw new Refusal('email_taken');
      throw error;
    });
    await mailChangedIn(ctx, tx, { ...person, person_id: change.person_id }, change.email);
    return change.person_id;
  });
  ctx.bus.publish(PERSON_CHANGED, { person_id });
}
