/**
 * Every message to a person: written down once for each event, then mailed. Rooms say what to tell
 * whom (`tell`); this room makes it exactly one message, in the reader's language.
 */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import type { Event } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { findContact } from '../people/index.ts';
import * as queries from './queries.ts';

export interface Message {
  person_id: string;
  /** Chooses its text when the reader's language and name are known. */
  text(reader: { locale: 'de' | 'en'; name: string }): { subject: string; body: string };
}

/**
 * A port: on this event, tell these people. The kind (`order.confirmed`) is part of what makes a message unique.
 * Events come at least once; a message is written and mailed once.
 */
export function tell(
  ctx: Context,
  event_type: string,
  kind: string,
  compose: (event: Event) => Promise<Message[]>,
): void {
  ctx.relay.on(event_type, `notices: ${kind}`, async (events) => {
    for (const event of events) {
      for (const message of await compose(event)) await writeDown(ctx, event.id, kind, message);
    }
  });
}

async function writeDown(ctx: Context, event_id: string, kind: string, message: Message): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const reader = await findContact(tx, message.person_id);
    if (!reader) return;
    const { subject, body } = message.text(reader);
    const row = { notice_id: mintId(), event_id, person_id: message.person_id, kind, subject, body_text: body };
    if (!(await queries.insertNotice(tx, row, ctx.clock.now()))) return;
    await ctx.jobs.enqueue(tx, 'notices.mail', { notice_id: row.notice_id });
  });
}

/** Mails what is written down. A crash between sending and noting it can send twice; nothing is lost. */
export function defineNoticeJobs(ctx: Context): void {
  ctx.jobs.define('notices.mail', async ({ notice_id }) => {
    const notice = await queries.findUnmailed(ctx.db.pool, notice_id as string);
    if (!notice) return;
    const reader = await findContact(ctx.db, notice.person_id);
    if (reader) await ctx.mail.send({ to: reader.email, subject: notice.subject, text: notice.body_text });
    await queries.setMailed(ctx.db.pool, notice.notice_id, ctx.clock.now());
  });
}
