/** Mail: by SMTP where `SOUK_MAIL_URL` names a sender, else into the development mailbox (`/dev/mailbox`). */
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import { mintId } from './ids.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** The same mail has the same id: it becomes the Message-ID, by which mailboxes know a second copy. */
  id?: string;
  /** Where a mail program's own unsubscribe button posts to (RFC 8058). */
  unsubscribe_url?: string | null;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

export function createMailer(config: Config, db: Db, clock: Clock): Mailer {
  if (config.mail_url === null) return { send: (mail) => keep(db, clock, mail), close: () => {} };
  const transport = createTransport(config.mail_url);
  const from = `no-reply@${new URL(config.public_url).hostname}`;
  return {
    async send({ to, subject, text, id, unsubscribe_url }) {
      const messageId = id && `<${id}@${from.split('@')[1]}>`;
      const headers = { ...AUTOMATIC, ...(unsubscribe_url && unsubscribeHeaders(unsubscribe_url)) };
      const mail = { from, to, subject, text, headers, ...(messageId && { messageId }) };
      await transport.sendMail(mail).catch((error) => {
        throw notTaken(error);
      });
    },
    close: () => transport.close(),
  };
}

/** Why a mail was not taken. */
export class MailNotTaken extends Error {
  /** The answer's number, where there is no such mailbox and never will be (RFC 5321 §4.2.1); null where trying again may help. */
  readonly no_mailbox: number | null;

  constructor(message: string, no_mailbox: number | null) {
    super(message);
    this.no_mailbox = no_mailbox;
  }
}

/** A full mailbox (552) may be emptied. */
const NO_MAILBOX = new Set([550, 551, 553, 556]);

/** Without the sender's own words: some repeat the mail, its links included, and a job's error is logged (FAULTS D17). */
function notTaken({ code, responseCode, command }: { code?: string; responseCode?: number; command?: string }): Error {
  const said = `the mail sender did not take a mail: ${code ?? 'no code'} ${responseCode ?? ''}`.trimEnd();
  const for_ever = command === 'RCPT TO' && responseCode !== undefined && NO_MAILBOX.has(responseCode);
  return new MailNotTaken(said, for_ever ? responseCode : null);
}

/** Nobody's absence note answers us (RFC 3834). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' };

const unsubscribeHeaders = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

async function keep(db: Db, clock: Clock, { to, subject, text, id, unsubscribe_url }: Mail): Promise<void> {
  await db.pool.query(
    `insert into mailbox (mail_id, recipient, subject, body_text, sent_at, unsubscribe_url)
     values ($1, $2, $3, $4, $5, $6) on conflict (mail_id) do nothing`,
    [id ?? mintId(), to, subject, text, clock.now(), unsubscribe_url ?? null],
  );
}
