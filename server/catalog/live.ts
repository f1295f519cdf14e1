import type { Context } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import { show } from '../rooms/index.ts';

/** Where a product is pinned, everybody sees how many are left. */
export function showStock(ctx: Context): void {
  show(ctx, 'stock.changed', ({ subject, data }) => [
    { thing: { type: 'product', id: toWire('product', subject) }, stock: data.left as number },
  ]);
}
