import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/seller', component: lazy(() => import('./seller_page.tsx')), title: 'seller.title' },
  { path: '/seller/products/$id', component: lazy(() => import('./product_editor_page.tsx')), title: 'seller.product' },
];
