import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/gifts', component: lazy(() => import('./gift_book_page.tsx')), title: 'gifts.book' },
  { path: '/gifts/$id', component: lazy(() => import('./receipt_page.tsx')), title: 'gifts.receipt' },
  { path: '/studio/gifts', component: lazy(() => import('./studio_gifts_page.tsx')), title: 'gifts.studio' },
  {
    path: '/overlay/$secret',
    component: lazy(() => import('./overlay_page.tsx')),
    title: 'gifts.overlay',
    frame: 'bare',
  },
];
