import { addRelations } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import { fromWire } from '../kernel/ids.ts';
import type { Relation } from '../markets/index.ts';
import { findPins } from '../rooms/index.ts';
import { findSellers } from './queries.ts';

/** A live in which a product was pinned sells, also after the pin is gone; one's own product is said so. */
export function tellRelations(ctx: Context): void {
  addRelations(ctx, async (q, kind, ids) => {
    if (kind !== 'room') return new Map();
    const pins = (await findPins(q, ids)).map((pin) => ({ ...pin, product_id: fromWire('product', pin.id) }));
    const sellers = await findSellers(q, [...new Set(pins.map(({ product_id }) => product_id))]);
    const said = new Map<string, Relation[]>();
    for (const { room_id, host_id, product_id } of pins) {
      const own: Relation[] = sellers.get(product_id) === host_id ? ['own_product'] : [];
      said.set(room_id, [...(said.get(room_id) ?? ['live_selling']), ...own]);
    }
    return said;
  });
}
