/**
 * Sends what is due. A send is held while it is tried; who dies meanwhile leaves it to be tried again under the same
 * id, which mail servers, the mailbox and the browser know a second copy by.
 */
import type { Context } from '../kernel/context.ts';
import { MailNotTaken } from '../kernel/mail.ts';
import { blockedPairs, type Contact, findContact, findPeople } from '../people/index.ts';
import { isSuppressed, takeBounces } from './bounces.ts';
import { type Facts, mailOf } from './compose.ts';
import { push } from './push.ts';
import { findChoices } from './queries.ts';
import { quietUntil } from './quiet.ts';
import { findNotice, goes, type Notice } from './registry.ts';
import { unseal } from './seal.ts';
import { claimSends, finishSend, type Outcome, postponeSend, type Send } from './send_queries.ts';
import { readerOf, settingsOf } from './settings.ts';
import type { Reader } from './texts.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

const LEASE_MS = 5 * 60_000;
const AT_ONCE = 10;
const MINUTE = 60_000;
/** Half a day in growing steps; a mail server that is down longer than that is the operator's to see. */
const RETRY_MS = [1, 5, 15, 60, 180, 480].map((minutes) => minutes * MINUTE);

/** What became of one try: done; not yet, which is no try; or to be tried again, not before the other side said. */
export type Tried = Outcome | { not_before: Date } | { failed: true; wait_ms: number };

/** Tries everything that is due. @returns how many were tried */
export async function sendDue(ctx: Context): Promise<number> {
  for (let tried = 0; ; ) {
    const now = ctx.clock.now();
    const due = await claimSends(ctx.db.pool, now, new Date(now.getTime() + LEASE_MS), AT_ONCE);
    // To one reader one after the other, in the order in which it was told.
    const readers = Map.groupBy(due, (send) => send.person_id ?? send.address);
    await Promise.all([...readers.values()].map((sends) => inTurn(ctx, sends)));
    tried += due.length;
    if (due.length < AT_ONCE) return tried;
  }
}

async function inTurn(ctx: Context, sends: Send[]): Promise<void> {
  for (const send of sends) await trySend(ctx, send);
}

async function trySend(ctx: Context, send: Send): Promise<void> {
  const tried = await attempt(ctx, send).catch((error): Tried => {
    ctx.log.warn({ error, send_id: send.send_id, kind: send.kind }, 'a notice could not be sent');
    return { failed: true, wait_ms: 0 };
  });
  const [now, q] = [ctx.clock.now(), ctx.db.pool];
  if (typeof tried === 'string') return finishSend(q, send.send_id, tried, now);
  if ('not_before' in tried) return postponeSend(q, send.send_id, tried.not_before, send.attempts - 1);
  const wait_ms = RETRY_MS[send.attempts - 1];
  if (wait_ms === undefined) return finishSend(q, send.send_id, 'given_up', now);
  const again_at = new Date(now.getTime() + Math.max(wait_ms, tried.wait_ms));
  await postponeSend(q, send.send_id, again_at, send.attempts);
}

/** What held when it was written down may hold no longer: it is asked again. */
async function attempt(ctx: Context, send: Send): Promise<Tried> {
  const notice = findNotice(ctx, send.kind);
  if (!notice) return 'unwanted';
  const now = ctx.clock.now();
  if (notice.useful_ms !== undefined && send.created_at.getTime() + notice.useful_ms < now.getTime()) return 'expired';
  if (send.person_id !== null) {
    const choices = await findChoices(ctx.db.pool, [send.person_id], send.kind);
    const wanted = choices.find((choice) => choice.channel === send.channel)?.wanted;
    if (!goes(notice, send.channel, wanted)) return 'unwanted';
    const pair: [string, string][] = send.actor_id ? [[send.person_id, send.actor_id]] : [];
    if ((await blockedPairs(ctx.db.pool, pair)).includes(true)) return 'unwanted';
  }
  const quiet = waits(notice, send.channel) && send.person_id !== null && (await settingsOf(ctx, send.person_id));
  const not_before = quiet ? quietUntil(quiet, now) : null;
  if (not_before) return { not_before };
  const [actor] = send.actor_id ? await findPeople(ctx.db.pool, [send.actor_id]) : [];
  const contact = send.person_id === null ? null : await findContact(ctx.db, send.person_id);
  const reader = await readerOf(ctx, send.person_id, send.locale ?? contact?.locale ?? 'en');
  const { params, link, actor_count } = send;
  const facts = { params, link, actor: actor?.name ?? null, actor_count, notice_count: 1 };
  if (send.channel === 'push') return push(ctx, send, notice, reader, facts);
  return mail(ctx, send, notice, { contact, reader, facts });
}

/** Push waits for the end of quiet hours, and so does mail that one could switch off. */
const waits = (notice: Notice, channel: Send['channel']): boolean =>
  !notice.urgent && (channel === 'push' || notice.channels.mail !== 'always');

interface Letter {
  contact: Contact | null;
  reader: Reader;
  facts: Facts;
}

async function mail(ctx: Context, send: Send, notice: Notice, { contact, reader, facts }: Letter): Promise<Tried> {
  const address = send.address ?? contact?.email;
  if (!address) return 'unwanted';
  // Whoever signs up with the address of another sends them nothing but what must be sent.
  const proven = send.address !== null || contact?.email_verified;
  if (!proven && notice.channels.mail !== 'always') return 'unwanted';
  if (await isSuppressed(ctx, address, notice)) return 'suppressed';
  const sealed = send.secret_sealed;
  const secret = sealed === null ? '' : unseal(ctx.config.secret, sealed);
  if (secret === null) return 'given_up';
  const unsubscribe_url = unsubscribeUrl(ctx.config, send.person_id, notice);
  const written = mailOf(ctx, reader, notice, facts, { name: contact?.name ?? '', secret, unsubscribe_url });
  try {
    await ctx.mail.send({ id: send.send_id, to: address, unsubscribe_url, ...written });
    return 'sent';
  } catch (error) {
    if (!(error instanceof MailNotTaken) || error.no_mailbox === null) throw error;
    await takeBounces(ctx, [{ address, kind: 'hard', detail: String(error.no_mailbox), id: send.send_id }]);
    return 'refused';
  }
}
