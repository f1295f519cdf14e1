/** The door of the catalog: merchants, products and their stock. */
import './refusals.ts';
import type { App } from '../kernel/http.ts';
import { toWire } from '../kernel/ids.ts';
import { show } from '../rooms/index.ts';
import { mountCatalogRoutes } from './api.ts';
import { mountImages } from './images.ts';
import { mountSellerRoutes } from './seller_api.ts';

export { getMerchantOf } from './merchants.ts';
export { findMerchants, findOffers, type Merchant, type Offer } from './queries.ts';
export { type ProductView, viewProducts } from './reading.ts';
export {
  openStock,
  release,
  reserve,
  restock,
  type StockBook,
  saveStock,
  sell,
  shortOf,
  type Units,
} from './stock.ts';

export function mountCatalog(app: App): void {
  show(app.souk, 'stock.changed', ({ subject, data }) => [
    { thing: { type: 'product', id: toWire('product', subject) }, stock: data.left as number },
  ]);
  mountCatalogRoutes(app);
  mountSellerRoutes(app);
  mountImages(app);
}
