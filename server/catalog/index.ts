/** The door of the catalog: merchants, products and their stock. */
import './refusals.ts';
import type { App } from '../kernel/http.ts';
import { nameOwners } from '../ledger/index.ts';
import { onErasure } from '../people/index.ts';
import { mountCatalogRoutes } from './api.ts';
import { mountImages } from './images.ts';
import { showStock } from './live.ts';
import { ownerNames } from './merchants.ts';
import { mountPictures } from './picture_api.ts';
import { unpublishAllOf } from './queries.ts';
import { tellRelations } from './relations.ts';
import { mountSellerRoutes } from './seller_api.ts';

export { findProduct, holdProduct, releaseProduct } from './holds.ts';
export { firstPictures } from './images.ts';
export { linkedShape } from './link_api.ts';
export { getMerchantOf } from './merchants.ts';
export { findOffers, type Offer } from './offer_queries.ts';
export { findMerchants, type Merchant } from './queries.ts';
export { type ProductView, viewProducts } from './reading.ts';
export * from './stock.ts';
export { type Linked, linksOf } from './video_links.ts';

export function mountCatalog(app: App): void {
  onErasure(app.souk, { forget: (tx, person_id) => unpublishAllOf(tx, person_id, app.souk.clock.now()) });
  showStock(app.souk);
  tellRelations(app.souk);
  nameOwners(ownerNames);
  mountCatalogRoutes(app);
  mountSellerRoutes(app);
  mountPictures(app);
  mountImages(app);
}
