import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/shop', component: lazy(() => import('./shop_page.tsx')), title: 'catalog.shop' },
  { path: '/shops/$id', component: lazy(() => import('./merchant_page.tsx')), title: 'catalog.shop' },
  { path: '/products/$id', component: lazy(() => import('./product_page.tsx')), title: 'catalog.product' },
];
