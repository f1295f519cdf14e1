import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/gifts', component: lazy(() => import('./gift_book_page.tsx')), title: 'gifts.book' },
  { path: '/gifts/$id', component: lazy(() => import('./receipt_page.tsx')), title: 'gifts.receipt' },
];
