/** Products in videos: linked by who posted, at a moment of the picture, bought as in a live. */
import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findVideo } from '../videos/index.ts';
import { listLinks, setLinks, type VideoLink } from './link_queries.ts';
import { type ProductView, viewProducts } from './reading.ts';

export interface Linked {
  from_ms: number;
  product: ProductView;
}

/** What is for sale in these videos for this viewer, in the order of the picture. Videos without links are absent. */
export async function linksOf(
  ctx: Context,
  video_ids: string[],
  viewer: Pick<Principal, 'person_id'> | null,
): Promise<Map<string, Linked[]>> {
  const links = video_ids.length === 0 ? [] : await listLinks(ctx.db.pool, video_ids, viewer?.person_id ?? null);
  const products = await viewProducts(ctx, [...new Set(links.map(({ product_id }) => product_id))]);
  const byId = new Map(products.map((product) => [product.product_id, product]));
  const found = links.flatMap(({ video_id, product_id, from_ms }) => {
    const product = byId.get(product_id);
    return product ? [{ video_id, from_ms, product }] : [];
  });
  const grouped = Map.groupBy(found, ({ video_id }) => video_id);
  return new Map([...grouped].map(([id, of]) => [id, of.map(({ from_ms, product }) => ({ from_ms, product }))]));
}

/**
 * Links products in one's own video, in place of those before.
 * Refuses `not_found` to everybody but who posted it, `link_unknown` where a product is not for sale, `link_too_late`
 * beyond the end of the picture, and what access has against earning.
 */
export async function linkProducts(
  ctx: Context,
  me: Principal,
  video_id: string,
  links: Pick<VideoLink, 'product_id' | 'from_ms'>[],
): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const video = await findVideo(tx.client, video_id);
    if (video?.person_id !== me.person_id || video.deleted_at) throw new Refusal('not_found');
    // Taking links off is open to everybody; selling is for grown people.
    if (links.length > 0) await mustBeAllowed(ctx, tx.client, me.person_id, 'earn');
    if (links.some(({ from_ms }) => from_ms >= (video.duration_ms ?? Number.POSITIVE_INFINITY)))
      throw new Refusal('link_too_late');
    await setLinks(tx, video_id, links, ctx.clock.now());
    const standing = await listLinks(tx.client, [video_id], me.person_id);
    if (standing.length !== links.length) throw new Refusal('link_unknown');
    await emit(tx, ctx, [{ type: 'video.linked', actor: me.person_id, subject: video_id, data: { n: links.length } }]);
  });
}
