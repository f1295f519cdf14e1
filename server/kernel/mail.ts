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
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to, subject, text });
    },
    close: () => transport.close(),
  };
}

async function keep(db: Db, clock: Clock, { to, subject, text }: Mail): Promise<void> {
  const values = [mintId(), to, subject, text, clock.now()];
  await db.pool.query(
    'insert into mailbox (mail_id, recipient, subject, body_text, sent_at) values ($1, $2, $3, $4, $5)',
    values,
  );
}
