/**
 * Telling people: written down once, then read in the inbox, mailed and pushed. Rooms declare what can be told
 * (`declareNotices`); what happened is told by an event, or by a verb inside its own transaction (`notify`).
 */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import type { Event } from '../kernel/events.ts';
import { deriveId, mintId } from '../kernel/ids.ts';
import { blockedPairs, mutedPairs } from '../people/index.ts';
import { findSubscriptions } from './push_queries.ts';
import * as queries from './queries.ts';
import { findNotice, goes, type Notice, register, type Told } from './registry.ts';
import { seal } from './seal.ts';
import { insertSends, type NewSend } from './send_queries.ts';

/** The job that sends what is due; woken by every transaction that wrote something to send. */
export const SEND = 'notices.send';
const TELL = 'notices.tell';

/**
 * Declares what a room can tell people, and tells it when its event comes. Call it once, when the room is mounted.
 * `npm run generate` writes the table of all notices into docs/notices.md.
 */
export function declareNotices(ctx: Context, notices: Notice[]): void {
  for (const notice of notices) {
    register(ctx, notice);
    const { on, kind } = notice;
    if (on) ctx.relay.on(on.event, `notices: ${kind}`, (events) => take(ctx, notice, events));
  }
}

/** Many events at once are one transaction; what concerns very many people is a job for each event. */
export async function take(ctx: Context, notice: Notice, events: Event[]): Promise<void> {
  const { kind } = notice;
  if (notice.on?.wide) {
    return inTx(ctx.db, async (tx) => {
      for (const event of events) await ctx.jobs.enqueue(tx, TELL, { kind, event: { ...event } });
    });
  }
  // What is told once however often it happens (gifts of one sender in one room) is asked for once.
  const told = new Map<string, Told>();
  for (const event of events) {
    for await (const page of pagesOf(ctx, notice, event)) {
      for (const one of page) {
        const name = `${one.person_id} ${one.to?.email} ${one.once}`;
        if (!told.has(name)) told.set(name, one);
      }
    }
  }
  if (told.size > 0) await inTx(ctx.db, (tx) => notify(tx, ctx, kind, [...told.values()]));
}

/** Each page in a transaction of its own; told again from the start after a crash, and written once all the same. */
export function defineTelling(ctx: Context): void {
  ctx.jobs.define(TELL, async ({ kind, event }) => {
    const notice = findNotice(ctx, kind as string);
    if (!notice) return;
    for await (const page of pagesOf(ctx, notice, event as Event)) {
      await inTx(ctx.db, (tx) => notify(tx, ctx, notice.kind, page));
    }
  });
}

/** Whom an event concerns, in pages; what makes each message unique is the event, where nothing else is said. */
async function* pagesOf(ctx: Context, notice: Notice, event: Event): AsyncGenerator<Told[]> {
  const told = await notice.on?.tell(ctx, event);
  if (!told) return;
  for await (const page of Array.isArray(told) ? [told] : told) {
    if (page.length > 0) yield page.map((one) => ({ ...one, once: one.once ?? event.id }));
  }
}

/**
 * Tells people in the caller's transaction: with its commit it will be told, once for each (`once`, reader, kind).
 * Whoever shares a block with the actor, the actor themselves, and erased people are left out; of people and lives,
 * also whoever has muted the actor.
 * @param told without `once` it is a message of its own
 */
export async function notify(tx: Tx, ctx: Context, kind: string, told: Told[]): Promise<void> {
  const notice = findNotice(ctx, kind);
  if (!notice) throw new Error(`the notice ${kind} is declared nowhere`);
  const now = ctx.clock.now();
  const readers = await whoMayBeTold(tx, notice, told);
  const rows = readers.map((one) => ({ told: one, row: rowOf(one) }));
  if (rows.length === 0) return;
  const fresh = await queries.insertNotices(
    tx,
    kind,
    rows.map(({ row }) => row),
    now,
  );
  const written = rows.filter(({ row }) => fresh.has(row.notice_id));
  if (written.length === 0) return;
  const wishes = await readWishes(tx, notice, written);
  const silent = await fillInbox(tx, notice, written, wishes, now);
  const leaving = written.filter(({ row }) => !silent.has(row.notice_id));
  const sends = await sendsOf(tx, ctx, leaving, wishes);
  if (sends.length === 0) return;
  await insertSends(tx, sends, now);
  await ctx.jobs.enqueue(tx, SEND, {});
}

type Written = { told: Told; row: queries.NewNotice };
type Wishes = (person_id: string | null, channel: 'app' | 'mail' | 'push') => boolean;

/** Of whom one has muted one hears nothing of this kind; money, orders and decisions are told all the same. */
const MUTABLE: ReadonlySet<string> = new Set(['people', 'live']);

async function whoMayBeTold(tx: Tx, notice: Notice, told: Told[]): Promise<Told[]> {
  const others = told.filter((one) => one.person_id === null || one.person_id !== one.actor_id);
  const named = others.filter((one) => one.person_id !== null && one.actor_id);
  const pairs = named.map((one): [string, string] => [one.person_id as string, one.actor_id as string]);
  const blocked = await blockedPairs(tx.client, pairs);
  const muted = MUTABLE.has(notice.category) ? await mutedPairs(tx.client, pairs) : [];
  const unwelcome = new Set(named.filter((_, i) => blocked[i] || muted[i]));
  const here = await queries.findReaders(
    tx.client,
    others.flatMap((one) => one.person_id ?? []),
  );
  return others.filter((one) => !unwelcome.has(one) && (one.person_id === null || here.has(one.person_id)));
}

const rowOf = ({ person_id, once, actor_id, params, link, to }: Told): queries.NewNotice => ({
  notice_id: mintId(),
  event_id: once ?? mintId(),
  person_id,
  actor_id: actor_id ?? null,
  params: params ?? {},
  link: link ?? null,
  address: to?.email ?? null,
  locale: to?.locale ?? null,
});

async function readWishes(tx: Tx, notice: Notice, written: Written[]): Promise<Wishes> {
  const people = [...new Set(written.flatMap(({ row }) => row.person_id ?? []))];
  const choices = await queries.findChoices(tx.client, people, notice.kind);
  const wanted = new Map(choices.map((choice) => [`${choice.person_id} ${choice.channel}`, choice.wanted]));
  return (person_id, channel) => goes(notice, channel, wanted.get(`${person_id} ${channel}`));
}

/** @returns the notices that joined an unread line: they were announced when it was opened */
async function fillInbox(tx: Tx, notice: Notice, written: Written[], wishes: Wishes, now: Date): Promise<Set<string>> {
  const shown = written.filter(({ row }) => row.person_id !== null && wishes(row.person_id, 'app'));
  const keyOf = ({ told, row }: Written) => `${notice.kind} ${told.group ?? row.notice_id}`;
  const items = [...Map.groupBy(shown, (one) => `${one.row.person_id} ${keyOf(one)}`).values()].map((same) => ({
    item_id: mintId(),
    person_id: (same[0] as Written).row.person_id as string,
    group_key: keyOf(same[0] as Written),
    notice_count: same.length,
    notice_ids: same.map(({ row }) => row.notice_id),
  }));
  const opened = await queries.insertItems(tx, notice.kind, items, now);
  return new Set(shown.map(({ row }) => row.notice_id).filter((id) => !opened.has(id)));
}

async function sendsOf(tx: Tx, ctx: Context, leaving: Written[], wishes: Wishes): Promise<NewSend[]> {
  const mails = leaving.filter(({ row }) => wishes(row.person_id, 'mail')).map((one) => mailOf(ctx, one));
  const pushed = leaving.filter(({ row }) => row.person_id !== null && wishes(row.person_id, 'push'));
  if (pushed.length === 0) return mails;
  const devices = await findSubscriptions(
    tx.client,
    pushed.map(({ row }) => row.person_id as string),
    ctx.clock.now(),
  );
  const pushes = pushed.flatMap(({ row }) =>
    devices
      .filter((device) => device.person_id === row.person_id)
      .map(({ subscription_id }) => ({
        send_id: deriveId('push', row.notice_id, subscription_id),
        notice_id: row.notice_id,
        channel: 'push' as const,
        subscription_id,
        secret_sealed: null,
      })),
  );
  return [...mails, ...pushes];
}

const mailOf = (ctx: Context, { told, row }: Written): NewSend => ({
  send_id: row.notice_id,
  notice_id: row.notice_id,
  channel: 'mail',
  subscription_id: null,
  secret_sealed: told.secret === undefined ? null : seal(ctx.config.secret, told.secret),
});
