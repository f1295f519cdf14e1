/** How conversations and messages look on the wire. */
import * as z from 'zod';
import { findMerchants, viewProducts } from '../catalog/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { toWire, wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { cardOf, findPeople, hiddenFrom, personCard } from '../people/index.ts';
import { findRoom } from '../rooms/index.ts';
import { viewVideos } from '../videos/index.ts';
import * as queries from './queries.ts';

export const conversationView = z.object({
  conversation_id: wireId('conversation'),
  kind: z.enum(['pair', 'group']),
  /** Of a group, where it has one. */
  title: z.string().nullable(),
  /** Everybody but the reader. */
  people: z.array(personCard),
  /** The reader was asked and has not answered. */
  request: z.boolean(),
  /** Somebody has not accepted yet. */
  waiting: z.boolean(),
  muted: z.boolean(),
  unread: z.int(),
  said_at: timeCodec,
  last: z
    .object({
      person_id: wireId('person'),
      text: z.string(),
      thing: z.enum(['video', 'room', 'product']).nullable(),
      removed: z.boolean(),
    })
    .nullable(),
});
export type ConversationView = z.output<typeof conversationView>;

export const messageView = z.object({
  message_id: wireId('message'),
  person: personCard.nullable(),
  text: z.string(),
  removed: z.boolean(),
  /** What was passed on, while the reader may see it; `gone` where they may not. */
  thing: z
    .object({
      kind: z.enum(['video', 'room', 'product']),
      gone: z.boolean(),
      title: z.string(),
      image_url: z.string().nullable(),
      path: z.string().nullable(),
    })
    .nullable(),
  sent_at: timeCodec,
});
export type MessageView = z.output<typeof messageView>;

export async function viewConversations(
  q: queries.Asks,
  me: Principal,
  rows: queries.Listed[],
): Promise<ConversationView[]> {
  const members = await queries.listMembers(
    q,
    rows.map((row) => row.conversation_id),
  );
  const hidden = new Set(await hiddenFrom(q, me.person_id));
  const ids = members.map((member) => member.person_id).filter((id) => !hidden.has(id));
  const people = new Map((await findPeople(q, [...new Set(ids)])).map((one) => [one.person_id, cardOf(one)]));
  const by = Map.groupBy(members, (member) => member.conversation_id);
  return rows.map((row) => {
    const all = by.get(row.conversation_id) ?? [];
    const own = all.find((member) => member.person_id === me.person_id);
    const others = all.filter((member) => member !== own && member.state !== 'left');
    const { last, conversation_id, title, unread, said_at } = row;
    return {
      ...{ conversation_id, title, unread, said_at },
      kind: row.pair_id === null ? ('group' as const) : ('pair' as const),
      people: others.flatMap((member) => people.get(member.person_id) ?? []),
      request: own?.state === 'asked',
      waiting: others.length > 0 && others.every(({ state }) => state === 'asked' || state === 'refused'),
      muted: own?.is_muted ?? false,
      last: last && {
        person_id: last.person_id,
        text: last.removed ? '' : last.body_text,
        thing: last.removed ? null : last.thing_kind,
        removed: last.removed,
      },
    };
  });
}

export async function viewMessages(
  ctx: Context,
  q: queries.Asks,
  me: Principal,
  rows: queries.Message[],
): Promise<MessageView[]> {
  const people = await findPeople(q, [...new Set(rows.map((row) => row.person_id))]);
  const cards = new Map(people.map((one) => [one.person_id, cardOf(one)]));
  const things = await findThings(ctx, q, me, rows);
  return rows.map(({ message_id, person_id, body_text, thing_kind, thing_id, sent_at, removed_at }) => {
    const removed = removed_at !== null;
    const found = thing_id === null || removed ? null : things.get(thing_id);
    const gone = { title: '', image_url: null, path: null, gone: true };
    const thing = thing_kind === null || removed ? null : { kind: thing_kind, ...(found ?? gone) };
    return {
      message_id,
      person: cards.get(person_id) ?? null,
      text: removed ? '' : body_text,
      removed,
      thing,
      sent_at,
    };
  });
}

interface Shown {
  gone: false;
  title: string;
  image_url: string | null;
  path: string;
}

/** As the reader may see them now: what the sender saw may be closed to them. */
async function findThings(ctx: Context, q: queries.Asks, me: Principal, rows: queries.Message[]) {
  const found = new Map<string, Shown>();
  const ids = (kind: queries.ThingKind) =>
    rows.flatMap((row) => (row.thing_kind === kind && row.thing_id && !row.removed_at ? [row.thing_id] : []));
  for (const [id, video] of await viewVideos(ctx, q, ids('video'), me)) {
    const title = video.caption.split('\n')[0] || video.person.name;
    found.set(id, { gone: false, title, image_url: video.cover_url, path: `/videos/${toWire('video', id)}` });
  }
  const hidden = new Set(await hiddenFrom(q, me.person_id));
  const products = await viewProducts(ctx, ids('product'));
  const merchants = await findMerchants(q, [...new Set(products.map((product) => product.merchant_id))]);
  const strange = new Set(merchants.filter((one) => hidden.has(one.owner_id)).map((one) => one.merchant_id));
  for (const product of products) {
    if (product.state !== 'published' || strange.has(product.merchant_id)) continue;
    const { product_id, title, images } = product;
    const path = `/products/${toWire('product', product_id)}`;
    found.set(product_id, { gone: false, title, image_url: images[0]?.small_url ?? null, path });
  }
  for (const id of new Set(ids('room'))) {
    const room = await findRoom(q, id);
    if (!room || room.state === 'preparing' || hidden.has(room.host_id)) continue;
    found.set(id, { gone: false, title: room.title, image_url: null, path: `/live/${toWire('room', id)}` });
  }
  return found;
}
