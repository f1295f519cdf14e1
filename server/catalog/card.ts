/** What a link to a product shows elsewhere. */
import { brief, describePages } from '../kernel/cards.ts';
import type { Context } from '../kernel/context.ts';
import { fromWire } from '../kernel/ids.ts';
import { viewProducts } from './reading.ts';

export function describeProducts(ctx: Context): void {
  describePages(ctx, /^\/products\/(product_[0-7][0-9a-z]{25})$/, async (id) => {
    const [product] = await viewProducts(ctx, [fromWire('product', id)]);
    if (product?.state !== 'published') return null;
    const { title, description, merchant_name, merchant_id: _, images } = product;
    return {
      title: `${brief(title, 100)} · ${merchant_name}`,
      description: brief(description, 200) || merchant_name,
      image: images[0]?.url ?? null,
      large: true,
      type: 'product',
      author: null,
      player: null,
    };
  });
}
