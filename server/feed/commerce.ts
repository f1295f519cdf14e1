/** Between diversity and serving: what of a page may sell. Over budget the link hides, and the content stays. */
import { type Linked, linksOf } from '../catalog/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { HOME_MARKET, pack } from '../markets/index.ts';
import type { VideoView } from '../videos/index.ts';
import { budgetAt } from './balance.ts';
import type { Chosen } from './diversity.ts';
import { linkedPosts, type Selling, spendBudget } from './load.ts';
import { findLinked, listPosts } from './queries.ts';
import type { Part } from './score.ts';

/** A video that is about to be served. */
export interface Offered extends Chosen {
  view: VideoView;
  replay: boolean;
  parts: Part[];
  links: Linked[];
  sold: Selling;
}

/** Far enough back that which of a creator's posts keep their links does not depend on where one begins to look. */
const LOOK_BACK = 6;
const DAY_MS = 86_400_000;

/** Gives each video its links as far as the budget and its creator's turn allow. The order stays. */
export async function insertCommerce(
  ctx: Context,
  me: Principal | null,
  before: readonly Selling[],
  offered: Offered[],
  dial: number,
): Promise<Offered[]> {
  const { load } = pack(me?.market ?? HOME_MARKET);
  const ids = offered.map(({ candidate }) => candidate.video_id);
  const budget = budgetAt(me, dial);
  if (budget === 0) return offered;
  // Most pages have few links or none: what those are is only asked of the videos that have one.
  const with_link = await findLinked(ctx.db.pool, ids);
  if (with_link.length === 0) return offered;
  const links = await linksOf(ctx, with_link, me);
  if (links.size === 0) return offered;
  const linked = offered.filter(({ candidate }) => links.has(candidate.video_id));
  const creators = new Set(linked.map(({ candidate }) => candidate.person_id));
  const oldest = Math.min(...linked.map(({ view }) => view.published_at?.getTime() ?? 0));
  const since = new Date(oldest - LOOK_BACK * load.creator.days * DAY_MS);
  const posts = Map.groupBy(await listPosts(ctx.db.pool, [...creators], since), ({ person_id }) => person_id);
  const turns = new Set([...posts.values()].flatMap((all) => [...linkedPosts(load, all)]));
  const wish = ids.map((id): Selling => (links.has(id) && turns.has(id) ? 'link' : 'none'));
  const spent = spendBudget(load, budget, before, wish);
  return offered.map((one, at) =>
    spent[at] === 'link' ? { ...one, links: links.get(one.candidate.video_id) ?? [], sold: 'link' as const } : one,
  );
}
