import { addRelations } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import { fromWire } from '../kernel/ids.ts';
import type { Relation } from '../markets/index.ts';
import { findPins } from '../rooms/index.ts';
import { listEverLinked } from './link_queries.ts';
import { type Asks, findSellers } from './queries.ts';

/** A video that links a product advertises it, also after the link is gone. */
async function ofVideos(q: Asks, ids: string[]): Promise<Map<string, Relation[]>> {
  const said = new Map<string, Relation[]>();
  for (const { video_id, seller_id, poster_id } of await listEverLinked(q, ids)) {
    const relation = seller_id === poster_id ? 'own_product' : 'product_link';
    said.set(video_id, [...(said.get(video_id) ?? []), relation]);
  }
  return said;
}

/** A live in which a product was pinned sells, also after the pin is gone; one's own product is said so. */
async function ofRooms(q: Asks, ids: string[]): Promise<Map<string, Relation[]>> {
  const pins = (await findPins(q, ids)).map((pin) => ({ ...pin, product_id: fromWire('product', pin.id) }));
  const sellers = await findSellers(q, [...new Set(pins.map(({ product_id }) => product_id))]);
  const said = new Map<string, Relation[]>();
  for (const { room_id, host_id, product_id } of pins) {
    const own: Relation[] = sellers.get(product_id) === host_id ? ['own_product'] : [];
    said.set(room_id, [...(said.get(room_id) ?? ['live_selling']), ...own]);
  }
  return said;
}

export function tellRelations(ctx: Context): void {
  addRelations(ctx, (q, kind, ids) => (kind === 'room' ? ofRooms(q, ids) : ofVideos(q, ids)));
}
