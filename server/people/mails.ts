/** The two mails without which nobody gets in: to verify an address, and to set a new password. */
import { createEmailVerificationToken } from 'better-auth/api';
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import * as queries from './queries.ts';

export const VERIFY_HOURS = 48;

type Wanted = { kind: 'verify' } | { kind: 'reset'; token: string };

const TEXTS = {
  verify: {
    en: (name: string, link: string) => ({
      subject: 'Please confirm your e-mail address',
      text:
        `Hello ${name},\n\nplease open this link to confirm that this address is yours:\n\n${link}\n\nIt works for 48 hours. ` +
        'Until then you can watch, chat and shop; coins, gifts and selling need a confirmed address, because receipts are sent to it.\n\n' +
        'You did not sign up? Then you need not do anything.\n',
    }),
    de: (name: string, link: string) => ({
      subject: 'Bitte bestätige deine E-Mail-Adresse',
      text:
        `Hallo ${name},\n\nbitte öffne diesen Link, um zu bestätigen, dass diese Adresse dir gehört:\n\n${link}\n\nEr gilt 48 Stunden. ` +
        'Bis dahin kannst du zuschauen, chatten und einkaufen; Coins, Geschenke und Verkaufen brauchen eine bestätigte Adresse, denn Belege gehen dorthin.\n\n' +
        'Du hast dich nicht angemeldet? Dann musst du nichts tun.\n',
    }),
  },
  reset: {
    en: (name: string, link: string) => ({
      subject: 'Set a new password',
      text:
        `Hello ${name},\n\nopen this link to set a new password:\n\n${link}\n\nIt works once, for one hour. ` +
        'You did not ask for it? Then you need not do anything: your password stays as it is.\n',
    }),
    de: (name: string, link: string) => ({
      subject: 'Neues Passwort setzen',
      text:
        `Hallo ${name},\n\nöffne diesen Link, um ein neues Passwort zu setzen:\n\n${link}\n\nEr gilt einmal und eine Stunde lang. ` +
        'Du hast das nicht angefordert? Dann musst du nichts tun: dein Passwort bleibt, wie es ist.\n',
    }),
  },
};

/** A link's secret that proves the mailbox; it says the address only, and works until the address is verified. */
export const verificationToken = (ctx: Context, email: string): Promise<string> =>
  createEmailVerificationToken(ctx.config.secret, email, undefined, VERIFY_HOURS * 3_600);

/** Asks for a mail in the transaction that wants it. */
export const mailPersonIn = (ctx: Context, tx: Tx, person_id: string, wanted: Wanted): Promise<void> =>
  ctx.jobs.enqueue(tx, 'people.mail', { person_id, ...wanted });

export const mailPerson = (ctx: Context, person_id: string, wanted: Wanted): Promise<void> =>
  inTx(ctx.db, (tx) => mailPersonIn(ctx, tx, person_id, wanted));

/** Links begin with the configured address, never with a Host header (FAULTS D12). */
export function defineMails(ctx: Context): void {
  ctx.jobs.define('people.mail', async (payload) => {
    const wanted = payload as Wanted & { person_id: string };
    const person = await queries.findContact(ctx.db, wanted.person_id);
    if (!person || (wanted.kind === 'verify' && person.email_verified)) return;
    const token = wanted.kind === 'reset' ? wanted.token : await verificationToken(ctx, person.email);
    const page = wanted.kind === 'reset' ? 'reset-password' : 'verify-email';
    // After the # it is neither sent as a referrer nor written to a log of addresses (FAULTS D17).
    const link = `${ctx.config.public_url}/${page}#${token}`;
    await ctx.mail.send({ to: person.email, ...TEXTS[wanted.kind][person.locale](person.name, link) });
  });
}
