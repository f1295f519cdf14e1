/** What was served, and why: one row a page, written in batches. */
import { defineBatcher } from '../kernel/batcher.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { Before } from './diversity.ts';
import type { Selling } from './load.ts';
import * as queries from './queries.ts';

/** Nothing is shown again within so many items. */
export const NO_REPEAT = 50;
const PAGES = 6;

const pages = defineBatcher<queries.NewServedPage, null>({ name: 'feed.served', run: storePages, maxBatch: 500 });

async function storePages(tx: Tx, items: queries.NewServedPage[]): Promise<null[]> {
  await queries.insertServed(tx, items);
  return items.map(() => null);
}

/** Resolves once it is committed, so that the next page knows of this one. */
export const storeServed = (ctx: Context, page: queries.NewServedPage): Promise<null> => pages.submit(ctx, page);

/** An item that was served. */
export interface Shown extends Before {
  thing_id: string;
  sold: Selling;
}

/** The last fifty items that were served to a viewer, the latest last. */
export async function lastServed(ctx: Context, viewer_id: string): Promise<Shown[]> {
  const rows = await queries.listServed(ctx.db.pool, viewer_id, PAGES);
  const items = rows.toReversed().flatMap(({ thing_ids, creator_ids, news, sold }) =>
    thing_ids.map((thing_id, at): Shown => {
      return { thing_id, creator_id: creator_ids[at] as string, is_new: news[at] ?? false, sold: sold[at] ?? 'none' };
    }),
  );
  return items.slice(-NO_REPEAT);
}
