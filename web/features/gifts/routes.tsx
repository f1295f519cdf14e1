import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/gifts/$id', component: lazy(() => import('./receipt_page.tsx')), title: 'gifts.receipt' },
];
