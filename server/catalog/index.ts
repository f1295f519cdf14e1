/** The door of the catalog: merchants, products and their stock. */
import './refusals.ts';
import type { App } from '../kernel/http.ts';
import { mountCatalogRoutes } from './api.ts';
import { mountImages } from './images.ts';
import { mountPictures } from './picture_api.ts';
import { fillPorts } from './ports.ts';
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
  fillPorts(app.souk);
  mountCatalogRoutes(app);
  mountSellerRoutes(app);
  mountPictures(app);
  mountImages(app);
}
