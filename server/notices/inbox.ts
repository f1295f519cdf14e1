/** The inbox: lines of notices in the reader's language, the newest first. */
import type { Context, Principal } from '../kernel/context.ts';
import { cardOf, findPeople, hiddenFrom } from '../people/index.ts';
import { bodyOf, lineOf } from './compose.ts';
import { countUnread, type Item, listItems } from './queries.ts';
import { findNotice } from './registry.ts';
import { readerOf } from './settings.ts';
import type { Locale } from './texts.ts';

/** Beyond this the bell says `99+`. */
const MOST_UNREAD = 100;

/** @returns rows of the page, one more than `limit` when there are more */
export async function readInbox(
  ctx: Context,
  me: Principal,
  { limit, after, locale }: { limit: number; after: [string, string] | null; locale: Locale },
) {
  const items = await listItems(ctx.db.pool, me.person_id, limit, after);
  const [reader, actors, hidden] = await Promise.all([
    readerOf(ctx, me.person_id, locale),
    findPeople(ctx.db.pool, [...new Set(items.flatMap((item) => item.actor_ids))]),
    hiddenFrom(ctx.db.pool, me.person_id),
  ]);
  const cards = new Map(actors.filter((one) => !hidden.includes(one.person_id)).map((one) => [one.person_id, one]));
  return items.map((item) => {
    const notice = findNotice(ctx, item.kind);
    const known = item.actor_ids.flatMap((id) => cards.get(id) ?? []);
    const facts = { ...item, actor: known[0]?.name ?? null };
    return {
      notice_id: item.item_id,
      kind: item.kind,
      category: notice?.category ?? ('account' as const),
      line: notice ? lineOf(reader, notice, facts) : '',
      body_text: notice && explains(item, notice.channels) ? bodyOf(reader, notice, facts) : null,
      link: item.link,
      actors: known.map(cardOf),
      count: item.notice_count,
      read: item.read_at !== null,
      updated_at: item.updated_at,
    };
  });
}

/** One line for one notice that is also mailed: the inbox holds what the mail said. */
const explains = ({ notice_count }: Item, channels: { mail?: string }): boolean =>
  notice_count === 1 && channels.mail === 'always';

export const unreadCount = (ctx: Context, person_id: string): Promise<number> =>
  countUnread(ctx.db.pool, person_id, MOST_UNREAD);
