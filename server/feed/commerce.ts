/** Between diversity and serving: what of a page may sell. Over budget the link hides, and the content stays. */
import { type Linked, linksOf } from '../catalog/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { marketCodes, pack } from '../markets/index.ts';
import type { VideoView } from '../videos/index.ts';
import type { Chosen } from './diversity.ts';
import { linkedPosts, type Selling, spendBudget } from './load.ts';
import { budgetFor } from './ports.ts';
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
): Promise<Offered[]> {
  const { load } = pack(me?.market ?? marketCodes[0]);
  const ids = offered.map(({ candidate }) => candidate.video_id);
  // Most pages have few links or none: what those are is only asked of the videos that have one.
  const linked = await findLinked(ctx.db.pool, ids);
  if (linked.length === 0) return offered;
  const [links, budget] = await Promise.all([linksOf(ctx, linked, me), budgetFor(ctx, me)]);
  if (links.size === 0 || budget === 0) return offered;
  const creators = new Set(
    offered.flatMap(({ candidate }) => (links.has(candidate.video_id) ? candidate.person_id : [])),
  );
  const since = new Date(ctx.clock.now().getTime() - LOOK_BACK * load.creator.days * DAY_MS);
  const posts = Map.groupBy(await listPosts(ctx.db.pool, [...creators], since), ({ person_id }) => person_id);
  const turns = new Set([...posts.values()].flatMap((all) => [...linkedPosts(load, all)]));
  const wish = ids.map((id): Selling => (links.has(id) && turns.has(id) ? 'link' : 'none'));
  const spent = spendBudget(load, budget, before, wish);
  return offered.map((one, at) =>
    spent[at] === 'link' ? { ...one, links: links.get(one.candidate.video_id) ?? [], sold: 'link' as const } : one,
  );
}
