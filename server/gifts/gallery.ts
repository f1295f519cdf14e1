/** What a creator received, who stood by them, and how they say thank you. */
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
import { cardOf, findPeople, hiddenFrom, type PersonCard } from '../people/index.ts';
import { catalog } from './catalog.ts';
import * as queries from './gallery_queries.ts';
import { findSettings } from './goal_queries.ts';
import { findGiftRow } from './queries.ts';

const DAY_MS = 86_400_000;
/** Supporters of so many days are named; older support is history. */
const SUPPORT_DAYS = 90;
const NAMED = 12;
const RECEIVED_DAYS = 30;
const RECEIVED = 100;

export type Gallery = {
  shown: boolean;
  gifts: { gift: string; count: bigint }[];
  supporters: PersonCard[];
};

/**
 * Which gifts a creator received, dearest first, and who stood by them most often: no amounts, and nobody who does not
 * want it. Refuses `not_found` for nobody, and between people with a block.
 */
export async function galleryOf(ctx: Context, me: Principal | null, person_id: string): Promise<Gallery> {
  const { pool } = ctx.db;
  const [person] = await findPeople(pool, [person_id]);
  const hidden = new Set(me ? await hiddenFrom(pool, me.person_id) : []);
  if (!person || hidden.has(person_id)) throw new Refusal('not_found');
  const wanted = await findSettings(pool, person_id);
  if (!wanted.gallery_shown && me?.person_id !== person_id) return { shown: false, gifts: [], supporters: [] };
  const since = new Date(ctx.clock.now().getTime() - SUPPORT_DAYS * DAY_MS);
  const [counts, ids] = await Promise.all([
    queries.countGiftsOf(pool, person_id),
    queries.findSupporters(pool, person_id, since, NAMED + hidden.size),
  ]);
  const count_of = new Map(counts.map(({ gift, count }) => [gift, count]));
  const cards = await cardsBy(ctx, ids);
  return {
    shown: wanted.gallery_shown,
    gifts: catalog.toReversed().flatMap(({ gift }) => {
      const count = count_of.get(gift);
      return count === undefined ? [] : [{ gift, count }];
    }),
    supporters: ids.flatMap((id) => (hidden.has(id) ? [] : (cards.get(id) ?? []))).slice(0, NAMED),
  };
}

async function cardsBy(ctx: Context, ids: readonly string[]): Promise<Map<string, PersonCard>> {
  const people = await findPeople(ctx.db.pool, [...ids]);
  return new Map(people.map((person) => [person.person_id, cardOf(person)]));
}

/** What was received in the last 30 days, a run of taps as one. */
export async function receivedBy(ctx: Context, me: Principal) {
  const since = new Date(ctx.clock.now().getTime() - RECEIVED_DAYS * DAY_MS);
  const rows = await queries.listReceived(ctx.db.pool, me.person_id, since, RECEIVED);
  const cards = await cardsBy(ctx, [...new Set(rows.map((row) => row.sender_id))]);
  return rows.map(({ sender_id, ...row }) => ({ ...row, sender: cards.get(sender_id) ?? null }));
}

/**
 * Says thank you for a gift: once for it, or for the run of taps it belongs to; the sender is told once.
 * Refuses `not_found` for a gift that one did not receive, `gift_gone` for one that went back.
 */
export async function thank(tx: Tx, ctx: Context, me: Principal, gift_id: string): Promise<{ thanked_at: Date }> {
  const gift = await findGiftRow(tx.client, gift_id);
  if (gift?.receiver_id !== me.person_id) throw new Refusal('not_found');
  if (gift.state !== 'sent' && gift.state !== 'settled') throw new Refusal('gift_gone');
  const { sender_id, combo_id, room_id } = gift;
  const thanked_at = ctx.clock.now();
  const row = { creator_id: me.person_id, sender_id, run_id: combo_id ?? gift_id, gift_id, thanked_at };
  if (!(await queries.insertThanks(tx, row))) {
    return { thanked_at: (await queries.findThanks(tx, row)) ?? thanked_at };
  }
  const data = { sender_id, room_id, gift: gift.gift, run_id: row.run_id };
  await emit(tx, ctx, [{ type: 'gift.thanked', actor: me.person_id, subject: gift_id, data }]);
  return { thanked_at };
}
