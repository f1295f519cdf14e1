import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/orders', component: lazy(() => import('./orders_page.tsx')), title: 'orders.title' },
  { path: '/orders/$id', component: lazy(() => import('./order_page.tsx')), title: 'orders.title' },
];
