import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { maySeeVideo, videoParams } from '../videos/index.ts';
import { productShape } from './shapes.ts';
import { linkProducts, linksOf } from './video_links.ts';

/** A product and the moment of the picture from which on it is shown. */
export const linkedShape = z.object({ from_ms: z.int(), product: productShape });
const linked = z.object({ links: z.array(linkedShape) });

const MOST_LINKS = 6;
const link = z.strictObject({ product_id: wireId('product'), from_ms: z.int().min(0).max(600_000).default(0) });

export function mountVideoLinks(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/videos/:video_id/products', params: videoParams, response: { 200: linked } } as const;
  route(
    app,
    { ...spec, method: 'GET', who: 'anyone', summary: 'What is for sale in a video' },
    async ({ me, params }) => {
      if (!(await maySeeVideo(ctx, ctx.db.pool, me, params.video_id))) throw new Refusal('not_found');
      return { links: (await linksOf(ctx, [params.video_id], me)).get(params.video_id) ?? [] };
    },
  );
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      who: 'person',
      summary: 'Link products in one’s own video, in place of those before; the video then says that it advertises',
      body: z.strictObject({
        links: z
          .array(link)
          .max(MOST_LINKS)
          .refine(
            (links) => new Set(links.map(({ product_id }) => product_id)).size === links.length,
            'names one twice',
          ),
      }),
      refusals: ['link_unknown', 'link_too_late', ...MAY_REFUSALS],
    },
    async ({ me, params: { video_id }, body }) => {
      await linkProducts(ctx, me, video_id, body.links);
      return { links: (await linksOf(ctx, [video_id], me)).get(video_id) ?? [] };
    },
  );
}
